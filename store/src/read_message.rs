use engine::{Cause, Instant, Message, MessageId, Reason, TransactionId};

use crate::history_row::HistoryRow;
use crate::number_messages::counterfoil_numbers_of;
use crate::read_around::read_around;
use crate::read_incidents::read_mistake;
use crate::read_message_rows::{read_history_row, read_message_row};
use crate::read_summaries::read_summaries;
use crate::read_transactions_at::read_transactions_at;
use crate::read_transactions_of::read_transactions_of;
use crate::{
    AccountScope, Around, MessageSummary, MessageView, Store, StoreError, StoreTransaction, TransactionView,
};

/// What a message's verdict rests on.
struct Grounds {
    transaction: Option<TransactionView>,
    nearest: Option<TransactionView>,
    fitting: Vec<TransactionView>,
    told_before: Option<MessageSummary>,
}

impl Store {
    /// One of the account's messages, what became of it, and what else the books hold; `None` where the account has no
    /// such message, whoever else may have.
    pub async fn read_message(
        &self,
        scope: &AccountScope,
        id: &MessageId,
    ) -> Result<Option<MessageView>, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let Some(message) = read_message_row(&mut work, scope, id).await? else { return Ok(None) };
        let row = read_history_row(&mut work, scope, &message).await?;
        let reasons = row.as_ref().map(HistoryRow::read_reasons).transpose()?.unwrap_or_default();
        let grounds = read_grounds(&mut work, scope, row.as_ref(), &reasons).await?;
        let around = read_around(&mut work, scope, message.sent_at).await?;
        let number = counterfoil_numbers_of(&mut work, self.token_key(), [id.as_str()]).await?[0];
        let mistake =
            read_mistake(&mut work, scope.account().as_str(), (message.sent_at.micros(), id.as_str()))
                .await?;
        let view = view(message, row.as_ref(), reasons, grounds, around)?;
        Ok(Some(MessageView { number, mistake, ..view }))
    }
}

async fn read_grounds(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    row: Option<&HistoryRow>,
    reasons: &[Reason],
) -> Result<Grounds, StoreError> {
    let about = row.and_then(|row| Some((row.transaction_at?, row.transaction_id.as_deref()?)));
    let nearest = reasons.iter().find_map(nearest_of);
    let keys = about.into_iter().chain(nearest.map(|(id, at)| (at.micros(), id.as_str())));
    let found = read_transactions_at(work, scope, keys).await?;
    let several: Vec<&TransactionId> = reasons.iter().flat_map(several_of).collect();
    let told_before = match reasons.iter().find_map(first_of) {
        Some((id, at)) => {
            read_summaries(work, scope, [(at.micros(), id.as_str())]).await?.remove(id.as_str())
        }
        None => None,
    };
    Ok(Grounds {
        transaction: about.and_then(|(_, id)| found.get(id)).cloned(),
        nearest: nearest.and_then(|(id, _)| found.get(id.as_str())).cloned(),
        fitting: read_transactions_of(work, scope, &several).await?,
        told_before,
    })
}

fn nearest_of(reason: &Reason) -> Option<(&TransactionId, Instant)> {
    match &reason.cause {
        Cause::NoTransaction { nearest: Some(nearest), .. } => {
            Some((&nearest.transaction, nearest.occurred_at))
        }
        Cause::Stale { transaction, occurred_at, .. } => Some((transaction, *occurred_at)),
        _ => None,
    }
}

fn several_of(reason: &Reason) -> &[TransactionId] {
    match &reason.cause {
        Cause::Several { transactions } | Cause::Split { transactions } => transactions,
        _ => &[],
    }
}

fn first_of(reason: &Reason) -> Option<(&MessageId, Instant)> {
    match &reason.cause {
        Cause::Duplicate { first, told_at } => Some((first, *told_at)),
        _ => None,
    }
}

fn view(
    message: Message,
    row: Option<&HistoryRow>,
    reasons: Vec<Reason>,
    grounds: Grounds,
    around: Around,
) -> Result<MessageView, StoreError> {
    Ok(MessageView {
        owner: message.account.ok_or(StoreError::Unreadable("message"))?,
        id: message.id,
        number: None,
        channel: message.channel,
        recipient: message.recipient,
        sender: message.sender,
        template: message.template,
        batch: message.batch,
        sent_at: message.sent_at,
        subject: message.subject,
        text: message.text,
        html: message.html,
        data: message.data,
        delivery: message.delivery,
        verdict: row.map(HistoryRow::read_verdict).transpose()?.flatten(),
        kind: row.map(HistoryRow::read_kind).transpose()?.flatten(),
        waits_until: row.and_then(|row| row.waits_until).map(Instant::from_micros),
        transaction: grounds.transaction,
        reasons,
        nearest: grounds.nearest,
        fitting: grounds.fitting,
        around,
        is_withheld: row.is_some_and(HistoryRow::is_withheld),
        told_before: grounds.told_before,
        mistake: None,
    })
}
