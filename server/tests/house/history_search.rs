//! What a customer looks for in their history, and where that stands: in their session, and nowhere else.

use std::collections::BTreeSet;

use reqwest::StatusCode;

use crate::desk::look_up;
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor};

const FOUND: &str = "/history?search";

/// Searches as the page's form does.
async fn search(visitor: &Visitor, typed: &str) -> Answer {
    let answer = visitor.post("/history", &[("search", typed)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, FOUND), "{typed}");
    let page = visitor.get(FOUND).await;
    assert_eq!(page.status, StatusCode::OK);
    page
}

fn marked(page: &Answer) -> BTreeSet<String> {
    let marks = page.body.split("<mark>").skip(1).map(|rest| rest.split("</mark>").next().unwrap_or(rest));
    marks.map(str::to_lowercase).collect()
}

on_both_databases!(a_search_finds_on_either_side_and_marks_what_it_finds, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let account = &house.touched.customer.account;
    let paid = house
        .transactions
        .iter()
        .find(|it| it.account == *account && it.kind.as_str() == "payment.received" && it.amount.is_some());
    let paid = paid.expect("a payment");
    let reference = paid.references[0].given();
    let amount = paid.amount.unwrap().value();
    let bare: String = reference.chars().filter(char::is_ascii_alphanumeric).collect();
    for typed in [reference, &bare.to_lowercase(), &format!("PAYMENT {reference}")] {
        let page = search(&visitor, typed).await;
        assert!(page.body.contains(&format!("/transactions/{}", paid.id)), "{typed}");
        assert!(marked(&page).contains(&reference.to_lowercase()), "{typed}: {:?}", marked(&page));
        assert!(page.body.contains("data-owner="), "{typed}");
    }
    for typed in [amount.clone(), format!("${amount}"), amount.replace('.', ",")] {
        let page = search(&visitor, &typed).await;
        assert!(page.body.contains(&format!("/transactions/{}", paid.id)), "{typed}");
        assert!(marked(&page).iter().any(|mark| mark.contains(&amount)), "{typed}: {:?}", marked(&page));
    }
    let near = search(&visitor, "paymnet recieved").await;
    assert!(near.seen().contains("Nothing has exactly these words"), "{}", near.seen());
    assert!(!near.messages().is_empty() && marked(&near).contains("payment"));
    let nothing = search(&visitor, "zeppelin").await;
    assert!(nothing.messages().is_empty() && nothing.seen().contains("Nothing here has these words"));
});

on_both_databases!(pages_of_what_was_found_have_all_of_it_once, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.untouched).await;
    let page = search(&visitor, "pago").await;
    let pages = visitor.turn_all(FOUND).await;
    let all: Vec<String> = pages.iter().flat_map(Answer::messages).collect();
    let once: BTreeSet<&String> = all.iter().collect();
    assert!(once.len() == all.len() && page.messages().iter().all(|id| once.contains(id)));
    let own: BTreeSet<String> = house.messages_of(&house.untouched.customer.account).into_iter().collect();
    assert!(once.iter().all(|id| own.contains(*id)));
    let expected = own.iter().filter(|id| {
        let message = house.message(id);
        let texts = [
            message.subject.clone(),
            message.text.clone(),
            message.html.as_deref().map(engine::visible_text),
        ];
        texts.iter().flatten().any(|text| text.to_lowercase().contains("pago"))
    });
    assert!(expected.clone().count() > 5);
    for id in expected {
        assert!(once.contains(id), "{id} is not found");
    }
});

on_both_databases!(what_is_looked_for_is_in_no_address_and_another_s_is_never_found, |place| {
    let house = House::open(place).await;
    let [touched, untouched] = [&house.touched, &house.untouched];
    let theirs = house
        .transactions
        .iter()
        .find(|it| it.account == untouched.customer.account && !it.references.is_empty());
    let theirs = theirs.expect("one with a reference").references[0].given().to_owned();
    let (visitor, owner) = (house.signed_in(touched).await, house.signed_in(untouched).await);
    assert!(marked(&search(&owner, &theirs).await).contains(&theirs.to_lowercase()), "its owner finds it");
    let page = search(&visitor, &theirs).await;
    assert!(!marked(&page).contains(&theirs.to_lowercase()), "another does not");
    assert!(page.header("cache-control").contains("no-store"));
    let links: Vec<&str> = page.values("href=\"").chain(page.values("action=\"")).collect();
    assert!(links.len() > 5 && links.iter().all(|link| !link.contains(&theirs)), "{links:?}");

    // Of one session, until it is cleared.
    assert!(!owner.get("/history").await.body.contains("<mark>"));
    assert!(owner.get(FOUND).await.body.contains("<mark>"));
    let other = house.signed_in(untouched).await;
    assert!(!other.get(FOUND).await.body.contains(&theirs));
    let cleared = owner.post("/history", &[("search", " ")]).await;
    assert_eq!((cleared.status, cleared.location()), (StatusCode::SEE_OTHER, "/history"));
    assert!(!owner.get(FOUND).await.body.contains(&theirs));
});

on_both_databases!(a_device_is_found_by_what_is_shown_of_it, |place| {
    let house = House::open(place).await;
    let account = &house.untouched.customer.account;
    let with_device = house.transactions.iter().find(|it| it.account == *account && it.device.is_some());
    let (id, device) =
        with_device.map(|it| (it.id.to_string(), it.device.clone().unwrap())).expect("one with a device");
    let imei = device.imei.printed();
    let visitor = house.signed_in(&house.untouched).await;
    let model = device.model.expect("it is called something");
    assert!(visitor.turn_all("/history").await.iter().any(|page| page.body.contains(&id)));
    search(&visitor, &model).await;
    assert!(visitor.turn_all(FOUND).await.iter().any(|page| page.body.contains(&id)), "by its model");
    search(&visitor, &imei[11..]).await;
    assert!(
        visitor.turn_all(FOUND).await.iter().any(|page| page.body.contains(&id)),
        "by the digits that are shown"
    );
    search(&visitor, &imei[..10]).await;
    let pages = visitor.turn_all(FOUND).await;
    let told: Vec<String> = pages.iter().flat_map(Answer::messages).collect();
    let says_it = |message: &String| {
        let message = house.message(message);
        [&message.text, &message.html].into_iter().flatten().any(|text| text.contains(&imei[..10]))
    };
    assert!(
        told.iter().all(says_it) && pages.iter().all(|page| !page.body.contains(&id) || !told.is_empty()),
        "hidden digits find nothing"
    );
});

on_both_databases!(strangers_and_staff_have_no_search, |place| {
    let house = House::open(place).await;
    let stranger = house.visitor();
    stranger.post("/history", &[("search", "payment")]).await;
    assert!(stranger.get(FOUND).await.location().starts_with("/sign-in"));
    let agent = house.at_desk(&house.agent).await;
    agent.post("/history", &[("search", "payment")]).await;
    assert_eq!(agent.get(FOUND).await.location(), "/desk");
    let desk = look_up(&agent, house.touched.customer.account.as_str()).await;
    let page = agent.get(&format!("{desk}?search")).await;
    assert!(
        page.status == StatusCode::OK
            && !page.body.contains("<mark>")
            && !page.body.contains("name=\"search\"")
    );
});

on_both_databases!(whatever_is_typed_is_answered, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    for typed in [
        "<script>alert(1)</script>",
        "' or 1=1 --",
        "%00",
        "\u{202e}x",
        "a",
        "$",
        "😀 😀",
        &"x".repeat(5_000),
        &"1 ".repeat(900),
        "ñ\u{301}",
    ] {
        let page = search(&visitor, typed).await;
        assert!(!page.body.contains("<script>alert"), "{typed}");
    }
    for query in
        ["search=x", "search=nearly", "search=exactly&before=1", "search&on=2026-04-10", "search&search"]
    {
        let answer = visitor.get(&format!("/history?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
});

/// The days along the spine.
fn days(page: &Answer) -> impl Iterator<Item = &str> {
    page.values("<time datetime=\"").filter(|moment| moment.len() == "2026-04-10".len())
}

on_both_databases!(a_day_and_a_verdict_are_addresses, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let newest = visitor.get("/history").await;
    let day = days(&newest).last().expect("a day").to_owned();
    let there = visitor.get(&format!("/history?on={day}")).await;
    assert_eq!(days(&there).next(), Some(day.as_str()));
    assert!(!there.seen().contains("Nothing here is from") && there.seen().contains("Newer"));
    let late = visitor.get("/history?on=2030-01-01").await;
    assert_eq!(late.messages(), newest.messages());
    assert!(late.seen().contains("Nothing here is from January 1, 2030"));
    for (verdict, words) in
        [("unmatched", "No matching activity found"), ("matched", "Matches your activity")]
    {
        let page = visitor.get(&format!("/history?verdict={verdict}")).await;
        let statuses: BTreeSet<&str> = page.values("<p class=\"status status-").collect();
        assert_eq!(statuses, BTreeSet::from([verdict]), "{verdict}");
        assert!(page.seen().contains(words));
    }
    let alone = visitor.get("/history?verdict=none").await;
    assert!(alone.messages().is_empty() && alone.body.contains("/transactions/"));
});
