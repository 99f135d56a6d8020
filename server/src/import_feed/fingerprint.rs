use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;

/// The SHA-256 of a file's bytes, in hexadecimal: by it a stopped import knows the file again.
pub(super) fn fingerprint(mut file: Box<dyn Read + Send>) -> io::Result<String> {
    const CHUNK_BYTES: usize = 1 << 16;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hexadecimal(&hasher.finalize()));
        }
        hasher.update(&chunk[..read]);
    }
}
