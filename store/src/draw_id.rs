use crate::StoreError;

/// The bits of an id that nobody can guess.
pub(crate) const ID_BYTES: usize = 16;
/// The same as a text.
pub(crate) const ID_DIGITS: usize = ID_BYTES * 2;

/// Draws an id: 32 hexadecimal digits.
#[expect(clippy::disallowed_methods, reason = "an id must be told by nothing, and the store draws such ids")]
pub(crate) fn draw_id() -> Result<Box<str>, StoreError> {
    let mut bytes = [0; ID_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)).into())
}

/// Whether a text could have been drawn.
pub(crate) fn is_drawn(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == ID_DIGITS && text.bytes().all(digit)
}
