use std::net::IpAddr;

use engine::{AccountId, Instant, Span};

use crate::append_audit::append_audit;
use crate::draw_id::draw_id;
use crate::find_account::{Found, find_account};
use crate::honeypots::is_honeypot;
use crate::lookup_budget::{goes_on_asking, spent_budget};
use crate::note_alerts::note_lookup;
use crate::staff_of_session::staff_of_session;
use crate::suspend_user::suspend;
use crate::{
    Act, Actor, AuditNote, BudgetSpan, Find, FoundBy, LookupBudget, LookupId, SessionKey, SignedIn, Store,
    StoreError, StoreTransaction, on_both,
};

/// How long a lookup is open: as long as a call mostly lasts. Whoever needs longer says again why, and the customer sees
/// that too.
pub const LOOKUP_TIME_MAX: Span = Span::minutes(15);
/// A word or two is no reason.
pub const REASON_CHARS_MIN: usize = 10;
/// A reason is read by the customer beside many others.
pub const REASON_CHARS_MAX: usize = 500;
/// Who mistypes so often in [`FAILURES_SPAN`] is not mistyping: enough for a bad line on the phone, and too few for
/// trying out numbers one after the other.
const FAILURES_MAX: i64 = 20;
const FAILURES_SPAN: Span = Span::minutes(15);

/// A lookup that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What opens the account's pages, for whoever opened it.
    pub id: LookupId,
    /// Until when, unless it is closed before.
    pub closes_at: Instant,
}

/// What one of the staff searches for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The readings of what was typed ([`Find::readings_of`]): together they must mean one account.
    pub finds: &'a [Find],
    /// Why; the customer sees it.
    pub reason: &'a str,
    /// From where.
    pub client: Option<IpAddr>,
    /// How many different accounts one person may open.
    pub budget: LookupBudget,
}

/// Why a lookup was not opened. Of what was searched for it tells no more than this.
#[derive(Debug, thiserror::Error)]
pub enum OpenLookupError {
    /// Nobody is signed in who may look accounts up.
    #[error("only an agent or a supervisor who is signed in looks an account up")]
    NotAllowed,
    /// Too little to tell the customer.
    #[error("a reason has at least {REASON_CHARS_MIN} characters; this one has {0}")]
    ReasonShort(usize),
    /// More than the customer would read.
    #[error("a reason has at most {REASON_CHARS_MAX} characters; this one has {0}")]
    ReasonLong(usize),
    /// What would not show as it was written.
    #[error("a reason is one line of text")]
    ReasonControl,
    /// No account has it.
    #[error("no account was found")]
    Nothing,
    /// Several accounts have it.
    #[error("more than one account was found: look for it by its account number")]
    Several,
    /// The operator has taken the account back.
    #[error("the account was deleted")]
    Deleted,
    /// Too many searches that opened nothing.
    #[error("too many searches found nothing: wait a quarter of an hour")]
    TooMany,
    /// As many different accounts were opened as one person may open. An alarm.
    #[error("as many accounts were opened as may be within {}: ask a supervisor", span.as_str())]
    BudgetSpent {
        /// Within which time.
        span: BudgetSpan,
        /// The audit log's entry.
        entry: i64,
    },
    /// Whoever asks is suspended from now on. An alarm.
    #[error("the sign-in is suspended: ask a supervisor")]
    Suspended {
        /// For what.
        because: Act,
        /// The audit log's entry.
        entry: i64,
    },
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Opens an account for one of the staff, for a reason, and writes that down; or writes down that nothing was
    /// opened.
    pub async fn open_lookup(
        &self,
        key: &SessionKey,
        search: &Search<'_>,
        now: Instant,
    ) -> Result<Opened, OpenLookupError> {
        let search = Search { reason: check_reason(search.reason)?, ..*search };
        let mut work = self.write_audited().await?;
        let staff = staff_of_session(&mut work, key, now).await?.ok_or(OpenLookupError::NotAllowed)?;
        let attempt = Attempt { staff: &staff, search: &search, now };
        let refusal = match self.find_for(&mut work, &attempt).await? {
            Ok((account, found_by)) => {
                let opened = attempt.write_lookup(&mut work, (&account, found_by)).await?;
                work.commit().await?;
                return Ok(opened);
            }
            Err(refusal) => refusal,
        };
        work.commit().await?;
        Err(refusal)
    }

    /// The account that may be opened; or why none is, once that is written down.
    async fn find_for(
        &self,
        work: &mut StoreTransaction,
        attempt: &Attempt<'_>,
    ) -> Result<Result<(AccountId, FoundBy), OpenLookupError>, StoreError> {
        let Attempt { staff, search, now } = *attempt;
        if failures_since(work, staff, now.minus(FAILURES_SPAN)).await? >= FAILURES_MAX {
            return attempt.refuse(work, OpenLookupError::TooMany, "too_many").await.map(Err);
        }
        let (refusal, outcome) = match find_account(work, search.finds, self.token_key(), now).await? {
            Found::One(account, found_by) => {
                let refusal = attempt.guard(work, &account).await?;
                return Ok(refusal.map_or(Ok((account, found_by)), Err));
            }
            Found::Nothing => (OpenLookupError::Nothing, "nothing"),
            Found::Several => (OpenLookupError::Several, "several"),
            Found::Deleted => (OpenLookupError::Deleted, "deleted"),
        };
        let found_by = search.finds.first().map_or(FoundBy::Account, Find::by);
        write_failure(work, staff, (found_by, outcome), now).await?;
        attempt.refuse(work, refusal, outcome).await.map(Err)
    }

    /// Opens an account that something of its own names, under the same guards.
    pub(crate) async fn open_account(
        &self,
        mut work: StoreTransaction,
        staff: &SignedIn,
        search: &Search<'_>,
        (account, found_by): (&AccountId, FoundBy),
        now: Instant,
    ) -> Result<Opened, OpenLookupError> {
        let attempt = Attempt { staff, search, now };
        let opened = match attempt.guard(&mut work, account).await? {
            Some(refusal) => Err(refusal),
            None => Ok(attempt.write_lookup(&mut work, (account, found_by)).await?),
        };
        work.commit().await?;
        opened
    }

    /// Forgets the searches from before a moment that opened nothing; how many there were.
    pub async fn forget_lookup_failures(&self, before: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            let statement =
                sqlx::query("delete from lookup_failures where tried_at < $1").bind(before.micros());
            statement.execute(connection).await?.rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

fn check_reason(reason: &str) -> Result<&str, OpenLookupError> {
    let reason = reason.trim();
    match reason.chars().count() {
        chars if chars < REASON_CHARS_MIN => Err(OpenLookupError::ReasonShort(chars)),
        chars if chars > REASON_CHARS_MAX => Err(OpenLookupError::ReasonLong(chars)),
        _ if reason.contains(char::is_control) => Err(OpenLookupError::ReasonControl),
        _ => Ok(reason),
    }
}

/// One search of one person.
struct Attempt<'a> {
    staff: &'a SignedIn,
    search: &'a Search<'a>,
    now: Instant,
}

impl Attempt<'_> {
    fn note(&self, act: Act) -> AuditNote {
        AuditNote::new(self.now, Actor::user(self.staff), act).from(self.search.client)
    }

    /// Writes down that nothing was opened, and not what was typed.
    async fn refuse(
        &self,
        work: &mut StoreTransaction,
        refusal: OpenLookupError,
        outcome: &'static str,
    ) -> Result<OpenLookupError, StoreError> {
        append_audit(work, self.note(Act::LookupRefused).because(outcome)).await?;
        Ok(refusal)
    }

    /// Why this account is not opened, once that is written down; `None` where it may be.
    async fn guard(
        &self,
        work: &mut StoreTransaction,
        account: &AccountId,
    ) -> Result<Option<OpenLookupError>, StoreError> {
        if is_honeypot(work, account).await? {
            return self.touch_honeypot(work, account).await.map(Some);
        }
        match spent_budget(work, self.staff, account, self.search.budget, self.now).await? {
            Some(span) => self.exceed_budget(work, account, span).await.map(Some),
            None => Ok(None),
        }
    }

    /// Nobody has a reason to open it: whoever does is tried no further.
    async fn touch_honeypot(
        &self,
        work: &mut StoreTransaction,
        account: &AccountId,
    ) -> Result<OpenLookupError, StoreError> {
        let note = self.note(Act::HoneypotTouched).of_account(account).because(self.search.reason);
        let entry = append_audit(work, note).await?;
        let (user, by) = (self.staff.user_id.as_str(), Actor::job("honeypot"));
        suspend(work, user, by, Some(Act::HoneypotTouched.as_str()), self.now).await?;
        Ok(OpenLookupError::Suspended { because: Act::HoneypotTouched, entry })
    }

    async fn exceed_budget(
        &self,
        work: &mut StoreTransaction,
        account: &AccountId,
        span: BudgetSpan,
    ) -> Result<OpenLookupError, StoreError> {
        let note = self.note(Act::BudgetExceeded).of_account(account).because(span.as_str());
        let entry = append_audit(work, note).await?;
        if !goes_on_asking(work, self.staff, self.now).await? {
            return Ok(OpenLookupError::BudgetSpent { span, entry });
        }
        let (user, by) = (self.staff.user_id.as_str(), Actor::job("budget"));
        suspend(work, user, by, Some(Act::BudgetExceeded.as_str()), self.now).await?;
        Ok(OpenLookupError::Suspended { because: Act::BudgetExceeded, entry })
    }

    async fn write_lookup(
        &self,
        work: &mut StoreTransaction,
        (account, found_by): (&AccountId, FoundBy),
    ) -> Result<Opened, StoreError> {
        let opened = Opened { id: LookupId::draw()?, closes_at: self.now.plus(LOOKUP_TIME_MAX) };
        insert_lookup(work, self, (account, found_by), &opened).await?;
        note_lookup(work, account, &opened.id, self.now).await?;
        let note = self.note(Act::LookupOpened).of_account(account).to(opened.id.as_str());
        append_audit(work, note.because(self.search.reason)).await?;
        Ok(opened)
    }
}

async fn insert_lookup(
    work: &mut StoreTransaction,
    Attempt { staff, search, now }: &Attempt<'_>,
    (account, found_by): (&AccountId, FoundBy),
    opened: &Opened,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into lookups (account_id, opened_at, lookup_id, user_id, user_name, role, reason, found_by, closes_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(account.as_str())
        .bind(now.micros())
        .bind(opened.id.as_str())
        .bind(staff.user_id.as_str())
        .bind(&staff.name)
        .bind(staff.role.as_str())
        .bind(search.reason)
        .bind(found_by.as_str())
        .bind(opened.closes_at.micros())
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "insert into lookup_ids (lookup_id, account_id, opened_at, user_id) values ($1, $2, $3, $4)",
        )
        .bind(opened.id.as_str())
        .bind(account.as_str())
        .bind(now.micros())
        .bind(staff.user_id.as_str())
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}

async fn write_failure(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    (found_by, outcome): (FoundBy, &'static str),
    now: Instant,
) -> Result<(), StoreError> {
    let id = draw_id()?;
    on_both!(work, |connection| {
        sqlx::query(
            "insert into lookup_failures (user_id, tried_at, failure_id, found_by, outcome)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(staff.user_id.as_str())
        .bind(now.micros())
        .bind(&*id)
        .bind(found_by.as_str())
        .bind(outcome)
        .execute(connection)
        .await?;
    });
    Ok(())
}

async fn failures_since(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    since: Instant,
) -> Result<i64, StoreError> {
    let failures = on_both!(work, |connection| {
        sqlx::query_scalar("select count(*) from lookup_failures where user_id = $1 and tried_at > $2")
            .bind(staff.user_id.as_str())
            .bind(since.micros())
            .fetch_one(connection)
            .await?
    });
    Ok(failures)
}
