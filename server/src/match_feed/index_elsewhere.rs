use engine::{Token, TokenKey, Transaction};
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
            let booked = one.transactions.iter().flat_map(Transaction::holds);
            for citation in one.account.holds().chain(booked) {
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
