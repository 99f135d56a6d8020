use engine::{DeliveryState, Instant, Span};

use crate::keep_delivery::keep_delivery;
use crate::mail::LINK_PLACE;
use crate::{LinkToken, Store, StoreError, on_both};

/// A mail that is this server's alone to send.
#[derive(Debug)]
pub struct ClaimedMail {
    /// What it is called by: its message's id.
    pub id: String,
    /// Who gets it.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text, the link in it.
    pub text: String,
    /// How often it was tried before.
    pub attempts: u32,
}

/// What became of an attempt to send a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// It left.
    Sent,
    /// It did not leave, and may another time.
    NotNow,
    /// It did not leave, and never will.
    Refused,
    /// Whether it left can't be known.
    Unknown,
}

/// Pauses before a mail that did not leave is tried again; when they are used up, it is given up: by then a link in it
/// has ended long ago, and nobody waits for it.
const PAUSES: [Span; 6] =
    [Span::minutes(1), Span::minutes(5), Span::minutes(20), Span::hours(1), Span::hours(4), Span::hours(12)];
/// A mail that is being sent for longer than this, while sending is given up after a minute, is one whose server died.
const SENDING_MAX: Span = Span::minutes(10);

#[derive(sqlx::FromRow)]
struct ClaimedRow {
    mail_id: String,
    recipient: String,
    subject: String,
    body: String,
    link_id: Option<String>,
    attempts: i64,
}

impl Store {
    /// Takes one mail that is due, marked beforehand as being sent: whatever happens then, no other takes it, and it is
    /// never sent twice. `address_of` makes a link's address.
    pub async fn claim_mail(
        &self,
        now: Instant,
        address_of: impl Fn(&LinkToken) -> String,
    ) -> Result<Option<ClaimedMail>, StoreError> {
        if !self.has_mail("waiting", now).await? {
            return Ok(None);
        }
        let mut work = self.write().await?;
        let row: Option<ClaimedRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "update outbox set state = 'sending', attempts = attempts + 1, due_at = $1
                 where state = 'waiting' and mail_id =
                     (select mail_id from outbox where state = 'waiting' and due_at <= $1
                      order by due_at, mail_id limit 1)
                 returning mail_id, recipient, subject, body, link_id, attempts",
            )
            .bind(now.micros())
            .fetch_optional(connection)
            .await?
        });
        work.commit().await?;
        Ok(row.map(|row| row.into_mail(|link_id| address_of(&LinkToken::of(link_id, self.token_key())))))
    }

    /// Whether there is mail in a state since a moment: looked at often, and so without keeping writers waiting.
    async fn has_mail(&self, state: &str, until: Instant) -> Result<bool, StoreError> {
        let mut work = self.begin_jobs().await?;
        let found: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select cast(1 as bigint) from outbox where state = $1 and due_at <= $2 limit 1",
            )
            .bind(state)
            .bind(until.micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(found.is_some())
    }

    /// Keeps what became of a mail that was taken, in its message too once that is known. What is over keeps neither its
    /// text nor its link.
    pub async fn keep_mail_outcome(
        &self,
        mail: &ClaimedMail,
        outcome: MailOutcome,
        now: Instant,
    ) -> Result<(), StoreError> {
        let pause = usize::try_from(mail.attempts).ok().and_then(|attempts| PAUSES.get(attempts));
        let (state, due_at) = match (outcome, pause) {
            (MailOutcome::Sent, _) => ("sent", now),
            (MailOutcome::Unknown, _) => ("unknown", now),
            (MailOutcome::NotNow, Some(pause)) => ("waiting", now.plus(*pause)),
            (MailOutcome::NotNow, None) | (MailOutcome::Refused, _) => ("failed", now),
        };
        let mut work = self.write().await?;
        on_both!(&mut work, |connection| {
            sqlx::query(
                "update outbox set state = $2, due_at = $3,
                     body = case when $2 = 'waiting' then body else '' end,
                     link_id = case when $2 = 'waiting' then link_id end
                 where mail_id = $1 and state = 'sending'",
            )
            .bind(&mail.id)
            .bind(state)
            .bind(due_at.micros())
            .execute(connection)
            .await?;
        });
        match state {
            "sent" => keep_delivery(&mut work, &mail.id, DeliveryState::Sent, now).await?,
            "failed" => keep_delivery(&mut work, &mail.id, DeliveryState::Bounced, now).await?,
            // Whether it left is not known, or not settled.
            _ => {}
        }
        work.commit().await
    }

    /// Marks the mail whose server died while it sent it: whether it left is not known, so it is not sent again. How
    /// many there were.
    pub async fn give_up_mail(&self, now: Instant) -> Result<u64, StoreError> {
        if !self.has_mail("sending", now.minus(SENDING_MAX)).await? {
            return Ok(0);
        }
        let mut work = self.write().await?;
        let given_up = on_both!(&mut work, |connection| {
            sqlx::query(
                "update outbox set state = 'unknown', due_at = $1, body = '', link_id = null
                 where state = 'sending' and due_at < $2",
            )
            .bind(now.micros())
            .bind(now.minus(SENDING_MAX).micros())
            .execute(connection)
            .await?
            .rows_affected()
        });
        work.commit().await?;
        Ok(given_up)
    }

    /// Forgets the mail that was over before a moment; its message stays in the history.
    pub async fn forget_mail(&self, before: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            sqlx::query("delete from outbox where state in ('sent', 'failed', 'unknown') and due_at < $1")
                .bind(before.micros())
                .execute(connection)
                .await?
                .rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

impl ClaimedRow {
    fn into_mail(self, link: impl Fn(&str) -> String) -> ClaimedMail {
        let text = match &self.link_id {
            Some(link_id) => self.body.replace(LINK_PLACE, &link(link_id)),
            None => self.body,
        };
        let attempts = u32::try_from(self.attempts - 1).unwrap_or(0);
        ClaimedMail { id: self.mail_id, recipient: self.recipient, subject: self.subject, text, attempts }
    }
}
