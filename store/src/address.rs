use std::collections::BTreeSet;

use engine::{Account, AccountId, Instant, Token, TokenKey};

/// That a recipient was an account's, from one moment to another, both included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The recipient, hashed.
    pub recipient: Token,
    /// The account.
    pub account: AccountId,
    /// Since when, in microseconds; the least integer: always was.
    pub valid_from: i64,
    /// Until when, in microseconds; the greatest integer: still is.
    pub valid_to: i64,
}

/// Whose a recipient was at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// No account's that is known.
    Nobody,
    /// Several accounts' alike: a message can be shown to none of them.
    Several,
    /// This account's.
    One(&'a AccountId),
}

/// The addresses and numbers of an account and its members, each once. Lines have days; other addresses have none.
pub fn addresses_of(account: &Account, key: &TokenKey) -> BTreeSet<Address> {
    let address = |recipient: &str, valid_from, valid_to| Address {
        recipient: key.recipient_token(recipient),
        account: account.id.clone(),
        valid_from,
        valid_to,
    };
    let undated = |recipient: &str| address(recipient, i64::MIN, i64::MAX);
    let mut addresses: BTreeSet<Address> = account.emails.iter().map(|email| undated(email)).collect();
    addresses.extend(account.phones.iter().map(|phone| undated(phone.as_str())));
    for member in &account.members {
        addresses.extend(member.emails.iter().map(|email| undated(email)));
        addresses.extend(member.phones.iter().chain(&member.lines).map(|number| undated(number.as_str())));
    }
    for line in &account.lines {
        let valid_from = line.from.map_or(i64::MIN, |day| day.start_in_any_zone().micros());
        let valid_to = line.to.map_or(i64::MAX, |day| day.end_in_any_zone().micros());
        addresses.insert(address(line.number.as_str(), valid_from, valid_to));
    }
    addresses
}

/// Whose a recipient was, by everything known of that recipient.
///
/// Numbers change hands, so the later beginning counts, and of equal ones the earlier end; where an account gives days
/// for a number, they bound it also where the account lists the number without days.
pub fn owner_at<'a>(
    addresses: impl IntoIterator<Item = &'a Address, IntoIter: Clone>,
    at: Instant,
) -> Owner<'a> {
    let addresses = addresses.into_iter();
    let has_days = |account: &AccountId| {
        addresses.clone().any(|address| address.account == *account && !address.is_undated())
    };
    let holds = |address: &&Address| {
        (address.valid_from..=address.valid_to).contains(&at.micros())
            && !(address.is_undated() && has_days(&address.account))
    };
    let mut owner = Owner::Nobody;
    let mut strongest = None;
    for address in addresses.clone().filter(holds) {
        let strength = (address.valid_from, std::cmp::Reverse(address.valid_to));
        if strongest.is_none_or(|strongest| strength > strongest) {
            strongest = Some(strength);
            owner = Owner::One(&address.account);
        } else if strongest == Some(strength) && owner != Owner::One(&address.account) {
            owner = Owner::Several;
        }
    }
    owner
}

impl Address {
    fn is_undated(&self) -> bool {
        self.valid_from == i64::MIN && self.valid_to == i64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(json: &str) -> Account {
        serde_json::from_str(json).unwrap()
    }

    fn owner(accounts: &[Account], recipient: &str, at: &str) -> Option<String> {
        let key = TokenKey::new([7; 16]);
        let addresses: Vec<Address> =
            accounts.iter().flat_map(|account| addresses_of(account, &key)).collect();
        let recipient = key.recipient_token(recipient);
        let of_recipient: Vec<&Address> =
            addresses.iter().filter(|address| address.recipient == recipient).collect();
        match owner_at(of_recipient, at.parse().unwrap()) {
            Owner::Nobody => None,
            Owner::Several => Some("several".to_owned()),
            Owner::One(account) => Some(account.to_string()),
        }
    }

    #[test]
    fn a_number_is_whose_it_was_then() {
        let accounts = [
            account(
                r#"{"id":"OLD","lines":[{"number":"+12065550123","from":"2015-01-01","to":"2020-06-30"}]}"#,
            ),
            account(
                r#"{"id":"NEW","phones":["+12065550123"],"lines":[{"number":"+12065550123","from":"2021-01-01"}]}"#,
            ),
            account(r#"{"id":"LOOSE","phones":["+12065550199"],"emails":["A@Example.net"]}"#),
            account(
                r#"{"id":"DATED","lines":[{"number":"+12065550199","from":"2019-01-01","to":"2019-12-31"}]}"#,
            ),
            account(r#"{"id":"TWIN","emails":["twin@example.net"]}"#),
            account(r#"{"id":"TWIN-2","members":[{"emails":["twin@example.net"]}]}"#),
        ];
        let cases = [
            ("+12065550123", "2018-03-01T00:00:00Z", Some("OLD")),
            ("+12065550123", "2022-03-01T00:00:00Z", Some("NEW")),
            ("+12065550123", "2020-10-01T00:00:00Z", None),
            ("+12065550199", "2019-06-01T00:00:00Z", Some("DATED")),
            ("+12065550199", "2020-06-01T00:00:00Z", Some("LOOSE")),
            ("a@example.NET ", "2020-06-01T00:00:00Z", Some("LOOSE")),
            ("twin@example.net", "2020-06-01T00:00:00Z", Some("several")),
            ("nobody@example.net", "2020-06-01T00:00:00Z", None),
        ];
        for (recipient, at, expected) in cases {
            assert_eq!(owner(&accounts, recipient, at).as_deref(), expected, "{recipient} {at}");
        }
    }
}
