use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};

/// The name of the session's cookie. By https it bears a prefix that browsers hold to its word: such a cookie is set by this
/// very host alone, for https and every path; none of a subdomain, or of a page by plain http, takes its place. By plain http
/// they would refuse it.
pub(super) fn session_name(is_https: bool) -> &'static str {
    SESSION_NAMES[usize::from(is_https)]
}

/// The names by plain http and by https.
pub(crate) const SESSION_NAMES: [&str; 2] = ["counterfoil", "__Host-counterfoil"];

/// By https, every cookie is for it alone. That holds too for what takes the session's away: browsers ignore it under a name
/// with the prefix unless it says so.
pub(super) async fn secure_cookies(State(is_https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if !is_https || !response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    response.headers_mut().remove(header::SET_COOKIE);
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, secured(cookie));
    }
    response
}

/// The same cookie, with what it lacks.
fn secured(cookie: HeaderValue) -> HeaderValue {
    let Ok(text) = cookie.to_str() else { return cookie };
    let named = |part: &str| part.split('=').next().unwrap_or(part).trim().to_ascii_lowercase();
    let given: Vec<String> = text.split(';').skip(1).map(named).collect();
    let lacking = [("secure", "; Secure"), ("httponly", "; HttpOnly"), ("samesite", "; SameSite=Lax")];
    let lacking = lacking.iter().filter(|(name, _)| !given.iter().any(|given| given == name));
    let added: String = lacking.map(|(_, attribute)| *attribute).collect();
    HeaderValue::try_from(format!("{text}{added}")).unwrap_or(cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_https_every_cookie_is_for_it_alone() {
        for (given, secure) in [
            (
                "__Host-counterfoil=; Path=/; Max-Age=0",
                "__Host-counterfoil=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
            ),
            (
                "__Host-counterfoil=x; HttpOnly; SameSite=Lax; Secure; Path=/",
                "__Host-counterfoil=x; HttpOnly; SameSite=Lax; Secure; Path=/",
            ),
            ("secure=es; Path=/; samesite=Strict", "secure=es; Path=/; samesite=Strict; Secure; HttpOnly"),
        ] {
            assert_eq!(secured(HeaderValue::from_static(given)), secure);
        }
    }
}
