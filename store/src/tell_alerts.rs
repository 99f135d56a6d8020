//! What people are to be told of is told by mail, with the records that vouch for it.

use engine::{AccountId, Instant, Language, Span};

use crate::dialect::Dialect;
use crate::member_part::MemberPart;
use crate::record_rows::account_id;
use crate::touched::Touched;
use crate::write_mail::{NewMail, Post};
use crate::write_online::OnlineWrite;
use crate::{Digest, MailDesk, MailKind, Store, StoreError, StoreTransaction, on_both};

/// People who are told within one transaction: few enough that others hardly wait.
const TOLD_AT_ONCE: usize = 25;
/// Things to tell that are read to find them: those that were due first.
const DUE_READ_MAX: i64 = 1_000;
/// Between two mails of a kind to one person.
const PAUSE: Span = Span::minutes(30);
/// Mails of a kind that one person gets in [`DAY`]: with more, they would stop reading them.
const MAILS_MAX: i64 = 6;
const DAY: Span = Span::hours(24);
/// How long it is known what a person was told of: for as long a message that is flagged anew is not told of anew.
const TOLD_KEPT: Span = Span::days(400);

/// What was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether mail waits to be sent.
    pub has_mail: bool,
    /// Whether accounts are left to be judged.
    pub is_queued: bool,
    /// Whether there may be more to tell at once.
    pub more: bool,
}

/// Of what sort of thing somebody is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AlertKind {
    Flagged,
    Lookup,
}

#[derive(sqlx::FromRow)]
struct DueRow {
    account_id: String,
    user_id: String,
    kind: String,
}

#[derive(sqlx::FromRow)]
struct DigestRow {
    account_id: String,
    user_id: String,
    digest: String,
    digest_since: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    sign_in: String,
    name: String,
    language: Option<String>,
    time_zone: Option<String>,
    record: String,
    member: Option<String>,
    alert_flagged: Option<i64>,
    alert_lookup: Option<i64>,
}

/// Somebody who may be told something.
struct Person {
    account: AccountId,
    sign_in: String,
    name: String,
    language: Language,
    zone: engine::TimeZone,
    /// Of a member, what is theirs.
    part: Option<MemberPart>,
    wants_flagged: bool,
    wants_lookup: bool,
}

impl Store {
    /// Whether anything is to be told now: looked at often, and so without keeping writers waiting.
    pub async fn is_any_to_tell(&self, now: Instant, at: Instant) -> Result<bool, StoreError> {
        let mut work = self.begin_jobs().await?;
        let found: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select cast(1 as bigint) where
                     exists (select 1 from alerts where told_at is null and due_at <= $1)
                     or exists (select 1 from preferences where digest_due_at is not null and digest_due_at <= $2)",
            )
            .bind(now.max(at).micros())
            .bind(at.micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(found.is_some())
    }
}

impl OnlineWrite<'_> {
    /// Tells some of those who are to be told something. `now` is the machine's time.
    pub async fn tell_due(mut self, desk: &MailDesk, now: Instant) -> Result<Told, StoreError> {
        let post = Post { desk, now, at: self.judging.at };
        let (mut touched, mut mails) = (Touched::keeping_changes(), 0);
        let due = due_alerts(&mut self.work, now.max(post.at)).await?;
        let mut more = due.len() == TOLD_AT_ONCE;
        for row in due {
            mails += usize::from(self.tell_alert(&row, post, &mut touched).await?);
        }
        let due = due_digests(&mut self.work, post.at).await?;
        more |= due.len() == TOLD_AT_ONCE;
        for row in due {
            mails += usize::from(self.tell_digest(&row, post, &mut touched).await?);
        }
        forget_told(&mut self.work, now).await?;
        let (_, is_queued) = self.judge_and_commit(touched).await?;
        Ok(Told { has_mail: mails > 0, is_queued, more })
    }

    async fn tell_alert(
        &mut self,
        row: &DueRow,
        post: Post<'_>,
        touched: &mut Touched,
    ) -> Result<bool, StoreError> {
        let kind = if row.kind == "lookup" { AlertKind::Lookup } else { AlertKind::Flagged };
        let person = read_person(&mut self.work, &row.account_id, &row.user_id).await?;
        let Some(person) = person.filter(|person| person.wants(kind)) else {
            mark_told(&mut self.work, row, post.now).await?;
            return Ok(false);
        };
        if let Some(next) = next_allowed(&mut self.work, row, post.now).await? {
            postpone(&mut self.work, row, next).await?;
            return Ok(false);
        }
        let (count, mail) = match kind {
            AlertKind::Flagged => {
                let messages = flagged_to_tell(&mut self.work, row, &person).await?;
                (messages, MailKind::Flagged { messages })
            }
            AlertKind::Lookup => {
                let times = lookups_to_tell(&mut self.work, row).await?;
                (times, MailKind::LookedAt { times })
            }
        };
        mark_told(&mut self.work, row, post.now).await?;
        if count == 0 {
            return Ok(false);
        }
        keep_mailed(&mut self.work, row, post.now).await?;
        self.store.write_mail(&mut self.work, &person.mail(mail), post, touched).await?;
        Ok(true)
    }

    /// Sums up what was sent since the last summary; where nothing was, nothing is said.
    async fn tell_digest(
        &mut self,
        row: &DigestRow,
        post: Post<'_>,
        touched: &mut Touched,
    ) -> Result<bool, StoreError> {
        let digest = Digest::of(&row.digest).unwrap_or_default();
        let person = read_person(&mut self.work, &row.account_id, &row.user_id).await?;
        let zone = person.as_ref().map(|person| person.zone.clone()).unwrap_or_default();
        let next = person.as_ref().and_then(|_| digest.next(&zone, post.at));
        let since = row.digest_since.unwrap_or(post.at.micros());
        keep_next_digest(&mut self.work, row, next, post.at).await?;
        let Some(person) = person else { return Ok(false) };
        let (messages, attention) = sum_up(&mut self.work, &person, since, post.at).await?;
        if messages + attention == 0 {
            return Ok(false);
        }
        let mail = MailKind::Digest { digest, messages, attention };
        self.store.write_mail(&mut self.work, &person.mail(mail), post, touched).await?;
        Ok(true)
    }
}

impl Person {
    fn wants(&self, kind: AlertKind) -> bool {
        match kind {
            AlertKind::Flagged => self.wants_flagged,
            // Who looked is for the account's holder.
            AlertKind::Lookup => self.wants_lookup && self.part.is_none(),
        }
    }

    fn mail(&self, kind: MailKind) -> NewMail<'_> {
        NewMail {
            kind,
            account: &self.account,
            recipient: &self.sign_in,
            name: &self.name,
            language: self.language,
            link_id: None,
        }
    }
}

async fn due_alerts(work: &mut StoreTransaction, now: Instant) -> Result<Vec<DueRow>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, user_id, kind
             from (select account_id, user_id, kind, due_at from alerts
                   where told_at is null and due_at <= $1 order by due_at limit $3) as due
             group by account_id, user_id, kind order by min(due_at), account_id, user_id, kind limit $2",
        )
        .bind(now.micros())
        .bind(i64::try_from(TOLD_AT_ONCE).expect("the bound is small"))
        .bind(DUE_READ_MAX)
        .fetch_all(connection)
        .await?
    }))
}

async fn due_digests(work: &mut StoreTransaction, at: Instant) -> Result<Vec<DigestRow>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, user_id, digest, digest_since from preferences
             where digest_due_at is not null and digest_due_at <= $1
             order by digest_due_at, account_id, user_id limit $2",
        )
        .bind(at.micros())
        .bind(i64::try_from(TOLD_AT_ONCE).expect("the bound is small"))
        .fetch_all(connection)
        .await?
    }))
}

/// Who it is, where they may still sign in for the account and have an address.
async fn read_person(
    work: &mut StoreTransaction,
    account: &str,
    user: &str,
) -> Result<Option<Person>, StoreError> {
    let row: Option<PersonRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select sign_in, name, language, time_zone, record, member, alert_flagged, alert_lookup
             from users
             join accounts on accounts.account_id = users.account_id and accounts.deleted = 0
             left join preferences on preferences.account_id = users.account_id
                                  and preferences.user_id = users.user_id
             where users.user_id = $2 and users.account_id = $1 and role = 'customer' and suspended_at is null",
        )
        .bind(account)
        .bind(user)
        .fetch_optional(connection)
        .await?
    });
    let Some(row) = row.filter(|row| row.sign_in.contains('@')) else { return Ok(None) };
    let record = crate::record_rows::account_of_record(&row.record)?;
    let part = match &row.member {
        None => None,
        // Whom the record lists no longer is told nothing of it.
        Some(member) => match MemberPart::of(&record, member) {
            None => return Ok(None),
            part => part,
        },
    };
    let kept = row.time_zone.and_then(|name| name.try_into().ok());
    Ok(Some(Person {
        account: account_id(account)?,
        part,
        language: row.language.map_or_else(|| record.language(), |tag| Language::of_locale(&tag)),
        zone: kept.unwrap_or(record.time_zone),
        sign_in: row.sign_in,
        name: row.name,
        wants_flagged: row.alert_flagged.is_none_or(|chosen| chosen != 0),
        wants_lookup: row.alert_lookup.is_none_or(|chosen| chosen != 0),
    }))
}

/// When the person may be told the next time, where it is too soon.
async fn next_allowed(
    work: &mut StoreTransaction,
    row: &DueRow,
    now: Instant,
) -> Result<Option<Instant>, StoreError> {
    let (mails, first, last): (i64, Option<i64>, Option<i64>) = on_both!(work, |connection| {
        sqlx::query_as(
            "select count(*), min(told_at), max(told_at) from alert_mails
             where account_id = $1 and user_id = $2 and kind = $3 and told_at > $4",
        )
        .bind(&row.account_id)
        .bind(&row.user_id)
        .bind(&row.kind)
        .bind(now.minus(DAY).micros())
        .fetch_one(connection)
        .await?
    });
    let soonest = last.map(|last| Instant::from_micros(last).plus(PAUSE));
    let day_over = first.filter(|_| mails >= MAILS_MAX).map(|first| Instant::from_micros(first).plus(DAY));
    Ok(soonest.max(day_over).filter(|next| *next > now))
}

/// How many lookups there are to tell of.
async fn lookups_to_tell(work: &mut StoreTransaction, row: &DueRow) -> Result<u64, StoreError> {
    let count: i64 = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select count(*) from alerts
             where account_id = $1 and user_id = $2 and kind = 'lookup' and told_at is null",
        )
        .bind(&row.account_id)
        .bind(&row.user_id)
        .fetch_one(connection)
        .await?
    });
    Ok(count.unsigned_abs())
}

/// How many messages there are to tell of that are flagged still, and are the person's to see.
async fn flagged_to_tell(
    work: &mut StoreTransaction,
    row: &DueRow,
    person: &Person,
) -> Result<u64, StoreError> {
    let recipients: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select recipient from alerts
             join message_ids on message_ids.message_id = alerts.subject_id
                             and message_ids.account_id = alerts.account_id and message_ids.deleted = 0
             join messages on messages.account_id = alerts.account_id and messages.sent_at = message_ids.sent_at
                          and messages.message_id = alerts.subject_id
             join history on history.account_id = alerts.account_id and history.at = message_ids.sent_at
                         and history.entry_id = 'm:' || alerts.subject_id
             where alerts.account_id = $1 and alerts.user_id = $2 and alerts.kind = 'flagged'
               and alerts.told_at is null and verdict in ('unmatched', 'differs', 'duplicate')",
        )
        .bind(&row.account_id)
        .bind(&row.user_id)
        .fetch_all(connection)
        .await?
    });
    let is_theirs =
        |recipient: &&String| person.part.as_ref().is_none_or(|part| part.has_recipient(recipient));
    Ok(recipients.iter().filter(is_theirs).count() as u64)
}

async fn mark_told(work: &mut StoreTransaction, row: &DueRow, now: Instant) -> Result<(), StoreError> {
    set_untold(work, row, "update alerts set told_at = $4", now).await
}

async fn postpone(work: &mut StoreTransaction, row: &DueRow, until: Instant) -> Result<(), StoreError> {
    set_untold(work, row, "update alerts set due_at = $4", until).await
}

/// Sets a time of all that a person is not told of yet.
async fn set_untold(
    work: &mut StoreTransaction,
    row: &DueRow,
    update: &'static str,
    at: Instant,
) -> Result<(), StoreError> {
    let statement =
        format!("{update} where account_id = $1 and user_id = $2 and kind = $3 and told_at is null");
    on_both!(work, |connection| {
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(&row.account_id)
            .bind(&row.user_id)
            .bind(&row.kind)
            .bind(at.micros())
            .execute(connection)
            .await?;
    });
    Ok(())
}

async fn keep_mailed(work: &mut StoreTransaction, row: &DueRow, now: Instant) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("insert into alert_mails (account_id, user_id, kind, told_at) values ($1, $2, $3, $4)")
            .bind(&row.account_id)
            .bind(&row.user_id)
            .bind(&row.kind)
            .bind(now.micros())
            .execute(connection)
            .await?;
    });
    Ok(())
}

async fn keep_next_digest(
    work: &mut StoreTransaction,
    row: &DigestRow,
    next: Option<Instant>,
    at: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "update preferences set digest_due_at = $3, digest_since = $4
             where account_id = $1 and user_id = $2",
        )
        .bind(&row.account_id)
        .bind(&row.user_id)
        .bind(next.map(Instant::micros))
        .bind(at.micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// The messages that were sent to somebody after a moment, our own mail apart, and what of theirs came to need attention
/// since.
async fn sum_up(
    work: &mut StoreTransaction,
    person: &Person,
    since: i64,
    at: Instant,
) -> Result<(u64, u64), StoreError> {
    let statement = if person.part.is_some() { OF_MEMBER } else { OF_HOLDER };
    let recipients = person.part.as_ref().map(|part| part.recipients.as_str());
    let (messages, attention): (i64, i64) = on_both!(work, |connection| {
        let statement = statement.replace("{recipients}", &Driver::TEXTS.replace("$1", "$4"));
        let counted =
            sqlx::query_as(sqlx::AssertSqlSafe(statement)).bind(person.account.as_str()).bind(since);
        counted.bind(at.micros()).bind(recipients).fetch_one(connection).await?
    });
    Ok((messages.unsigned_abs(), attention.unsigned_abs()))
}

const OF_HOLDER: &str = "select (select count(*) from messages
             where account_id = $1 and sent_at > $2 and sent_at <= $3 and message_id not like 'counterfoil-%'),
            (select count(*) from history
             where account_id = $1 and attention = 1 and judged_at > $2 and judged_at <= $3
               and cast($4 as text) is null)";
const OF_MEMBER: &str = "select (select count(*) from messages
             where account_id = $1 and sent_at > $2 and sent_at <= $3 and message_id not like 'counterfoil-%'
               and lower(trim(recipient)) in ({recipients})),
            (select count(*) from history
             join messages on messages.account_id = history.account_id and messages.sent_at = history.at
                          and messages.message_id = history.message_id
             where history.account_id = $1 and attention = 1 and judged_at > $2 and judged_at <= $3
               and lower(trim(recipient)) in ({recipients}))";

async fn forget_told(work: &mut StoreTransaction, now: Instant) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("delete from alerts where told_at is not null and told_at < $1")
            .bind(now.minus(TOLD_KEPT).micros())
            .execute(&mut *connection)
            .await?;
        sqlx::query("delete from alert_mails where told_at < $1")
            .bind(now.minus(DAY).micros())
            .execute(&mut *connection)
            .await?;
    });
    Ok(())
}
