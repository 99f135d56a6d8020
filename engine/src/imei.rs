use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::parsed::parsed;

/// A device's International Mobile Equipment Identity (3GPP TS 23.003, clause 6.2): 14 digits of type allocation code
/// and serial number, which alone identify the device, and perhaps a Luhn check digit behind them.
#[derive(Clone, Copy)]
pub struct Imei {
    identity: [u8; Imei::IDENTITY_DIGITS],
    check: Option<u8>,
}

crate::redact::redact!(Imei);

/// Why a text is not an IMEI.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImeiError {
    /// It has other characters than digits, or not 14 to 16 of them.
    #[error("an IMEI is 14 digits, 15 with its check digit, or 16 with a software version")]
    Digits,
    /// The 15th digit is not the Luhn check digit of the 14 before it.
    #[error("the IMEI's last digit does not check: is one mistyped?")]
    Check,
}

impl Imei {
    /// The digits that identify a device.
    pub const IDENTITY_DIGITS: usize = 14;

    /// The 14 digits that identify the device.
    pub fn identity(&self) -> &str {
        std::str::from_utf8(&self.identity).expect("an IMEI is ASCII digits")
    }

    /// Those digits as bytes.
    pub(crate) fn identity_digits(&self) -> &[u8; Self::IDENTITY_DIGITS] {
        &self.identity
    }

    /// The last four digits as they are printed: of 15 digits, and so with the check digit.
    pub fn last_four(&self) -> String {
        self.ending().map(char::from).iter().collect()
    }

    /// The same as bytes.
    pub(crate) fn ending(&self) -> [u8; 4] {
        let [.., third, second, first] = self.identity;
        [third, second, first, self.check_digit()]
    }

    /// All 15 digits, the check digit computed where it was not given.
    pub fn printed(&self) -> String {
        let mut text = self.identity().to_owned();
        text.push(char::from(self.check_digit()));
        text
    }

    fn check_digit(&self) -> u8 {
        self.check.unwrap_or_else(|| luhn_check_digit(&self.identity))
    }
}

impl PartialEq for Imei {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

impl Eq for Imei {}

impl FromStr for Imei {
    type Err = ImeiError;

    fn from_str(text: &str) -> Result<Self, ImeiError> {
        let bytes = text.as_bytes();
        if !(14..=16).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_digit) {
            return Err(ImeiError::Digits);
        }
        let identity: [u8; Self::IDENTITY_DIGITS] = bytes[..14].try_into().expect("14 bytes were counted");
        // An IMEISV carries two digits of software version where the check digit would be.
        let check = (bytes.len() == 15).then(|| bytes[14]);
        if check.is_some_and(|check| check != luhn_check_digit(&identity)) {
            return Err(ImeiError::Check);
        }
        Ok(Self { identity, check })
    }
}

/// The Luhn check digit of 14 digits, as an ASCII digit (ISO/IEC 7812-1, annex B).
fn luhn_check_digit(identity: &[u8; Imei::IDENTITY_DIGITS]) -> u8 {
    let sum: u32 = identity
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            let doubled = if place % 2 == 1 { digit * 2 } else { digit };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    b"0987654321"[(sum % 10) as usize]
}

impl fmt::Display for Imei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.identity())?;
        match self.check {
            Some(check) => write!(f, "{}", char::from(check)),
            None => Ok(()),
        }
    }
}

impl Serialize for Imei {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Imei {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_its_first_fourteen_digits() {
        let whole: Imei = "013327003181395".parse().unwrap();
        assert_eq!(whole, "01332700318139".parse().unwrap());
        assert_eq!(whole, "0133270031813977".parse().unwrap());
        assert_eq!(whole.ending(), *b"1395");
        assert_eq!("01332700318139".parse::<Imei>().unwrap().ending(), *b"1395");
    }

    #[test]
    fn the_check_digit_checks() {
        assert_eq!("013327003181396".parse::<Imei>().unwrap_err(), ImeiError::Check);
        assert_eq!("0133270031813".parse::<Imei>().unwrap_err(), ImeiError::Digits);
        assert_eq!("01332700318139X".parse::<Imei>().unwrap_err(), ImeiError::Digits);
    }
}
