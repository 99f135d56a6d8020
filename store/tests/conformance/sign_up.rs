//! Links to set a password, and the mail that they come in.

use std::sync::Arc;

use engine::{AccountId, Instant, Language, Span};
use store::{
    ActDone, ActReply, ClaimedMail, LINK_PLACE, LINK_TIME, LinkToken, MailAsked, MailDesk, MailOutcome,
    MailText, NewUser, Password, PasswordSet, Role, SessionKey, SignInChange, Standings, Store, UserId,
};

use crate::customer::{add_customer, load_accounts, now, session_of};
use crate::database::{TestDatabase, on_both_databases};
use crate::records::{account, judging, write_online};

pub const NEW: &str = "four words nobody says";

pub fn desk() -> MailDesk {
    let word = |asked: &MailAsked| MailText {
        subject: format!("{:?} in {}", asked.kind, asked.language.tag()),
        text: format!("Hello {}. {LINK_PLACE} Number {}.", asked.name, asked.number),
        link_left_out: "[left out]",
    };
    MailDesk { sender: "no-reply@operator.example".to_owned(), word: Arc::new(word) }
}

pub async fn act_at(store: &Store, act: SignInChange, now: Instant) -> ActDone {
    let (judging, mut standings) = (judging(store, now).await, Standings::default());
    store.begin_online(&judging, &mut standings).await.unwrap().act(&act, &desk(), now).await.unwrap()
}

pub async fn ask(store: &Store, address: &str, now: Instant) -> bool {
    act_at(store, SignInChange::OfferLink { address: address.to_owned() }, now).await.has_mail
}

pub async fn set(store: &Store, token: &LinkToken, now: Instant) -> PasswordSet {
    let password = store.hash_password(&Password::new(NEW)).await.unwrap();
    let (reply, _) = tokio::sync::oneshot::channel();
    let act = SignInChange::SetPassword { token: token.clone(), password, language: Language::Es, reply };
    let ActReply::PasswordSet(set) = act_at(store, act, now).await.reply else { panic!("what became of it") };
    set
}

pub async fn claim(store: &Store, now: Instant) -> Option<ClaimedMail> {
    store.claim_mail(now, |token| format!("<{}>", token.reveal())).await.unwrap()
}

/// The token in a mail's link.
pub fn token(mail: &ClaimedMail) -> LinkToken {
    mail.text.split(['<', '>']).nth(1).expect("a link").parse().unwrap()
}

/// Asks for a link, and gives it.
async fn link(store: &Store, address: &str, now: Instant) -> LinkToken {
    assert!(ask(store, address, now).await);
    let mail = claim(store, now).await.expect("a mail");
    store.keep_mail_outcome(&mail, MailOutcome::Sent, now).await.unwrap();
    token(&mail)
}

pub async fn signs_in(store: &Store, sign_in: &str, password: &str) -> Option<(UserId, Option<AccountId>)> {
    let user = store.verify_sign_in(sign_in, &Password::new(password)).await.unwrap();
    user.map(|user| (user.user_id, user.account))
}

/// All that is kept of an account, its mail and its links.
async fn kept(database: &TestDatabase) -> String {
    let (mail, links) = (database.rows("outbox").await, database.rows("sign_in_links").await);
    format!("{:?} {mail:?} {links:?}", database.everything().await)
}

on_both_databases!(who_has_the_address_on_file_sets_a_password_once, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    assert!(ask(store, "  A-1@Example.NET ", now()).await);
    let mail = claim(store, now()).await.expect("a mail");
    assert_eq!((mail.recipient.as_str(), mail.subject.as_str()), ("a-1@example.net", "Link in en"));
    let token = token(&mail);
    assert!(!kept(database).await.contains(token.reveal()), "only its hash is kept");
    for _ in 0..2 {
        let live = store.read_link(&token, now()).await.unwrap().expect("looking uses nothing up");
        assert_eq!((live.sign_in.as_str(), live.name.as_str()), ("a-1@example.net", "Holder of A-1"));
    }
    let PasswordSet::For(user) = set(store, &token, now()).await else { panic!("the link may be used") };
    let (signed_in, account) = signs_in(store, "A-1@example.net", NEW).await.expect("the new password");
    assert_eq!((signed_in, account.as_ref().map(AccountId::as_str)), (user, Some("A-1")));
    assert_eq!(set(store, &token, now()).await, PasswordSet::LinkGone);
    assert_eq!(store.read_link(&token, now()).await.unwrap(), None);
    let told = claim(store, now()).await.expect("a mail that tells of it");
    assert_eq!((told.recipient.as_str(), told.subject.as_str()), ("a-1@example.net", "PasswordSet in es"));
    database.judge_at(now()).await;
    let verdicts = database.verdicts().await;
    assert!(verdicts.len() == 2 && verdicts.values().all(|verdict| verdict == "matched"), "{verdicts:?}");
    assert!(kept(database).await.contains("[left out]"));
});

on_both_databases!(a_link_ends_by_time_and_by_a_newer_one, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let first = link(store, "a-1@example.net", now()).await;
    let second = link(store, "a-1@example.net", now().plus(Span::minutes(1))).await;
    let later = now().plus(Span::minutes(2));
    assert_eq!(set(store, &first, later).await, PasswordSet::LinkGone);
    let over = now().plus(Span::minutes(1)).plus(LINK_TIME);
    assert!(store.read_link(&second, over.minus(Span::seconds(1))).await.unwrap().is_some());
    assert_eq!(store.read_link(&second, over).await.unwrap(), None);
    assert_eq!(set(store, &second, over).await, PasswordSet::LinkGone);
    assert_eq!(signs_in(store, "a-1@example.net", NEW).await, None);
    assert_eq!(store.forget_links(over.plus(Span::seconds(1))).await.unwrap(), 2);
});

on_both_databases!(who_has_no_address_on_file_gets_nothing, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let twins = [
        account(r#"{"id":"A-2","emails":["twin@example.net"],"members":[{"emails":["child@example.net"]}]}"#),
        account(r#"{"id":"A-3","emails":["twin@example.net","ada@desk.example"],"phones":["+12065550123"]}"#),
        account(r#"{"id":"A-4","emails":["gone@example.net"],"deleted":true}"#),
    ];
    write_online(store, &mut Standings::default(), now(), &twins).await;
    let agent = NewUser {
        sign_in: "ada@desk.example".to_owned(),
        name: "Ada Agent".to_owned(),
        role: Role::Agent,
        account: None,
        password: Password::new("a long walk along the shore"),
    };
    store.add_user(agent, now()).await.unwrap();
    for address in [
        "nobody@example.net",
        "twin@example.net",
        "child@example.net",
        "gone@example.net",
        "ada@desk.example",
        "+12065550123",
        "A-1",
        "",
        &"x".repeat(5_000),
    ] {
        assert!(!ask(store, address, now()).await, "{address}");
    }
    assert!(claim(store, now()).await.is_none());
    assert!(database.rows("sign_in_links").await.is_empty() && database.rows("outbox").await.is_empty());
});

on_both_databases!(so_many_links_a_day_and_no_more, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let mut mails = 0;
    for minute in 0..9 {
        mails += usize::from(ask(store, "a-1@example.net", now().plus(Span::minutes(minute))).await);
    }
    assert_eq!(mails, 5);
    assert!(ask(store, "a-1@example.net", now().plus(Span::hours(25))).await);
});

on_both_databases!(a_reset_ends_what_was_open, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let user = add_customer(store, "A-1").await;
    let key = SessionKey::of(7);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    let device = store.keep_device(None, &user, now()).await.unwrap();
    let token = link(store, "a-1@example.net", now()).await;
    assert_eq!(set(store, &token, now()).await, PasswordSet::For(user.clone()));
    assert!(store.scope_of_session(&key, now()).await.unwrap().is_none());
    assert_eq!(signs_in(store, "a-1@example.net", crate::customer::PASSWORD).await, None);
    assert!(signs_in(store, "a-1@example.net", NEW).await.is_some());
    assert_ne!(
        store.keep_device(Some(&device), &user, now()).await.unwrap(),
        device,
        "it is a stranger's again"
    );
});

on_both_databases!(a_change_of_address_is_told_to_the_old_ones, |database| {
    let store = &database.store;
    let record = |revision: u32, emails: &str, phone: &str| {
        let json = format!(
            r#"{{"id":"A-1","name":"Dana","emails":[{emails}],"phones":["{phone}"],"locale":"es-US","revision":{revision}}}"#
        );
        account(&json)
    };
    let (old, new) = (r#""old@example.net""#, r#""new@example.net""#);
    let (phone, other) = ("+12065550123", "+12065550199");
    let change = async |revision, emails, phone| {
        let judging = judging(store, now()).await;
        let mut standings = Standings::default();
        let online = store.begin_online(&judging, &mut standings).await.unwrap();
        let handed = vec![crate::records::handed(&record(revision, emails, phone))];
        online.telling(&desk(), now()).take(handed).await.unwrap().has_mail
    };
    assert!(!change(0, old, phone).await, "it is new");
    assert!(!change(1, new, phone).await, "nobody signs in for it");
    add_customer(store, "A-1").await;
    assert!(!change(2, r#""New@Example.net""#, phone).await, "it is the same");
    assert!(change(3, old, phone).await);
    let mail = claim(store, now()).await.expect("a mail");
    assert_eq!((mail.recipient.as_str(), mail.subject.as_str()), ("New@Example.net", "ContactChanged in es"));
    assert!(!mail.text.contains("old@example.net"));
    assert!(change(4, old, other).await, "a number, too");
    let mail = claim(store, now()).await.expect("a mail");
    assert!(mail.recipient == "old@example.net" && !mail.text.contains(other));
    database.judge_at(now()).await;
    assert!(database.verdicts().await.values().all(|verdict| verdict == "matched"));
});
