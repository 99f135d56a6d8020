//! Stylesheet, scripts and fonts: by addresses that never have another content, compressed for whoever takes that.

use std::collections::BTreeMap;
use std::path::Path;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::house::House;
use crate::place::{Place, counterfoil, on_both_databases, refusal, run};
use crate::serve_and_stop::Serving;
use crate::visitor::{Visitor, send};

const ONCE: &str = "public, max-age=31536000, immutable";

struct Sent {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Sent {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(visitor: &Visitor, path: &str, name: &str, value: &str) -> Sent {
    let response = visitor.asking(path).header(name, value).send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    Sent { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
}

/// What pages and stylesheets name, by the ending of its name.
async fn named(visitor: &Visitor) -> BTreeMap<String, String> {
    let page = visitor.get("/sign-in").await.body;
    let sheet = page.split('"').find(|part| part.starts_with("/pkg/") && part.contains(".css"));
    let sheet = sheet.expect("a page has a stylesheet").to_owned();
    let style = visitor.get(&sheet).await.body;
    let parts = page.split('"').chain(style.split('"'));
    let is_named = |part: &&str| part.starts_with("/pkg/") || part.starts_with("/fonts/");
    // Another script beside the one that wasm was made for.
    let paths = parts.filter(|part| is_named(part) && !part.contains("/install."));
    paths.map(|path| (path.rsplit('.').next().unwrap_or(path).to_owned(), path.to_owned())).collect()
}

/// That everything a page needs comes, the same compressed and not, and is kept for good.
async fn check_all(visitor: &Visitor) {
    let named = named(visitor).await;
    for (ending, content_type) in [
        ("css", "text/css; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("wasm", "application/wasm"),
        ("woff2", "font/woff2"),
    ] {
        let path = &named[ending];
        let plain = ask(visitor, path, "accept-encoding", "gzip, br;q=0").await;
        let packed = ask(visitor, path, "accept-encoding", "gzip, br").await;
        for sent in [&plain, &packed] {
            assert_eq!((sent.status, sent.header("cache-control")), (StatusCode::OK, ONCE), "{path}");
            assert_eq!(sent.header("content-type"), content_type);
            assert_eq!((sent.header("x-content-type-options"), sent.header("set-cookie")), ("nosniff", ""));
        }
        assert_eq!(plain.header("content-encoding"), "");
        let is_packed = packed.header("content-encoding") == "br";
        assert_eq!(is_packed, ending != "woff2", "{path}");
        if is_packed {
            assert_eq!(packed.header("vary"), "accept-encoding");
            assert_ne!(packed.header("etag"), plain.header("etag"));
            assert!(packed.bytes.len() < plain.bytes.len());
            assert_eq!(unpacked(&packed.bytes), plain.bytes, "{path}");
        }
        let again = ask(visitor, path, "if-none-match", plain.header("etag")).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
    }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut unpacked).unwrap();
    unpacked
}

on_both_databases!(what_pages_need_is_kept_for_good_under_a_name_of_its_content, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    check_all(&visitor).await;
    let named = named(&visitor).await;
    let hash_of = |ending: &str| named[ending].split('.').nth(1).unwrap().trim_end_matches("_bg");
    assert_eq!(hash_of("js"), hash_of("wasm"), "the two are made for each other");
    for path in ["/favicon.svg", "/robots.txt"] {
        let sent = ask(&visitor, path, "accept-encoding", "identity").await;
        assert_eq!((sent.status, sent.header("cache-control")), (StatusCode::OK, "no-cache"), "{path}");
        let again = ask(&visitor, path, "if-none-match", &format!("W/{}", sent.header("etag"))).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let other = ask(&visitor, path, "if-none-match", "\"other\"").await;
        assert_eq!((other.status, &other.bytes), (StatusCode::OK, &sent.bytes));
    }
    for path in ["/pkg/counterfoil.css", "/pkg/counterfoil.0000000000000000.css", "/pkg/..%2ffavicon.svg"] {
        let answer = send(visitor.asking(path)).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (StatusCode::NOT_FOUND, "no-cache"),
            "{path}"
        );
    }
});

/// Whether the binary was built with the pages' files in it; `make rust` sees to that and names their folder.
fn is_whole() -> bool {
    let place = Place::sqlite();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    // With nothing in it, it says so; else the port is what is wrong.
    let said = refusal(&run(&mut place.counterfoil(&["serve", "--address", &address])));
    let is_whole = !said.contains("lacks the pages' files");
    assert!(is_whole || std::env::var_os("COUNTERFOIL_SITE_DIR").is_none(), "{said}");
    is_whole
}

#[tokio::test]
async fn the_binary_alone_serves_the_pages() {
    if !is_whole() {
        eprintln!("skipped: this binary was built before `make site`, and has no pages' files in it");
        return;
    }
    let place = Place::sqlite();
    let serving = Serving::begin_without_site(&place);
    let visitor = serving.visitor();
    check_all(&visitor).await;
    let wasm = ask(&visitor, &named(&visitor).await["wasm"], "accept-encoding", "identity").await;
    assert!(wasm.bytes.starts_with(b"\0asm"), "what islands run");
    serving.stop();
}

#[test]
fn a_folder_with_far_more_than_the_pages_files_is_refused() {
    let place = Place::sqlite();
    let folder = place.path("much");
    std::fs::create_dir(&folder).unwrap();
    let file = std::fs::File::create(Path::new(&folder).join("much.css")).unwrap();
    file.set_len(40 << 20).unwrap();
    let site = crate::place::text(&folder).to_owned();
    let said = refusal(&run(&mut counterfoil(&[
        "serve",
        "--address",
        "127.0.0.1:0",
        "--data-dir",
        crate::place::text(place.directory.path()),
        "--site-dir",
        &site,
    ])));
    assert!(said.contains("right folder"), "{said}");
}
