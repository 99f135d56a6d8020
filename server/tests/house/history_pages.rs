//! A customer's history, its filters and its pages.

use std::collections::BTreeSet;

use reqwest::StatusCode;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor};

async fn listed(visitor: &Visitor, path: &str) -> BTreeSet<String> {
    visitor.turn_all(path).await.iter().flat_map(Answer::messages).collect()
}

on_both_databases!(a_history_has_every_message_of_its_account, |place| {
    let house = House::open(place).await;
    for sign_in in [&house.touched, &house.untouched] {
        let visitor = house.signed_in(sign_in).await;
        let expected: BTreeSet<String> = house.messages_of(&sign_in.customer.account).into_iter().collect();
        assert!(expected.len() > 50, "more than a page holds");
        assert_eq!(listed(&visitor, "/history").await, expected);
    }
});

on_both_databases!(a_history_left_with_what_needs_attention, |place| {
    let house = House::open(place).await;
    let touched = house.signed_in(&house.touched).await;
    let faults: BTreeSet<String> =
        house.faults_of(&house.touched.customer.account).into_iter().map(|(message, _)| message).collect();
    assert!(!faults.is_empty());
    assert_eq!(listed(&touched, "/history?show=flagged").await, faults);
    assert!(touched.get("/history").await.messages().is_superset(&faults), "they are of the last weeks");
    let shown = touched.get("/history?show=flagged").await.seen();
    for words in ["No matching activity found", "Sent again", "You were not told"] {
        assert!(shown.contains(words), "{words}");
    }

    let untouched = house.signed_in(&house.untouched).await;
    assert_eq!(listed(&untouched, "/history?show=flagged").await, BTreeSet::new());
});

on_both_databases!(a_filter_says_how_much_it_leaves_whether_it_is_on_or_not, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let all = visitor.get("/history").await.seen();
    let count = |page: &str, name: &str| {
        let (_, links) = page.split_once(" Show All ").expect("the filters");
        let (_, rest) = links.split_once(&format!("{name} ")).unwrap_or_else(|| panic!("no {name}"));
        rest.split(' ').next().unwrap().parse::<usize>().unwrap_or_else(|_| panic!("{name}: {rest}"))
    };
    for (name, query) in
        [("Needs attention", "show=flagged"), ("Waiting", "verdict=waiting"), ("Text", "channel=sms")]
    {
        let alone = visitor.get(&format!("/history?{query}")).await.seen();
        assert_eq!(count(&alone, name), count(&all, name), "{name}");
    }
});

on_both_databases!(copies_stand_in_one_row_and_each_of_them_opens, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let page = visitor.get("/history?show=flagged").await;
    let rows: Vec<&str> = page.body.split("class=\"copies\"").collect();
    let [_, copies] = rows[..] else { panic!("{} rows of copies", rows.len() - 1) };
    let copies = copies.split("</details>").next().unwrap();
    assert!(copies.contains("Sent 3 times"));
    let ids: Vec<&str> =
        copies.split("href=\"/messages/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    let about = |id: &str| house.message(id).text.clone();
    assert!(ids.iter().all(|id| about(id) == about(ids[0])), "the same was sent each time");
    for id in ids {
        assert_eq!(visitor.get(&format!("/messages/{id}")).await.status, StatusCode::OK, "{id}");
    }
});

on_both_databases!(a_history_left_with_one_channel_or_kind, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let theirs = house.messages_of(&house.touched.customer.account);
    let sms: BTreeSet<String> =
        theirs.into_iter().filter(|id| house.message(id).channel == engine::Channel::Sms).collect();
    assert!(!sms.is_empty());
    assert_eq!(listed(&visitor, "/history?channel=sms").await, sms);
    let payments = listed(&visitor, "/history?kind=payment.received").await;
    let all = listed(&visitor, "/history").await;
    assert!(!payments.is_empty() && payments.is_subset(&all) && payments != all);
});

on_both_databases!(an_address_that_asks_for_nothing_we_have, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let newest = visitor.get("/history").await.messages();
    let cursor = "f".repeat(32);
    for query in [
        "show=x",
        "channel=fax",
        "kind=Nothing!",
        "kind=no.such_kind",
        "before=yesterday",
        "after=1",
        "before=",
        "after=-1",
        "show=%00",
        "kind=%ff",
        "channel=%F0%9F%92%A9",
        "before=' or 1=1 --",
        "show=flagged&show=x",
        "&&&===",
        "%",
        &format!("before={cursor}"),
        &format!("after={cursor}"),
        &format!("before={cursor}&after={cursor}"),
        &format!("kind={}", "a".repeat(1900)),
        &format!("before={}", "0".repeat(1900)),
        "before=ñññññññññññññññññññññññññññññññ",
    ] {
        let answer = visitor.get(&format!("/history?{query}")).await;
        assert!(
            answer.status == StatusCode::OK || answer.status.is_client_error(),
            "{query}: {}",
            answer.status
        );
        assert!(!answer.body.contains("1=1"), "an address is not shown back");
    }
    assert_eq!(visitor.get("/history").await.messages(), newest);
});

on_both_databases!(what_is_nowhere_is_not_found, |place| {
    let house = House::open(place).await;
    let signed_in = house.signed_in(&house.touched).await;
    for visitor in [house.visitor(), signed_in] {
        for path in [
            "/nowhere",
            "/history/x",
            "/api/nothing",
            "/pkg/nothing.js",
            "/.env",
            "/pkg/../../counterfoil.key",
        ] {
            let answer = visitor.get(path).await;
            assert!(
                matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED),
                "{path}: {}",
                answer.status
            );
        }
    }
});

on_both_databases!(a_language_is_chosen, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    assert!(visitor.get("/sign-in").await.body.contains("lang=\"en\""));
    let answer = visitor.post("/language", &[("language", "es")]).await;
    assert!(
        answer.status.is_redirection() && answer.location().trim_end_matches('?').ends_with("/sign-in"),
        "{} {}",
        answer.status,
        answer.location()
    );
    let page = visitor.get("/sign-in").await;
    assert!(
        page.body.contains("<html dir=\"ltr\" lang=\"es\"") || page.body.contains("lang=\"es\" dir=\"ltr\""),
        "{}",
        page.body
    );
    assert!(page.seen().contains("Iniciar sesión"));
    visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    assert!(visitor.get("/history").await.seen().contains("No encontramos actividad que coincida"));
    visitor.post("/language", &[("language", "en")]).await;
    assert!(visitor.get("/history").await.seen().contains("No matching activity found"));
    let answer = visitor.post("/language", &[("language", "xx")]).await;
    assert!(answer.status.is_redirection() || answer.status.is_client_error(), "{}", answer.status);
});
