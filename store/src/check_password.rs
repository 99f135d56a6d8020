use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Password;
use crate::add_user::PASSWORD_BYTES_MAX;

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// Too short to resist guessing.
    #[error(
        "a password has at least {PASSWORD_CHARS_MIN} characters; this one has {0}: a few words in a row are easy to keep in mind"
    )]
    Short(usize),
    /// Too long to hash at every attempt.
    #[error("a password has at most 1,024 bytes; this one has {0}")]
    Long(usize),
    /// Among the first that are guessed.
    #[error(
        "this password is among the first that are guessed: take a few words that have nothing to do with each other"
    )]
    Common,
}

/// NIST SP 800-63B-4, section 3.1.1.2, for a password that is the only factor.
pub const PASSWORD_CHARS_MIN: usize = 15;
/// The commonest passwords that leaked. None of them is long enough by itself; what is made of one or two of them is.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/common-passwords.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});
/// So many of them, or fewer, make a password common, whatever digits and signs stand between.
const COMMON_WORDS_MAX: usize = 2;
/// A shorter word of a name is in too many others.
const WORD_CHARS_MIN: usize = 4;
/// Neighbours on a keyboard, and in the order of the letters and digits: who runs along them types nothing of their own.
const WALKS: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];
/// Of a walk, so many in a row are one.
const WALK_CHARS_MIN: usize = 4;
/// Digits in a row that are no walk are something of one's own, if there are more than in a year.
const DIGITS_MAX: usize = 4;
/// Letters for which others are written, as everybody who guesses knows.
const DISGUISES: [(char, char); 8] =
    [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('@', 'a'), ('$', 's')];

impl Password {
    /// Whether the password may be chosen by somebody of whom these names are known: their own, their address, the
    /// operator's.
    pub fn check(&self, names: &[&str]) -> Result<(), PasswordRefusal> {
        if self.chars() < PASSWORD_CHARS_MIN {
            return Err(PasswordRefusal::Short(self.chars()));
        }
        if self.bytes() > PASSWORD_BYTES_MAX {
            return Err(PasswordRefusal::Long(self.bytes()));
        }
        let plain: Vec<char> = self.text().to_lowercase().chars().collect();
        let undisguised: Vec<char> = plain.iter().map(|c| undisguised(*c)).collect();
        let words = words_of(names);
        let is_common =
            |typed: &[char]| is_repeated(typed) || common_words(typed, &words) <= COMMON_WORDS_MAX;
        if is_common(&plain) || is_common(&undisguised) {
            return Err(PasswordRefusal::Common);
        }
        Ok(())
    }
}

fn undisguised(c: char) -> char {
    DISGUISES.iter().find(|(disguise, _)| *disguise == c).map_or(c, |(_, letter)| *letter)
}

/// Names and their words, as they may stand in a password.
fn words_of(names: &[&str]) -> HashSet<String> {
    let parts = names.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    let words = parts.chain(names.iter().copied());
    words.map(str::to_lowercase).filter(|word| word.chars().count() >= WORD_CHARS_MIN).collect()
}

/// Whether something too short by itself is typed over and over, and nothing else.
fn is_repeated(typed: &[char]) -> bool {
    (1..=(typed.len() / 2).min(PASSWORD_CHARS_MIN - 1))
        .any(|period| typed.iter().zip(&typed[period..]).all(|(one, other)| one == other))
}

/// The fewest common words that a password is made of, with names, walks, signs and a few digits between; more than any
/// bound where something else is in it.
fn common_words(typed: &[char], names: &HashSet<String>) -> usize {
    const NEVER: usize = usize::MAX;
    let mut fewest = vec![NEVER; typed.len() + 1];
    fewest[0] = 0;
    for begin in 0..typed.len() {
        let so_far = fewest[begin];
        if so_far > COMMON_WORDS_MAX {
            continue;
        }
        for end in begin + 1..=typed.len() {
            let part = &typed[begin..end];
            if is_filler(part) || names.contains(&part.iter().collect::<String>()) {
                fewest[end] = fewest[end].min(so_far);
            } else if is_word(part) {
                fewest[end] = fewest[end].min(so_far + 1);
            }
        }
    }
    fewest[typed.len()]
}

fn is_word(part: &[char]) -> bool {
    /// The longest entry of the list.
    const WORD_CHARS_MAX: usize = 40;
    if !(WORD_CHARS_MIN..=WORD_CHARS_MAX).contains(&part.len()) {
        return false;
    }
    let word: String = part.iter().collect();
    COMMON.contains(word.as_str())
}

/// What stands between words without making them any harder to guess.
fn is_filler(part: &[char]) -> bool {
    let is_sign = |c: &char| !c.is_alphanumeric();
    let is_few_digits = part.len() <= DIGITS_MAX && part.iter().all(char::is_ascii_digit);
    let is_one_over_and_over = part.len() >= WALK_CHARS_MIN && part.iter().all(|c| *c == part[0]);
    part.iter().all(is_sign) || is_few_digits || is_one_over_and_over || is_walk(part)
}

fn is_walk(part: &[char]) -> bool {
    if part.len() < WALK_CHARS_MIN {
        return false;
    }
    let (walked, back): (String, String) = (part.iter().collect(), part.iter().rev().collect());
    WALKS.iter().any(|walk| walk.contains(&walked) || walk.contains(&back))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["Maya Okonkwo", "maya.okonkwo@example.com", "Larkspur Mobile"];

    #[test]
    fn what_is_guessed_first_is_refused() {
        for common in [
            "passwordpassword",
            "Password1234567",
            "P@ssw0rd!P@ssw0rd!",
            "qwertyuiopasdfghjkl",
            "123456789012345",
            "aaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "iloveyou iloveyou",
            "dragon-monkey-2024",
            "mayaokonkwo2024!",
            "Larkspur Mobile 1",
            "okonkwo-larkspur-1987",
            "maya.okonkwo@example.com1",
            "Maya Okonkwo dragon monkey",
            "abcdefghijklmnop",
            "zyxwvutsrqponmlk",
            "1q2w3e4r5t6y7u8i",
        ] {
            assert_eq!(Password::new(common).check(&NAMES), Err(PasswordRefusal::Common), "{common}");
        }
    }

    #[test]
    fn what_is_one_s_own_is_taken_whatever_it_is_made_of() {
        for good in [
            "correct horse battery staple",
            "larkspur in the rain",
            "a long walk along the shore",
            "dragon monkey football shadow",
            "password 9f83kq27ab",
            "mañana será otro día",
            "私の猫は毎朝五時に起きてしまう",
            "kxqzvjwpyfmbgdh",
            &"every word of a long song ".repeat(2).replacen("word", "verse", 1),
        ] {
            assert_eq!(Password::new(good).check(&NAMES), Ok(()), "{good}");
        }
    }

    #[test]
    fn it_is_as_long_as_it_must_be_and_no_longer_than_is_bearable() {
        assert_eq!(Password::new("fourteen chars").check(&[]), Err(PasswordRefusal::Short(14)));
        assert_eq!(Password::new("ñandúes y águi").check(&[]), Err(PasswordRefusal::Short(14)));
        let long = "every word of a long song, ".repeat(60);
        assert_eq!(Password::new(&long).check(&[]), Err(PasswordRefusal::Long(long.len())));
        assert_eq!(Password::new(&long[..64]).check(&[]), Ok(()));
    }
}
