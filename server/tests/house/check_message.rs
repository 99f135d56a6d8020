//! A message that somebody holds, pasted or uploaded: what is said of it, and to whom.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, COOKIE};

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor, send};

const PATH: &str = "/check/message";
const BOUNDARY: &str = "a-line-between";

/// A form with a text and a file, as a browser sends it.
fn form(text: &str, mail: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"mail\"; filename=\"mail.eml\"\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    .into_bytes();
    body.extend(mail);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

async fn hand_in(visitor: &Visitor, text: &str, mail: &[u8]) -> Answer {
    let request = visitor.request(reqwest::Method::POST, PATH).header(ACCEPT, "text/html");
    let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    send(request.header("sec-fetch-site", "same-origin").body(form(text, mail))).await
}

async fn paste(visitor: &Visitor, text: &str) -> Answer {
    hand_in(visitor, text, b"").await
}

/// A text message or mail to the touched customer, with its id: of the archive, or not.
fn sent_to_her(house: &House, of_archive: bool) -> (String, String) {
    let fits = |id: &String| {
        let message = house.message(id);
        let archived =
            message.batch.as_ref().is_some_and(|batch| batch.as_str().starts_with("archive-restore-"));
        archived == of_archive
            && message.text.as_deref().is_some_and(|text| text.contains("Hello") || archived)
    };
    let ids = house.messages_of(&house.touched.customer.account);
    // Of several that say the same, the newest is meant.
    let is_unique = |id: &&String| {
        let text = &house.message(id).text;
        ids.iter().filter(|other| house.message(other).text == *text).count() == 1
    };
    let id = ids.iter().filter(is_unique).find(|id| fits(id)).expect("a message in plain text").clone();
    let message = house.message(&id);
    let text = format!("{}\n\n{}", message.subject.as_deref().unwrap(), message.text.as_deref().unwrap());
    (id, text)
}

on_both_databases!(a_customer_is_told_what_it_is, |place| {
    let house = House::open(place).await;
    let owner = house.signed_in(&house.touched).await;
    let (id, text) = sent_to_her(&house, false);
    let quoted = format!("> {}\n", text.replace('\n', "\n> "));
    for held in [&text, &quoted] {
        let answer = paste(&owner, held).await;
        assert_eq!(answer.status, StatusCode::OK);
        let seen = answer.seen();
        assert!(seen.contains("We sent you this") && !seen.contains("Sent by mistake"), "{seen}");
        assert!(seen.contains("A pasted text can’t show where it came from"), "{seen}");
        assert!(answer.body.contains(&format!("href=\"/messages/{id}\"")));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let (id, archived) = sent_to_her(&house, true);
    let mistake = paste(&owner, &archived).await;
    assert!(mistake.seen().contains("Sent by mistake, you can ignore it"), "{}", mistake.seen());
    assert!(mistake.body.contains("/incidents/trade-in-confirmations"));
    assert!(mistake.body.contains(&format!("href=\"/messages/{id}\"")));

    let added = format!("{text}\nConfirm at https://larkspur-login.test/now");
    let changed = paste(&owner, &added).await.seen();
    for words in [
        "Like one we sent you, but changed",
        "A link leads elsewhere",
        "larkspur-login.test",
        "Don’t open its links",
    ] {
        assert!(changed.contains(words), "no `{words}` in {changed}");
    }
    let strange =
        "Your parcel is waiting. Pay the customs fee of 2.99 within a day or it is sent back to its sender.";
    let unknown = paste(&owner, strange).await.seen();
    for words in
        ["We have no record of sending you this", "Our records of messages begin on", "another account"]
    {
        assert!(unknown.contains(words), "no `{words}` in {unknown}");
    }
    assert!(!unknown.contains("customs"), "what was pasted is not put back");
});

on_both_databases!(whoever_has_no_account_is_told_of_published_incidents_alone, |place| {
    let house = House::open(place).await;
    let (_, text) = sent_to_her(&house, false);
    let (_, archived) = sent_to_her(&house, true);
    let stranger = house.visitor();
    let other = house.signed_in(&house.untouched).await;
    other.post("/language", &[("language", "en")]).await;
    let incident = paste(&stranger, &archived).await;
    assert!(incident.seen().contains("This reads like messages we sent by mistake"), "{}", incident.seen());
    assert!(incident.body.contains("/incidents/trade-in-confirmations"));
    let copy = format!("{archived}\nTrack it at https://larkspur-parcels.test/now");
    let copied = paste(&stranger, &copy).await.seen();
    for words in
        ["Like messages we sent by mistake, but changed", "larkspur-parcels.test", "no link to there"]
    {
        assert!(copied.contains(words), "no `{words}` in {copied}");
    }
    assert!(paste(&other, &copy).await.seen().contains("larkspur-parcels.test"));
    let nothing = paste(&stranger, &text).await;
    assert!(nothing.seen().contains("No published incident is about this"), "{}", nothing.seen());
    for answer in [&incident, &nothing] {
        for personal in [house.touched.customer.account.as_str(), &house.touched.customer.name, "/messages/"]
        {
            assert!(!answer.body.contains(personal), "{personal}");
        }
    }
    let not_hers = paste(&other, &text).await;
    assert!(not_hers.seen().contains("We have no record of sending you this"), "{}", not_hers.seen());
    assert!(!not_hers.body.contains("/messages/"), "another's message is told to nobody");
    let like = paste(&other, &archived).await.seen();
    assert!(
        like.contains("We have no record of sending you this") && like.contains("This reads like messages"),
        "{like}"
    );
});

on_both_databases!(a_file_is_read_as_its_reader_sees_it, |place| {
    let house = House::open(place).await;
    let owner = house.signed_in(&house.touched).await;
    let (id, _) = sent_to_her(&house, false);
    let message = house.message(&id);
    let mail = format!(
        "From: Larkspur <no-reply@larkspur.example>\r\nSubject: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n",
        message.subject.as_deref().unwrap(),
        message.text.as_deref().unwrap()
    );
    let answer = hand_in(&owner, "", mail.as_bytes()).await.seen();
    assert!(answer.contains("We sent you this") && answer.contains("no keys are set up"), "{answer}");
    let large = [mail.as_bytes(), &b"x".repeat(900 << 10)].concat();
    assert_eq!(hand_in(&owner, "", &large).await.status, StatusCode::OK, "a mail with pictures is taken");
    let hidden = format!("{mail}\r\n")
        .replace("text/plain", "text/html")
        .replace("Hello", "<a href='https://evil.test'>Hello</a>");
    let answer = hand_in(&owner, "", hidden.as_bytes()).await.seen();
    assert!(answer.contains("A link leads elsewhere") && answer.contains("evil.test"), "{answer}");
});

on_both_databases!(what_can_t_be_compared_is_asked_for_again, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for (text, mail, said) in [
        ("", &b""[..], "Paste a message, or choose a file."),
        ("Hello", b"", "That is too little"),
        ("Hello there, this is a text", b"From: a@b.example\r\n\r\nx", "not both"),
        ("", b"this is no mail", "This file is no mail that we can read"),
        (&"word ".repeat(20_000), b"", "longer than any message of ours"),
    ] {
        let answer = hand_in(&visitor, text, mail).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.seen().contains(said), "no `{said}` in {}", answer.seen());
    }
    let huge = hand_in(&visitor, "", &b"x".repeat(2 << 20)).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(huge.body.contains("1 MB") && huge.body.contains("Es demasiado"));
    let other_form =
        visitor.post("/sign-in", &[("sign_in_name", &"x".repeat(20 << 10)), ("password", "x")]).await;
    assert_eq!(other_form.status, StatusCode::PAYLOAD_TOO_LARGE, "no other form takes as much");
    assert_eq!(visitor.get(PATH).await.location(), "/check", "nothing is at the address of the answer");
    let bare = visitor.post(PATH, &[("text", "this is no form of several parts")]).await;
    assert!(bare.seen().contains("Paste a message, or choose a file."), "{}", bare.seen());
});

on_both_databases!(it_is_for_our_own_page_alone_and_not_too_often, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let held =
        "Your parcel is waiting. Pay the customs fee of 2.99 within a day or it is sent back to its sender.";
    let request = |site: &'static str| {
        let request = visitor.request(reqwest::Method::POST, PATH).header("sec-fetch-site", site);
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        request.header("x-forwarded-for", "192.0.2.7").header(COOKIE, "language=en").body(form(held, b""))
    };
    assert_eq!(send(request("cross-site")).await.status, StatusCode::FORBIDDEN);
    let mut answered = 0;
    let refused = loop {
        let answer = send(request("same-origin")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        assert_eq!(answer.status, StatusCode::OK);
        answered += 1;
        assert!(answered < 100, "there is no end to it");
    };
    assert!(answered >= 20, "{answered}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
});
