//! What staff see of an identifier: enough to say which one it is to somebody who knows it, and too little to use it.
//!
//! Pure: from a text, and the identifiers that are known to be an account's, to the text without them. What is not known
//! is found by how it looks: e-mail addresses, runs of digits, letters and digits mixed as references mix them.

mod codes;
mod digits;
mod emails;
mod known;
mod references;

pub(crate) use codes::tells_code;

/// Stands for what is left out. Four dots say nothing of how much that is.
pub(crate) const DOTS: &str = "••••";
/// What stays of an identifier at its end, as operators print it: "ending in 4567".
const KEPT_CHARS_MAX: usize = 4;

/// The identifiers that are known to be an account's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mask {
    /// Their letters and digits alone, in upper case.
    known: Vec<Vec<char>>,
}

/// A part of a text, by its characters, and what stays of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    from: usize,
    to: usize,
    keep: Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    Nothing,
    /// Its last characters.
    End,
    /// Its first character, and what follows the `@`.
    Domain,
}

impl Mask {
    pub(crate) fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        Self { known: known.into_iter().filter_map(known::normalised).collect() }
    }

    /// The same with more that is known.
    pub(crate) fn and<'a>(&self, more: impl IntoIterator<Item = &'a str>) -> Self {
        let mut mask = self.clone();
        mask.known.extend(more.into_iter().filter_map(known::normalised));
        mask
    }

    /// A text without whole identifiers; where it tells a one-time code, without that either.
    pub(crate) fn text(&self, text: &str, has_code: bool) -> String {
        let chars: Vec<char> = text.chars().collect();
        let plain = digits::plain_numbers(&chars);
        let mut parts = emails::find(&chars);
        parts.extend(known::find(&chars, &self.known));
        parts.extend(references::find(&chars, &plain));
        parts.extend(digits::find_runs(&chars, &plain));
        parts.extend(digits::find_cut_off(&chars));
        if has_code {
            parts.extend(codes::find(&chars, &plain));
        }
        written(&chars, joined(parts))
    }

    /// Whether a text is one of what is known.
    pub(crate) fn knows(&self, text: &str) -> bool {
        known::normalised(text).is_some_and(|text| self.known.contains(&text))
    }
}

/// The end of an identifier behind dots: its last four characters, and never more than half of it.
pub(crate) fn identifier(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    end_of(&chars)
}

/// A number of which only the end may have been given: that is no more than what is shown of others anyway.
pub(crate) fn number(text: &str) -> String {
    if text.chars().count() <= KEPT_CHARS_MAX { text.to_owned() } else { identifier(text) }
}

/// Where a message went: an e-mail address, a number, or a place where somebody lives.
pub(crate) fn recipient(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    match emails::find(&chars).as_slice() {
        [whole] if (whole.from, whole.to) == (0, chars.len()) => emails::written(&chars),
        _ => end_of(&chars),
    }
}

/// Parts that overlap as one. Of several that lie askew nothing is kept: what one would keep may be what another hides.
fn joined(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by_key(|part| (part.from, std::cmp::Reverse(part.to)));
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut().filter(|last| part.from < last.to) {
            Some(last) => *last = both(*last, part),
            None => joined.push(part),
        }
    }
    joined
}

fn both(one: Part, other: Part) -> Part {
    let contains_other = other.to <= one.to;
    let keep = match (one.keep, other.keep) {
        (Keep::Nothing, _) | (_, Keep::Nothing) => Keep::Nothing,
        (Keep::End, Keep::End) => Keep::End,
        (keep, _) if contains_other => keep,
        _ => Keep::Nothing,
    };
    Part { from: one.from, to: one.to.max(other.to), keep }
}

fn written(chars: &[char], parts: Vec<Part>) -> String {
    let mut text = String::with_capacity(chars.len());
    let mut at = 0;
    for part in parts {
        text.extend(&chars[at..part.from]);
        let hidden = &chars[part.from..part.to];
        match part.keep {
            Keep::Nothing => text.push_str(DOTS),
            Keep::End => text.push_str(&end_of(hidden)),
            Keep::Domain => text.push_str(&emails::written(hidden)),
        }
        at = part.to;
    }
    text.extend(&chars[at..]);
    text
}

fn end_of(chars: &[char]) -> String {
    let plain: Vec<char> = chars.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let kept = KEPT_CHARS_MAX.min(plain.len() / 2);
    DOTS.chars().chain(plain[plain.len() - kept..].iter().copied()).collect()
}

#[cfg(test)]
mod tests;
