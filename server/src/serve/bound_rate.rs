use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::request::{ClientAddress, SessionLapsed};
use app::session_key::USER;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Span;
use http::{HeaderValue, Method, StatusCode, header};
use store::UserId;
use tower_sessions::Session;

use super::plain_page::plain_page;
use super::throttle::{Principal, Rate, Throttle};
use crate::clock::now;

/// What one principal may ask for: far more than a person reads, and than an office behind one address does.
const REQUESTS_OF_EACH: Rate = Rate { burst: 2_000, refill: Span::millis(10) };
/// What one may change, signing in among it: at 20 a second, the customers of a whole network on the day of an incident.
const CHANGES_OF_EACH: Rate = Rate { burst: 400, refill: Span::millis(50) };
/// Principals that are remembered, of some hundred bytes each.
const PRINCIPALS_MAX: usize = 100_000;

/// How often each may ask, and how often each may change something.
#[derive(Clone)]
pub(super) struct Rates {
    requests: Arc<Throttle>,
    changes: Arc<Throttle>,
}

impl Rates {
    pub(super) fn new() -> Self {
        let throttle = |each| Arc::new(Throttle::of_each(each, PRINCIPALS_MAX, now()));
        Self { requests: throttle(REQUESTS_OF_EACH), changes: throttle(CHANGES_OF_EACH) }
    }

    fn admit(&self, principal: &Principal, method: &Method) -> Result<(), Span> {
        self.requests.admit(principal.clone(), now())?;
        match *method {
            Method::GET | Method::HEAD => Ok(()),
            _ => self.changes.admit(principal.clone(), now()),
        }
    }
}

/// Holds whoever is signed in, else an address, to a rate.
pub(super) async fn bound_rate(State(rates): State<Rates>, mut request: Request, next: Next) -> Response {
    let principal = principal(&mut request).await;
    match rates.admit(&principal, request.method()) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_soon(wait),
    }
}

/// Whose a request is. What was typed into a cookie makes nobody another principal: a session counts once the store knows it.
async fn principal(request: &mut Request) -> Principal {
    if let Some(session) = request.extensions().get::<Session>().cloned()
        && session.id().is_some()
    {
        let user = session.get::<String>(USER).await.ok().flatten();
        if let Some(user) = user.and_then(|user| user.parse::<UserId>().ok()) {
            return Principal::User(user);
        }
        if session.id().is_none() {
            request.extensions_mut().insert(SessionLapsed);
        }
    }
    let address = request.extensions().get::<ClientAddress>();
    address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0).into()
}

fn too_soon(wait: Span) -> Response {
    // Whole seconds, after which it is certain not to be too soon.
    let second = Span::seconds(1).micros();
    let seconds = (wait.micros().max(1) + second - 1) / second;
    let english =
        ("Too many requests at once", "Wait a moment, then open the page again. Nothing was changed.");
    let spanish = (
        "Demasiadas solicitudes a la vez",
        "Espere un momento y abra la página de nuevo. No se cambió nada.",
    );
    let mut response = plain_page(StatusCode::TOO_MANY_REQUESTS, english, spanish).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
