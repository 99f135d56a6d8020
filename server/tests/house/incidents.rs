//! What went wrong is said to everybody, and on each message that it is about.

use std::collections::BTreeSet;

use reqwest::StatusCode;

use crate::desk::look_up;
use crate::house::House;
use crate::place::{Place, on_both_databases, refusal, run};

const BY_MISTAKE: &str = "Sent by mistake, you can ignore it";
const PAGE: &str = "/incidents/trade-in-confirmations";

/// A message to the touched customer that the restored archive sent.
fn archived(house: &House) -> String {
    let ids = house.messages_of(&house.touched.customer.account);
    let is_archived = |id: &String| {
        house.message(id).batch.as_ref().is_some_and(|batch| batch.as_str().starts_with("archive-restore-"))
    };
    ids.into_iter().find(is_archived).expect("the archive wrote to her")
}

on_both_databases!(everybody_reads_what_happened_whom_it_touched_and_what_to_do, |place| {
    let house = House::open(place).await;
    let stranger = house.visitor();
    let front = stranger.get("/").await;
    assert_eq!(front.status, StatusCode::OK);
    let seen = front.seen();
    for words in [
        "We sent trade-in confirmations by mistake on",
        "You can ignore the mail: nothing was changed on your account",
        "Check a message",
        "Sign in",
        "First time here?",
        "Our public record",
        "Messages sent",
        "Vouched for",
        "4 hours",
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    let list = stranger.get("/incidents").await;
    assert!(list.body.contains(&format!("href=\"{PAGE}\"")), "{}", list.body);
    let page = stranger.get(PAGE).await.seen();
    for words in ["What happened", "Whom it touched", "What to do", "fewer than 10", "Explained after"] {
        assert!(page.contains(words), "no `{words}` in {page}");
    }
    for account in &house.accounts {
        assert!(
            !page.contains(account.id.as_str()) && !page.contains(account.name.as_deref().unwrap_or("-"))
        );
    }
    stranger.post("/language", &[("language", "es")]).await;
    assert!(stranger.get(PAGE).await.seen().contains("confirmaciones de canje por error"));
    assert!(stranger.get("/").await.seen().contains("Nuestro registro público"));
    assert_eq!(stranger.get("/incidents/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/incidents/No%20Slug").await.status, StatusCode::NOT_FOUND);

    let customer = house.signed_in(&house.touched).await;
    assert_eq!(customer.get("/").await.location(), "/history");
});

on_both_databases!(each_message_that_it_is_about_says_so_and_no_other, |place| {
    let house = House::open(place).await;
    let id = archived(&house);
    let customer = house.signed_in(&house.touched).await;
    let message = customer.get(&format!("/messages/{id}")).await;
    assert!(message.seen().contains(BY_MISTAKE) && message.body.contains(PAGE));
    let history = customer.get("/history?show=flagged").await;
    assert!(history.seen().contains("of them were sent by mistake") && history.seen().contains(BY_MISTAKE));
    let pages = customer.turn_all("/history").await;
    let said: usize = pages.iter().map(|page| page.seen().matches(BY_MISTAKE).count()).sum();
    let archived_to_her = house.messages_of(&house.touched.customer.account).into_iter().filter(|id| {
        house.message(id).batch.as_ref().is_some_and(|batch| batch.as_str().starts_with("archive-"))
    });
    let rows: BTreeSet<_> = archived_to_her.map(|id| house.message(&id).text.clone()).collect();
    assert_eq!(said, rows.len(), "copies stand in one row");
    assert!(customer.get(PAGE).await.seen().contains("messages to your account are among them"));

    let other = house.signed_in(&house.untouched).await;
    other.post("/language", &[("language", "en")]).await;
    assert!(!other.get("/history").await.seen().contains(BY_MISTAKE));
    let page = other.get(PAGE).await.seen();
    assert!(page.contains("No: none of the messages to your account"), "{page}");

    let desk = house.at_desk(&house.agent).await;
    let address = look_up(&desk, &house.touched.customer.sign_in).await;
    assert!(desk.get(&address).await.seen().contains(BY_MISTAKE), "the desk sees it too");
    assert!(desk.get(&format!("{address}/messages/{id}")).await.seen().contains(BY_MISTAKE));

    let number = {
        let ids = [id.parse().unwrap()];
        place.store().await.counterfoil_numbers_of(&ids).await.unwrap()[0].unwrap()
    };
    let checked = house.visitor().get(&format!("/check?n={number}")).await;
    assert!(checked.seen().contains(BY_MISTAKE), "and whoever has its number");
});

on_both_databases!(the_feed_says_the_same_and_may_be_cached, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let feed = visitor.get("/incidents.atom").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(feed.header("cache-control"), "public, max-age=300");
    assert!(!feed.headers.contains_key("set-cookie"), "what is cached begins nobody's session");
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">",
        "<link rel=\"self\" type=\"application/atom+xml\"",
        "<title>We sent trade-in confirmations by mistake on",
        "<updated>2026-04-",
        "&lt;h2&gt;What to do&lt;/h2&gt;",
        "</feed>",
    ] {
        assert!(feed.body.contains(part), "no `{part}` in {}", feed.body);
    }
    let spanish = visitor.get("/incidents.atom?language=es").await;
    assert!(spanish.body.contains("xml:lang=\"es\"") && spanish.body.contains("confirmaciones de canje"));
    assert_eq!(
        visitor.get("/incidents.atom?language=%3Cx").await.status,
        StatusCode::OK,
        "of another, in English"
    );
});

fn write_statement(place: &Place, text: &str) -> String {
    let path = place.path("statement.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

const STATEMENT: &str = "slug = \"late-mail\"\npublished_at = 2026-04-20T12:00:00Z\nbegan_at = 2026-04-20T11:00:00Z\n\
    [disclosed]\naccounts = [\"ACCOUNT\"]\n\
    [en]\ntitle = \"Late & <b>\"\nhappened = \"x\"\ntouched = \"x\"\nwhat_to_do = \"x\"\n\
    [es]\ntitle = \"Tarde\"\nhappened = \"x\"\ntouched = \"x\"\nwhat_to_do = \"x\"\n";

on_both_databases!(statements_are_published_corrected_and_withdrawn_by_the_command, |place| {
    let house = House::open(place).await;
    let text = STATEMENT.replace("ACCOUNT", house.untouched.customer.account.as_str());
    let file = write_statement(place, &text);
    assert!(place.succeed(&["incident", "publish", &file]).contains("published as /incidents/late-mail"));
    let refused = refusal(&run(&mut place.counterfoil(&["incident", "publish", &file])));
    assert!(refused.contains("give a correction revision 2"), "{refused}");
    write_statement(place, &text.replace("slug", "revision = 2\nslug").replace("\"Tarde\"", "\"\""));
    let refused = refusal(&run(&mut place.counterfoil(&["incident", "publish", &file])));
    assert!(refused.contains("es.title is empty"), "{refused}");
    write_statement(place, &text.replace("slug", "revision = 2\nslug"));
    place.succeed(&["incident", "publish", &file]);
    let listed = run(&mut place.counterfoil(&["incident", "list"]));
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("late-mail  revision 2") && listed.lines().count() == 2, "{listed}");

    let visitor = house.visitor();
    let page = visitor.get("/incidents/late-mail").await;
    assert!(page.body.contains("Late &amp; &lt;b&gt;") && page.seen().contains("Corrected"));
    assert!(visitor.get("/incidents.atom").await.body.contains("<title>Late &amp; &lt;b&gt;</title>"));
    let owner = house.signed_in(&house.untouched).await;
    owner.post("/language", &[("language", "en")]).await;
    let line = "Details of your account appeared in messages to others";
    assert!(owner.get("/history").await.seen().contains(line), "whose details were shown is told");
    assert!(
        !house.signed_in(&house.touched).await.get("/history").await.body.contains("/incidents/late-mail")
    );

    place.succeed(&["incident", "withdraw", "late-mail"]);
    assert!(visitor.get("/incidents/late-mail").await.seen().contains("This statement was withdrawn"));
    assert!(!visitor.get("/incidents").await.body.contains("late-mail"));
    assert!(!owner.get("/history").await.seen().contains(line));
    let refused = refusal(&run(&mut place.counterfoil(&["incident", "withdraw", "late-mail"])));
    assert!(refused.contains("counterfoil incident list"), "{refused}");
    let missing = refusal(&run(&mut place.counterfoil(&["incident", "publish", "/nowhere.toml"])));
    assert!(missing.contains("/nowhere.toml can't be read"), "{missing}");
});
