use std::fmt;
use std::str::FromStr;

/// What a message is known by to whoever holds it: 12 characters of Crockford's base 32, 60 bits, that nobody can guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterfoilNumber(u64);

/// Why a text is not a counterfoil number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a counterfoil number is 12 letters and digits, such as 7K3M-Q9TX-2HRC")]
pub struct CounterfoilNumberError;

/// Digits and letters without those that are read for another: I, L and O, and U (crockford.com/base32.html).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARS: usize = 12;
const GROUP_CHARS: usize = 4;
const BITS_PER_CHAR: usize = 5;
const MASK: u64 = (1 << (CHARS * BITS_PER_CHAR)) - 1;
/// What is typed may have blanks and dashes in it; more than this is no number.
const TYPED_BYTES_MAX: usize = 64;

impl CounterfoilNumber {
    /// The number that is the lowest 60 of these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits & MASK)
    }

    /// Its 60 bits.
    pub const fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for CounterfoilNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in 0..CHARS {
            if place > 0 && place % GROUP_CHARS == 0 {
                f.write_str("-")?;
            }
            let shift = (CHARS - 1 - place) * BITS_PER_CHAR;
            let digit = usize::try_from(self.0 >> shift & 0b1_1111).expect("five bits");
            write!(f, "{}", char::from(ALPHABET[digit]))?;
        }
        Ok(())
    }
}

impl FromStr for CounterfoilNumber {
    type Err = CounterfoilNumberError;

    /// Reads what a person typed: case, blanks and dashes don't count, O is 0, and I and L are 1.
    fn from_str(typed: &str) -> Result<Self, CounterfoilNumberError> {
        if typed.len() > TYPED_BYTES_MAX {
            return Err(CounterfoilNumberError);
        }
        let mut bits = 0;
        let mut chars = 0;
        for c in typed.chars().filter(|c| !is_between(*c)) {
            let digit = digit_of(c).ok_or(CounterfoilNumberError)?;
            chars += 1;
            if chars > CHARS {
                return Err(CounterfoilNumberError);
            }
            bits = bits << BITS_PER_CHAR | digit;
        }
        if chars == CHARS { Ok(Self(bits)) } else { Err(CounterfoilNumberError) }
    }
}

/// What may stand between the characters of a number: blanks, and dashes of any length.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn digit_of(c: char) -> Option<u64> {
    let plain = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == plain)?;
    u64::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_it_was_written() {
        for bits in [0, 1, 31, 32, 0x0123_4567_89ab_cdef, MASK, u64::MAX] {
            let number = CounterfoilNumber::from_bits(bits);
            assert_eq!(number.bits(), bits & MASK);
            assert_eq!(number.to_string().parse(), Ok(number));
        }
        assert_eq!(CounterfoilNumber::from_bits(0).to_string(), "0000-0000-0000");
        assert_eq!(CounterfoilNumber::from_bits(MASK).to_string(), "ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(CounterfoilNumber::from_bits(33).to_string(), "0000-0000-0011");
    }

    #[test]
    fn what_a_person_types_is_read_leniently() {
        let number: CounterfoilNumber = "71Q0-ABCD-EFGH".parse().unwrap();
        for typed in
            ["71q0abcdefgh", "7lqo-abcd-efgh", " 7IQO ABCD EFGH ", "71Q0–ABCD–EFGH", "7-1-Q-0 ABCD\tEFGH\n"]
        {
            assert_eq!(typed.parse(), Ok(number), "{typed}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let long = format!("71Q0-ABCD-EFGH{}", " ".repeat(TYPED_BYTES_MAX));
        for bad in [
            "",
            "----",
            "71Q0-ABCD-EFG",
            "71Q0-ABCD-EFGHJ",
            "U1Q0-ABCD-EFGH",
            "71Q0.ABCD.EFGH",
            "ñ1Q0-ABCD-EFGH",
            &long,
        ] {
            assert_eq!(bad.parse::<CounterfoilNumber>(), Err(CounterfoilNumberError), "{bad}");
        }
    }
}
