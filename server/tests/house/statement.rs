//! A statement of a period, for somebody else to read.

use reqwest::StatusCode;

use crate::export::confirm;
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::Answer;

const FORM: &str = "/statement";

fn rows(page: &Answer) -> usize {
    page.body.matches("data-head=\"Sent\"").count()
}

on_both_databases!(a_period_is_stated_whole_once_the_password_was_given_again, |place| {
    let house = House::open(place).await;
    let account = house.account(&house.touched.customer.account).clone();
    let visitor = house.signed_in(&house.touched).await;
    let form = visitor.get(FORM).await;
    assert_eq!((form.status, form.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(form.body.contains("type=\"date\"") && form.seen().contains("Make a statement"));
    assert!(!form.body.contains(account.id.as_str()), "the form needs no password, and tells nothing");

    let address = "/statement?from=2026-01-01&to=2026-04-30&show=all";
    let first = visitor.get(address).await;
    let confirm_first =
        "/settings/security/confirm?then=/statement?from=2026-01-01%26to=2026-04-30%26show=all";
    assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, confirm_first));
    confirm(&visitor, house.touched.password, address).await;
    let page = visitor.get(address).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let seen = page.seen();
    for words in [
        "Larkspur Mobile",
        "Statement of messages",
        account.name.as_deref().unwrap(),
        account.id.as_str(),
        "January 1, 2026 to April 30, 2026",
        "America/Denver",
        "No matching activity found",
        "How to verify this",
        "/check",
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    let [from, until] = ["2026-01-01T07:00:00Z", "2026-05-01T06:00:00Z"].map(|at| at.parse().unwrap());
    let sent = house.messages.iter().filter(|message| message.account.as_ref() == Some(&account.id));
    let sent = sent.filter(|message| (from..until).contains(&message.sent_at)).count();
    assert!(sent > 3 && page.body.matches("class=\"number\"").count() == sent, "{sent}");
    for other in house.accounts.iter().filter(|other| other.id != account.id) {
        assert!(!page.body.contains(other.id.as_str()), "{}", other.id);
    }
    let flagged = visitor.get(&address.replace("show=all", "show=flagged")).await;
    assert!(rows(&flagged) > 0 && rows(&flagged) < rows(&page));
    assert!(flagged.seen().contains("You were not told"), "{}", flagged.seen());
    let none = visitor.get("/statement?from=2001-01-01&to=2001-12-31&show=all").await;
    assert!(rows(&none) == 0 && none.seen().contains("Nothing of this sort was sent in this period"));
});

on_both_databases!(days_that_are_none_are_asked_for_again, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    for query in
        ["from=2026-04-30&to=2026-04-01", "from=x&to=y", "from=2026-04-01", "from=%3Cb%3E&to=2026-04-01"]
    {
        let page = visitor.get(&format!("/statement?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.body.contains("aria-invalid=\"true\"") && !page.body.contains("<b>"), "{query}");
    }
    visitor.post("/language", &[("language", "es")]).await;
    assert!(visitor.get("/statement?from=x&to=y").await.seen().contains("Escriba dos días"));
    for path in ["/statement", "/statement?from=2026-01-01&to=2026-04-30&show=all"] {
        assert_eq!(house.visitor().get(path).await.location(), "/sign-in");
        assert_eq!(house.at_desk(&house.agent).await.get(path).await.location(), "/desk");
    }
});
