use engine::{Account, AccountId, Instant, Token, TokenKey};
use rustc_hash::FxHashMap;
use store::{Address, Owner, addresses_of, owner_at};

/// Whose a recipient was, and when, by the same rule as in the store.
pub(super) struct Recipients {
    key: TokenKey,
    addresses: FxHashMap<Token, Vec<Address>>,
}

impl Recipients {
    /// The recipients of accounts.
    pub(super) fn of<'a>(accounts: impl Iterator<Item = &'a Account>, key: &TokenKey) -> Self {
        let mut addresses: FxHashMap<Token, Vec<Address>> = FxHashMap::default();
        for address in accounts.flat_map(|account| addresses_of(account, key)) {
            addresses.entry(address.recipient).or_default().push(address);
        }
        Self { key: key.clone(), addresses }
    }

    /// The account whose a recipient was at a moment, where it was one account's.
    pub(super) fn owner(&self, recipient: &str, at: Instant) -> Option<&AccountId> {
        match owner_at(self.addresses.get(&self.key.recipient_token(recipient))?, at) {
            Owner::One(account) => Some(account),
            Owner::Nobody | Owner::Several => None,
        }
    }
}
