//! People are told by mail of what they may want to act on, once, and not too often.

use std::sync::{Arc, Mutex};

use engine::{Channel, Instant, Span};
use serde_json::json;
use store::{
    Category, ChosenAt, Digest, MailAsked, MailDesk, MailKind, MailText, NewUser, Notices, Password,
    Preferences, Progress, Role, SessionKey, Standings, Store,
};

use crate::customer::{
    PASSWORD, account_id, add_customer, at, judge, load_accounts, load_messages, load_transactions, now,
    payment, receipt, session_of,
};
use crate::database::{TestDatabase, on_both_databases};
use crate::lookups::{at_work, open};
use crate::records::{Record, judging, write_online};

/// Mail that was worded, by whom it greets.
type Worded = Arc<Mutex<Vec<(String, MailKind)>>>;

struct House<'a> {
    store: &'a Store,
    worded: Worded,
    desk: MailDesk,
}

impl<'a> House<'a> {
    fn of(database: &'a TestDatabase) -> Self {
        let worded = Worded::default();
        let kept = Arc::clone(&worded);
        let word = move |asked: &MailAsked| {
            kept.lock().unwrap().push((asked.name.clone(), asked.kind));
            MailText { subject: "S".to_owned(), text: "T".to_owned(), link_left_out: "" }
        };
        let desk = MailDesk { sender: "no-reply@operator.example".to_owned(), word: Arc::new(word) };
        Self { store: &database.store, worded, desk }
    }

    /// What is told at a moment.
    async fn told_at(&self, at: Instant) -> Vec<(String, MailKind)> {
        self.worded.lock().unwrap().clear();
        if self.store.is_any_to_tell(at, at).await.unwrap() {
            let (judging, mut standings) = (judging(self.store, at).await, Standings::default());
            let online = self.store.begin_online(&judging, &mut standings).await.unwrap();
            online.tell_due(&self.desk, at).await.unwrap();
        }
        self.worded.lock().unwrap().clone()
    }

    /// The kinds of what one person is told at a moment.
    async fn kinds_at(&self, at: Instant) -> Vec<MailKind> {
        self.told_at(at).await.into_iter().map(|(_, kind)| kind).collect()
    }
}

async fn customer(store: &Store, account: &str, session: i128) -> SessionKey {
    let user = add_customer(store, account).await;
    let key = SessionKey::of(session);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    key
}

async fn choose(store: &Store, key: &SessionKey, notices: Notices) {
    let chosen = ChosenAt { now: now(), at: now() };
    assert!(store.keep_preferences(key, &Preferences::default(), &notices, chosen).await.unwrap());
}

/// A payment, and a receipt that says another amount.
async fn load_wrong(store: &Store, id: &str, account: &str, sent_at: &str) {
    load_transactions(store, [payment(id, account, sent_at, "10.00")]).await;
    load_messages(store, [receipt(&format!("M-{id}"), account, sent_at, id, "12.00")]).await;
}

/// An hour after people signed up.
fn later() -> Instant {
    now().plus(Span::hours(1))
}

async fn judge_later(store: &Store) {
    let judging = judging(store, later()).await;
    store.judge_queued(&judging, 1_000, &mut engine::Evidence::default(), |_| {}).await.unwrap();
}

/// The payment's amount becomes another.
async fn correct(store: &Store, id: &str, account: &str, (sent_at, value, revision): (&str, &str, u64)) {
    let mut corrected = payment(id, account, sent_at, value);
    corrected["revision"] = revision.into();
    let progress = Progress { feed: "corrections".to_owned(), file: value.to_owned(), lines_done: revision };
    let records: Vec<engine::Transaction> = vec![serde_json::from_value(corrected).unwrap()];
    assert_eq!(store.load_transactions(&progress, records, later()).await.unwrap().corrected, 1);
    judge_later(store).await;
}

const SOON: Span = Span::minutes(2);

on_both_databases!(what_is_flagged_after_sign_up_is_told_once_and_together, |database| {
    let house = House::of(database);
    load_accounts(house.store, &["A-1", "A-2"]).await;
    load_wrong(house.store, "before", "A-1", "2026-04-10T10:00:00Z").await;
    customer(house.store, "A-1", 1).await;
    judge(house.store).await;
    assert!(house.told_at(now().plus(SOON)).await.is_empty(), "that was before they signed up");

    let sent = ["2026-04-20T12:00:01Z", "2026-04-20T12:00:02Z", "2026-04-20T12:00:03Z"];
    for (place, sent_at) in sent.iter().enumerate() {
        load_wrong(house.store, &format!("1{place}"), "A-1", sent_at).await;
        load_wrong(house.store, &format!("2{place}"), "A-2", sent_at).await;
    }
    judge_later(house.store).await;
    assert!(house.told_at(later()).await.is_empty(), "others may follow");
    let told = house.told_at(later().plus(SOON)).await;
    assert_eq!(told, [("Holder of A-1".to_owned(), MailKind::Flagged { messages: 3 })], "and nobody else");
    assert!(house.told_at(now().plus(Span::days(3))).await.is_empty(), "once");
    let mails = database
        .beside()
        .await
        .texts("select message_id from messages where template = 'counterfoil.flagged'")
        .await;
    assert_eq!(mails.len(), 1, "it is a message of the history");
    let verdict = format!("select verdict from history where entry_id = 'm:{}'", mails[0]);
    assert_eq!(database.beside().await.texts(&verdict).await, ["matched"], "vouched for by its event");

    // Cleared, and flagged anew: it was told of.
    correct(house.store, "10", "A-1", (sent[0], "12.00", 1)).await;
    correct(house.store, "10", "A-1", (sent[0], "11.00", 2)).await;
    assert!(house.told_at(now().plus(Span::days(3))).await.is_empty());
});

on_both_databases!(nobody_is_told_too_often_nor_of_what_they_turned_off, |database| {
    let house = House::of(database);
    load_accounts(house.store, &["A-1"]).await;
    let key = customer(house.store, "A-1", 1).await;
    let agent = at_work(house.store, "Ada", Role::Agent, 7).await;
    let mut told = 0;
    for round in 0..40 {
        open(house.store, &agent, "A-1").await.unwrap();
        let at = now().plus(SOON).plus(Span::minutes(10 * round));
        for kind in house.kinds_at(at).await {
            let MailKind::LookedAt { times } = kind else { panic!("{kind:?}") };
            assert!(times >= 1);
            told += times;
        }
    }
    let mails = database.rows("alert_mails").await.len();
    assert!(mails == 6, "of 40 in seven hours: {mails}");
    assert!(told < 40);
    let day_after = now().plus(Span::hours(25));
    let rest: Vec<_> = house.kinds_at(day_after).await;
    assert_eq!(rest, [MailKind::LookedAt { times: 40 - told }], "the rest when they may be told again");

    choose(house.store, &key, Notices { alert_lookup: false, ..Notices::default() }).await;
    open(house.store, &agent, "A-1").await.unwrap();
    assert!(house.kinds_at(day_after.plus(Span::days(1))).await.is_empty());
    choose(house.store, &key, Notices::default()).await;
    assert!(house.kinds_at(day_after.plus(Span::days(1))).await.is_empty(), "not afterwards either");
});

on_both_databases!(a_summary_comes_in_the_morning_with_what_was_sent_since, |database| {
    let house = House::of(database);
    load_accounts(house.store, &["A-1"]).await;
    let key = customer(house.store, "A-1", 1).await;
    let quiet = Notices { alert_flagged: false, digest: Digest::Daily, ..Notices::default() };
    choose(house.store, &key, quiet.clone()).await;
    load_messages(house.store, [receipt("M-1", "A-1", "2026-04-20T13:00:00Z", "T-1", "86.40")]).await;
    load_wrong(house.store, "2", "A-1", "2026-04-20T14:00:00Z").await;
    let later = judging(house.store, at("2026-04-20T15:00:00Z")).await;
    house.store.judge_queued(&later, 1_000, &mut engine::Evidence::default(), |_| {}).await.unwrap();
    // Eight in Denver is fourteen in UTC.
    assert!(house.kinds_at(at("2026-04-20T13:59:00Z")).await.is_empty());
    let told = house.kinds_at(at("2026-04-21T14:00:01Z")).await;
    assert_eq!(told, [MailKind::Digest { digest: Digest::Daily, messages: 2, attention: 1 }]);
    assert!(house.kinds_at(at("2026-04-21T18:00:00Z")).await.is_empty());
    assert!(
        house.kinds_at(at("2026-04-22T14:00:01Z")).await.is_empty(),
        "there was nothing but our own mail"
    );
    choose(house.store, &key, Notices { digest: Digest::Off, ..quiet }).await;
    assert!(!house.store.is_any_to_tell(now(), at("2027-01-01T00:00:00Z")).await.unwrap());
});

on_both_databases!(what_people_choose_is_kept_and_handed_to_the_operator, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2", "A-3"]).await;
    let (first, second) = (customer(store, "A-1", 1).await, customer(store, "A-2", 2).await);
    customer(store, "A-3", 3).await;
    assert_eq!(store.read_notices(&first, now()).await.unwrap(), Notices::default());
    let off = [(Category::Marketing, Channel::Sms), (Category::Orders, Channel::Letter)].into();
    let chosen = Notices { off, alert_flagged: false, digest: Digest::Weekly, ..Notices::default() };
    choose(store, &first, chosen.clone()).await;
    choose(store, &second, Notices::default()).await;
    assert_eq!(store.read_notices(&first, now()).await.unwrap(), chosen);
    let exported = store.export_preferences(None).await.unwrap();
    let accounts: Vec<_> = exported.iter().map(|person| (person.account.as_str(), &person.notices)).collect();
    assert_eq!(accounts, [("A-1", &chosen), ("A-2", &Notices::default())]);
    assert!(store.export_preferences(exported.last()).await.unwrap().is_empty());
});

on_both_databases!(a_member_is_told_of_what_is_sent_to_them_and_of_nothing_else, |database| {
    const SAM: &str = "sam@example.net";
    let house = House::of(database);
    let record = json!({ "id": "A-1", "name": "Holder of A-1", "emails": ["a-1@example.net"], "time_zone": "America/Denver",
        "members": [{ "name": "Sam", "emails": [SAM] }] });
    let account = Record::Account(serde_json::from_value(record).unwrap());
    write_online(house.store, &mut Standings::default(), now(), &[account]).await;
    let holder = customer(house.store, "A-1", 1).await;
    let user = NewUser {
        sign_in: SAM.to_owned(),
        name: "Sam".to_owned(),
        role: Role::Customer,
        account: Some(account_id("A-1")),
        password: Password::new(PASSWORD),
    };
    let sam = SessionKey::of(2);
    let user = house.store.add_member(user, now()).await.unwrap();
    assert!(house.store.create_session(&sam, &session_of(Some(&user))).await.unwrap());

    let wrong = |id: &str, to: &str, second: u32| {
        let sent_at = format!("2026-04-20T12:00:{second:02}Z");
        let mut message = receipt(&format!("M-{id}"), "A-1", &sent_at, id, "12.00");
        message["recipient"] = to.into();
        (payment(id, "A-1", &sent_at, "10.00"), message)
    };
    let sent = [wrong("1", "a-1@example.net", 1), wrong("2", "a-1@example.net", 2), wrong("3", SAM, 3)];
    let (payments, receipts): (Vec<_>, Vec<_>) = sent.into_iter().unzip();
    load_transactions(house.store, payments).await;
    load_messages(house.store, receipts).await;
    judge_later(house.store).await;
    let agent = at_work(house.store, "Ada", Role::Agent, 7).await;
    open(house.store, &agent, "A-1").await.unwrap();
    let mut told = house.told_at(later().plus(SOON)).await;
    told.sort_by(|one, other| format!("{one:?}").cmp(&format!("{other:?}")));
    let of = |name: &str, kind| (name.to_owned(), kind);
    assert_eq!(
        told,
        [
            of("Holder of A-1", MailKind::Flagged { messages: 3 }),
            of("Holder of A-1", MailKind::LookedAt { times: 1 }),
            of("Sam", MailKind::Flagged { messages: 1 }),
        ]
    );

    let daily = Notices { alert_flagged: false, digest: Digest::Daily, ..Notices::default() };
    choose(house.store, &sam, daily.clone()).await;
    choose(house.store, &holder, daily).await;
    let (payment, message) = wrong("4", "a-1@example.net", 40);
    load_transactions(house.store, [payment]).await;
    load_messages(house.store, [message]).await;
    judge_later(house.store).await;
    let mut told = house.told_at(at("2026-04-21T14:00:01Z")).await;
    told.sort_by(|one, other| one.0.cmp(&other.0));
    let digest = |messages| MailKind::Digest { digest: Digest::Daily, messages, attention: messages };
    assert_eq!(told, [of("Holder of A-1", digest(4)), of("Sam", digest(1))], "of their own alone");
});
