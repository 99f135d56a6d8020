// The build puts the pages' files into the binary by this, and the server reads them from a folder by the same: what one
// serves, the other does.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use sha2::{Digest, Sha256};

/// The pages' files are half a megabyte: a folder with much more is another one, named by mistake.
const FOLDER_BYTES_MAX: usize = 32 << 20;
/// wasm-bindgen makes these two for each other, so one hash is in both addresses.
const SCRIPT: &str = "pkg/counterfoil.js";
const WASM: &str = "pkg/counterfoil_bg.wasm";

/// A file of the pages, as it is served.
pub(crate) struct PackedFile {
    /// Its name in the folder, such as `pkg/counterfoil.css`.
    pub name: String,
    /// The path it is asked for by, with the hash of its content where nobody types it.
    pub address: String,
    pub content_type: &'static str,
    pub hash: String,
    pub bytes: Vec<u8>,
    /// The same bytes compressed, where that makes them fewer.
    pub brotli: Option<Vec<u8>>,
}

/// Every file of a folder, compressed by `compress`, which is handed a file's hash and its bytes.
pub(crate) fn pack(
    folder: &Path,
    mut compress: impl FnMut(&str, &[u8]) -> io::Result<Vec<u8>>,
) -> io::Result<Vec<PackedFile>> {
    let mut found = BTreeMap::new();
    find_files(folder, "", &mut found)?;
    let pair = hash_of(&[SCRIPT, WASM].map(|name| found.get(name).map_or(&[][..], Vec::as_slice)).concat());
    // Stylesheets last: they name the others.
    let (sheets, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(name, _)| is_stylesheet(name));
    let mut files: Vec<PackedFile> = Vec::new();
    for (name, bytes) in others.into_iter().chain(sheets) {
        let bytes = if is_stylesheet(&name) { with_addresses(bytes, &files)? } else { bytes };
        let hash = if [SCRIPT, WASM].contains(&name.as_str()) { pair.clone() } else { hash_of(&bytes) };
        let (content_type, is_loose) = content_type(&name);
        let brotli = if is_loose { Some(compress(&hash_of(&bytes), &bytes)?) } else { None };
        let brotli = brotli.filter(|brotli| brotli.len() < bytes.len());
        files.push(PackedFile { address: address(&name, &hash), name, content_type, hash, bytes, brotli });
    }
    Ok(files)
}

/// Brotli with the window that every browser has.
pub(crate) fn compress(bytes: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn find_files(folder: &Path, within: &str, found: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // What could stand in an address as it is; an editor's and the system's own files are hidden ones.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if name.starts_with('.') || !name.bytes().all(is_plain) {
            continue;
        }
        let name = format!("{within}{name}");
        if path.is_dir() {
            find_files(&path, &format!("{name}/"), found)?;
        } else {
            found.insert(name, fs::read(&path)?);
        }
        if found.values().map(Vec::len).sum::<usize>() > FOLDER_BYTES_MAX {
            return Err(io::Error::other("it holds far more than the pages' files: is it the right folder?"));
        }
    }
    Ok(())
}

/// Enough of a hash to tell one version of a file from another.
fn hash_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!("{:016x}", u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 has 32 bytes")))
}

fn is_stylesheet(name: &str) -> bool {
    extension(name) == "css"
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What pages and stylesheets name has its hash in its name; people and search engines ask for the rest.
fn address(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        _ if name == SCRIPT => format!("/pkg/counterfoil.{hash}.js"),
        _ if name == WASM => format!("/pkg/counterfoil.{hash}_bg.wasm"),
        Some((stem, extension @ ("css" | "js" | "woff2"))) => format!("/{stem}.{hash}.{extension}"),
        _ => format!("/{name}"),
    }
}

/// A stylesheet with the addresses of the files that it names.
fn with_addresses(sheet: Vec<u8>, files: &[PackedFile]) -> io::Result<Vec<u8>> {
    let text = String::from_utf8(sheet).map_err(io::Error::other)?;
    let named = |text: String, file: &PackedFile| text.replace(&format!("/{}", file.name), &file.address);
    Ok(files.iter().fold(text, named).into_bytes())
}

/// The type of a file, and whether compressing makes it smaller.
fn content_type(name: &str) -> (&'static str, bool) {
    match extension(name) {
        "css" => ("text/css; charset=utf-8", true),
        "js" => ("text/javascript; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "svg" => ("image/svg+xml", true),
        "txt" => ("text/plain; charset=utf-8", true),
        "json" | "webmanifest" => ("application/json", true),
        "woff2" => ("font/woff2", false),
        "png" => ("image/png", false),
        _ => ("application/octet-stream", false),
    }
}
