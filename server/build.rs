//! Puts the pages' files into the binary, compressed: those of `COUNTERFOIL_SITE_DIR`, else of `site` in the target
//! directory, where `make site` makes them. Where there are none, the binary has none and asks for `--site-dir`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/serve/site/pack.rs"]
mod pack;

/// The best there is: it is done once for each version of a file.
const QUALITY: i32 = 11;

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names it"));
    let folder = env::var_os("COUNTERFOIL_SITE_DIR").map_or_else(|| site_beside(&out), PathBuf::from);
    // Cargo runs this each time where the folder is missing, and after a change where there is one.
    let _ = fs::create_dir_all(&folder);
    println!("cargo::rerun-if-env-changed=COUNTERFOIL_SITE_DIR");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/serve/site/pack.rs");

    let files = pack::pack(&folder, |hash, bytes| compress_once(&out.join(format!("{hash}.br")), bytes))?;
    let mut table = String::from("vec![\n");
    for file in files {
        write_entry(&mut table, &file, &out).map_err(io::Error::other)?;
        fs::write(out.join(format!("{}.raw", flat(&file.name))), &file.bytes)?;
        if let Some(brotli) = &file.brotli {
            fs::write(out.join(format!("{}.packed", flat(&file.name))), brotli)?;
        }
    }
    table.push_str("]\n");
    fs::write(out.join("embedded_site.rs"), table)
}

/// `TARGET/PROFILE/build/PACKAGE/out` is where a build script writes.
fn site_beside(out: &Path) -> PathBuf {
    out.ancestors().nth(4).unwrap_or(out).join("site")
}

/// What is compressed already is there under its hash.
fn compress_once(kept: &Path, bytes: &[u8]) -> io::Result<Vec<u8>> {
    if let Ok(compressed) = fs::read(kept) {
        return Ok(compressed);
    }
    let compressed = pack::compress(bytes, QUALITY)?;
    fs::write(kept, &compressed)?;
    Ok(compressed)
}

fn write_entry(table: &mut String, file: &pack::PackedFile, out: &Path) -> std::fmt::Result {
    let included = |kind: &str| {
        let path = out.join(format!("{}.{kind}", flat(&file.name))).display().to_string();
        format!("Bytes::from_static(include_bytes!({path:?}))")
    };
    let brotli = file.brotli.as_ref().map_or("None".to_owned(), |_| format!("Some({})", included("packed")));
    let pack::PackedFile { name, address, content_type, hash, .. } = file;
    writeln!(
        table,
        "SiteFile {{ name: {name:?}.into(), address: {address:?}.into(), content_type: {content_type:?}, hash: {hash:?}.into(), \
         bytes: {}, brotli: {brotli} }},",
        included("raw"),
    )
}

fn flat(name: &str) -> String {
    name.replace('/', "~")
}
