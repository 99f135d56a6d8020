//! Nothing at the desk gives a customer's identifiers away.

use std::collections::BTreeSet;

use engine::{Account, Message};
use reqwest::StatusCode;

use crate::desk::look_up;
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::Answer;

/// Every identifier of an account that its feed has, as written there and as pages write it.
fn identifiers(house: &House, account: &Account) -> BTreeSet<String> {
    let mut identifiers: BTreeSet<String> = account.emails.iter().cloned().collect();
    identifiers.insert(account.id.to_string());
    identifiers.extend(account.members.iter().flat_map(|member| member.emails.clone()));
    let theirs = |transaction: &&engine::Transaction| transaction.account == account.id;
    for transaction in house.transactions.iter().filter(theirs) {
        identifiers.extend(transaction.references.iter().map(|reference| reference.given().to_owned()));
        identifiers.extend(transaction.references.iter().map(|reference| reference.normalised().to_owned()));
        identifiers.extend(transaction.device.iter().map(|device| device.imei.printed()));
    }
    for imei in account.devices.iter().map(|device| device.imei.printed()) {
        identifiers.insert(format!("{}\u{a0}{}\u{a0}{}", &imei[..2], &imei[2..8], &imei[8..14]));
        identifiers.insert(imei[..14].to_owned());
    }
    for number in account.numbers().map(engine::E164::as_str) {
        identifiers.extend([number.to_owned(), number[1..].to_owned()]);
        if let Some(national) = number.strip_prefix("+1") {
            let (area, rest) = national.split_at(3);
            for end in [format!("{}-{}", &rest[..3], &rest[3..]), rest.to_owned()] {
                identifiers.insert(format!("({area})\u{a0}{end}"));
                identifiers.insert(format!("({area}) {end}"));
            }
            identifiers.insert(national.to_owned());
        }
    }
    identifiers
}

/// The code that a message of the operator's is there to tell.
fn code_of(message: &Message) -> Option<&str> {
    let text = message
        .text
        .as_deref()
        .filter(|_| message.template.is_none() || message.channel == engine::Channel::Sms)?;
    let code =
        text.split(' ').find(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    (text.contains("code") || text.contains("código")).then_some(code)
}

/// A page without the cursors to others, whose digits may fall like those of a code.
fn without_cursors(body: &str) -> String {
    let rest = body.split("before=").flat_map(|part| part.split("after="));
    rest.map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit())).collect()
}

fn is_in(pages: &[Answer], identifier: &str) -> bool {
    pages.iter().any(|page| page.body.contains(identifier))
}

on_both_databases!(no_page_at_the_desk_has_a_whole_identifier, |place| {
    let house = House::open(place).await;
    let desk = house.at_desk(&house.agent).await;
    for sign_in in [&house.touched, &house.untouched] {
        let customer = house.signed_in(sign_in).await;
        let account = house.accounts.iter().find(|account| account.id == sign_in.customer.account).unwrap();
        let address = look_up(&desk, account.id.as_str()).await;
        let mut own = customer.turn_all("/history").await;
        let mut masked = desk.turn_all(&address).await;
        masked.push(desk.get("/desk").await);
        let messages = house.messages_of(&account.id);
        for message in &messages {
            own.push(customer.get(&format!("/messages/{message}")).await);
            masked.push(desk.get(&format!("{address}/messages/{message}")).await);
        }
        let transactions = house.transactions.iter().filter(|transaction| transaction.account == account.id);
        for transaction in transactions {
            let page = desk.get(&format!("{address}/transactions/{}", transaction.id)).await;
            assert_eq!(page.status, StatusCode::OK, "{}", transaction.id);
            own.push(customer.get(&format!("/transactions/{}", transaction.id)).await);
            masked.push(page);
        }
        let identifiers = identifiers(&house, account);
        let shown: Vec<&String> = identifiers.iter().filter(|identifier| is_in(&own, identifier)).collect();
        assert!(shown.len() > 40, "to its own customer they are shown: {shown:?}");
        for identifier in &identifiers {
            assert!(!is_in(&masked, identifier), "the desk reads `{identifier}`");
        }
        let codes: Vec<&str> =
            messages.iter().filter_map(|message| code_of(house.message(message))).collect();
        assert!(!codes.is_empty());
        for code in codes {
            assert!(is_in(&own, code), "its customer reads the code {code}");
            let read = masked.iter().any(|page| without_cursors(&page.body).contains(code));
            assert!(!read, "the desk reads the code {code}");
        }
        assert!(is_in(&masked, &sign_in.customer.name));
        assert!(is_in(&masked, "IMEI ••••") && is_in(&masked, "m••••@") | is_in(&masked, "a••••@"));
    }
});
