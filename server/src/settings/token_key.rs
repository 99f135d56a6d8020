use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use engine::TokenKey;

use crate::hexadecimal::hexadecimal;

const KEY_BYTES: usize = 16;

/// The key in a file of 32 hexadecimal digits, which only its owner may read. Where there is no file, one is made.
pub(super) fn read_or_make(path: &Path) -> anyhow::Result<TokenKey> {
    match std::fs::read_to_string(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => make(path),
        read => key_of(read, path),
    }
}

/// The key in a file that must be there.
pub(super) fn read(path: &Path) -> anyhow::Result<TokenKey> {
    key_of(std::fs::read_to_string(path), path)
}

fn key_of(read: io::Result<String>, path: &Path) -> anyhow::Result<TokenKey> {
    let text = read.with_context(|| format!("{} can't be read", path.display()))?;
    parse(&text).with_context(|| format!("{} is not a key of 32 hexadecimal digits", path.display()))
}

fn make(path: &Path) -> anyhow::Result<TokenKey> {
    let unwritable =
        || format!("{} can't be written: give a folder that can with --data-dir", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(unwritable)?;
    }
    let secret = random_bytes();
    let digits = hexadecimal(&secret);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = file.with_context(unwritable)?;
    file.write_all(digits.as_bytes()).and_then(|()| file.sync_all()).with_context(unwritable)?;
    Ok(TokenKey::new(secret))
}

fn parse(text: &str) -> anyhow::Result<TokenKey> {
    let digits = text.trim();
    if digits.len() != 2 * KEY_BYTES || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("not 32 hexadecimal digits");
    }
    let mut secret = [0; KEY_BYTES];
    for (byte, place) in secret.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&digits[place..place + 2], 16)?;
    }
    Ok(TokenKey::new(secret))
}

#[expect(clippy::disallowed_methods, reason = "the composition root is where randomness comes in")]
fn random_bytes() -> [u8; KEY_BYTES] {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}
