//! Passwords are tried at a pace, whether anybody signs in so or not.

use std::net::IpAddr;

use engine::{Instant, Span};
use store::{DeviceToken, Password, SignInTry, Store, TriedSignIn};

use crate::customer::{PASSWORD, add_customer, load_accounts, now};
use crate::database::on_both_databases;

const WRONG: &str = "a long walk along the store";

async fn try_at(store: &Store, sign_in: &str, password: &str, now: Instant) -> TriedSignIn {
    try_with(store, sign_in, password, None, now).await
}

async fn try_with(
    store: &Store,
    sign_in: &str,
    password: &str,
    device: Option<&DeviceToken>,
    now: Instant,
) -> TriedSignIn {
    // Whoever tries as another comes from elsewhere.
    let client = IpAddr::from([192, 0, 2, u8::try_from(sign_in.trim().len()).unwrap()]);
    let password = Password::new(password);
    let tried = SignInTry { sign_in, password: &password, client, device };
    store.try_sign_in(&tried, now).await.unwrap()
}

/// What becomes of wrong passwords, one as soon as the last one's pause is over, until none is looked at that day.
async fn guess_all_day(store: &Store, sign_in: &str) -> (usize, Vec<Span>) {
    let (mut at, mut looked_at, mut pauses) = (now(), 0, Vec::new());
    loop {
        match try_at(store, sign_in, WRONG, at).await {
            TriedSignIn::Refused => {
                looked_at += 1;
                at = at.plus(Span::seconds(6));
            }
            TriedSignIn::TooSoon(wait) if wait < Span::hours(1) => {
                pauses.push(wait);
                at = at.plus(wait);
            }
            TriedSignIn::TooSoon(_) => return (looked_at, pauses),
            TriedSignIn::Proved(..) | TriedSignIn::Suspended | TriedSignIn::NotListed => {
                panic!("it was wrong")
            }
        }
    }
}

on_both_databases!(guesses_are_looked_at_ever_more_slowly_and_twenty_a_day, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    add_customer(store, "A-1").await;
    let known = guess_all_day(store, "a-1@example.net").await;
    let unknown = guess_all_day(store, "nobody@example.net").await;
    assert_eq!(known, unknown, "nobody is told apart");
    assert_eq!(known.0, 20);
    assert!(known.1.is_sorted() && known.1.last() > Some(&Span::minutes(4)), "{:?}", known.1);
    let later = now().plus(Span::hours(3));
    assert!(matches!(try_at(store, "A-1@example.net ", PASSWORD, later).await, TriedSignIn::TooSoon(_)));
    let tomorrow = now().plus(Span::hours(24));
    assert!(matches!(try_at(store, "a-1@example.net", PASSWORD, tomorrow).await, TriedSignIn::Proved(..)));
    let rows = database.rows("sign_in_tries").await;
    assert!(rows.iter().all(|row| !row.contains("example") && !row.contains("192")), "{rows:?}");
    assert!(store.forget_sign_in_tries(now().plus(Span::hours(49))).await.unwrap() > 0);
    assert!(database.rows("sign_in_tries").await.is_empty());
});

on_both_databases!(its_owner_s_device_gets_in_meanwhile_and_no_other_s, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    add_customer(store, "A-1").await;
    let other = add_customer(store, "A-2").await;
    let TriedSignIn::Proved(user, _, device) = try_at(store, "a-1@example.net", PASSWORD, now()).await else {
        panic!("the right password")
    };
    guess_all_day(store, "a-1@example.net").await;
    let later = now().plus(Span::hours(3));
    let others = store.keep_device(None, &other, now()).await.unwrap();
    let tried = async |device| try_with(store, "a-1@example.net", PASSWORD, device, later).await;
    assert!(matches!(tried(None).await, TriedSignIn::TooSoon(_)));
    assert!(matches!(tried(Some(&others)).await, TriedSignIn::TooSoon(_)));
    let TriedSignIn::Proved(again, _, same) = tried(Some(&device)).await else { panic!("a known device") };
    assert_eq!((again, same), (user.clone(), device.clone()));
    // One device has one pace for its own guesses, and a year after its last sign-in it is a stranger's.
    for place in 0..25 {
        try_with(store, "a-1@example.net", WRONG, Some(&device), later.plus(Span::minutes(6).times(place)))
            .await;
    }
    let later = later.plus(Span::hours(3));
    assert!(matches!(
        try_with(store, "a-1@example.net", PASSWORD, Some(&device), later).await,
        TriedSignIn::TooSoon(_)
    ));
    assert_eq!(store.forget_devices(now().plus(Span::days(366))).await.unwrap(), 2);
});

on_both_databases!(a_person_has_so_many_devices_and_no_more, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let user = add_customer(store, "A-1").await;
    let mut devices = Vec::new();
    for minute in 0..25 {
        devices.push(store.keep_device(None, &user, now().plus(Span::minutes(minute))).await.unwrap());
    }
    assert_eq!(database.rows("known_devices").await.len(), 20);
    let made_up: DeviceToken = "0".repeat(32).parse().unwrap();
    assert_ne!(store.keep_device(Some(&made_up), &user, now()).await.unwrap(), made_up);
    let latest = devices.last().expect("a device");
    assert_eq!(&store.keep_device(Some(latest), &user, now().plus(Span::days(1))).await.unwrap(), latest);
});

/// Tries of each that are timed: `make test-deep` sets the number that shows two milliseconds through any noise.
fn rounds() -> usize {
    std::env::var("COUNTERFOIL_TIMING_ROUNDS").map_or(60, |rounds| rounds.parse().expect("a number"))
}

#[tokio::test]
async fn who_is_known_takes_no_longer_than_who_is_not() {
    let database = crate::database::TestDatabase::sqlite().await;
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    add_customer(store, "A-1").await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..rounds() {
        // A day later every time, so that there are no pauses.
        let at = now().plus(Span::days(i64::try_from(round).unwrap()));
        for place in 0..2 {
            let is_known = (place + round) % 2 == 0;
            let sign_in = if is_known { "a-1@example.net" } else { "nobody@example.net" };
            #[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
            let began = std::time::Instant::now();
            assert_eq!(try_at(store, sign_in, WRONG, at).await, TriedSignIn::Refused);
            if is_known { &mut known } else { &mut unknown }.push(began.elapsed());
        }
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[known.len() / 2], unknown[unknown.len() / 2]);
    println!("median of known {known:?}, of unknown {unknown:?}");
    assert!(known.abs_diff(unknown).as_micros() < 2_000, "{known:?} {unknown:?}");
}
