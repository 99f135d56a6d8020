use app::held::{CHECK_MESSAGE, HELD_MAIL_BYTES_MAX, HELD_TEXT_BYTES_MAX};
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use http_body_util::Limited;

use super::plain_page::plain_page;

/// The largest body of a form: a sign-in is some hundred bytes.
const FORM_BYTES_MAX: usize = 16 << 10;
/// That of the one form that takes a mail's file, with what a form puts around it.
const MAIL_FORM_BYTES_MAX: usize = HELD_MAIL_BYTES_MAX + HELD_TEXT_BYTES_MAX + FORM_BYTES_MAX;

/// Refuses a body that is larger than a page's form may be, by what it says of itself or else where it becomes so.
pub(super) async fn bound_body(request: Request, next: Next) -> Response {
    let takes_mail = request.uri().path() == CHECK_MESSAGE;
    let bytes_max = if takes_mail { MAIL_FORM_BYTES_MAX } else { FORM_BYTES_MAX };
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if said.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > bytes_max as u64) {
        return refusal().into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, bytes_max)))).await
}

fn refusal() -> impl IntoResponse {
    let english = (
        "That is too much at once",
        "What you sent is larger than any form of ours takes. A message may have 64 kB, and a mail’s file 1 MB. Go back and \
         send less.",
    );
    let spanish = (
        "Es demasiado de una vez",
        "Lo que envió es mayor de lo que admite cualquier formulario nuestro. Un mensaje puede tener 64 kB y el archivo de \
         un correo 1 MB. Vuelva atrás y envíe menos.",
    );
    plain_page(StatusCode::PAYLOAD_TOO_LARGE, english, spanish)
}
