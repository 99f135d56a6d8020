use std::fmt;
use std::str::FromStr;

use engine::{Instant, Token};

/// A place between two entries of one account's history, as an address may carry it: an entry's time, and a keyed hash
/// of which entry it is. It names nobody, and without the store's key tells no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) at: Instant,
    pub(crate) entry: Token,
}

/// Why a text is not a cursor.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in a history: start from the newest")]
pub struct CursorError;

/// Two times 64 bits, in hexadecimal.
const HEX_DIGITS: usize = 32;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.at.micros(), self.entry.get())
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        if text.len() != HEX_DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(CursorError);
        }
        let half =
            |digits: &str| u64::from_str_radix(digits, 16).map(u64::cast_signed).map_err(|_| CursorError);
        let micros = half(&text[..HEX_DIGITS / 2])?;
        let at = Instant::from_micros(micros);
        if at.micros() != micros {
            return Err(CursorError);
        }
        Ok(Self { at, entry: Token::from_stored(half(&text[HEX_DIGITS / 2..])?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_as_it_was_written() {
        for (micros, token) in [(0, 0), (1_775_832_000_000_000, -1), (-5, i64::MIN)] {
            let cursor = Cursor { at: Instant::from_micros(micros), entry: Token::from_stored(token) };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in
            ["", "x", &"g".repeat(32), &"0".repeat(31), &"f0".repeat(17), &format!("7{}", "f".repeat(31))]
        {
            assert_eq!(bad.parse::<Cursor>(), Err(CursorError), "{bad}");
        }
    }
}
