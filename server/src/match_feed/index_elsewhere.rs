use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use engine::{AccountId, Catalogue, Token, TokenKey, Transaction};
use rustc_hash::FxHashMap;

use super::Gathered;
use super::on_all_cores::on_all_cores;

/// Of what the messages of a feed cite and their own accounts don't hold, that which other accounts hold.
pub(super) struct KnownTokens {
    by_account: FxHashMap<AccountId, Vec<Token>>,
}

impl KnownTokens {
    /// Looks through the accounts of a feed.
    pub(super) fn of(gathered: &[Gathered], catalogue: &Catalogue, key: &TokenKey) -> Self {
        let mut by_account: FxHashMap<AccountId, Vec<Token>> = FxHashMap::default();
        let mut cited: BTreeSet<Token> = BTreeSet::new();
        let unexplained = |one: &Gathered| {
            let unexplained = one.books().unexplained(&one.messages, catalogue);
            let tokens: Vec<Token> = unexplained.iter().map(|citation| citation.token(key)).collect();
            (!tokens.is_empty()).then(|| (one.account.id.clone(), tokens))
        };
        let Ok(()) = on_all_cores(gathered, unexplained, |found| -> Result<(), Infallible> {
            let Some((account, tokens)) = found else { return Ok(()) };
            cited.extend(&tokens);
            by_account.insert(account, tokens);
            Ok(())
        });
        let held = |one: &Gathered| -> (AccountId, Vec<Token>) {
            let booked = one.transactions.iter().flat_map(Transaction::holds);
            let tokens = one.account.holds().chain(booked).map(|citation| citation.token(key));
            (one.account.id.clone(), tokens.filter(|token| cited.contains(token)).collect())
        };
        let mut holders: BTreeMap<Token, BTreeSet<AccountId>> = BTreeMap::new();
        let Ok(()) = on_all_cores(gathered, held, |(account, held)| -> Result<(), Infallible> {
            for token in held {
                holders.entry(token).or_default().insert(account.clone());
            }
            Ok(())
        });
        for (account, tokens) in &mut by_account {
            let is_anothers = |holders: &BTreeSet<AccountId>| holders.iter().any(|holder| holder != account);
            tokens.retain(|token| holders.get(token).is_some_and(is_anothers));
        }
        Self { by_account }
    }

    /// Of what an account's messages cite, that which other accounts hold.
    pub(super) fn elsewhere(&self, one: &Gathered) -> impl Iterator<Item = Token> {
        self.by_account.get(&one.account.id).into_iter().flatten().copied()
    }
}
