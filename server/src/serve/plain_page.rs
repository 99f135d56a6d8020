use axum::response::Html;
use http::{HeaderName, StatusCode, header};

/// What such a page may load and run: nothing.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page without anything of anybody, in both languages: for what is refused before it is known who asks.
pub(super) fn plain_page(
    status: StatusCode,
    english: (&str, &str),
    spanish: (&str, &str),
) -> (StatusCode, [(HeaderName, &'static str); 2], Html<String>) {
    let part = |language: &str, (title, what): (&str, &str)| {
        format!("<section lang=\"{language}\"><h1>{title}</h1><p>{what}</p></section>")
    };
    let body = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title></head><body><main>{}{}<p><a href=\"/\">/</a></p></main></body></html>\n",
        english.0,
        part("en", english),
        part("es", spanish),
    );
    (status, [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(body))
}
