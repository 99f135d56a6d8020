//! The words of a text as somebody holds it: pasted, forwarded, quoted, wrapped anew, and still the same words.

use unicode_normalization::UnicodeNormalization;

/// What a word is to a reader who looks for what was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordSort {
    Link,
    Email,
    /// It has a digit.
    Number,
    Plain,
}

/// A word, as it compares and as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldWord {
    pub key: Box<str>,
    pub shown: Box<str>,
    pub sort: WordSort,
}

/// More words than any message has: what is longer is compared as far as this.
const WORDS_MAX: usize = 6_000;
/// A link may be long; what is shown of a word is a line.
const SHOWN_CHARS_MAX: usize = 120;

/// What mail programs write above a message that they quote or forward, in both languages.
const HEADERS: [&str; 18] = [
    "from",
    "sent",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "reply-to",
    "de",
    "para",
    "enviado",
    "enviado el",
    "enviada",
    "asunto",
    "fecha",
    "responder a",
    "enviado por",
    "cco",
];
const SUBJECTS: [&str; 2] = ["subject", "asunto"];
const FORWARDED: [&str; 8] = [
    "original message",
    "forwarded message",
    "begin forwarded message",
    "mensaje original",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "forwarded by",
    "reenviado por",
];

/// A text's words, without what mail programs put around them.
pub(crate) fn held_words(text: &str) -> Vec<HeldWord> {
    let folded: String = text.nfkc().filter_map(folded).collect();
    let lines: Vec<&str> = folded.lines().map(unquoted).collect();
    let words =
        (0..lines.len()).flat_map(|at| own_words(&lines, at).split_whitespace()).filter_map(HeldWord::of);
    words.take(WORDS_MAX).collect()
}

/// A character as it compares; `None` for what nobody sees.
fn folded(c: char) -> Option<char> {
    match c {
        // Soft hyphens, joiners, marks of direction and order: not seen, and often put in to hide words.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '"' | '<' | '[' | ']' | '|' | '*' => Some(' '),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        _ => Some(c),
    }
}

/// A line without the marks of a quotation.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end()
}

/// What of a line is the message's own.
fn own_words<'a>(lines: &[&'a str], at: usize) -> &'a str {
    let line = lines[at];
    let before = at.checked_sub(1).map_or("", |before| lines[before]);
    let after = lines.get(at + 1).copied().unwrap_or("");
    if is_forward_mark(line) || is_attribution(line, after) || is_attribution(before, line) {
        return "";
    }
    match header(line) {
        // One such line alone may be the message's own.
        Some((name, value)) if is_beside_header(before) || is_beside_header(after) => {
            if SUBJECTS.contains(&&*name) { value } else { "" }
        }
        _ => line,
    }
}

fn is_beside_header(line: &str) -> bool {
    header(line).is_some() || is_forward_mark(line)
}

fn header(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().to_lowercase();
    HEADERS.contains(&&*name).then_some((name, value))
}

fn is_forward_mark(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.len() < 60 && FORWARDED.iter().any(|mark| bare.starts_with(mark))
}

/// `On 11 April … wrote:`, on one line or broken into two.
fn is_attribution(line: &str, next: &str) -> bool {
    let begins = line.starts_with("On ") || line.starts_with("El ");
    let ends = |line: &str| line.ends_with("wrote:") || line.ends_with("escribió:");
    begins && (ends(line) || ends(next))
}

impl HeldWord {
    fn of(text: &str) -> Option<Self> {
        let keeps = |c: char| c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '¥' | '%');
        let shown = text.trim_matches(|c: char| !keeps(c));
        if shown.is_empty() {
            return None;
        }
        let lower = shown.to_lowercase();
        let sort = sort_of(&lower);
        let key = if sort == WordSort::Link { bare_link(&lower) } else { &lower };
        let shown = shown.chars().take(SHOWN_CHARS_MAX).collect::<String>();
        Some(Self { key: key.into(), shown: shown.into(), sort })
    }
}

fn sort_of(lower: &str) -> WordSort {
    if lower.contains("://")
        || lower.starts_with("www.")
        || is_host(lower.split(['/', '?']).next().unwrap_or(""))
    {
        WordSort::Link
    } else if lower.contains('@') {
        WordSort::Email
    } else if lower.contains(|c: char| c.is_numeric()) {
        WordSort::Number
    } else {
        WordSort::Plain
    }
}

/// Whether a word is written as a host is: labels with dots between them, the last of letters.
fn is_host(text: &str) -> bool {
    let host = text.split(':').next().unwrap_or(text);
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    last.len() >= 2
        && last.chars().all(char::is_alphabetic)
        && labels.split('.').all(is_label)
        && labels.len() >= 2
}

/// A link without what does not tell where it leads.
fn bare_link(lower: &str) -> &str {
    let rest = lower.split_once("://").map_or(lower, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches(['/', '#', '?'])
}

/// The host of a link that is written out.
pub(crate) fn host_of(link: &str) -> &str {
    let authority = bare_link(link).split(['/', '?', '#']).next().unwrap_or("");
    // What stands before an `@` names no host, and is put there to look like one.
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.split(':').next().unwrap_or(host)
}
