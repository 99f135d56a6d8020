use engine::{AccountId, Instant, Span};

use crate::{AccountScope, Cursor, FoundBy, Role, Store, StoreError, StoreTransaction, on_both};

/// That somebody of the staff looked at an account, as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// What they were called then.
    pub user_name: String,
    /// What they were to the operator then.
    pub role: Role,
    /// The reason that they gave.
    pub reason: String,
    /// What the account was found by.
    pub found_by: FoundBy,
    /// When they opened it.
    pub opened_at: Instant,
    /// When it closes, or closed.
    pub closes_at: Instant,
}

/// A page of lookups, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupPage {
    /// The lookups.
    pub lookups: Vec<LookupView>,
    /// Where earlier ones are.
    pub earlier: Option<Cursor>,
}

#[derive(sqlx::FromRow)]
pub(crate) struct LookupRow {
    account_id: String,
    pub(crate) lookup_id: String,
    pub(crate) opened_at: i64,
    user_name: String,
    role: String,
    reason: String,
    found_by: String,
    closes_at: i64,
    closed_at: Option<i64>,
}

/// A page that a person reads in one sitting.
const LOOKUPS_MAX: usize = 50;
/// Sorts after every lookup's id.
const AFTER_EVERY_ID: &str = "~";

impl LookupView {
    /// For how long the account was open, at most until `now`.
    pub fn lasted(&self, now: Instant) -> Span {
        self.closes_at.min(now).max(self.opened_at).since(self.opened_at)
    }

    /// Whether it is open still.
    pub fn is_open(&self, now: Instant) -> bool {
        now < self.closes_at
    }
}

impl Store {
    /// Who looked at the account: a page of the latest, or of those before a place. It is its holder's alone, for a reason
    /// may say what somebody else of the account called about.
    ///
    /// # Errors
    /// [`StoreError::HoldersAlone`] for a member.
    pub async fn read_lookups(
        &self,
        scope: &AccountScope,
        before: Option<&Cursor>,
    ) -> Result<LookupPage, StoreError> {
        let mut work = self.begin_scoped(scope.whole()?).await?;
        let place = match before {
            None => (i64::MAX, AFTER_EVERY_ID.to_owned()),
            Some(cursor) => {
                let at = cursor.at.micros();
                let ids = ids_at(&mut work, scope, at).await?;
                let is_meant =
                    |id: &String| self.token_key().entry_token(scope.account(), id) == cursor.entry;
                (at, ids.into_iter().find(is_meant).unwrap_or_else(|| AFTER_EVERY_ID.to_owned()))
            }
        };
        let mut rows = rows_before(&mut work, scope, &place).await?;
        let has_earlier = rows.len() > LOOKUPS_MAX;
        rows.truncate(LOOKUPS_MAX);
        let earlier = rows.last().filter(|_| has_earlier).map(|row| Cursor {
            at: Instant::from_micros(row.opened_at),
            entry: self.token_key().entry_token(scope.account(), &row.lookup_id),
        });
        let lookups = rows.into_iter().map(LookupRow::into_view).collect::<Result<_, _>>()?;
        Ok(LookupPage { lookups, earlier })
    }
}

async fn rows_before(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    (at, lookup_id): &(i64, String),
) -> Result<Vec<LookupRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, lookup_id, opened_at, user_name, role, reason, found_by, closes_at, closed_at from lookups
             where account_id = $1 and (opened_at, lookup_id) < ($2, $3)
             order by account_id desc, opened_at desc, lookup_id desc limit $4",
        )
        .bind(scope.account().as_str())
        .bind(*at)
        .bind(lookup_id)
        .bind(i64::try_from(LOOKUPS_MAX + 1).expect("a page's limit is small"))
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

async fn ids_at(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    at: i64,
) -> Result<Vec<String>, StoreError> {
    let ids = on_both!(work, |connection| {
        sqlx::query_scalar("select lookup_id from lookups where account_id = $1 and opened_at = $2")
            .bind(scope.account().as_str())
            .bind(at)
            .fetch_all(connection)
            .await?
    });
    Ok(ids)
}

impl LookupRow {
    pub(crate) fn into_view(self) -> Result<LookupView, StoreError> {
        self.read().ok_or(StoreError::Unreadable("lookup"))
    }

    fn read(self) -> Option<LookupView> {
        Some(LookupView {
            owner: self.account_id.parse().ok()?,
            user_name: self.user_name,
            role: self.role.parse().ok()?,
            reason: self.reason,
            found_by: self.found_by.parse().ok()?,
            opened_at: Instant::from_micros(self.opened_at),
            closes_at: Instant::from_micros(self.closed_at.unwrap_or(self.closes_at)),
        })
    }
}
