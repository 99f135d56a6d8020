use std::ops::Range;

use super::digits::{Run, runs};
use super::references::words;
use super::{Keep, Part};

/// Codes that are sent to be typed: fewer digits are guessed, more are not typed.
const CODE_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// Beside letters, `G-482`, fewer digits do.
const MIXED_DIGITS_MIN: usize = 3;

/// Parts of words with which messages speak of codes, in the languages that messages are read in.
const TELLING: [&str; 14] = [
    "code",
    "códig",
    "codig",
    "codice",
    "passw",
    "kennwort",
    "contraseñ",
    "clave",
    "senha",
    "mot de passe",
    "verif",
    "one-time",
    "einmal",
    "otp",
];
/// Such words that are also in others: they count alone.
const TELLING_ALONE: [&str; 5] = ["pin", "tan", "nip", "token", "2fa"];

/// Whether a message speaks of a code or a password: what it has in digits may then open an account.
pub(crate) fn tells_code<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    texts.into_iter().any(|text| {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        TELLING.iter().any(|telling| text.contains(telling))
            || words.any(|word| TELLING_ALONE.contains(&word))
    })
}

/// Whatever in such a message could be its code.
pub(super) fn find(chars: &[char], plain: &[Range<usize>]) -> Vec<Part> {
    let digits = runs(chars, plain).into_iter().filter(|run| is_code(chars, run)).map(|run| run.range());
    let is_mixed = |word: &Range<usize>| {
        let word = &chars[word.clone()];
        let digits = word.iter().filter(|c| c.is_numeric()).count();
        (MIXED_DIGITS_MIN..=*CODE_DIGITS.end()).contains(&digits) && word.iter().any(|c| c.is_alphabetic())
    };
    let mixed = words(chars).filter(is_mixed);
    digits.chain(mixed).map(|part| Part { from: part.start, to: part.end, keep: Keep::Nothing }).collect()
}

fn is_code(chars: &[char], run: &Run) -> bool {
    CODE_DIGITS.contains(&run.digits()) && !is_year(chars, run)
}

/// The year of a day that is written out: `April 10, 2026`, `10 de abril de 2026`.
fn is_year(chars: &[char], run: &Run) -> bool {
    let range = run.range();
    let is_like_one = matches!(chars[range.clone()], ['1', '9', _, _] | ['2', '0', _, _]);
    let before: String = chars[range.start.saturating_sub(5)..range.start].iter().collect();
    let follows_day = before.strip_suffix(", ").is_some_and(|before| before.ends_with(char::is_numeric));
    is_like_one && (follows_day || before.ends_with(" de "))
}
