//! That nobody is shown what is another's, and that it is seen and stopped where something before the pages goes wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::clock::Clock;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{Router, response::IntoResponse};
use reqwest::StatusCode;
use server::canary::{Finding, Front, PagesState, Watch, prepare_canaries, probe};
use server::fill_demo::{DemoSignIn, fill_demo};
use server::serve::Metrics;
use store::Store;
use tokio::sync::oneshot;

use crate::desk::look_up;
use crate::export;
use crate::feed::{as_of, small_operator};
use crate::house::{House, serve_around};
use crate::place::{Place, on_both_databases};
use crate::visitor::{Answer, Visitor};

/// A page in bytes of this test's own, and the server's.
const BYTES_MAX: usize = 16 << 20;
/// Where a canary's job runs as often as it can.
const OFTEN: Duration = Duration::from_millis(100);
/// Longer than whatever is waited for takes, however busy the machine.
const WAIT_MAX: Duration = Duration::from_secs(30);

fn marks(page: &Answer) -> BTreeSet<String> {
    page.values("data-owner=\"").map(str::to_owned).collect()
}

on_both_databases!(every_personal_page_says_whose_it_is, |place| {
    let house = House::open(place).await;
    let mut seen = Vec::new();
    for of in [&house.touched, &house.untouched] {
        let agent = house.at_desk(&house.agent).await;
        let desk = look_up(&agent, of.customer.account.as_str()).await;
        let customer = house.signed_in(of).await;
        let message = house.messages_of(&of.customer.account)[0].clone();
        let transaction =
            house.transactions.iter().find(|transaction| transaction.account == of.customer.account).unwrap();
        let mut own = BTreeSet::new();
        for path in [
            "/history".to_owned(),
            "/history?channel=email".to_owned(),
            "/account".to_owned(),
            "/settings/lookups".to_owned(),
            "/settings".to_owned(),
            format!("/messages/{message}"),
            format!("/transactions/{}", transaction.id),
        ] {
            let page = customer.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.values("data-owner=\"").count() > 1, "{path} has no block that says whose it is");
            own.extend(marks(&page));
        }
        for path in [desk.clone(), format!("{desk}/messages/{message}"), "/desk".to_owned()] {
            let page = agent.get(&path).await;
            assert!(!marks(&page).is_empty(), "{path}");
            own.extend(marks(&page));
        }
        assert_eq!(own.len(), 1, "all that is one account's has one mark: {own:?}");
        agent.post("/desk/close", &[("lookup", desk.rsplit('/').next().unwrap())]).await;
        seen.push(own);
    }
    assert_ne!(seen[0], seen[1]);
    let stranger = house.visitor();
    for path in ["/sign-in", "/check", "/v1", "/history", "/nowhere"] {
        assert!(marks(&stranger.get(path).await).is_empty(), "{path}");
    }
});

/// Two answers that wait for each other to be mixed up.
type Waiting = Arc<Mutex<Option<(Response, oneshot::Sender<Response>)>>>;

/// Gives each of two readers of histories, or of exports, the other's answer.
async fn swap(State(waiting): State<Waiting>, request: Request, next: Next) -> Response {
    let is_swapped = ["/history", export::FILE].contains(&request.uri().path());
    let own = next.run(request).await;
    if !is_swapped || own.status() != StatusCode::OK {
        return own;
    }
    let (to_me, mine) = oneshot::channel();
    let other = waiting.lock().unwrap().take();
    if let Some((theirs, to_them)) = other {
        to_them.send(own).unwrap_or_else(|_| panic!("they wait"));
        return theirs;
    }
    *waiting.lock().unwrap() = Some((own, to_me));
    mine.await.unwrap()
}

/// The demonstration's two customers on a server that has something around its pages.
async fn two_customers(
    place: &Place,
    state: PagesState,
    around: impl FnOnce(Router) -> Router,
) -> (Store, SocketAddr, [DemoSignIn; 2], tempfile::TempDir) {
    let store = place.store().await;
    let sign_ins = fill_demo(&store, small_operator(6), as_of()).await.unwrap();
    let (address, site) = serve_around(store.clone(), state, around).await;
    (store, address, [sign_ins.touched, sign_ins.untouched], site)
}

async fn sign_in(address: SocketAddr, of: &DemoSignIn) -> Visitor {
    let visitor = Visitor::of(address);
    visitor.sign_in(&of.customer.sign_in, of.password).await;
    visitor
}

on_both_databases!(answers_that_were_mixed_up_are_kept_back, |place| {
    let swapped = |pages: Router| pages.layer(from_fn_with_state(Waiting::default(), swap));
    let (_, address, [touched, untouched], _site) =
        two_customers(place, PagesState::default(), swapped).await;
    let readers = [sign_in(address, &touched).await, sign_in(address, &untouched).await];
    let (first, second) = tokio::join!(readers[0].get("/history"), readers[1].get("/history"));
    for page in [&first, &second] {
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(page.header("x-counterfoil-stopped"), "marks");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.body.starts_with("We did not show this page"), "{}", page.body);
    }
    // The same pages, when nothing is mixed up.
    for (reader, of) in readers.iter().zip([&touched, &untouched]) {
        let page = reader.get("/account").await;
        assert_eq!((page.status, marks(&page).len()), (StatusCode::OK, 1));
        assert!(page.seen().contains(of.customer.account.as_str()));
    }
    for (reader, of) in readers.iter().zip([&touched, &untouched]) {
        export::confirm(reader, of.password, export::EXPORT).await;
    }
    let (first, second) =
        tokio::join!(readers[0].post(export::FILE, &[]), readers[1].post(export::FILE, &[]));
    for file in [&first, &second] {
        assert_eq!(file.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(file.header("x-counterfoil-stopped"), "marks");
    }
    let metrics = readers[0].get("/metrics").await.body;
    assert!(metrics.contains("counterfoil_pages_kept_back_total 4"), "{metrics}");
});

/// What a cache kept, by path.
type Kept = Arc<Mutex<BTreeMap<String, (StatusCode, bytes::Bytes)>>>;

/// A cache that keeps whatever it is told not to.
async fn keep_all(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if let Some((status, body)) = kept.lock().unwrap().get(&path).cloned() {
        return (status, [("content-type", "text/html; charset=utf-8")], body).into_response();
    }
    let (parts, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, BYTES_MAX).await.unwrap();
    if parts.status == StatusCode::OK {
        kept.lock().unwrap().insert(path, (parts.status, body.clone()));
    }
    Response::from_parts(parts, Body::from(body))
}

/// Passes requests on to a server, through a layer.
async fn front_of(inner: SocketAddr, kept: Kept) -> String {
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let pass_on = move |request: Request| {
        let client = client.clone();
        async move {
            let asked = client.get(format!("http://{inner}{}", request.uri()));
            let answer = asked.headers(request.headers().clone()).send().await.unwrap();
            let (status, headers) = (answer.status(), answer.headers().clone());
            (status, headers, answer.bytes().await.unwrap())
        }
    };
    let front = Router::new().fallback(pass_on).layer(from_fn_with_state(kept, keep_all));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, front).await });
    format!("http://{address}")
}

fn watch(store: &Store, state: &PagesState) -> Watch {
    Watch {
        store: store.clone(),
        clock: Clock::Fixed(as_of()),
        state: Arc::clone(state),
        metrics: Metrics::new(store.clone()),
    }
}

async fn comes_to(reader: &Visitor, status: StatusCode) {
    let asked = async {
        while reader.get("/history").await.status != status {
            tokio::time::sleep(OFTEN).await;
        }
    };
    tokio::time::timeout(WAIT_MAX, asked).await.unwrap_or_else(|_| panic!("it never came to {status}"));
}

on_both_databases!(a_cache_that_keeps_pages_closes_the_house_on_every_server, |place| {
    let states = [PagesState::default(), PagesState::default()];
    let (store, address, [touched, _], _site) =
        two_customers(place, Arc::clone(&states[0]), |pages| pages).await;
    let (other, _other_site) = serve_around(store.clone(), Arc::clone(&states[1]), |pages| pages).await;
    let readers = [sign_in(address, &touched).await, sign_in(other, &touched).await];
    let mut jobs = tokio::task::JoinSet::new();
    for state in &states {
        jobs.spawn(watch(&store, state).follow());
    }

    // A front that does what it is told: everything is as it should be.
    let canaries = prepare_canaries(&store, as_of()).await.unwrap();
    let plain = Front::at(&format!("http://{address}")).unwrap();
    let found = probe(&plain, &store, &canaries).await.unwrap();
    assert!(found.len() >= 20 && found.iter().all(|(_, finding)| *finding == Finding::Own), "{found:?}");

    let front = Front::at(&front_of(address, Kept::default()).await).unwrap();
    jobs.spawn(watch(&store, &states[0]).probe(front, OFTEN));
    for reader in &readers {
        comes_to(reader, StatusCode::SERVICE_UNAVAILABLE).await;
        let page = reader.get("/account").await;
        assert!(
            marks(&page).is_empty() && page.seen().contains("Accounts can't be looked at"),
            "{}",
            page.seen()
        );
        assert_eq!(reader.get("/check").await.status, StatusCode::OK, "what is everybody's stays open");
        let live = reader.get("/history/live").await;
        assert_eq!(live.status, StatusCode::SERVICE_UNAVAILABLE, "nor is anything told of them");
        assert!(!live.header("retry-after").is_empty());
    }
    jobs.abort_all();
    while jobs.join_next().await.is_some() {}

    for state in &states {
        jobs.spawn(watch(&store, state).follow());
    }
    let said = place.succeed(&["pages", "open"]);
    assert!(said.contains("personal pages are open"), "{said}");
    for reader in &readers {
        comes_to(reader, StatusCode::OK).await;
    }
});
