//! An agent opens a customer's account, for a reason and for a while.

use std::collections::BTreeSet;

use reqwest::StatusCode;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor};

pub const REASON: &str = "Asks about a trade-in message";

pub async fn search(visitor: &Visitor, typed: &str, reason: &str) -> Answer {
    visitor.post("/desk", &[("search", typed), ("reason", reason)]).await
}

/// Opens an account, and gives the address of its history.
pub async fn look_up(visitor: &Visitor, typed: &str) -> String {
    let answer = search(visitor, typed, REASON).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{typed}");
    let address = answer.location().to_owned();
    let id = address.strip_prefix("/desk/accounts/").unwrap_or_else(|| panic!("{typed}: {address}"));
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "it names nobody: {address}");
    address
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

async fn is_closed(visitor: &Visitor, address: &str) -> bool {
    let page = visitor.get(address).await;
    let closed = page.status == StatusCode::GONE;
    assert!(closed || page.status == StatusCode::OK, "{}", page.status);
    assert_eq!(closed, page.seen().contains("This lookup has closed"));
    closed
}

on_both_databases!(an_agent_finds_an_account_and_reads_it, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    for path in [
        "/",
        "/sign-in",
        "/signed-out",
        "/history",
        "/settings/lookups",
        "/messages/M-1",
        "/account",
        "/transactions/T-1",
    ] {
        assert_eq!(desk.get(path).await.location(), "/desk", "{path}");
    }
    let customer = &house.touched.customer;
    let account = house.accounts.iter().find(|account| account.id == customer.account).unwrap();
    let message = house.messages_of(&customer.account)[0].clone();
    let line = account.lines[0].number.as_str();
    for typed in [customer.account.as_str(), &customer.sign_in.to_uppercase(), line, &message] {
        let address = look_up(&desk, typed).await;
        let page = desk.get(&address).await;
        assert_eq!(page.status, StatusCode::OK);
        let seen = page.seen();
        for words in
            [&customer.name, REASON, "minutes left", "What the customer sees", "No matching activity"]
        {
            assert!(seen.contains(words), "{typed}: no `{words}` in {seen}");
        }
    }
    let open = desk.get("/desk").await;
    assert_eq!(
        open.seen().matches(&format!("{} 15 minutes left", customer.name)).count(),
        4,
        "{}",
        open.seen()
    );
});

on_both_databases!(the_history_at_the_desk_is_the_customer_s, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.supervisor).await;
    let customer = house.signed_in(&house.touched).await;
    let address = look_up(&desk, &house.touched.customer.sign_in).await;
    for query in ["", "?show=flagged", "?channel=sms", "?kind=payment.received"] {
        let theirs = customer.turn_all(&format!("/history{query}")).await;
        let ours = desk.turn_all(&format!("{address}{query}")).await;
        assert_eq!(theirs.len(), ours.len(), "{query}");
        let listed: Vec<_> = theirs.iter().flat_map(Answer::messages).collect();
        let begins =
            ["slip-title\">", "class=\"copy\">"].map(|of| format!("{of}<a href=\"{address}/messages/"));
        let shown: BTreeSet<String> = ours
            .iter()
            .flat_map(|page| begins.iter().flat_map(|begins| page.values(begins)))
            .map(str::to_owned)
            .collect();
        assert_eq!(shown.len(), listed.len(), "{query}");
        for page in &ours {
            for elsewhere in
                ["href=\"/history", "href=\"/messages", "href=\"/transactions", "action=\"/history"]
            {
                assert!(!page.body.contains(elsewhere), "{query}: {elsewhere}");
            }
        }
        let begins = format!("href=\"{address}/transactions/");
        for id in ours.iter().flat_map(|page| page.values(&begins)).take(3) {
            let page = desk.get(&format!("{address}/transactions/{id}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.seen().contains("What we told you about it") && page.seen().contains(REASON));
        }
        for id in listed.iter().take(3) {
            let page = desk.get(&format!("{address}/messages/{id}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.seen().contains("How we checked") && page.seen().contains(REASON));
        }
    }
    let others = &house.messages_of(&house.untouched.customer.account)[0];
    for missing in [others.as_str(), "M-not-there", "%00"] {
        let page = desk.get(&format!("{address}/messages/{missing}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
        assert!(page.body.contains("href=\"/desk\""));
    }
    let account = &house.untouched.customer.account;
    let others = house.transactions.iter().find(|transaction| transaction.account == *account).unwrap();
    for missing in [others.id.as_str(), "T-not-there", "%00"] {
        let page = desk.get(&format!("{address}/transactions/{missing}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
    }
});

on_both_databases!(a_search_that_opens_nothing_is_shown_again_once, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    for (typed, reason, words) in [
        ("no\"b<b>ody@example.org", REASON, "No account has this."),
        ("LK-not-there", REASON, "No account has this."),
        ("", REASON, "Type what the customer gives you."),
        (house.touched.customer.sign_in.as_str(), "a \"call\"", "at least 10 characters"),
        (&house.touched.customer.sign_in, &"x".repeat(501), "at most 500 characters"),
    ] {
        let answer = search(&desk, typed, reason).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/desk"), "{typed}");
        assert!(typed.is_empty() || !answer.body.contains(typed), "{}", answer.body);
        let page = desk.get("/desk").await;
        assert!(page.seen().contains(words), "{typed}: {}", page.seen());
        assert!(page.body.contains("aria-invalid=\"true\""));
        for kept in [typed, &reason[..reason.len().min(500)]] {
            let value = format!("value=\"{}\"", escaped(kept));
            assert!(page.body.contains(&value), "{value} in {}", page.body);
        }
        assert!(!page.body.contains("<b>ody"), "what was typed is text");
        let again = desk.get("/desk").await;
        assert!(!again.seen().contains(words) && !again.body.contains("aria-invalid"));
    }
    let customer = house.signed_in(&house.touched).await;
    assert!(customer.get("/settings/lookups").await.seen().contains("Nobody has looked"));
});

on_both_databases!(a_lookup_closes, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    let typed = &house.touched.customer.sign_in;
    let (by_hand, by_time) = (look_up(&desk, typed).await, look_up(&desk, typed).await);
    let left: i64 = desk.get(&by_time).await.header("refresh").parse().unwrap();
    assert!((800..=901).contains(&left), "the page leaves the screen when the lookup closes: {left}");

    let id = by_hand.rsplit('/').next().unwrap();
    for nothing in ["", "x", &"0".repeat(32)] {
        assert_eq!(desk.post("/desk/close", &[("lookup", nothing)]).await.location(), "/desk");
    }
    assert!(!is_closed(&desk, &by_hand).await);
    assert_eq!(desk.post("/desk/close", &[("lookup", id)]).await.location(), "/desk");
    assert!(is_closed(&desk, &by_hand).await);
    let message = &house.messages_of(&house.touched.customer.account)[0];
    assert!(is_closed(&desk, &format!("{by_hand}/messages/{message}")).await);
    assert!(!is_closed(&desk, &by_time).await, "the other one is open still");

    place.run_sql("update lookups set closes_at = opened_at + 1").await;
    assert!(is_closed(&desk, &by_time).await);
    assert!(!desk.get("/desk").await.seen().contains(&house.touched.customer.name));
});

on_both_databases!(a_lookup_is_nobody_elses, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    let other = house.at_desk(&house.supervisor).await;
    let customer = house.signed_in(&house.touched).await;
    let address = look_up(&desk, &house.touched.customer.sign_in).await;
    let made_up = format!("/desk/accounts/{}", "0".repeat(32));
    assert!(is_closed(&other, &address).await);
    let (others, none) = (other.get(&address).await, other.get(&made_up).await);
    assert_eq!(
        others.body_apart_from(&address),
        none.body_apart_from(&made_up),
        "nothing tells the two apart"
    );
    other.post("/desk/close", &[("lookup", address.rsplit('/').next().unwrap())]).await;
    assert!(!is_closed(&desk, &address).await);

    assert_eq!(house.visitor().get(&address).await.location(), "/sign-in");
    for path in [address.as_str(), "/desk", "/desk/accounts/x", "/desk/accounts"] {
        let page = customer.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("href=\"/history\""));
    }
    let answer = search(&customer, &house.untouched.customer.sign_in, REASON).await;
    assert_eq!(answer.location(), "/desk");
    assert_eq!(search(&house.visitor(), &house.touched.customer.sign_in, REASON).await.location(), "/desk");
    let untouched = house.signed_in(&house.untouched).await;
    let looked = untouched.get("/settings/lookups").await;
    assert!(looked.seen().contains("Nadie ha consultado su cuenta"), "{}", looked.seen());

    place.run_sql("update users set role = 'auditor' where sign_in = 'ada.reyes@larkspur.example'").await;
    assert_eq!(desk.get(&address).await.status, StatusCode::FORBIDDEN);
    place.run_sql("update users set role = 'agent' where sign_in = 'ada.reyes@larkspur.example'").await;
    assert!(!is_closed(&desk, &address).await);
    desk.post("/sign-out", &[]).await;
    assert!(desk.get(&address).await.location().starts_with("/sign-in"));
});
