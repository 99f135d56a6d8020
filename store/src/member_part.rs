use std::collections::BTreeSet;

use engine::{Account, Member};

use crate::json_list::json_list;
use crate::user::kept_sign_in;

/// What a member may read of an account: the messages to their own addresses, and the transactions of their own lines.
///
/// What the record lists for somebody else of the account too is nobody's own: whoever has an address together with the
/// holder would otherwise read what the holder is told.
#[derive(Clone, Debug)]
pub(crate) struct MemberPart {
    /// The address under which the record lists them.
    pub address: String,
    /// A JSON list of their addresses and numbers, as recipients compare.
    pub recipients: String,
    /// A JSON list of their lines.
    pub lines: String,
}

impl MemberPart {
    /// The part of the member whom an account's record lists under an address; `None` where it lists nobody there, or more
    /// than one of its people.
    pub(crate) fn of(account: &Account, address: &str) -> Option<Self> {
        let member = member_at(account, address)?;
        let others = addresses_of_others(account, member);
        let own = |address: &String| !others.contains(address);
        let lines = member.lines.iter().map(ToString::to_string).filter(own);
        Some(Self {
            address: kept_sign_in(address),
            recipients: json_list(addresses(member).filter(own)),
            lines: json_list(lines),
        })
    }
}

impl MemberPart {
    pub(crate) fn has_recipient(&self, recipient: &str) -> bool {
        is_listed(&self.recipients, &kept_sign_in(recipient))
    }

    pub(crate) fn has_line(&self, number: &str) -> bool {
        is_listed(&self.lines, number)
    }
}

fn is_listed(list: &str, text: &str) -> bool {
    serde_json::from_str::<Vec<String>>(list).is_ok_and(|list| list.iter().any(|item| item == text))
}

/// The one person of an account whom its record lists under an address, where that is a member.
pub(crate) fn member_at<'a>(account: &'a Account, address: &str) -> Option<&'a Member> {
    let address = kept_sign_in(address);
    let is_theirs = |member: &&Member| member.emails.iter().any(|email| kept_sign_in(email) == address);
    let member = account.members.iter().find(is_theirs)?;
    (!addresses_of_others(account, member).contains(&address)).then_some(member)
}

/// As recipients compare: without blanks around them, in lower case.
fn addresses(member: &Member) -> impl Iterator<Item = String> {
    let numbers = member.phones.iter().chain(&member.lines).map(ToString::to_string);
    member.emails.iter().map(|email| kept_sign_in(email)).chain(numbers)
}

fn addresses_of_others(account: &Account, member: &Member) -> BTreeSet<String> {
    let holders = account.emails.iter().map(|email| kept_sign_in(email));
    let holders = holders.chain(account.phones.iter().map(ToString::to_string));
    let others = account.members.iter().filter(|other| !std::ptr::eq(*other, member));
    holders.chain(others.flat_map(addresses)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(address: &str) -> Option<(String, String)> {
        let account = r#"{"id":"A-1","emails":["Dana@Example.net"],"phones":["+12065550123"],
            "lines":[{"number":"+12065550123"},{"number":"+12065550177"}],
            "members":[
                {"emails":[" Sam@Example.net"],"phones":["+12065550177"],"lines":["+12065550177","+12065550123"]},
                {"emails":["kim@example.net","shared@example.net"],"lines":["+12065550188"]},
                {"emails":["shared@example.net","dana@example.net"]}]}"#;
        let part = MemberPart::of(&serde_json::from_str(account).unwrap(), address)?;
        Some((part.recipients, part.lines))
    }

    #[test]
    fn a_members_own_is_what_the_record_lists_for_nobody_else() {
        let sam = (r#"["sam@example.net","+12065550177","+12065550177"]"#, r#"["+12065550177"]"#);
        assert_eq!(part("SAM@example.net "), Some((sam.0.to_owned(), sam.1.to_owned())));
        let kim = (r#"["kim@example.net","+12065550188"]"#, r#"["+12065550188"]"#);
        assert_eq!(part("kim@example.net"), Some((kim.0.to_owned(), kim.1.to_owned())));
        for of_nobody_alone in ["shared@example.net", "dana@example.net", "nobody@example.net", ""] {
            assert_eq!(part(of_nobody_alone), None, "{of_nobody_alone}");
        }
    }
}
