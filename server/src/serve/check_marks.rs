use std::collections::BTreeSet;

use app::request::cookie;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode, header};
use store::{LookupId, OwnerMark, SessionKey, Store, StoreError};
use tower_sessions::session::Id;

use super::metrics::Metrics;
use crate::clock::now;

/// What says that an answer was another's and was kept back.
pub const STOPPED: HeaderName = HeaderName::from_static("x-counterfoil-stopped");

/// The last look at a page: whose are the blocks that it shows, and whose is the session that asked? The page's own work
/// takes no part in the answer: the session is looked up anew, by the request's cookie.
#[derive(Clone)]
pub(super) struct MarkCheck {
    pub store: Store,
    pub cookie: &'static str,
    pub metrics: Metrics,
}

/// Who asked, and from which lookup's page.
struct Asked {
    session: Option<SessionKey>,
    lookup: Option<LookupId>,
}

/// The longest page is some hundred entries of some kilobytes each.
pub(crate) const PAGE_BYTES_MAX: usize = 8 << 20;
/// What an export of an account is: there is no other file of this kind.
pub(super) const EXPORT_TYPE: &str = "application/zip";
const MARK_BEGINS: &[u8] = b"data-owner=\"";
const DESK_ACCOUNTS: &str = "/desk/accounts/";
const KEPT_BACK: &str = "We did not show this page, because it may not have been yours. Nothing of it left us, and it \
                         changed nothing. Open the page again.\n\nNo mostramos esta página porque podía no ser suya. Nada \
                         de ella salió de aquí y no cambió nada. Ábrala de nuevo.\n";

/// Whose a file is that is not a page: its owner's mark.
pub(super) const OWNER: HeaderName = HeaderName::from_static("x-counterfoil-owner");

/// Keeps a page or a file back that has what is anybody's but whoever asked for it.
pub(super) async fn check_marks(State(check): State<MarkCheck>, request: Request, next: Next) -> Response {
    let asked = Asked::by(request.headers(), request.uri().path(), check.cookie);
    let response = next.run(request).await;
    if let Some(marks) = marks_of_file(response.headers()) {
        return check.pass(response, &marks, &asked).await;
    }
    if !is_page(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, PAGE_BYTES_MAX).await else {
        tracing::error!("a page was too long to be looked at, and was kept back");
        return keep_back();
    };
    let marks = marks_of(&page);
    check.pass(Response::from_parts(parts, Body::from(page)), &marks, &asked).await
}

impl MarkCheck {
    /// Lets an answer go that has these marks, if whoever asked may see what they are of.
    async fn pass(&self, response: Response, marks: &BTreeSet<Option<OwnerMark>>, asked: &Asked) -> Response {
        let allowed = if marks.is_empty() { Ok(BTreeSet::new()) } else { self.allowed(asked).await };
        match allowed {
            Ok(allowed) if marks.iter().all(|mark| mark.is_some_and(|mark| allowed.contains(&mark))) => {
                response
            }
            // Signed out, or closed, while it was written.
            Ok(allowed) if allowed.is_empty() && asked.session.is_some() => {
                let begins = if asked.lookup.is_some() { "/desk" } else { "/sign-in?ended" };
                Redirect::to(begins).into_response()
            }
            Ok(_) => {
                self.metrics.page_kept_back();
                tracing::error!(alarm = "marks", "an answer had what is not its reader's, and was kept back");
                keep_back()
            }
            Err(error) => {
                tracing::error!(%error, "whose an answer is could not be looked up, and it was kept back");
                keep_back()
            }
        }
    }

    async fn allowed(&self, asked: &Asked) -> Result<BTreeSet<OwnerMark>, StoreError> {
        let Some(session) = &asked.session else { return Ok(BTreeSet::new()) };
        let marks = self.store.marks_of_session(session, asked.lookup.as_ref(), now()).await?;
        Ok(marks.into_iter().collect())
    }
}

impl Asked {
    fn by(headers: &HeaderMap, path: &str, name: &str) -> Self {
        let lookup = path.strip_prefix(DESK_ACCOUNTS).and_then(|rest| rest.split('/').next());
        Self { session: session_of(headers, name), lookup: lookup.and_then(|lookup| lookup.parse().ok()) }
    }
}

/// The session that a request's cookie names, whether it lives or not.
pub(super) fn session_of(headers: &HeaderMap, name: &str) -> Option<SessionKey> {
    let id: Id = cookie(headers, name)?.parse().ok()?;
    Some(SessionKey::of(id.0))
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// Where an answer is somebody's file, its one mark; `None` for one that can't be read, or that a file of this kind lacks.
fn marks_of_file(headers: &HeaderMap) -> Option<BTreeSet<Option<OwnerMark>>> {
    let is_file = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == EXPORT_TYPE);
    let owner = headers.get(OWNER);
    let mark = owner.and_then(|owner| owner.to_str().ok()).and_then(|owner| owner.parse().ok());
    (is_file || owner.is_some()).then(|| BTreeSet::from([mark]))
}

/// Each mark of a page; `None` for one that can't be read. What a message's text says makes no mark: it stands outside of
/// tags, as its `<` are escaped, or within an attribute, where its quotation marks are.
pub(crate) fn marks_of(page: &Bytes) -> BTreeSet<Option<OwnerMark>> {
    let is_in_tag =
        |at: &usize| memchr::memrchr2(b'<', b'>', &page[..*at]).is_some_and(|last| page[last] == b'<');
    let begins = memchr::memmem::find_iter(page, MARK_BEGINS).filter(is_in_tag);
    let mark = |at: usize| {
        let rest = &page[at + MARK_BEGINS.len()..];
        let end = memchr::memchr(b'"', rest)?;
        std::str::from_utf8(&rest[..end]).ok()?.parse().ok()
    };
    begins.map(mark).collect()
}

fn keep_back() -> Response {
    let headers = [(STOPPED, "marks"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, KEPT_BACK).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says_is_no_mark() {
        let page = Bytes::from_static(
            b"<p title=\"data-owner=&quot;00000000000000aa&quot;\">says data-owner=\"00000000000000ab\" &lt;p \
              data-owner=\"00000000000000ac\"</p><p data-owner=\"00000000000000ad\">x</p>",
        );
        assert_eq!(marks_of(&page), BTreeSet::from(["00000000000000ad".parse().ok()]));
        let unreadable = Bytes::from_static(b"<p data-owner=\"x\">");
        assert_eq!(marks_of(&unreadable), BTreeSet::from([None]));
    }

    #[test]
    fn a_file_is_somebodys_and_says_whose() {
        let headers = |pairs: &[(HeaderName, &'static str)]| {
            pairs.iter().map(|(name, value)| (name.clone(), value.parse().expect("a value"))).collect()
        };
        let zip = (header::CONTENT_TYPE, EXPORT_TYPE);
        let mark = "00000000000000ad";
        for (given, owner) in [
            (&[][..], None),
            (&[(header::CONTENT_TYPE, "text/csv")], None),
            (std::slice::from_ref(&zip), Some(None)),
            (&[zip.clone(), (OWNER, "x")], Some(None)),
            (&[zip.clone(), (OWNER, mark)], Some(mark.parse().ok())),
            (&[(OWNER, mark)], Some(mark.parse().ok())),
        ] {
            let owner = owner.map(|owner| BTreeSet::from([owner]));
            assert_eq!(marks_of_file(&headers(given)), owner, "{given:?}");
        }
    }
}
