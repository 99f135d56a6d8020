use store::{NewUser, Password, Role, SessionKey, SessionRecord};

use crate::customer::{PASSWORD, add_customer, at, load_accounts, now, session_of};
use crate::database::on_both_databases;

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
        SessionRecord { data: "busy".to_owned(), expires_at: forever, ends_at: forever, user_id: None };
    assert!(store.save_session(&key, &busy).await.unwrap());
    let kept = store.load_session(&key, now()).await.unwrap().expect("a live session");
    assert_eq!((kept.data.as_str(), kept.expires_at, kept.ends_at), ("busy", begun.ends_at, begun.ends_at));
    assert_eq!(store.load_session(&key, begun.ends_at).await.unwrap(), None);

    store.delete_session(&key).await.unwrap();
    assert!(!store.save_session(&key, &busy).await.unwrap(), "it has ended");
    assert_eq!(store.load_session(&key, now()).await.unwrap(), None);
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
