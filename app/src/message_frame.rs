//! The inside of the frame in which an HTML mail is shown: a document of its own, that may do nothing at all.

use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Language, MessageId};

use crate::reading::Reading;
use crate::request::RequestContext;
use crate::respond::NoPage;
use crate::sanitise_mail::show_mail;
use crate::visit::Visit;
use crate::words::message as words;

/// Nothing runs, nothing is fetched, nothing is sent, and nobody but the message's own page may frame it. Pictures are
/// those that the mail itself brought along.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
                      frame-ancestors 'self'; sandbox";
/// How a mail looks that says nothing of it. What is ours can't be had by a mail: it has no classes of its own.
const STYLE: &str = include_str!("message_frame/frame.css");
/// What a browser says that opens an address by itself, and not in a frame.
const IS_OPENED: &str = "document";

/// An HTML mail of whoever asks, for the frame on its page.
pub async fn message_frame(context: RequestContext, parts: &Parts, id: &str) -> Response {
    let id = id.parse::<MessageId>().ok();
    let destination = parts.headers.get("sec-fetch-dest").and_then(|value| value.to_str().ok());
    if let Some(id) = id.as_ref().filter(|_| destination == Some(IS_OPENED)) {
        return Redirect::to(&format!("/messages/{id}")).into_response();
    }
    let (visit, failure) = Visit::of(context, parts).await;
    let written = match failure {
        Some(failure) => Err(NoPage::Failed(failure)),
        None => write(&visit, id).await,
    };
    match written {
        Ok(document) => framed(StatusCode::OK, document),
        Err(no_page) => stand_in(&visit, no_page),
    }
}

async fn write(visit: &Visit, id: Option<MessageId>) -> Result<String, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let message = reading.message(&id.ok_or(NoPage::NotFound)?).await?.ok_or(NoPage::NotFound)?;
    let html = message.html.as_deref().ok_or(NoPage::NotFound)?;
    let shown = show_mail(html);
    if shown.is_empty {
        let nothing = format!("<p>{}</p>", words::NOTHING_SHOWN.in_language(visit.language()));
        return Ok(document(visit.language(), &reading.mark(&message.owner), &nothing));
    }
    Ok(document(visit.language(), &reading.mark(&message.owner), &shown.html))
}

/// The mark is the message's own row's, as on any page. A mail can bring none: it keeps no attribute of that name.
fn document(language: Language, mark: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{}</title><style>{STYLE}</style></head><body \
         data-owner=\"{mark}\"><div class=\"mail\" dir=\"auto\">{body}</div></body></html>",
        language.tag(),
        words::FRAME_TITLE.in_language(language),
    )
}

fn framed(status: StatusCode, document: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    (status, headers, document).into_response()
}

/// What stands in the frame where there is no mail: one sentence, and no mark, for nothing of anybody's is in it.
fn stand_in(visit: &Visit, no_page: NoPage) -> Response {
    let language = visit.language();
    let (status, say) = match no_page {
        NoPage::SeeOther(address) => return Redirect::to(address).into_response(),
        NoPage::Elsewhere(address) => return Redirect::to(&address).into_response(),
        NoPage::ConfirmFirst(then) => return Redirect::to(&then.confirm_address()).into_response(),
        NoPage::NotFound | NoPage::LookupClosed => (StatusCode::NOT_FOUND, words::NO_FRAME),
        NoPage::NotYours | NoPage::WithoutAccount => (StatusCode::FORBIDDEN, words::NO_FRAME),
        NoPage::TooSoon(_) => (StatusCode::TOO_MANY_REQUESTS, words::FRAME_FAILED),
        NoPage::Closed => (StatusCode::SERVICE_UNAVAILABLE, words::FRAME_FAILED),
        NoPage::Failed(error) => {
            tracing::error!(request_id = visit.request_id, %error, "a frame failed");
            (StatusCode::INTERNAL_SERVER_ERROR, words::FRAME_FAILED)
        }
    };
    let body = format!("<p>{}</p>", say.in_language(language));
    framed(status, bare(language, &body))
}

fn bare(language: Language, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head>\
         <body><div class=\"mail\">{body}</div></body></html>",
        language.tag(),
        words::FRAME_TITLE.in_language(language),
    )
}
