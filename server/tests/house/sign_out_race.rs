//! A session that was signed out of stays dead, whatever is in flight in it.

use app::clock::Clock;
use futures_util::future::join_all;
use reqwest::StatusCode;
use store::{
    NewUser, Password, Role, SESSION_IDLE_MAX, SESSION_TIME_MAX, SessionKey, SessionRecord, Store, UserId,
};
use tower_sessions::session::Id;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::Visitor;

/// Sign-outs that are tried where `COUNTERFOIL_SIGN_OUTS` says nothing.
const SIGN_OUTS: usize = 200;
/// Requests of each session that are in flight when it is signed out of.
const IN_FLIGHT: usize = 4;
/// Sessions at once.
const AT_ONCE: usize = 20;

on_both_databases!(no_request_in_flight_brings_a_session_back, |place| {
    let house = House::open(place).await;
    let count = std::env::var("COUNTERFOIL_SIGN_OUTS").map_or(SIGN_OUTS, |count| count.parse().unwrap());
    let store = place.store().await;
    let users = people(&house, &store).await;
    let mut next = 1_i128;
    let mut done = 0;
    while done < count {
        let mut racing = Vec::new();
        for _ in 0..AT_ONCE.min(count - done) {
            // Sessions are begun beside the front door: hashing ten thousand passwords proves nothing here.
            let key = SessionKey::of(next);
            let user = &users[racing.len() % users.len()];
            let data = format!(r#"{{"user":"{user}"}}"#);
            let now = Clock::System.now();
            let record = SessionRecord {
                user_id: Some(user.clone()),
                data,
                seen_at: now,
                expires_at: now.plus(SESSION_IDLE_MAX),
                ends_at: now.plus(SESSION_TIME_MAX),
            };
            assert!(store.create_session(&key, &record).await.unwrap());
            racing.push(race(&house, next));
            next += 1;
        }
        done += racing.len();
        for cookie in join_all(racing).await {
            let visitor = house.visitor();
            let answer = visitor.get_with_cookie("/account", &cookie).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "a session came back");
        }
    }
});

/// Some who sign in for the same account: one alone would be held back for asking so often.
async fn people(house: &House, store: &Store) -> Vec<UserId> {
    let add = async |number: usize| {
        let user = NewUser {
            sign_in: format!("racer-{number}@example.net"),
            name: "A racer".to_owned(),
            role: Role::Customer,
            account: Some(house.touched.customer.account.clone()),
            password: Password::new("larkspur in the rain"),
        };
        store.add_user(user, Clock::System.now()).await.unwrap()
    };
    join_all((0..AT_ONCE).map(add)).await
}

/// Signs out of a session while requests of it are in flight; its cookie.
async fn race(house: &House, id: i128) -> String {
    let cookie = format!("counterfoil={}", Id(id));
    let visitor = house.visitor();
    assert_eq!(visitor.get_with_cookie("/account", &cookie).await.status, StatusCode::OK, "it is signed in");
    let asking = join_all((0..IN_FLIGHT).map(|_| visitor.get_with_cookie("/account", &cookie)));
    let (answers, signed_out) = tokio::join!(asking, sign_out(&visitor, &cookie));
    assert_eq!(signed_out, StatusCode::SEE_OTHER);
    assert!(answers.iter().all(|answer| answer.status != StatusCode::INTERNAL_SERVER_ERROR));
    cookie
}

async fn sign_out(visitor: &Visitor, cookie: &str) -> StatusCode {
    visitor.post_with_cookie("/sign-out", &[], cookie).await.status
}
