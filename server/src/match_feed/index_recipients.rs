use engine::{Account, Instant, Line};
use rustc_hash::FxHashMap;

/// Whose a recipient was, and when: numbers change hands.
pub(super) struct Recipients<'a> {
    owners: FxHashMap<String, Vec<Owner<'a>>>,
}

struct Owner<'a> {
    place: usize,
    /// The line by which it is known from when to when; `None` for an address, which is the account's always.
    line: Option<&'a Line>,
}

impl<'a> Recipients<'a> {
    /// The recipients of accounts, each account named by its place.
    pub(super) fn of(accounts: impl Iterator<Item = &'a Account>) -> Self {
        let mut owners: FxHashMap<String, Vec<Owner>> = FxHashMap::default();
        let mut add = |recipient: &str, owner| owners.entry(folded(recipient)).or_default().push(owner);
        for (place, account) in accounts.enumerate() {
            let member_emails = account.members.iter().flat_map(|member| &member.emails);
            let member_phones = account.members.iter().flat_map(|member| &member.phones);
            account
                .emails
                .iter()
                .chain(member_emails)
                .for_each(|email| add(email, Owner { place, line: None }));
            account
                .lines
                .iter()
                .for_each(|line| add(line.number.as_str(), Owner { place, line: Some(line) }));
            let phones = account.phones.iter().chain(member_phones);
            phones.for_each(|phone| add(phone.as_str(), Owner { place, line: None }));
        }
        Self { owners }
    }

    /// The account whose a recipient was at a moment. A line that says from when to when goes before a number or
    /// address that does not; of several the account with the least id.
    pub(super) fn owner(&self, recipient: &str, at: Instant) -> Option<usize> {
        let owners = self.owners.get(&folded(recipient))?;
        let dated = owners.iter().filter(|owner| owner.line.is_some_and(|line| line.covers(at)));
        let undated = owners.iter().filter(|owner| owner.line.is_none());
        let place = |owner: &Owner| owner.place;
        dated.map(place).min().or_else(|| undated.map(place).min())
    }
}

fn folded(recipient: &str) -> String {
    recipient.trim().to_lowercase()
}
