use super::{StatedLine, Word};
use crate::Imei;
use crate::vocabulary::vocabulary;

/// What a run of digits is, where it is more than a reference.
pub(super) enum Number {
    Device(Imei),
    Line(StatedLine),
}

/// The most words that one number is written in: `+34 911 22 33 44`.
const RUN_WORDS_MAX: usize = 6;
const ENDING_DIGITS: usize = 4;
/// Prefixes of the North American numbering plan whose calls are free: hotlines, nobody's line.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];
/// The prefixes of free numbers in most of Europe.
const FREEPHONE: [&str; 3] = ["0800", "00800", "0808"];
/// How many words before a number are searched for an invitation to call it.
const CALL_WORDS: usize = 3;
/// How many words before four digits are searched for what they end.
const ENDING_WORDS: usize = 4;

/// The device or line whose number begins at a word, and how many words it takes.
pub(super) fn read(words: &[Word], at: usize) -> Option<(Number, usize)> {
    let longest = run_length(words, at);
    let is_named = is_about_a_device(words, at);
    (1..=longest)
        .rev()
        .find_map(|length| number(&words[at..at + length], is_named).map(|number| (number, length)))
}

/// Whether the number at a word is one to call rather than one that something happened to.
pub(super) fn is_a_hotline(words: &[Word], at: usize, line: &StatedLine) -> bool {
    let before = &words[at.saturating_sub(CALL_WORDS)..at];
    let national = line.digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&line.digits);
    let toll_free = national.len() == 10 && TOLL_FREE.iter().any(|prefix| national.starts_with(prefix));
    let freephone = FREEPHONE.iter().any(|prefix| line.digits.starts_with(prefix));
    toll_free || freephone || before.iter().any(|word| vocabulary().call.has(word.text))
}

/// The last four digits of something longer that stand at a word.
pub(super) fn read_ending(words: &[Word], at: usize) -> Option<[u8; ENDING_DIGITS]> {
    let before = &words[at.saturating_sub(2)..at];
    ending(words[at].text).filter(|_| before.iter().any(|word| vocabulary().ending.has(word.text)))
}

/// The four digits of a word that has nothing else but what hides the others: `XXXX4821`.
fn ending(word: &str) -> Option<[u8; ENDING_DIGITS]> {
    let shown = word.trim_start_matches(['x', 'X', '*', '•', '…', '.', '-', '#']);
    let digits: [u8; ENDING_DIGITS] = shown.as_bytes().try_into().ok()?;
    digits.iter().all(u8::is_ascii_digit).then_some(digits)
}

/// Whether the four digits at a word end a device's number rather than a card's.
pub(super) fn is_about_a_device(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(ENDING_WORDS)..at].iter().any(|word| vocabulary().device.has(word.text))
}

/// How many words from here on are nothing but a number's characters.
fn run_length(words: &[Word], at: usize) -> usize {
    let in_number = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit() || b"()+-.".contains(&b));
    let mut length = 0;
    for word in words[at..].iter().take(RUN_WORDS_MAX) {
        if !in_number(word) {
            break;
        }
        length += 1;
        if word.ends_phrase {
            break;
        }
    }
    length
}

fn number(run: &[Word], is_named: bool) -> Option<Number> {
    let digits: String = run.iter().flat_map(|word| word.text.chars()).filter(char::is_ascii_digit).collect();
    let first = run.first()?.text;
    let international = first.starts_with('+');
    if !international && let Ok(imei) = digits.parse::<Imei>() {
        // Fourteen or sixteen digits say too little by themselves to be a device's; fifteen check.
        return (digits.len() == 15 || is_named).then_some(Number::Device(imei));
    }
    let grouped = run.len() > 1 || first.contains(['(', '-']) || is_dotted(first);
    let is_line = if international {
        (8..=15).contains(&digits.len())
    } else {
        // A trunk prefix, as in `0151 23456789`, makes it longer.
        grouped && (9..=if digits.starts_with('0') { 13 } else { 11 }).contains(&digits.len())
    };
    let plausible = is_line
        && run.iter().all(|word| !word.text.ends_with('-'))
        && (is_dotted(first) || run.iter().all(|word| !word.text.contains('.')));
    plausible.then(|| Number::Line(StatedLine { digits: digits.into(), international }))
}

/// Whether points part a number's groups: `206.555.0123`.
fn is_dotted(word: &str) -> bool {
    let groups = word.split('.');
    (3..=5).contains(&groups.clone().count())
        && groups
            .clone()
            .all(|group| (2..=4).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit()))
}
