//! A message shown as it looked, as text and as it was sent; how far it came; and how its verdict came about.

use engine::Transaction;
use reqwest::StatusCode;
use server::import_feed::judge_waiting;
use store::Progress;

use crate::feed::as_of;
use crate::house::serve;
use crate::message_frame::{fill, mail, parse, signed_in};
use crate::place::on_both_databases;

const TURNED: &str = r#"{"id":"M-turned","account":"A-1","channel":"email","recipient":"dana@example.net","sender":"no-reply@northwave.example","sent_at":"2026-04-10T09:30:00Z","template":"news.r1","batch":"news-1","subject":"Your invoice\u202efdp.exe","text":"Plain words","html":"<p>Fine <b>words</b></p>","delivery":[{"state":"queued","at":"2026-04-10T09:29:00Z"},{"state":"bounced","at":"2026-04-10T09:31:00Z"}]}"#;

on_both_databases!(a_message_is_shown_in_each_way_that_it_has, |place| {
    let store = place.store().await;
    let text = r#"{"id":"M-text","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-04-10T09:30:00Z","text":"Only text"}"#;
    let long = mail("M-long", "A-1", &format!("<p>{}</p>", "word ".repeat(50_000)));
    fill(&store, &[], &[TURNED.to_owned(), text.to_owned(), long]).await;
    let (address, _site) = serve(store).await;
    let dana = signed_in(address, "dana").await;

    let looked = dana.get("/messages/M-turned").await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.body.contains("sandbox=\"\"") && looked.body.contains("src=\"/messages/M-turned/frame\""));
    assert!(looked.header("content-security-policy").contains("frame-src 'self'"));
    assert!(looked.seen().contains("Your invoicefdp.exe"), "no direction is turned");
    assert!(!looked.body.contains('\u{202e}') && !looked.body.contains("Fine <b>"));

    let listed = dana.get("/history").await;
    assert!(listed.seen().contains("Your invoicefdp.exe") && !listed.body.contains('\u{202e}'));

    let as_text = dana.get("/messages/M-turned?view=text").await;
    assert!(as_text.seen().contains("Plain words") && !as_text.body.contains("<iframe"));
    let source = dana.get("/messages/M-turned?view=source").await;
    let seen = source.seen();
    for words in [
        "U+202E",
        "<p>Fine <b>words</b></p>",
        "Plain words",
        "From no-reply@northwave.example",
        "news.r1",
        "news-1",
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    assert!(!source.body.contains("<p>Fine"), "a source is text");
    for (view, current) in
        [("", "html"), ("?view=text", "text"), ("?view=source", "source"), ("?view=x", "html")]
    {
        let page = dana.get(&format!("/messages/M-turned{view}")).await;
        let tab = format!("?view={current}#as-sent\" aria-current=\"true\"");
        assert!(page.body.contains(&tab), "{view}: {current} is the one");
    }

    let short = dana.get("/messages/M-text?view=html").await;
    assert!(short.seen().contains("Only text") && !short.body.contains("<iframe"));
    assert!(!short.body.contains("view=html"), "nothing leads to what there is not");
    assert!(!short.seen().contains("On its way to you"), "nothing is said of what is not known");

    let long = dana.get("/messages/M-long").await;
    assert!(long.seen().contains("only its beginning is shown"));
    assert!(dana.get("/messages/M-long/frame").await.body.len() < 300 << 10);
    let source = dana.get("/messages/M-long?view=source").await;
    assert!(source.seen().contains("its first 50000 characters") && source.body.len() < 100 << 10);
});

on_both_databases!(how_far_a_message_came_is_said_in_order_and_in_words, |place| {
    let store = place.store().await;
    fill(&store, &[], &[TURNED.to_owned()]).await;
    let (address, _site) = serve(store).await;
    let seen = signed_in(address, "dana").await.get("/messages/M-turned").await.seen();
    let steps = "On its way to you Queued April 10, 3:29 AM Came back April 10, 3:31 AM It did not reach you";
    assert!(seen.replace('\u{a0}', " ").contains(steps), "{seen}");
});

on_both_databases!(what_was_said_before_is_told_with_its_time, |place| {
    let store = place.store().await;
    let sent = r#"{"id":"M-paid","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"SENT","text":"We received your payment of $86.40. Reference PMT1234567. Thank you."}"#;
    let sent_at = as_of().minus(engine::Span::hours(2));
    let known = r#"{"id":"T-0","account":"A-2","kind":"payment.received","occurred_at":"2026-03-01T10:00:00Z","references":["PMT0000001"]}"#;
    let news = r#"{"id":"M-news","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-03-01T10:00:00Z","text":"Hello"}"#;
    fill(&store, &[known], &[sent.replace("SENT", &sent_at.to_string()), news.to_owned()]).await;
    let (address, _site) = serve(store.clone()).await;
    let dana = signed_in(address, "dana").await;
    let before = dana.get("/messages/M-paid").await.seen();
    assert!(before.contains("Waiting for your account to update"), "{before}");
    assert!(before.contains("The result has been the same since."), "{before}");
    assert!(!before.contains("How the result changed"));

    let paid = format!(
        r#"{{"id":"T-1","account":"A-1","kind":"payment.received","occurred_at":"{sent_at}","references":["PMT1234567"],"amount":{{"value":"86.40","currency":"USD"}}}}"#
    );
    let loaded = Progress { feed: "frames".to_owned(), file: "late".to_owned(), lines_done: 1 };
    store.load_transactions(&loaded, vec![parse::<Transaction>(&paid)], as_of()).await.unwrap();
    judge_waiting(&store, as_of()).await.unwrap();
    let after = dana.get("/messages/M-paid").await.seen();
    let (_, history) = after.split_once("How the result changed").expect("it changed");
    let waited = history.find("Waiting for your account to update, until").expect("it waited");
    let matched = history.find("Matches your activity").expect("it matches");
    assert!(waited < matched && history.contains("This is how it stands."), "{history}");
});

on_both_databases!(what_else_happened_is_told_and_what_did_not, |place| {
    let store = place.store().await;
    let foreign = r#"{"id":"M-swap","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-04-10T09:30:00Z","text":"We received your trade-in device, IMEI 356938035643809."}"#;
    let paid = r#"{"id":"T-1","account":"A-1","kind":"payment.received","occurred_at":"2026-04-09T10:00:00Z","amount":{"value":"40.00","currency":"USD"}}"#;
    let early = r#"{"id":"M-news","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-03-01T10:00:00Z","text":"Hello"}"#;
    fill(&store, &[paid], &[foreign.to_owned(), early.to_owned()]).await;
    let (address, _site) = serve(store).await;
    let page = signed_in(address, "dana").await.get("/messages/M-swap").await;
    let seen = page.seen();
    let (_, looked) = seen.split_once("What else we looked at").expect("it was looked");
    assert!(looked.contains("Payment received, $40.00"), "{looked}");
    assert!(!looked.contains("No charges or credits"), "there was one: {looked}");
    for none in ["No devices added or removed", "No lines added, moved or closed", "No change of SIM"] {
        assert!(looked.contains(none), "no `{none}` in {looked}");
    }
    assert!(!seen.contains("nothing was changed"), "{seen}");
    assert!(page.body.contains("href=\"#looked\""), "and the way there is beside the flag");
});
