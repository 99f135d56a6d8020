//! Whether a message is ours, asked by its number: by anybody, and with nothing personal in the answer.

use engine::{CounterfoilNumber, MessageId};
use reqwest::StatusCode;
use reqwest::header::HeaderName;

use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::visitor::{Answer, Visitor, send};

const UNKNOWN: &str = "We have no message with this number";
/// As many as one client may look up at once.
const CHECKS_BURST: usize = 30;

async fn number_of(place: &Place, message: &str) -> String {
    let store = place.store().await;
    let ids: [MessageId; 1] = [message.parse().unwrap()];
    store.counterfoil_numbers_of(&ids).await.unwrap()[0].expect("it has a number").to_string()
}

/// An answer without the number that was asked for.
fn apart_from(answer: &Answer, number: &str) -> String {
    answer.body.replace(answer.nonce(), "").replace(number, "")
}

/// Types a number on the form, and goes where that leads.
async fn type_number(visitor: &Visitor, number: &str) -> Answer {
    let sent = visitor.post("/check", &[("number", number)]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/check"));
    visitor.get("/check").await
}

on_both_databases!(anybody_learns_that_we_sent_it_and_nothing_else, |place| {
    let house = House::open(place).await;
    let account = &house.touched.customer.account;
    let id = house
        .messages_of(account)
        .into_iter()
        .find(|id| house.message(id).subject.as_deref().is_some_and(|subject| subject.len() > 10))
        .expect("a message with a subject");
    let number = number_of(place, &id).await;
    let stranger = house.visitor();
    let typed = type_number(&stranger, &format!(" {} ", number.to_lowercase().replace('-', " "))).await;
    let scanned = stranger.get(&format!("/check?n={number}")).await;
    assert_eq!(apart_from(&typed, &number), apart_from(&scanned, &number), "typed or scanned");
    let seen = scanned.seen();
    for words in ["We sent this message", "Sent on", "Subject"] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    for personal in [account.as_str(), &house.touched.customer.name, &house.touched.customer.sign_in, &id] {
        assert!(!scanned.body.contains(personal), "{personal}");
    }
    assert!(!stranger.get("/check").await.body.contains(&number), "it is answered once");

    let other = house.signed_in(&house.untouched).await;
    other.post("/language", &[("language", "en")]).await;
    let others = other.get(&format!("/check?n={number}")).await;
    assert!(others.seen().contains("We sent this message"));
    assert!(!others.body.contains("/messages/"), "it is not theirs");
    let owner = house.signed_in(&house.touched).await;
    let own = owner.get(&format!("/check?n={number}")).await;
    assert!(own.body.contains(&format!("href=\"/messages/{id}\"")));
    let page = owner.get(&format!("/messages/{id}")).await;
    assert!(page.seen().contains(&number) && page.body.contains("class=\"qr\""));
});

on_both_databases!(staff_who_find_nothing_are_sent_to_the_desk, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    let page = desk.get("/check?n=0000-0000-0000").await;
    let seen = page.seen();
    assert!(seen.contains(UNKNOWN) && seen.contains("open their account"), "{seen}");
    assert!(page.body.contains("href=\"/desk\" class=\"button\""), "{}", page.body);
    assert!(!page.body.contains("href=\"/sign-in\""));
});

on_both_databases!(a_deleted_message_s_number_is_as_one_that_never_was, |place| {
    let house = House::open(place).await;
    let id = house.messages_of(&house.touched.customer.account).remove(0);
    let number = number_of(place, &id).await;
    let parsed: CounterfoilNumber = number.parse().unwrap();
    let wrong = CounterfoilNumber::from_bits(parsed.bits() ^ 1).to_string();
    let (stranger, owner) = (house.visitor(), house.signed_in(&house.touched).await);
    assert!(stranger.get(&format!("/check?n={number}")).await.seen().contains("We sent this message"));

    let mut gone = house.message(&id).clone();
    (gone.revision, gone.deleted, gone.text, gone.html) = (9, true, None, None);
    let progress = store::Progress { feed: "gone".to_owned(), file: "messages".to_owned(), lines_done: 1 };
    let loaded =
        place.store().await.load_messages(&progress, vec![gone], crate::feed::as_of()).await.unwrap();
    assert_eq!((loaded.corrected, loaded.refused.len()), (1, 0));
    for visitor in [&stranger, &owner] {
        let deleted = visitor.get(&format!("/check?n={number}")).await;
        let unknown = visitor.get(&format!("/check?n={wrong}")).await;
        assert!(unknown.seen().contains(UNKNOWN));
        assert_eq!((deleted.status, unknown.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(
            apart_from(&deleted, &number),
            apart_from(&unknown, &wrong),
            "nothing tells the two apart"
        );
        assert_eq!(deleted.headers.len(), unknown.headers.len());
    }
});

on_both_databases!(what_is_no_number_is_said_to_be_none, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for typed in ["123", "<script>alert(1)</script>", "U000-0000-0000", "; Path=/; x", &"7".repeat(200)] {
        let page = type_number(&visitor, typed).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert!(page.seen().contains("A counterfoil number has 12 letters and digits."), "{typed}");
        assert!(!page.body.contains("<script>alert(1)"));
    }
    for path in ["/check", "/check?n=", "/check?x=1"] {
        let page = visitor.get(path).await;
        assert!(page.status == StatusCode::OK && page.seen().contains("What you learn here"), "{path}");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let foreign =
        send(visitor.form("/check", &[("number", "0")]).header("sec-fetch-site", "cross-site")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
});

on_both_databases!(whoever_asks_too_often_waits, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let from = |client: &'static str, number: usize| {
        let path = format!("/check?n=0000-0000-{number:04}");
        visitor.asking(&path).header(HeaderName::from_static("x-forwarded-for"), client)
    };
    let mut refused = None;
    for number in 0..=CHECKS_BURST * 2 {
        let answer = send(from("192.0.2.1", number)).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some((number, answer));
            break;
        }
        assert_eq!(answer.status, StatusCode::OK);
    }
    let (answered, refused) = refused.expect("there is an end to it");
    assert!(answered >= CHECKS_BURST, "{answered}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(refused.seen().contains("That was too many at once") && !refused.seen().contains(UNKNOWN));
    assert_eq!(
        send(from("192.0.2.9, 192.0.2.1", 0)).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "what it says"
    );
    assert_eq!(send(from("192.0.2.2", 0)).await.status, StatusCode::OK, "others go on");
    assert_eq!(visitor.get("/sign-in").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/check").await.status, StatusCode::OK, "the form costs nothing");
});
