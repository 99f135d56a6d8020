//! Where somebody was on the way to who has to sign in first. It is kept in their browser and in no address.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use leptos::prelude::*;

use crate::request::{RequestContext, cookie};
use crate::respond::add_header;

/// With https no other host can set it.
const COOKIE: &str = "__Host-way-on";
/// A browser takes the other only by https.
const COOKIE_PLAIN: &str = "way-on";
/// As long as signing in takes, with a look into one's mail.
const SECONDS: u32 = 15 * 60;
/// Pages that a mail, a bookmark or another tab may lead to.
const PAGES: [&str; 7] =
    ["/messages/", "/transactions/", "/reports", "/account", "/settings", "/export", "/statement"];
const PATH_BYTES_MAX: usize = 300;

/// Has the browser keep where its request was going, if that is a page for customers.
pub(crate) fn keep_way_on() {
    let parts = expect_context::<Parts>();
    if parts.method == Method::GET && is_page(parts.uri.path()) {
        set(parts.uri.path(), SECONDS);
    }
}

/// Where the browser was going; it keeps that no longer.
pub(crate) fn take_way_on(headers: &HeaderMap) -> Option<String> {
    let name = name(expect_context::<RequestContext>().is_https());
    let kept = cookie(headers, name).filter(|path| is_page(path))?.to_owned();
    set("", 0);
    Some(kept)
}

/// A cookie may be anybody's work: it leads to pages of ours alone.
fn is_page(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%:".contains(&byte);
    path.len() <= PATH_BYTES_MAX
        && path.bytes().all(is_plain)
        && PAGES.iter().any(|page| {
            let rest = path.strip_prefix(page);
            rest.is_some_and(|rest| page.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
        })
}

fn set(path: &str, seconds: u32) {
    let is_https = expect_context::<RequestContext>().is_https();
    let secure = if is_https { "; Secure" } else { "" };
    let name = name(is_https);
    let cookie = format!("{name}={path}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    add_header(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("a path is ASCII"));
}

fn name(is_https: bool) -> &'static str {
    if is_https { COOKIE } else { COOKIE_PLAIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leads_to_pages_of_ours_alone() {
        for page in [
            "/messages/LM-1",
            "/transactions/T:1%20x",
            "/reports",
            "/reports/0f",
            "/settings/lookups",
            "/account",
        ] {
            assert!(is_page(page), "{page}");
        }
        let long = format!("/messages/{}", "x".repeat(400));
        for other in [
            "",
            "/",
            "//evil.example",
            "/\\evil",
            "https://evil.example",
            "/accounts",
            "/desk",
            "/sign-out",
            "/messages/1; Domain=x",
            "/messages/\u{f1}",
            "/history",
            &long,
        ] {
            assert!(!is_page(other), "{other}");
        }
    }
}
