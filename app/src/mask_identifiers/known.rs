use super::digits::is_separator;
use super::{Keep, Part};

/// A shorter one would be found wherever a year or a short word is.
const KNOWN_CHARS_MIN: usize = 5;
/// Between two characters of an identifier as people write it: `TI 448-2917`, `(206) 555-0123`.
const SEPARATORS_MAX: usize = 3;

/// The letters and digits of an identifier, in upper case; `None` where they are too few to look for.
pub(super) fn normalised(identifier: &str) -> Option<Vec<char>> {
    let chars: Vec<char> =
        identifier.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    (chars.len() >= KNOWN_CHARS_MIN).then_some(chars)
}

/// Wherever one of what is known stands in a text, however it is written there.
pub(super) fn find(chars: &[char], known: &[Vec<char>]) -> Vec<Part> {
    let begins = |at: usize| chars[at].is_alphanumeric() && (at == 0 || !chars[at - 1].is_alphanumeric());
    let starts = (0..chars.len()).filter(|at| begins(*at));
    starts
        .flat_map(|from| known.iter().filter_map(move |known| end(chars, from, known).map(|to| (from, to))))
        .map(|(from, to)| Part { from, to, keep: Keep::End })
        .collect()
}

/// Where an identifier ends that begins at a place.
fn end(chars: &[char], from: usize, known: &[char]) -> Option<usize> {
    let mut at = from;
    for (place, wanted) in known.iter().enumerate() {
        if place > 0 {
            at += chars[at..].iter().take(SEPARATORS_MAX).take_while(|c| is_joint(**c)).count();
        }
        if chars.get(at)?.to_ascii_uppercase() != *wanted {
            return None;
        }
        at += 1;
    }
    (!chars.get(at).is_some_and(|next| next.is_alphanumeric())).then_some(at)
}

fn is_joint(c: char) -> bool {
    is_separator(c) || matches!(c, '_' | '#' | '/' | ':' | '+')
}
