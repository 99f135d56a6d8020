//! What is the same for everybody: stylesheet, scripts, fonts. They are in the binary.

mod pack;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use axum::Router;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};

use pack::{PackedFile, compress, pack};

/// A year: an address with a hash in it never has another content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// Good enough for a folder that is read anew at each start, and quick.
const QUALITY: i32 = 5;

const STYLESHEET: &str = "pkg/counterfoil.css";
const SCRIPT: &str = "pkg/counterfoil.js";
const INSTALL_SCRIPT: &str = "pkg/install.js";
const FONT: &str = "fonts/public-sans-latin-wght-normal.woff2";

/// The pages' files, by the path they are asked for by.
pub(super) struct Site {
    files: BTreeMap<String, SiteFile>,
}

struct SiteFile {
    name: String,
    address: String,
    content_type: &'static str,
    hash: String,
    bytes: Bytes,
    brotli: Option<Bytes>,
}

impl Site {
    /// The files of a folder as they are at this moment, else those in the binary.
    pub(super) fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        let files: Vec<SiteFile> = match folder {
            Some(folder) => read(folder)?,
            None => include!(concat!(env!("OUT_DIR"), "/embedded_site.rs")),
        };
        if !files.iter().any(|file| file.name == STYLESHEET) {
            let lacking = folder.map_or("this binary".to_owned(), |folder| folder.display().to_string());
            bail!(
                "{lacking} lacks the pages' files: `make site` makes them, `make binary` builds a binary that has them, and \
                 --site-dir says where they are otherwise"
            );
        }
        Ok(Self { files: files.into_iter().map(|file| (file.address.clone(), file)).collect() })
    }

    /// The path at which the stylesheet is.
    pub(super) fn stylesheet(&self) -> String {
        self.address(STYLESHEET)
    }

    /// The path at which the font of most texts is.
    pub(super) fn font(&self) -> String {
        self.address(FONT)
    }

    /// What is before `.js` and `_bg.wasm` in the names of what brings islands to life.
    pub(super) fn script_name(&self) -> String {
        let address = self.address(SCRIPT);
        address.trim_start_matches("/pkg/").trim_end_matches(".js").to_owned()
    }

    /// The path at which the script is that keeps the pages at hand.
    pub(super) fn install_script(&self) -> String {
        self.address(INSTALL_SCRIPT)
    }

    /// What a device may keep: what has a hash in its address and most pages need.
    pub(super) fn kept_on_devices(&self) -> Vec<String> {
        let is_needed = |file: &&SiteFile| file.name.starts_with("pkg/") || file.name == FONT;
        let files = self.files.values().filter(is_needed).filter(|file| file.address.contains(&file.hash));
        files.map(|file| file.address.clone()).collect()
    }

    fn address(&self, name: &str) -> String {
        let found = self.files.values().find(|file| file.name == name);
        found.map_or_else(|| format!("/{name}"), |file| file.address.clone())
    }

    /// A route for each folder, and for each file beside them.
    pub(super) fn router(self) -> Router {
        let routes: BTreeSet<String> = self.files.keys().map(|address| route(address)).collect();
        let site = Arc::new(self);
        routes.iter().fold(Router::new(), |router, route| {
            let site = Arc::clone(&site);
            router
                .route(route, get(move |uri: Uri, asked: HeaderMap| async move { site.answer(&uri, &asked) }))
        })
    }

    fn answer(&self, uri: &Uri, asked: &HeaderMap) -> Response {
        match self.files.get(uri.path()) {
            Some(file) => file.answer(asked),
            None => {
                (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, ASK_AGAIN)], "not found\n").into_response()
            }
        }
    }
}

fn read(folder: &Path) -> anyhow::Result<Vec<SiteFile>> {
    let packed = pack(folder, |_, bytes| compress(bytes, QUALITY));
    let packed = packed.with_context(|| {
        format!("{} can't be read: `make site` makes it; --site-dir says where", folder.display())
    })?;
    Ok(packed.into_iter().map(SiteFile::from).collect())
}

fn route(address: &str) -> String {
    match address.trim_start_matches('/').split_once('/') {
        Some((folder, _)) => format!("/{folder}/{{*file}}"),
        None => address.to_owned(),
    }
}

impl SiteFile {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let brotli = self.brotli.as_ref().filter(|_| takes_brotli(asked));
        let tag = format!("\"{}{}\"", self.hash, if brotli.is_some() { "-br" } else { "" });
        let mut headers = self.headers(&tag);
        if has_tag(asked, &tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if brotli.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        (headers, brotli.unwrap_or(&self.bytes).clone()).into_response()
    }

    fn headers(&self, tag: &str) -> HeaderMap {
        let has_hash = self.address.contains(&self.hash);
        let mut headers = HeaderMap::from_iter([
            (header::CACHE_CONTROL, if has_hash { FOREVER } else { ASK_AGAIN }),
            (header::ETAG, HeaderValue::try_from(tag).expect("a hash is hexadecimal")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            ),
        ]);
        if self.brotli.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        headers
    }
}

impl From<PackedFile> for SiteFile {
    fn from(file: PackedFile) -> Self {
        let PackedFile { name, address, content_type, hash, bytes, brotli } = file;
        Self { name, address, content_type, hash, bytes: bytes.into(), brotli: brotli.map(Bytes::from) }
    }
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    listed(asked, header::ACCEPT_ENCODING).any(|item| {
        let (name, quality) = item.split_once(';').unwrap_or((item, ""));
        let refused = quality.trim().strip_prefix("q=").is_some_and(|quality| quality.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

fn has_tag(asked: &HeaderMap, tag: &str) -> bool {
    listed(asked, header::IF_NONE_MATCH).any(|kept| kept == "*" || kept.trim_start_matches("W/") == tag)
}

/// The items of a header that is a list.
fn listed(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}
