//! A message on its own page, and nobody else's.

use reqwest::StatusCode;

use crate::house::House;
use crate::place::on_both_databases;

on_both_databases!(a_flagged_message_says_why, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let faults = house.faults_of(&house.touched.customer.account);
    for (code, words) in [
        ("foreign_device", &["No matching activity found", "Never one of yours"][..]),
        ("stale", &["No matching activity found", "How we checked"]),
        ("amount", &["How we checked", "Differs"]),
        ("duplicate", &["Sent again", "How we checked"]),
    ] {
        let (id, _) = faults.iter().find(|(_, fault)| *fault == code).unwrap_or_else(|| panic!("no {code}"));
        let page = visitor.get(&format!("/messages/{id}?view=text")).await;
        assert_eq!(page.status, StatusCode::OK, "{code}");
        let seen = page.seen();
        for words in words {
            assert!(seen.contains(words), "{code}: no `{words}` in {seen}");
        }
        let text = house.message(id).text.as_deref().unwrap_or_default();
        let line = text.lines().max_by_key(|line| line.len()).unwrap_or_default();
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!line.is_empty() && seen.contains(&line), "{code}: as sent, `{line}` in {seen}");
        let framed = visitor.get(&format!("/messages/{id}/frame")).await.seen();
        assert!(framed.contains(&line), "{code}: as it looked, `{line}` in {framed}");
    }
});

on_both_databases!(a_message_that_something_vouches_for_shows_it, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.untouched).await;
    visitor.post("/language", &[("language", "en")]).await;
    let receipts = visitor.get("/history?kind=payment.received").await.messages();
    let id = receipts.first().expect("a payment that was told of");
    let seen = visitor.get(&format!("/messages/{id}")).await.seen();
    for words in
        ["Matches your activity", "What happened on your account", "Agrees", "Where it came from", id]
    {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
});

on_both_databases!(anothers_message_is_as_one_that_is_not, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let own = &house.messages_of(&house.touched.customer.account)[0];
    assert_eq!(visitor.get(&format!("/messages/{own}")).await.status, StatusCode::OK);

    let missing = visitor.get("/messages/M-not-there").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let missing = missing.body_apart_from("/messages/M-not-there");
    for account in &house.accounts[1..] {
        let path = format!("/messages/{}", house.messages_of(&account.id)[0]);
        let others = visitor.get(&path).await;
        assert_eq!(others.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(others.body_apart_from(&path), missing, "nothing tells the two apart");
    }
    let theirs = &house.messages_of(&house.untouched.customer.account)[0];
    let owner = house.signed_in(&house.untouched).await;
    assert_eq!(owner.get(&format!("/messages/{theirs}")).await.status, StatusCode::OK);
});

on_both_databases!(what_is_no_message_id_is_not_found, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    for id in [
        "%00",
        "%ff",
        "..%2f..",
        "a b",
        "'--",
        &"x".repeat(1900),
        "ñ",
        "--%3E%3Cscript%3Ealert(1)",
        "--!%3E%3Cscript%3Ealert(1)",
    ] {
        let answer = visitor.get(&format!("/messages/{id}")).await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
            "{id}: {}",
            answer.status
        );
        assert!(!answer.body.contains("<script>alert(1)"), "an address is no part of a page");
    }
});
