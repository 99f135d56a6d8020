//! No page of one customer tells anything of another.

use engine::Account;
use server::fill_demo::DemoSignIn;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::Answer;

/// A customer's whole history, and message pages: of their own the flagged ones and some others, and some that are
/// somebody else's.
async fn all_pages(house: &House, sign_in: &DemoSignIn) -> Vec<Answer> {
    let visitor = house.signed_in(sign_in).await;
    let mut pages = visitor.turn_all("/history?show=flagged").await;
    pages.push(visitor.get("/account").await);
    for message in &house.messages {
        let flagged = pages.iter().any(|page| page.messages().contains(message.id.as_str()));
        if flagged || message.id.as_str().ends_with('7') {
            pages.push(visitor.get(&format!("/messages/{}", message.id)).await);
        }
    }
    pages.extend(visitor.turn_all("/history").await);
    let listed: Vec<String> =
        pages.iter().flat_map(|page| page.values("href=\"/transactions/").map(str::to_owned)).collect();
    for id in listed.iter().step_by(7) {
        pages.push(visitor.get(&format!("/transactions/{id}")).await);
    }
    pages
}

/// What tells who an account's customer is.
fn identifiers(account: &Account) -> Vec<String> {
    let mut identifiers = vec![account.id.to_string()];
    identifiers.extend(account.name.clone());
    identifiers.extend(account.emails.clone());
    identifiers.extend(account.lines.iter().map(|line| line.number.to_string()));
    identifiers
        .extend(account.members.iter().flat_map(|member| member.name.iter().chain(&member.emails).cloned()));
    identifiers
}

fn is_in(pages: &[Answer], identifier: &str) -> bool {
    pages.iter().any(|page| page.body.contains(identifier) || page.location().contains(identifier))
}

on_both_databases!(no_page_tells_of_another_customer, |place| {
    let house = House::open(place).await;
    for sign_in in [&house.touched, &house.untouched] {
        let pages = all_pages(&house, sign_in).await;
        for account in &house.accounts {
            let own = account.id == sign_in.customer.account;
            for identifier in identifiers(account) {
                assert!(own || !is_in(&pages, &identifier), "{} reads `{identifier}`", sign_in.customer.name);
            }
        }
        for identifier in [&sign_in.customer.name, &sign_in.customer.sign_in] {
            assert!(is_in(&pages, identifier), "their own `{identifier}` is there to read");
        }
    }
});
