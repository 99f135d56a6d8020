use store::{AddUserError, NewUser, Password, PasswordRefusal, Role};

use crate::customer::{PASSWORD, account_id, add_customer, load_accounts, now};
use crate::database::on_both_databases;

fn staff(sign_in: &str) -> NewUser {
    NewUser {
        sign_in: sign_in.to_owned(),
        name: "Ada Agent".to_owned(),
        role: Role::Agent,
        account: None,
        password: Password::new(PASSWORD),
    }
}

on_both_databases!(whoever_was_added_signs_in_and_nobody_else, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let customer = add_customer(store, "A-1").await;
    let agent = store.add_user(staff("  Ada@Desk.Example "), now()).await.unwrap();
    let password = Password::new(PASSWORD);

    let signed_in =
        store.verify_sign_in(" a-1@EXAMPLE.net", &password).await.unwrap().expect("the right password");
    assert_eq!((signed_in.user_id, signed_in.role), (customer, Role::Customer));
    assert_eq!((signed_in.name.as_str(), signed_in.account), ("Holder of A-1", Some(account_id("A-1"))));
    let signed_in =
        store.verify_sign_in("ada@desk.example", &password).await.unwrap().expect("the right password");
    assert_eq!((signed_in.user_id, signed_in.role, signed_in.account), (agent, Role::Agent, None));

    let wrong = Password::new("a long walk along the store");
    let long = Password::new("x".repeat(1025));
    for (sign_in, password) in [
        ("a-1@example.net", &wrong),
        ("a-1@example.net", &long),
        ("a-2@example.net", &password),
        ("", &password),
    ] {
        assert_eq!(store.verify_sign_in(sign_in, password).await.unwrap(), None, "{sign_in}");
    }
});

on_both_databases!(who_may_not_sign_in_is_refused_by_reason, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let refused = async |user| store.add_user(user, now()).await.expect_err("a refusal");
    let with = |password: &str| NewUser { password: Password::new(password), ..staff("ada@desk.example") };
    let customer = |account: Option<&str>| NewUser {
        role: Role::Customer,
        account: account.map(account_id),
        ..staff("ada@desk.example")
    };
    assert!(matches!(
        refused(with("fourteen chars")).await,
        AddUserError::Password(PasswordRefusal::Short(14))
    ));
    assert!(matches!(
        refused(with(&"x".repeat(1025))).await,
        AddUserError::Password(PasswordRefusal::Long(1025))
    ));
    assert!(matches!(refused(staff("ada desk")).await, AddUserError::SignIn));
    assert!(matches!(refused(staff(" ")).await, AddUserError::SignIn));
    assert!(matches!(refused(NewUser { name: " ".to_owned(), ..staff("ada") }).await, AddUserError::Name));
    assert!(matches!(refused(customer(None)).await, AddUserError::AccountMissing));
    assert!(matches!(refused(customer(Some("A-2"))).await, AddUserError::AccountUnknown(_)));
    let agent = NewUser { account: Some(account_id("A-1")), ..staff("ada@desk.example") };
    assert!(matches!(refused(agent).await, AddUserError::AccountOfStaff(Role::Agent)));

    store.add_user(with("días de ñandúes"), now()).await.unwrap();
    assert!(matches!(refused(staff("ADA@desk.example")).await, AddUserError::Taken));
    store.add_user(NewUser { sign_in: "a-1".to_owned(), ..customer(Some("A-1")) }, now()).await.unwrap();
});
