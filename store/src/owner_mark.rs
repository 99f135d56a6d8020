use std::fmt;
use std::str::FromStr;

use engine::{AccountId, Instant, Token};

use crate::{LookupId, SessionKey, Store, StoreError};

/// Whose something is, as a page may carry it: a keyed hash of the account, which tells nothing without the store's key.
///
/// Whoever shows a view marks it with what the view's own row says, so that what was read by mistake is seen to be
/// another's, wherever the mistake was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnerMark(Token);

/// Why a text is not a mark.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an owner's mark is 16 hexadecimal digits")]
pub struct OwnerMarkError;

/// 64 bits, in hexadecimal.
const HEX_DIGITS: usize = 16;

impl Store {
    /// The mark of an account.
    pub fn owner_mark(&self, account: &AccountId) -> OwnerMark {
        OwnerMark(self.token_key().owner_token(account))
    }

    /// The marks of all that a session may see: of its customer's account; or, for the staff, of the account of a lookup
    /// that is open to it, where one is named, and else of all of those.
    pub async fn marks_of_session(
        &self,
        key: &SessionKey,
        lookup: Option<&LookupId>,
        now: Instant,
    ) -> Result<Vec<OwnerMark>, StoreError> {
        if let Some(signed_in) = self.scope_of_session(key, now).await? {
            return Ok(vec![self.owner_mark(signed_in.scope.account())]);
        }
        let open = match lookup {
            Some(lookup) => self.scope_of_lookup(key, lookup, now).await?.into_iter().collect(),
            None => self.open_lookups(key, now).await?,
        };
        Ok(open.iter().map(|lookup| self.owner_mark(lookup.scope.account())).collect())
    }
}

impl fmt::Display for OwnerMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0.get())
    }
}

impl FromStr for OwnerMark {
    type Err = OwnerMarkError;

    fn from_str(text: &str) -> Result<Self, OwnerMarkError> {
        if text.len() != HEX_DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(OwnerMarkError);
        }
        let bits = u64::from_str_radix(text, 16).map_err(|_| OwnerMarkError)?;
        Ok(Self(Token::from_stored(bits.cast_signed())))
    }
}
