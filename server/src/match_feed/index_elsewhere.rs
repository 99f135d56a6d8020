use engine::{Account, Citation, E164, Token, TokenKey};
use rustc_hash::FxHashMap;

use super::Gathered;

/// Which account holds what, for a feed that is in memory.
pub(super) struct KnownTokens {
    holders: FxHashMap<Token, Holder>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    One(usize),
    Several,
}

impl KnownTokens {
    /// The references, devices and lines of all accounts.
    pub(super) fn of(gathered: &[Gathered], key: &TokenKey) -> Self {
        let mut holders = FxHashMap::default();
        for (place, one) in gathered.iter().enumerate() {
            for citation in held_by(one) {
                let holder = holders.entry(citation.token(key)).or_insert(Holder::One(place));
                if *holder != Holder::One(place) {
                    *holder = Holder::Several;
                }
            }
        }
        Self { holders }
    }

    /// Of what an account's messages cite, that which other accounts hold.
    pub(super) fn elsewhere<'a>(
        &'a self,
        place: usize,
        one: &'a Gathered,
        key: &'a TokenKey,
    ) -> impl Iterator<Item = Token> + 'a {
        let claims = one.messages.iter().filter_map(|(_, reading)| reading.claim.as_ref());
        let cited = claims.flat_map(|claim| claim.citations(&one.account));
        let tokens = cited.map(|citation| citation.token(key));
        tokens
            .filter(move |token| self.holders.get(token).is_some_and(|holder| *holder != Holder::One(place)))
    }
}

fn held_by(one: &Gathered) -> impl Iterator<Item = Citation> {
    let references = one.transactions.iter().flat_map(|transaction| &transaction.references);
    let references = references.map(|reference| Citation::Reference(reference.normalised().into()));
    let traded = one.transactions.iter().filter_map(|transaction| transaction.device.as_ref());
    let devices =
        one.account.devices.iter().map(|device| &device.imei).chain(traded.map(|device| &device.imei));
    let lines = lines_of(&one.account)
        .chain(one.transactions.iter().filter_map(|transaction| transaction.line.as_ref()));
    references.chain(devices.map(Citation::of_device)).chain(lines.map(Citation::of_line))
}

fn lines_of(account: &Account) -> impl Iterator<Item = &E164> {
    let members = account.members.iter().flat_map(|member| member.lines.iter().chain(&member.phones));
    account.lines.iter().map(|line| &line.number).chain(&account.phones).chain(members)
}
