use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::plain_page::plain_page;

/// Headers of a request: a browser sends some twenty, and proxies add a few.
pub(super) const HEADERS_MAX: usize = 64;
/// Bytes of all of them: what proxies take by default.
pub(super) const HEAD_BYTES_MAX: usize = 16 << 10;
/// Bytes of an address: the longest of ours, a history with every filter, is some hundred.
const ADDRESS_BYTES_MAX: usize = 2048;

/// Refuses a request whose address or headers are longer than any of ours.
pub(super) async fn bound_request(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > ADDRESS_BYTES_MAX {
        return refusal(StatusCode::URI_TOO_LONG).into_response();
    }
    let headers = request.headers();
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers.len() > HEADERS_MAX || bytes > HEAD_BYTES_MAX {
        return refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).into_response();
    }
    next.run(request).await
}

fn refusal(status: StatusCode) -> impl IntoResponse {
    let english = (
        "This request is too long",
        "Its address or its headers are longer than any of ours. Go to the first page and begin there. If that does not \
         help, clear this site’s cookies.",
    );
    let spanish = (
        "Esta solicitud es demasiado larga",
        "Su dirección o sus cabeceras son más largas que cualquiera de las nuestras. Vaya a la primera página y empiece \
         allí. Si no basta, borre las cookies de este sitio.",
    );
    plain_page(status, english, spanish)
}
