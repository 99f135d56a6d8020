//! An account's data as staff see it: the same, with identifiers masked and one-time codes hidden.

use std::collections::BTreeMap;

use engine::{FactName, Reason, TemplateName};
use store::{
    AccountView, HistoryEntry, HistoryPage, MessageSummary, MessageView, ReportThread, Role,
    TransactionEntries, TransactionView,
};

use crate::mask_identifiers::{Mask, identifier, number, recipient, tells_code};
use crate::seen_text::seen_text;

impl Mask {
    /// With the identifiers of an account's own record.
    pub(crate) fn of_account(account: &AccountView) -> Self {
        let lines = account.lines.iter().map(|line| line.number.as_str());
        let devices = account.devices.iter().map(|device| device.imei.as_str());
        let members = account.members.iter();
        let members =
            members.flat_map(|member| member.emails.iter().chain(&member.phones).chain(&member.lines));
        let id = std::iter::once(account.id.as_str());
        Self::of(
            id.chain(account.emails.iter().chain(&account.phones).map(String::as_str))
                .chain(members.map(String::as_str))
                .chain(lines)
                .chain(devices),
        )
    }
}

/// Masks an account's own record. Its name stays: whoever calls has just said it.
pub(crate) fn mask_account(account: &mut AccountView) {
    for address in account.emails.iter_mut().chain(&mut account.phones) {
        *address = recipient(address);
    }
    for member in &mut account.members {
        for address in member.emails.iter_mut().chain(&mut member.phones).chain(&mut member.lines) {
            *address = recipient(address);
        }
    }
    for line in &mut account.lines {
        line.number = number(&line.number);
    }
    for device in &mut account.devices {
        device.imei = number(&device.imei);
    }
}

/// Masks what a customer wrote in a report. What the desk wrote stays: it is the operator's own.
pub(crate) fn mask_report(thread: &mut ReportThread, mask: &Mask) {
    let customers = thread.entries.iter_mut().filter(|entry| entry.role == Role::Customer);
    for entry in customers {
        let has_code = tells_code(std::iter::once(entry.text.as_str()));
        entry.text = mask.text(&entry.text, has_code);
    }
}

/// Masks a page of a history.
pub(crate) fn mask_history(page: &mut HistoryPage, mask: &Mask) {
    for entry in &mut page.entries {
        mask_entry(entry, mask);
    }
}

/// Masks a message and all that its verdict rests on. Its body stays as what a reader sees, and no merge fields are left.
/// Its own number, its template and its batch stay: they are the operator's names, by which a call is about the same.
pub(crate) fn mask_message(message: &mut MessageView, mask: &Mask) {
    let mask = with_cited(mask, &message.reasons, transactions_of(message));
    let text = seen_text(message);
    let telling =
        [message.subject.as_deref(), text.as_deref(), message.template.as_ref().map(TemplateName::as_str)];
    let has_code = tells_code(telling.into_iter().flatten());
    message.text = text.map(|text| mask.text(&text, has_code));
    message.html = None;
    message.data = BTreeMap::new();
    message.subject = message.subject.take().map(|subject| mask.text(&subject, has_code));
    message.recipient = recipient(&message.recipient);
    // Whom it came from is the operator's own, unless it is made to look as if the customer had sent it.
    message.sender =
        message.sender.take().map(|sender| if mask.knows(&sender) { recipient(&sender) } else { sender });
    mask_reasons(&mut message.reasons);
    message.past.iter_mut().for_each(|past| mask_reasons(&mut past.reasons));
    let ones = [&mut message.transaction, &mut message.nearest].into_iter().flatten();
    for transaction in ones.chain(&mut message.fitting).chain(&mut message.around.transactions) {
        mask_transaction(transaction, &mask);
    }
    if let Some(first) = &mut message.told_before {
        mask_summary(first, &mask);
    }
}

/// Masks a transaction and the messages about it. Its own number stays, as a message's does.
pub(crate) fn mask_transaction_entries(found: &mut TransactionEntries, mask: &Mask) {
    let mask = with_cited(mask, &[], std::iter::once(&found.transaction));
    mask_transaction(&mut found.transaction, &mask);
    for entry in &mut found.entries {
        mask_entry(entry, &mask);
    }
}

fn transactions_of(message: &MessageView) -> impl Iterator<Item = &TransactionView> {
    let ones = message.transaction.iter().chain(&message.nearest);
    ones.chain(&message.fitting).chain(&message.around.transactions)
}

fn mask_entry(entry: &mut HistoryEntry, mask: &Mask) {
    let mask = with_cited(mask, &entry.reasons, entry.transaction.iter());
    mask_reasons(&mut entry.reasons);
    if let Some(message) = &mut entry.message {
        mask_summary(message, &mask);
    }
    if let Some(transaction) = &mut entry.transaction {
        mask_transaction(transaction, &mask);
    }
}

/// What is known besides: the references, devices and lines that a message cites or its transactions have.
fn with_cited<'a>(
    mask: &Mask,
    reasons: &'a [Reason],
    transactions: impl Iterator<Item = &'a TransactionView>,
) -> Mask {
    let facts = reasons.iter().flat_map(|reason| &reason.facts).filter(|fact| is_identifier(fact.fact));
    let cited = facts.flat_map(|fact| fact.stated.iter().chain(&fact.recorded));
    let held = transactions.flat_map(|transaction| {
        let device = transaction.device.iter().map(|device| &device.imei);
        transaction.references.iter().chain(device).chain(&transaction.line)
    });
    mask.and(cited.chain(held).map(String::as_str))
}

fn is_identifier(fact: FactName) -> bool {
    matches!(fact, FactName::Reference | FactName::Device | FactName::Line)
}

fn mask_summary(message: &mut MessageSummary, mask: &Mask) {
    let template = message.template.as_ref().map(TemplateName::as_str);
    let telling = message.subject.as_deref().into_iter().chain(template).chain([message.excerpt.as_str()]);
    let has_code = tells_code(telling);
    message.subject = message.subject.take().map(|subject| mask.text(&subject, has_code));
    message.excerpt = mask.text(&message.excerpt, has_code);
}

fn mask_transaction(transaction: &mut TransactionView, mask: &Mask) {
    for reference in &mut transaction.references {
        *reference = identifier(reference);
    }
    if let Some(device) = &mut transaction.device {
        device.imei = number(&device.imei);
        device.model = device.model.take().map(|model| mask.text(&model, false));
    }
    transaction.line = transaction.line.take().map(|line| number(&line));
    for text in [&mut transaction.summary, &mut transaction.status] {
        *text = text.take().map(|text| mask.text(&text, false));
    }
}

fn mask_reasons(reasons: &mut [Reason]) {
    for fact in reasons.iter_mut().flat_map(|reason| &mut reason.facts) {
        let masked = match fact.fact {
            FactName::Reference => identifier,
            FactName::Device | FactName::Line => number,
            FactName::Kind | FactName::Time | FactName::Amount | FactName::Day => continue,
        };
        for value in [&mut fact.stated, &mut fact.recorded] {
            *value = value.take().map(|value| masked(&value));
        }
    }
}
