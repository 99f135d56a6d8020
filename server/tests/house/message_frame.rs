//! The frame in which an HTML mail is shown: its own customer's alone, and able to do nothing.

use engine::{Account, FeedRecord, Message, Transaction};
use reqwest::StatusCode;
use server::import_feed::judge_waiting;
use store::{NewUser, Password, Progress, Role, Store};

use crate::desk::look_up;
use crate::feed::as_of;
use crate::house::{House, serve};
use crate::place::on_both_databases;
use crate::visitor::{Visitor, send};

const PASSWORD: &str = "larkspur in the long grass";

pub fn parse<R: FeedRecord>(line: &str) -> R {
    R::from_line(line.as_bytes()).unwrap()
}

/// Dana, who signs in, and Eli, who does too; each with messages of these lines.
pub async fn fill(store: &Store, transactions: &[&str], messages: &[String]) {
    let loaded = |lines_done| Progress { feed: "frames".to_owned(), file: "frames".to_owned(), lines_done };
    let account = |id: &str, name: &str| -> Account {
        parse(&format!(
            r#"{{"id":"{id}","name":"{name}","emails":["{name}@example.net"],"time_zone":"America/Denver"}}"#
        ))
    };
    store
        .load_accounts(&loaded(1), vec![account("A-1", "dana"), account("A-2", "eli")], as_of())
        .await
        .unwrap();
    let transactions = transactions.iter().map(|line| parse::<Transaction>(line)).collect();
    store.load_transactions(&loaded(2), transactions, as_of()).await.unwrap();
    let messages = messages.iter().map(|line| parse::<Message>(line)).collect();
    store.load_messages(&loaded(3), messages, as_of()).await.unwrap();
    judge_waiting(store, as_of()).await.unwrap();
    for (name, account) in [("dana", "A-1"), ("eli", "A-2")] {
        let user = NewUser {
            sign_in: format!("{name}@example.net"),
            name: name.to_owned(),
            role: Role::Customer,
            account: Some(account.parse().unwrap()),
            password: Password::new(PASSWORD),
        };
        store.add_user(user, as_of()).await.unwrap();
    }
}

pub async fn signed_in(address: std::net::SocketAddr, name: &str) -> Visitor {
    let visitor = Visitor::of(address);
    visitor.sign_in(&format!("{name}@example.net"), PASSWORD).await;
    visitor
}

pub fn mail(id: &str, account: &str, html: &str) -> String {
    let html = serde_json::to_string(html).unwrap();
    format!(
        r#"{{"id":"{id}","account":"{account}","channel":"email","recipient":"x@example.net","sent_at":"2026-04-10T09:30:00Z","subject":"News","html":{html}}}"#
    )
}

on_both_databases!(a_mail_in_its_frame_can_do_nothing_and_is_its_customers_alone, |place| {
    let store = place.store().await;
    let html = "<p onclick=x data-owner=\"00000000000000aa\">Hello <a href=\"https://evil.example/pay\">northwave.example</a>\
                <img src=\"https://evil.example/logo.png\" alt=\"Logo\"><script>alert(1)</script>data-owner=\"00000000000000ab\"</p>";
    let text = r#"{"id":"M-text","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-04-10T09:30:00Z","text":"Hi"}"#;
    let blank = mail("M-blank", "A-1", "<img src=\"https://evil.example/all.png\">");
    fill(
        &store,
        &[],
        &[mail("M-1", "A-1", html), mail("M-2", "A-2", "<p>To Eli</p>"), text.to_owned(), blank],
    )
    .await;
    let mark = store.owner_mark(&"A-1".parse().unwrap()).to_string();
    let (address, _site) = serve(store).await;
    let dana = signed_in(address, "dana").await;

    let frame = dana.get("/messages/M-1/frame").await;
    assert_eq!(frame.status, StatusCode::OK);
    assert_eq!(frame.header("cache-control"), "no-store");
    assert_eq!(frame.header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(frame.header("x-content-type-options"), "nosniff");
    assert_eq!(frame.header("referrer-policy"), "no-referrer");
    let policy = frame.header("content-security-policy");
    for part in ["default-src 'none'", "img-src data:", "form-action 'none'", "frame-ancestors 'self'"] {
        assert!(policy.contains(part), "no {part} in `{policy}`");
    }
    assert!(policy.ends_with("; sandbox") && !policy.contains("allow-"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    assert_eq!(frame.values("data-owner=\"").next(), Some(&*mark), "the mark is the row's");
    assert!(!frame.body.contains("00000000000000aa\">Hello"), "a mail makes no mark");
    for gone in ["<script", "onclick", "href=", "src=", "evil.example/"] {
        assert!(!frame.body.contains(gone), "{gone}");
    }
    let seen = frame.seen();
    for words in ["Hello northwave.example [evil.example]", "Logo", "data-owner=\"00000000000000ab\""] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }

    let missing = dana.get("/messages/M-none/frame").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    for path in ["/messages/M-2/frame", "/messages/M-text/frame", "/messages/%20/frame"] {
        let other = dana.get(path).await;
        assert_eq!((other.status, &other.body), (StatusCode::NOT_FOUND, &missing.body), "{path}");
        assert_eq!(other.header("cache-control"), "no-store");
    }
    assert!(dana.get("/messages/M-blank/frame").await.seen().contains("Without its pictures"));
    let eli = signed_in(address, "eli").await;
    assert!(eli.get("/messages/M-2/frame").await.seen().contains("To Eli"));
    assert_eq!(eli.get("/messages/M-1/frame").await.status, StatusCode::NOT_FOUND);
    let stranger = Visitor::of(address).get("/messages/M-1/frame").await;
    assert_eq!((stranger.status, stranger.location()), (StatusCode::SEE_OTHER, "/sign-in"));

    let opened = send(dana.asking("/messages/M-1/frame").header("sec-fetch-dest", "document")).await;
    assert_eq!((opened.status, opened.location()), (StatusCode::SEE_OTHER, "/messages/M-1"));
    let framed = send(dana.asking("/messages/M-1/frame").header("sec-fetch-dest", "iframe")).await;
    assert_eq!(framed.status, StatusCode::OK);
});

on_both_databases!(staff_are_offered_no_frame, |place| {
    let house = House::open(place).await;
    let agent = house.at_desk(&house.agent).await;
    let account = &house.touched.customer.account;
    let desk = look_up(&agent, account.as_str()).await;
    let has_html = |id: &&String| house.message(id).html.is_some();
    let messages = house.messages_of(account);
    let id = messages.iter().find(has_html).expect("a mail with HTML");
    let page = agent.get(&format!("{desk}/messages/{id}?view=html")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.body.contains("<iframe") && !page.body.contains("view=html"),
        "text alone is masked for certain"
    );
    assert!(page.body.contains("class=\"sent-text\""));
    let source = agent.get(&format!("{desk}/messages/{id}?view=source")).await;
    assert!(!source.body.contains("&lt;html"), "nor is the source of it shown");
    for path in [format!("{desk}/messages/{id}/frame"), format!("/messages/{id}/frame")] {
        let answer = agent.get(&path).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::SEE_OTHER), "{path}");
    }
    let own = house.signed_in(&house.touched).await.get(&format!("/messages/{id}/frame")).await;
    assert_eq!(own.status, StatusCode::OK);
});
