use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::plain_page::plain_page;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where our own pages are: what browsers call the origin of the public URL.
#[derive(Clone, Debug)]
pub(super) struct OwnOrigin {
    origin: Arc<str>,
    /// By plain http people come by several names, `localhost` and `127.0.0.1`: there the one that was asked for is ours too.
    takes_host: bool,
}

impl OwnOrigin {
    pub(super) fn of(public_url: &str) -> Self {
        let origin = origin_of(public_url);
        let takes_host = !origin.starts_with("https://");
        Self { origin: origin.into(), takes_host }
    }

    fn is(&self, origin: &str, headers: &HeaderMap) -> bool {
        if origin == &*self.origin {
            return true;
        }
        let host = only(headers, &header::HOST).ok().flatten();
        self.takes_host && host.is_some_and(|host| origin.strip_prefix("http://") == Some(host))
    }
}

/// The scheme, host and port of a URL, as a browser writes them: in lower case, without a scheme's own port.
fn origin_of(url: &str) -> String {
    let url = url.to_lowercase();
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", &url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}", authority.strip_suffix(own_port).unwrap_or(authority))
}

/// Refuses whatever changes something and was not asked for by one of our own pages. Browsers say where a request comes
/// from (`Sec-Fetch-Site`, `Origin`), and no page can make them say otherwise. One that says nothing is refused too: every
/// browser that keeps cookies for us says at least one of them of a form.
pub(super) async fn check_origin(State(own): State<OwnOrigin>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || comes_from_us(request.headers(), &own) {
        return next.run(request).await;
    }
    tracing::info!("refused: it did not come from our own page, or public_url is not what people type");
    refusal().into_response()
}

/// Whether all that is said of where a request comes from says that it comes from us, and something is said.
fn comes_from_us(headers: &HeaderMap, own: &OwnOrigin) -> bool {
    let (Ok(site), Ok(origin)) = (only(headers, &SEC_FETCH_SITE), only(headers, &header::ORIGIN)) else {
        return false;
    };
    // `none` is what somebody typed or opened from a bookmark: that is never a form.
    let site_is_ours = site.map(|site| site == "same-origin");
    let origin_is_ours = origin.map(|origin| own.is(origin, headers));
    match (site_is_ours, origin_is_ours) {
        (None, None) => false,
        (site, origin) => site.unwrap_or(true) && origin.unwrap_or(true),
    }
}

/// A header that is there twice, or is no text.
struct Unclear;

/// What a header says, if it is there.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Unclear> {
    let mut values = headers.get_all(name).into_iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Unclear),
        (Some(_), Some(_)) => Err(Unclear),
    }
}

fn refusal() -> impl IntoResponse {
    let english = (
        "This request did not come from our own page",
        "Nothing was changed. Open the page again and repeat what you did.",
    );
    let spanish = (
        "Esta solicitud no vino de nuestra propia página",
        "No se cambió nada. Abra la página de nuevo y repita lo que hizo.",
    );
    plain_page(StatusCode::FORBIDDEN, english, spanish)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_pages_change_something() {
        let own = OwnOrigin::of("https://Messages.example.com/");
        for (pairs, ours) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-origin"), ("origin", "https://messages.example.com")], true),
            (&[("origin", "https://messages.example.com")], true),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://messages.example.com")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "https://b.example")], false),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin")], false),
            (&[("origin", "https://messages.example.com"), ("origin", "https://b.example")], false),
            (&[("origin", "https://b.example"), ("host", "b.example")], false),
            (&[("origin", "http://messages.example.com"), ("host", "messages.example.com")], false),
            (&[("origin", "https://messages.example.com:8443")], false),
            (&[("origin", "https://messages.example.com.b.example")], false),
            (&[("origin", "null"), ("host", "messages.example.com")], false),
            (&[("host", "messages.example.com")], false),
            (&[], false),
        ] {
            assert_eq!(comes_from_us(&headers(pairs), &own), ours, "{pairs:?}");
        }
    }

    #[test]
    fn by_plain_http_the_name_that_was_asked_for_is_ours() {
        let own = OwnOrigin::of("http://localhost:3000");
        for (pairs, ours) in [
            (&[("origin", "http://localhost:3000"), ("host", "localhost:3000")][..], true),
            (&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], true),
            (&[("origin", "https://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], false),
            (&[("origin", "http://127.0.0.1:4000"), ("host", "127.0.0.1:3000")], false),
            (&[("origin", "http://b.example"), ("host", "localhost:3000")], false),
        ] {
            assert_eq!(comes_from_us(&headers(pairs), &own), ours, "{pairs:?}");
        }
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (url, origin) in [
            ("https://Messages.example.com", "https://messages.example.com"),
            ("https://messages.example.com:443/x", "https://messages.example.com"),
            ("http://localhost:80", "http://localhost"),
            ("http://localhost:3000/", "http://localhost:3000"),
        ] {
            assert_eq!(origin_of(url), origin);
        }
    }
}
