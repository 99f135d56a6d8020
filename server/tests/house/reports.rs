//! A customer says that it wasn't them, the desk opens, answers and closes it, and the customer reads that.

use reqwest::StatusCode;

use crate::desk::look_up;
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor};

const NOTE: &str = "I never sent a phone in. <b>My</b> number is (206) 555-0187.";
const ANSWER: &str = "An old archive sent it by mistake.";

/// Reports something, and gives the report's address.
pub async fn report(customer: &Visitor, about: (&str, &str), says: &str, note: &str) -> String {
    let form = [("about", about.0), ("id", about.1), ("says", says), ("note", note)];
    let answer = customer.post("/reports", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let address =
        answer.location().strip_suffix("?done=sent").unwrap_or_else(|| panic!("{}", answer.location()));
    assert!(address.strip_prefix("/reports/").is_some_and(|id| id.len() == 32), "it names nobody: {address}");
    address.to_owned()
}

/// Opens a report from the queue, and gives its address at the desk.
pub async fn open_report(desk: &Visitor, report: &str) -> String {
    let id = id(report);
    let answer = desk.post("/desk/reports", &[("report", id)]).await;
    let address = answer.location().to_owned();
    assert!(address.starts_with("/desk/accounts/") && address.ends_with(report), "{address}");
    address
}

/// The id of a report, by its address.
pub fn id(report: &str) -> &str {
    report.rsplit('/').next().unwrap()
}

/// What an address at the desk names: the lookup, and the report.
pub fn ids(address: &str) -> (&str, &str) {
    let mut parts = address.split('/').skip(3);
    (parts.next().unwrap(), parts.nth(1).unwrap())
}

async fn say(desk: &Visitor, address: &str, answer: &str) -> Answer {
    let (lookup, report) = ids(address);
    desk.post("/desk/reports/answer", &[("lookup", lookup), ("report", report), ("answer", answer)]).await
}

async fn close(desk: &Visitor, address: &str) -> Answer {
    let (lookup, report) = ids(address);
    desk.post("/desk/reports/close", &[("lookup", lookup), ("report", report)]).await
}

/// A flagged message of the touched customer's.
fn flagged(house: &House) -> String {
    house.faults_of(&house.touched.customer.account)[0].0.clone()
}

/// A customer reports a message and sees that it is received; the report's address.
async fn report_and_see(house: &House, customer: &Visitor, message: &str) -> String {
    let page = customer.get(&format!("/messages/{message}")).await;
    assert!(page.seen().contains("Was this you?"));
    let form = customer.get(&format!("/messages/{message}/report?this=not_me")).await;
    assert!(form.seen().contains("This wasn’t me") && form.body.contains("value=\"not_me\""));
    let other = customer.get(&format!("/messages/{message}/report?this=did")).await;
    assert!(other.seen().contains("What we say of the message stays as it is"), "{}", other.seen());

    let report = report(customer, ("message", message), "not_me", NOTE).await;
    let thread = customer.get(&report).await;
    for words in ["Report 1", "This wasn’t me", "Waiting for our answer", "You", NOTE] {
        assert!(thread.seen().contains(words), "{words}: {}", thread.seen());
    }
    assert!(!thread.body.contains("<b>My"), "what was written is text");
    assert!(customer.get("/reports").await.seen().contains("Waiting for our answer"));
    let page = customer.get(&format!("/messages/{message}")).await;
    assert!(page.seen().contains("You reported this") && page.body.contains(&format!("href=\"{report}\"")));
    let mails = house.mails(1).await;
    assert!(
        mails[0].contains("We have your report") && !mails[0].contains("sent a phone in"),
        "{}",
        mails[0]
    );
    report
}

on_both_databases!(a_report_goes_to_the_desk_and_comes_back, |place| {
    let house = House::open(place).await;
    let customer = house.signed_in(&house.touched).await;
    let message = flagged(&house);
    let report = report_and_see(&house, &customer, &message).await;
    let desk = house.at_desk(&house.agent).await;
    let queue = desk.get("/desk/reports").await;
    assert!(
        queue.seen().contains("Report 1 ·") && queue.seen().contains("“This wasn’t me”"),
        "{}",
        queue.seen()
    );
    for hidden in
        [house.touched.customer.name.as_str(), &house.touched.customer.sign_in, "sent a phone in", &message]
    {
        assert!(!queue.body.contains(hidden), "{hidden}");
    }
    let address = open_report(&desk, &report).await;
    let opened = desk.get(&address).await;
    assert!(opened.header("refresh").parse::<i64>().unwrap() > 0, "it leaves the screen with the lookup");
    for words in [&house.touched.customer.name, "“Report 1”", "I never sent a phone in.", "0187"] {
        assert!(opened.seen().contains(words), "{words}: {}", opened.seen());
    }
    assert!(!opened.body.contains("555-0187"), "masked");
    assert_eq!(close(&desk, &address).await.location(), format!("{address}?__err=unanswered"));
    assert_eq!(say(&desk, &address, "").await.location(), format!("{address}?__err=empty"));
    assert!(desk.get(&format!("{address}?__err=unanswered")).await.seen().contains("Answer first"));
    assert_eq!(say(&desk, &address, ANSWER).await.location(), format!("{address}?done=answered"));
    let mails = house.mails(2).await;
    assert!(
        mails[1].contains("There is an answer to your report") && !mails[1].contains("archive"),
        "{}",
        mails[1]
    );
    assert!(desk.get("/desk/reports").await.seen().contains("Nobody is waiting"));
    let thread = customer.get(&report).await;
    for words in ["Answered", "Ada Reyes, support agent", ANSWER] {
        assert!(thread.seen().contains(words), "{words}: {}", thread.seen());
    }
    let looked = customer.get("/settings/lookups").await;
    assert!(
        looked.seen().contains("To answer your report 1")
            && looked.seen().contains("Opened from your report")
    );
    assert_eq!(close(&desk, &address).await.location(), format!("{address}?done=closed"));
    assert!(customer.get(&report).await.seen().contains("Closed the report."));
    let id = id(&report);
    let noted = customer.post("/reports/note", &[("report", id), ("note", "Thank you, but why?")]).await;
    assert_eq!(noted.location(), format!("{report}?done=noted"));
    assert!(customer.get(&report).await.seen().contains("Waiting for our answer"));
    assert!(desk.get("/desk/reports").await.seen().contains("Goes on after an answer"));
    // Each notice is a message as others are, and vouched for.
    let history = customer.get("/history").await;
    for title in ["We have your report", "There is an answer to your report"] {
        assert!(history.seen().contains(title), "{title}");
    }
});

on_both_databases!(what_looks_like_a_takeover_says_what_to_do_at_once, |place| {
    let house = House::open(place).await;
    let customer = house.signed_in(&house.untouched).await;
    let account = &house.untouched.customer.account;
    let theirs = || house.transactions.iter().filter(|transaction| transaction.account == *account);
    let changed = theirs().find(|transaction| transaction.kind.as_str() == "payment.received").unwrap();
    let form = customer.get(&format!("/transactions/{}/report?this=not_me", changed.id)).await;
    assert!(!form.body.contains("/settings/security/end-others"), "nothing to fear");
    place
        .run_sql(&format!(
            "update transactions set kind = 'sim.changed' where transaction_id = '{}'",
            changed.id
        ))
        .await;
    for (says, fears) in [("not_me", true), ("did", false)] {
        let form = customer.get(&format!("/transactions/{}/report?this={says}", changed.id)).await;
        for what in [
            "/settings/security/end-others",
            "/settings/security/password",
            "por un número que usted conozca",
        ] {
            assert_eq!(form.body.contains(what), fears, "{says} {what}");
        }
    }
    let report = report(&customer, ("transaction", changed.id.as_str()), "not_me", "").await;
    let thread = customer.get(&format!("{report}?done=sent")).await;
    let (at_once, sent) = (thread.body.find("end-others").unwrap(), thread.body.find("alert calm").unwrap());
    assert!(at_once < sent, "what to do stands above that it is sent");
    let ended = customer.post("/settings/security/end-others", &[]).await;
    assert!(ended.location().starts_with("/settings/security/confirm"), "{}", ended.location());
    let queue = house.at_desk(&house.agent).await.get("/desk/reports").await;
    assert!(queue.seen().contains("Security"), "{}", queue.seen());
});

on_both_databases!(a_report_is_seen_by_whom_it_concerns, |place| {
    let house = House::open(place).await;
    let customer = house.signed_in(&house.touched).await;
    let other = house.signed_in(&house.untouched).await;
    let message = flagged(&house);
    let mine = report(&customer, ("message", &message), "not_me", "for the desk alone").await;
    let made_up = format!("/reports/{}", "0".repeat(32));
    for path in [mine.as_str(), &made_up, "/reports/x"] {
        assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        other.get(&mine).await.body_apart_from(&mine),
        other.get(&made_up).await.body_apart_from(&made_up)
    );
    assert_eq!(other.get(&format!("/messages/{message}/report")).await.status, StatusCode::NOT_FOUND);
    let form = [("about", "message"), ("id", message.as_str()), ("says", "did"), ("note", "")];
    assert_eq!(other.post("/reports", &form).await.location(), "/reports?__err=gone");
    let id = id(&mine);
    other.post("/reports/note", &[("report", id), ("note", "not mine")]).await;
    assert!(!customer.get(&mine).await.seen().contains("not mine"));
    assert_eq!(house.visitor().post("/reports", &form).await.location(), "/sign-in");
    assert_eq!(house.visitor().get(&mine).await.location(), "/sign-in");
    for visitor in [&customer, &other] {
        assert_eq!(visitor.get("/desk/reports").await.status, StatusCode::NOT_FOUND);
        assert_eq!(visitor.post("/desk/reports", &[("report", id)]).await.location(), "/desk/reports");
    }
    let agent = house.at_desk(&house.agent).await;
    let supervisor = house.at_desk(&house.supervisor).await;
    let auditor = house.at_audit().await;
    assert_eq!(auditor.get("/desk/reports").await.status, StatusCode::FORBIDDEN);
    assert_eq!(auditor.post("/desk/reports", &[("report", id)]).await.location(), "/desk/reports");
    assert!(customer.get("/settings/lookups").await.seen().contains("Nobody has looked"));
    for path in [mine.as_str(), "/reports"] {
        assert_eq!(agent.get(path).await.location(), "/desk", "without a lookup there is nothing to read");
    }
    let address = open_report(&agent, &mine).await;
    for visitor in [&supervisor, &customer] {
        say(visitor, &address, "by a lookup of another's").await;
        close(visitor, &address).await;
    }
    assert_eq!(supervisor.get(&address).await.status, StatusCode::GONE);
    let elsewhere = look_up(&agent, &house.untouched.customer.sign_in).await;
    let crossed = format!("{elsewhere}{mine}");
    assert_eq!(agent.get(&crossed).await.status, StatusCode::NOT_FOUND);
    say(&agent, &crossed, "by the lookup of another account").await;
    let thread = customer.get(&mine).await;
    assert!(thread.seen().contains("Waiting for our answer") && !thread.seen().contains("another"));
    place.run_sql("update lookups set closes_at = opened_at + 1").await;
    assert_eq!(agent.get(&address).await.status, StatusCode::GONE);
    say(&agent, &address, "after the lookup").await;
    assert!(!customer.get(&mine).await.seen().contains("after the lookup"));
});
