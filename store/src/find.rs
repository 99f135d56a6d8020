use std::fmt;
use std::str::FromStr;

use engine::{AccountId, E164, MessageId};

use crate::add_user::SIGN_IN_CHARS_MAX;

/// By what an account is looked for. Each names one account exactly, or none.
#[derive(Clone, PartialEq, Eq)]
pub enum Find {
    /// The operator's own id of it.
    Account(AccountId),
    /// An e-mail address of its holder or of a member.
    Email(String),
    /// A number of its holder, of a member, or of a line.
    Phone(E164),
    /// The operator's own id of a message to it.
    Message(MessageId),
}

/// Which of these an account was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundBy {
    /// Its id.
    Account,
    /// An e-mail address.
    Email,
    /// A number.
    Phone,
    /// A message's id.
    Message,
    /// A report that its customer made.
    Report,
}

/// Why a text is none of them.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account is found by one of account, email, phone, message, report")]
pub struct FoundByError;

/// As long as an address that mail can be sent to; an id is shorter.
pub const FIND_CHARS_MAX: usize = SIGN_IN_CHARS_MAX;
/// The digits of a North American number without its country's `1`, as people there say it.
const NATIONAL_DIGITS: usize = 10;

impl Find {
    /// Every way in which what somebody typed names an account: digits alone may be an account, a number or a message.
    pub fn readings_of(typed: &str) -> Vec<Self> {
        let typed = typed.trim();
        if typed.chars().count() > FIND_CHARS_MAX {
            return Vec::new();
        }
        if typed.contains('@') {
            return vec![Self::Email(typed.to_owned())];
        }
        let account = typed.parse().ok().map(Self::Account);
        let message = typed.parse().ok().map(Self::Message);
        account.into_iter().chain(numbers(typed).into_iter().map(Self::Phone)).chain(message).collect()
    }

    /// Which sort of thing it is.
    pub fn by(&self) -> FoundBy {
        match self {
            Self::Account(_) => FoundBy::Account,
            Self::Email(_) => FoundBy::Email,
            Self::Phone(_) => FoundBy::Phone,
            Self::Message(_) => FoundBy::Message,
        }
    }
}

/// The international numbers that a text may mean: `+1 206 555 0123`, `001 206…`, `(206) 555-0123`.
fn numbers(typed: &str) -> Vec<E164> {
    let of_number =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '.' | '(' | ')');
    if !typed.chars().all(of_number) {
        return Vec::new();
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_international = typed.starts_with('+');
    let mut numbers =
        vec![format!("+{}", digits.strip_prefix("00").filter(|_| !is_international).unwrap_or(&digits))];
    if digits.len() == NATIONAL_DIGITS && !is_international {
        numbers.push(format!("+1{digits}"));
    }
    numbers.iter().filter_map(|number| number.parse().ok()).collect()
}

impl FoundBy {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Account, Self::Email, Self::Phone, Self::Message, Self::Report];

    /// Its name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Message => "message",
            Self::Report => "report",
        }
    }
}

impl FromStr for FoundBy {
    type Err = FoundByError;

    fn from_str(text: &str) -> Result<Self, FoundByError> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or(FoundByError)
    }
}

impl fmt::Display for FoundBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Find(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(typed: &str) -> Vec<String> {
        let written = |find: Find| match find {
            Find::Account(id) => format!("account {id}"),
            Find::Email(address) => format!("email {address}"),
            Find::Phone(number) => format!("phone {number}"),
            Find::Message(id) => format!("message {id}"),
        };
        Find::readings_of(typed).into_iter().map(written).collect()
    }

    #[test]
    fn what_is_typed_is_read_in_every_way_that_it_may_mean() {
        assert_eq!(readings(" LK-304118 "), ["account LK-304118", "message LK-304118"]);
        assert_eq!(readings(" Maya@Example.com"), ["email Maya@Example.com"]);
        assert_eq!(readings("+1 (206) 555-0123"), ["phone +12065550123"]);
        assert_eq!(readings("001 206.555.0123"), ["phone +12065550123"]);
        assert_eq!(readings("(206) 555-0123"), ["phone +2065550123", "phone +12065550123"]);
        assert_eq!(
            readings("2065550123"),
            ["account 2065550123", "phone +2065550123", "phone +12065550123", "message 2065550123"]
        );
        assert_eq!(readings("12345"), ["account 12345", "message 12345"]);
        for nothing in ["", "  ", "Maya Okonkwo", "%", "' or 1=1 --", &"9".repeat(255)] {
            assert_eq!(readings(nothing), [""; 0], "{nothing}");
        }
    }
}
