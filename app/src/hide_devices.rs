//! A customer's own account without the whole numbers of its devices: with one, and a few words, a stranger could have a line
//! moved to another device. They are shown once the password was given again.

use engine::{FactName, Reason};
use store::{AccountView, HistoryEntry, HistoryPage, MessageView, TransactionEntries, TransactionView};

use crate::mask_identifiers::number;

/// In the account's own record.
pub(crate) fn hide_in_account(account: &mut AccountView) {
    for device in &mut account.devices {
        device.imei = number(&device.imei);
    }
}

/// On a page of a history.
pub(crate) fn hide_in_history(page: &mut HistoryPage) {
    hide_in_entries(&mut page.entries);
}

/// In entries of a history.
pub(crate) fn hide_in_entries(entries: &mut [HistoryEntry]) {
    for entry in entries {
        hide_in_reasons(&mut entry.reasons);
        entry.transaction.iter_mut().for_each(hide_in_one);
    }
}

/// In all that a message's verdict rests on. What it says itself stays as it was sent.
pub(crate) fn hide_in_message(message: &mut MessageView) {
    hide_in_reasons(&mut message.reasons);
    message.past.iter_mut().for_each(|past| hide_in_reasons(&mut past.reasons));
    let ones = [&mut message.transaction, &mut message.nearest].into_iter().flatten();
    ones.chain(&mut message.fitting).chain(&mut message.around.transactions).for_each(hide_in_one);
}

/// In a transaction and beside the messages about it.
pub(crate) fn hide_in_transaction(found: &mut TransactionEntries) {
    hide_in_one(&mut found.transaction);
    hide_in_entries(&mut found.entries);
}

/// In a transaction by itself.
pub(crate) fn hide_in_one(transaction: &mut TransactionView) {
    if let Some(device) = &mut transaction.device {
        device.imei = number(&device.imei);
    }
}

fn hide_in_reasons(reasons: &mut [Reason]) {
    let facts = reasons.iter_mut().flat_map(|reason| &mut reason.facts);
    for fact in facts.filter(|fact| fact.fact == FactName::Device) {
        fact.recorded = fact.recorded.take().map(|imei| number(&imei));
    }
}
