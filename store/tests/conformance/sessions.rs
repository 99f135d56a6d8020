use engine::{Language, Span};
use store::{
    ActReply, Admission, CONFIRMED_FOR, ChangePasswordError, Confirmed, NewUser, Password, PasswordRefusal,
    Renewal, Role, SESSION_IDLE_MAX, STAFF_SESSION_TIME_MAX, SessionKey, SessionRecord, SignInChange, Store,
    StoreError, UserId,
};

use crate::customer::{PASSWORD, add_customer, at, load_accounts, now, session_of};
use crate::database::on_both_databases;
use crate::sign_up::{act_at, claim};

on_both_databases!(a_session_is_kept_until_it_ends, |database| {
    let store = &database.store;
    let (key, other) = (SessionKey::of(7), SessionKey::of(-7));
    let record = SessionRecord { data: "[1]".to_owned(), ..session_of(None) };
    assert!(store.create_session(&key, &record).await.unwrap());
    assert!(!store.create_session(&key, &session_of(None)).await.unwrap(), "the key is taken");
    assert_eq!(store.load_session(&key, now()).await.unwrap(), Some(record.clone()));
    assert_eq!(store.load_session(&other, now()).await.unwrap(), None);
    assert_eq!(store.load_session(&key, record.expires_at).await.unwrap(), None);

    assert_eq!(store.delete_expired_sessions(now()).await.unwrap(), 0);
    assert_eq!(store.delete_expired_sessions(record.expires_at).await.unwrap(), 1);
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);
});

on_both_databases!(saving_never_moves_the_end_nor_brings_a_session_back, |database| {
    let store = &database.store;
    let key = SessionKey::of(7);
    let begun = session_of(None);
    assert!(!store.save_session(&key, &begun).await.unwrap(), "nothing to save in");
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);

    store.create_session(&key, &begun).await.unwrap();
    let forever = at("2030-01-01T00:00:00Z");
    let busy =
        SessionRecord { data: "busy".to_owned(), expires_at: forever, ends_at: forever, ..session_of(None) };
    assert!(store.save_session(&key, &busy).await.unwrap());
    let kept = store.load_session(&key, now()).await.unwrap().expect("a live session");
    assert_eq!((kept.data.as_str(), kept.expires_at, kept.ends_at), ("busy", begun.ends_at, begun.ends_at));
    assert_eq!(store.load_session(&key, begun.ends_at).await.unwrap(), None);

    store.delete_session(&key).await.unwrap();
    assert!(!store.save_session(&key, &busy).await.unwrap(), "it has ended");
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);
});

on_both_databases!(what_was_saved_a_moment_ago_need_not_be_saved_again, |database| {
    let store = &database.store;
    let key = SessionKey::of(7);
    let begun = session_of(None);
    assert!(!store.is_session_saved(&key, &begun).await.unwrap(), "there is none");
    store.create_session(&key, &begun).await.unwrap();
    let seen =
        |seconds| SessionRecord { seen_at: begun.seen_at.plus(Span::seconds(seconds)), ..begun.clone() };
    assert!(store.is_session_saved(&key, &seen(59)).await.unwrap());
    assert!(!store.is_session_saved(&key, &seen(60)).await.unwrap());
    let other = SessionRecord { data: "[2]".to_owned(), ..seen(1) };
    assert!(!store.is_session_saved(&key, &other).await.unwrap(), "it says something else");
    store.delete_session(&key).await.unwrap();
    assert!(!store.is_session_saved(&key, &seen(1)).await.unwrap(), "it has ended");
});

on_both_databases!(only_a_live_session_of_a_customer_opens_a_scope, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let agent = NewUser {
        sign_in: "ada@desk.example".to_owned(),
        name: "Ada Agent".to_owned(),
        role: Role::Agent,
        account: None,
        password: Password::new(PASSWORD),
    };
    let agent = store.add_user(agent, now()).await.unwrap();
    let (of_customer, of_agent, of_nobody) = (SessionKey::of(1), SessionKey::of(2), SessionKey::of(3));
    for (key, user) in [(&of_customer, Some(&customer)), (&of_agent, Some(&agent)), (&of_nobody, None)] {
        assert!(store.create_session(key, &session_of(user)).await.unwrap());
    }
    let opens = async |key: &SessionKey, now| store.scope_of_session(key, now).await.unwrap().is_some();

    let opened =
        store.scope_of_session(&of_customer, now()).await.unwrap().expect("a live session of a customer");
    assert_eq!((opened.scope.account().as_str(), &opened.user.user_id), ("A-1", &customer));
    assert_eq!(store.user_of_session(&of_agent, now()).await.unwrap().map(|user| user.user_id), Some(agent));
    assert!(!opens(&of_agent, now()).await);
    assert!(!opens(&of_nobody, now()).await);
    assert!(!opens(&SessionKey::of(4), now()).await);
    assert!(!opens(&of_customer, session_of(None).expires_at).await);

    let shorter = SessionRecord { ends_at: at("2026-04-20T12:30:00Z"), ..session_of(Some(&customer)) };
    assert!(store.save_session(&of_customer, &shorter).await.unwrap());
    assert!(opens(&of_customer, at("2026-04-20T12:29:59Z")).await);
    assert!(!opens(&of_customer, shorter.ends_at).await);

    assert!(opens(&of_customer, now()).await);
    assert_eq!(store.delete_sessions_of(&customer).await.unwrap(), 1);
    assert!(!opens(&of_customer, now()).await);
    assert_eq!(store.user_of_session(&of_customer, now()).await.unwrap(), None);
});

const WRONG: &str = "a short walk along the store";

on_both_databases!(a_session_lasts_as_long_as_its_person_s_role_allows, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    for (number, role, hours) in
        [(1, Role::Customer, 12), (2, Role::Agent, 8), (3, Role::Supervisor, 8), (4, Role::Auditor, 8)]
    {
        let user = if role == Role::Customer { customer.clone() } else { add_staff(store, role).await };
        let key = SessionKey::of(number);
        assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
        let kept = store.load_session(&key, now()).await.unwrap().expect("a live session");
        assert_eq!(kept.ends_at, now().plus(Span::hours(hours)), "{role}");
        let forever = at("2030-01-01T00:00:00Z");
        let busy = SessionRecord { expires_at: forever, ends_at: forever, ..session_of(Some(&user)) };
        assert!(store.save_session(&key, &busy).await.unwrap());
        assert!(store.user_of_session(&key, kept.ends_at.minus(Span::seconds(1))).await.unwrap().is_some());
        assert_eq!(store.user_of_session(&key, kept.ends_at).await.unwrap(), None, "{role}");
        assert_eq!((SESSION_IDLE_MAX, STAFF_SESSION_TIME_MAX), (Span::minutes(15), Span::hours(8)));
    }
});

on_both_databases!(a_session_never_becomes_another_person_s, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let (one, other) = (add_customer(store, "A-1").await, add_customer(store, "A-2").await);
    let key = SessionKey::of(7);
    for (begun, saved) in [(None, Some(&one)), (Some(&one), Some(&other)), (Some(&one), None)] {
        store.create_session(&key, &session_of(begun)).await.unwrap();
        assert!(!store.save_session(&key, &session_of(saved)).await.unwrap());
        let user = store.user_of_session(&key, now()).await.unwrap().map(|user| user.user_id);
        assert_eq!(user.as_ref(), begun);
        store.delete_session(&key).await.unwrap();
    }
});

on_both_databases!(a_person_sees_and_ends_their_own_sessions, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let (one, other) = (add_customer(store, "A-1").await, add_customer(store, "A-2").await);
    let (this, second, third, foreign) =
        (SessionKey::of(1), SessionKey::of(2), SessionKey::of(3), SessionKey::of(4));
    let later = SessionRecord { seen_at: now().plus(Span::minutes(1)), ..session_of(Some(&one)) };
    for (key, record, browser) in [
        (&this, session_of(Some(&one)), "Firefox · Linux"),
        (&second, session_of(Some(&one)), ""),
        (&third, later, &"é".repeat(100)),
        (&foreign, session_of(Some(&other)), "Safari · iPhone"),
    ] {
        assert!(store.create_session_in(key, &record, browser, None).await.unwrap());
    }
    let seen = store.sessions_of(&this, now()).await.unwrap();
    let browsers: Vec<&str> = seen.iter().map(|session| session.browser.as_str()).collect();
    assert_eq!(browsers, ["Firefox · Linux", &"é".repeat(60), ""], "this one, and then the last seen");
    assert_eq!(seen.iter().map(|session| session.is_this).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(
        (seen[1].began_at, seen[1].seen_at),
        (now().plus(Span::minutes(1)), now().plus(Span::minutes(1)))
    );
    let mut handles: Vec<&str> = seen.iter().map(|session| session.handle.as_str()).collect();
    handles.dedup();
    assert!(handles.len() == 3 && handles.iter().all(|handle| handle.len() == 32));

    assert!(!store.end_session_of(&foreign, &seen[1].handle, now()).await.unwrap(), "nobody else's");
    assert!(!store.end_session_of(&this, &seen[1].handle, at("2026-04-20T13:00:00Z")).await.unwrap());
    assert!(store.end_session_of(&this, &seen[1].handle, now()).await.unwrap());
    assert!(!store.end_session_of(&this, &seen[1].handle, now()).await.unwrap());
    assert_eq!(store.load_session(&third, now()).await.unwrap(), None);

    assert_eq!(store.end_other_sessions(&this, now()).await.unwrap(), None, "not confirmed");
    assert!(store.load_session(&second, now()).await.unwrap().is_some());
    let this = confirm(store, &this, 11).await;
    assert_eq!(store.end_other_sessions(&this, now()).await.unwrap(), Some(1));
    assert_eq!(store.load_session(&second, now()).await.unwrap(), None);
    assert!(store.load_session(&this, now()).await.unwrap().is_some());
    assert!(store.load_session(&foreign, now()).await.unwrap().is_some());
    assert_eq!(store.sessions_of(&second, now()).await.unwrap(), []);
});

on_both_databases!(a_password_given_again_is_good_for_five_minutes, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let key = SessionKey::of(1);
    store.create_session(&key, &session_of(Some(&customer))).await.unwrap();
    assert_eq!(store.confirmed_until(&key, now()).await.unwrap(), None);
    let renewed = confirm(store, &key, 2).await;
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None, "the id of before is nobody's");
    assert_eq!(store.confirmed_until(&renewed, now()).await.unwrap(), Some(now().plus(CONFIRMED_FOR)));
    let at_last = now().plus(CONFIRMED_FOR).minus(Span::seconds(1));
    assert!(store.confirmed_until(&renewed, at_last).await.unwrap().is_some());
    assert_eq!(store.confirmed_until(&renewed, now().plus(CONFIRMED_FOR)).await.unwrap(), None);
    let kept = store.load_session(&renewed, now()).await.unwrap().expect("it goes on");
    assert_eq!(kept.ends_at, now().plus(Span::hours(12)), "and ends when it would have");
});

on_both_databases!(a_session_that_ends_while_it_is_renewed_stays_dead, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let (key, new) = (SessionKey::of(1), SessionKey::of(2));
    let record = session_of(Some(&customer));
    store.create_session(&key, &record).await.unwrap();
    let Confirmed::Renews(renewal) =
        store.confirm_session(&key, &Password::new(PASSWORD), now()).await.unwrap()
    else {
        panic!("the password is right")
    };
    assert!(!store.save_session(&key, &record).await.unwrap(), "what is in flight saves nothing");
    assert_eq!(store.delete_sessions_of(&customer).await.unwrap(), 1, "it is still one of theirs");
    assert!(!store.renew_session(&renewal, &new, &record).await.unwrap());
    assert_eq!(store.load_session(&new, now()).await.unwrap(), None);
});

on_both_databases!(wrong_passwords_end_a_session, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let key = SessionKey::of(1);
    store.create_session(&key, &session_of(Some(&customer))).await.unwrap();
    for _ in 0..4 {
        let tried = store.confirm_session(&key, &Password::new(WRONG), now()).await.unwrap();
        assert!(matches!(tried, Confirmed::Wrong));
    }
    let tried = store.confirm_session(&key, &Password::new(WRONG), now()).await.unwrap();
    assert!(matches!(tried, Confirmed::Ended));
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);
    let right = store.confirm_session(&key, &Password::new(PASSWORD), now()).await.unwrap();
    assert!(matches!(right, Confirmed::Ended), "it is too late");
});

on_both_databases!(another_password_ends_every_other_session, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let (key, other) = (SessionKey::of(1), SessionKey::of(2));
    for key in [&key, &other] {
        store.create_session(key, &session_of(Some(&customer))).await.unwrap();
    }
    let new = Password::new("a kettle on the window sill");
    let refused = store.hash_other_password(&key, &new, &["Larkspur"], now()).await.unwrap_err();
    assert!(matches!(refused, ChangePasswordError::NotConfirmed));
    let key = confirm(store, &key, 3).await;
    let short = store.hash_other_password(&key, &Password::new("a kettle"), &[], now()).await.unwrap_err();
    assert!(matches!(short, ChangePasswordError::Refused(PasswordRefusal::Short(8))));
    let named = Password::new("larkspur larkspur 1");
    let named = store.hash_other_password(&key, &named, &["Larkspur"], now()).await.unwrap_err();
    assert!(matches!(named, ChangePasswordError::Refused(PasswordRefusal::Common)));
    assert!(store.load_session(&other, now()).await.unwrap().is_some());

    let renewal = change(store, &key, &new).await.expect("the session goes on");
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);
    assert_eq!(store.load_session(&other, now()).await.unwrap(), None);
    let renewed = SessionKey::of(4);
    assert!(store.renew_session(&renewal, &renewed, &session_of(Some(&customer))).await.unwrap());
    assert!(store.load_session(&renewed, now()).await.unwrap().is_some());
    assert!(store.verify_sign_in("a-1@example.net", &new).await.unwrap().is_some());
    assert!(store.verify_sign_in("a-1@example.net", &Password::new(PASSWORD)).await.unwrap().is_none());
});

/// Changes the password of whoever has given theirs in a session.
async fn change(store: &Store, key: &SessionKey, new: &Password) -> Option<Renewal> {
    let password = store.hash_other_password(key, new, &["Larkspur"], now()).await.unwrap();
    let (reply, _) = tokio::sync::oneshot::channel();
    let act = SignInChange::ChangePassword { key: *key, password, language: Language::Es, reply };
    let ActReply::PasswordChanged(renewal) = act_at(store, act, now()).await.reply else {
        panic!("a change")
    };
    renewal
}

on_both_databases!(a_password_that_is_changed_is_told_of_and_lets_nobody_in_who_set_out_before, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    store.create_session(&SessionKey::of(1), &session_of(Some(&customer))).await.unwrap();
    let admitted = async |password: &str| {
        store.sign_in("a-1@example.net", &Password::new(password), None, now()).await.unwrap()
    };
    let Admission::Admitted(_, proof) = admitted(PASSWORD).await else { panic!("it is right") };
    let begins = async |id, proof| {
        store.create_session_in(&SessionKey::of(id), &session_of(Some(&customer)), "", Some(proof)).await
    };
    assert!(begins(2, &proof).await.unwrap());
    let key = confirm(store, &SessionKey::of(1), 3).await;
    change(store, &key, &Password::new("a kettle on the window sill")).await.expect("it goes on");
    assert!(matches!(begins(4, &proof).await, Err(StoreError::ProofGone)));
    assert_eq!(store.load_session(&SessionKey::of(4), now()).await.unwrap(), None);
    assert_eq!(store.load_session(&SessionKey::of(2), now()).await.unwrap(), None);
    let Admission::Admitted(_, proof) = admitted("a kettle on the window sill").await else { panic!("new") };
    assert!(begins(5, &proof).await.unwrap());

    let mail = claim(store, now()).await.expect("a mail that tells of it");
    assert_eq!(
        (mail.recipient.as_str(), mail.subject.as_str()),
        ("a-1@example.net", "PasswordChanged in es")
    );
    assert!(claim(store, now()).await.is_none());
    database.judge_at(now()).await;
    assert!(database.verdicts().await.values().all(|verdict| verdict == "matched"));
});

async fn add_staff(store: &Store, role: Role) -> UserId {
    let user = NewUser {
        sign_in: format!("{role}@desk.example"),
        name: "Ada of the desk".to_owned(),
        role,
        account: None,
        password: Password::new(PASSWORD),
    };
    store.add_user(user, now()).await.unwrap()
}

/// Gives the password again in a session, which goes on under another id.
async fn confirm(store: &Store, key: &SessionKey, new_id: i128) -> SessionKey {
    let record = store.load_session(key, now()).await.unwrap().expect("a live session");
    let confirmed = store.confirm_session(key, &Password::new(PASSWORD), now()).await.unwrap();
    let Confirmed::Renews(renewal) = confirmed else { panic!("the password is right") };
    let new = SessionKey::of(new_id);
    assert!(store.renew_session(&renewal, &new, &record).await.unwrap());
    new
}
