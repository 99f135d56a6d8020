use engine::{AccountId, Channel, Instant, Language, MergeValue, Message, Reference, Transaction};

use crate::draw_id::draw_id;
use crate::hashed::Hashed;
use crate::mail::MailAsked;
use crate::number_messages::{NumberKey, counterfoil_numbers_of};
use crate::touched::Touched;
use crate::{Arrived, MailDesk, MailKind, Store, StoreError, StoreTransaction, on_both};

/// Where mail is written: who words it, and when.
#[derive(Clone, Copy)]
pub(crate) struct Post<'a> {
    pub desk: &'a MailDesk,
    /// The machine's time, by which mail is sent.
    pub now: Instant,
    /// The records' time.
    pub at: Instant,
}

/// A mail that tells somebody of something on an account.
pub(crate) struct NewMail<'a> {
    pub kind: MailKind,
    pub account: &'a AccountId,
    pub recipient: &'a str,
    pub name: &'a str,
    pub language: Language,
    /// Whose link it has, if any.
    pub link_id: Option<&'a str>,
}

/// What our own records' ids begin with.
const ID_PREFIX: &str = "counterfoil-";

/// Whether a message of this id is our own.
pub(crate) fn is_own(message: &str) -> bool {
    message.starts_with(ID_PREFIX)
}

impl Store {
    /// Writes what happened, the message that tells of it, and the mail to be sent: all in one transaction, so that none
    /// is ever without the others.
    pub(crate) async fn write_mail(
        &self,
        work: &mut StoreTransaction,
        mail: &NewMail<'_>,
        post: Post<'_>,
        touched: &mut Touched,
    ) -> Result<(), StoreError> {
        let id = format!("{ID_PREFIX}{}", draw_id()?);
        let number = NumberKey::of(self.token_key()).first(&id);
        // A feed's names may hold anything, and a mail holds lines of text.
        let name = mail.name.replace(char::is_control, " ");
        let asked = MailAsked { kind: mail.kind, language: mail.language, name, number };
        let text = (post.desk.word)(&asked);
        let (event, message) = records(mail, &id, &text.subject, text.kept(), post)
            .ok_or(StoreError::Unreadable("record of our own"))?;
        let told = self.take_own_transaction(work, event, post.at, touched).await?;
        let kept = self.take_messages(work, vec![Hashed::from(message)], touched).await?;
        if told != Arrived::New || kept != [Arrived::New] {
            return Err(StoreError::Unreadable("record of our own"));
        }
        // The mail has said its number already: where that is another message's, nothing of this is kept.
        let given = counterfoil_numbers_of(work, self.token_key(), [id.as_str()]);
        if given.await?.first() != Some(&Some(number)) {
            return Err(StoreError::NumbersTaken);
        }
        insert(work, &id, mail, (&text.subject, &text.text), post.now).await
    }

    /// Takes a transaction of our own. It is no sign that the operator's books are up to date, and its kind is not one
    /// that the operator's texts tell of.
    async fn take_own_transaction(
        &self,
        work: &mut StoreTransaction,
        event: Transaction,
        at: Instant,
        touched: &mut Touched,
    ) -> Result<Arrived, StoreError> {
        let arrived =
            self.take_transactions_of_known_kinds(work, vec![Hashed::from(event)], at, touched).await?;
        arrived.into_iter().next().ok_or(StoreError::Unreadable("record of our own"))
    }
}

/// What happened and the message that tells of it, each citing what the other is known by.
fn records(
    mail: &NewMail<'_>,
    id: &str,
    subject: &str,
    text: String,
    post: Post<'_>,
) -> Option<(Transaction, Message)> {
    let (template, kind) = mail.kind.template();
    let reference = id.get(ID_PREFIX.len()..ID_PREFIX.len() + REFERENCE_DIGITS)?.to_uppercase();
    let event = Transaction {
        id: id.parse().ok()?,
        account: mail.account.clone(),
        kind: kind.parse().ok()?,
        occurred_at: post.at,
        recorded_at: Some(post.at),
        status: None,
        references: vec![Reference::parse(&reference).ok()?],
        amount: None,
        device: None,
        line: None,
        summary: None,
        revision: 0,
        deleted: false,
    };
    let message = Message {
        id: id.parse().ok()?,
        account: Some(mail.account.clone()),
        channel: Channel::Email,
        recipient: mail.recipient.to_owned(),
        sender: Some(post.desk.sender.clone()),
        template: Some(template.parse().ok()?),
        batch: None,
        sent_at: post.at,
        subject: Some(subject.to_owned()),
        text: Some(text),
        html: None,
        data: [("reference".to_owned(), MergeValue::Text(reference))].into(),
        delivery: Vec::new(),
        revision: 0,
        deleted: false,
    };
    Some((event, message))
}

/// Enough that no two of an account are alike.
const REFERENCE_DIGITS: usize = 12;

async fn insert(
    work: &mut StoreTransaction,
    id: &str,
    mail: &NewMail<'_>,
    (subject, body): (&str, &str),
    now: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into outbox
                 (mail_id, account_id, recipient, subject, body, link_id, state, attempts, written_at, due_at)
             values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $7)",
        )
        .bind(id)
        .bind(mail.account.as_str())
        .bind(mail.recipient)
        .bind(subject)
        .bind(body)
        .bind(mail.link_id)
        .bind(now.micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}
