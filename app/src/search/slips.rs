//! Words that were meant, but for slips of the typist.

/// Words of so many letters may have one slip, and of so many two: of shorter ones, another word is as near.
const ONE_SLIP_FROM: usize = 5;
const TWO_SLIPS_FROM: usize = 9;
/// A number with a slip is another number, unless it is as long as this.
const CODE_FROM: usize = 7;
/// No word is longer.
const LETTERS_MAX: usize = 48;

/// A word as it was typed, prepared for being compared with many.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    word: String,
    letters: usize,
    slips_max: usize,
    mask: u64,
}

impl Typed {
    /// `None` for a word that is taken as it is.
    pub(super) fn of(word: &str) -> Option<Self> {
        let letters = word.chars().count();
        let is_code = word.chars().any(|c| c.is_ascii_digit());
        let slips_max = match letters {
            _ if letters > LETTERS_MAX => 0,
            _ if is_code => usize::from(letters >= CODE_FROM),
            TWO_SLIPS_FROM.. => 2,
            ONE_SLIP_FROM.. => 1,
            _ => 0,
        };
        (slips_max > 0).then(|| Self { word: word.to_owned(), letters, slips_max, mask: mask(word) })
    }

    /// Whether this was meant: the word itself, or its beginning.
    pub(super) fn may_mean(&self, word: &str) -> bool {
        // No word has more letters than bytes: most are left aside without being counted.
        if word.len() + self.slips_max < self.letters {
            return false;
        }
        let letters = word.chars().count();
        if letters + self.slips_max < self.letters || letters > LETTERS_MAX {
            return false;
        }
        if letters <= self.letters + self.slips_max && self.is_near(word) {
            return true;
        }
        let end = word.char_indices().nth(self.letters).map(|(at, _)| at);
        end.is_some_and(|end| self.is_near(&word[..end]))
    }

    fn is_near(&self, word: &str) -> bool {
        // A slip changes two letters of the set at most; this leaves nearly every word aside.
        (self.mask ^ mask(word)).count_ones() as usize <= 2 * self.slips_max
            && strsim::osa_distance(&self.word, word) <= self.slips_max
    }
}

/// Which letters a word has.
fn mask(word: &str) -> u64 {
    word.chars().fold(0, |mask, c| mask | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may_mean(typed: &str, word: &str) -> bool {
        Typed::of(typed).is_some_and(|typed| typed.may_mean(word))
    }

    #[test]
    fn slips_are_forgiven_in_long_words() {
        for (typed, word) in [
            ("paymnet", "payment"),
            ("recieve", "received"),
            ("paiment", "payments"),
            ("confrimaton", "confirmation"),
            ("pedidp", "pedido"),
            ("ti4482971", "ti4482917"),
        ] {
            assert!(may_mean(typed, word), "{typed} for {word}");
        }
        for (typed, word) in [
            ("bil", "bill"),
            ("sims", "sim"),
            ("order", "elders"),
            ("payment", "shipment"),
            ("4821", "4822"),
            ("confirmation", "conversation"),
        ] {
            assert!(!may_mean(typed, word), "{typed} for {word}");
        }
    }

    proptest! {
        #[test]
        fn one_slip_is_always_forgiven(word in "[a-z]{6,20}", at in 0_usize..6, letter in "[a-z]") {
            let mut typed: Vec<char> = word.chars().collect();
            typed[at] = letter.chars().next().expect("a letter");
            let replaced: String = typed.iter().collect();
            prop_assert!(may_mean(&replaced, &word));
            let mut left_out = word.clone();
            left_out.remove(at);
            prop_assert!(may_mean(&left_out, &word));
        }

        #[test]
        fn what_is_leaves_no_word_aside_that_is_near(typed in "[a-d]{5,8}", word in "[a-d]{4,9}") {
            let near = strsim::osa_distance(&typed, &word) <= 1;
            prop_assert!(!near || may_mean(&typed, &word));
        }
    }
}
