use std::collections::BTreeMap;

use engine::Instant;
use serde_json::{Map, Value, json};
use store::{
    AccountView, DeviceView, EntryView, ExportRow, ExportedMessage, ExportedTransaction, Notices,
    PastVerdictView, ReportThread, SecurityView, SessionView, SignInView, TransactionView,
};

use super::{ExportHead, ExportText};
use crate::words::{audit, lookups, report, verdict};

/// The account and the sign-in.
pub(super) fn head(text: &ExportText, head: &ExportHead<'_>) -> Value {
    json!({
        "made_at": text.made_at,
        "made_by": &*text.brand,
        "account": account(head.export.account()),
        "sign_in": sign_in(head.export.sign_in()),
        "sessions": head.sessions.iter().map(session).collect::<Vec<_>>(),
    })
}

/// A row whole.
pub(super) fn row(text: &ExportText, row: &ExportRow) -> Value {
    match row {
        ExportRow::Message(one) => message(text, one),
        ExportRow::Transaction(one) => told_transaction(one),
        ExportRow::PastVerdict(one) => past_verdict(text, one),
        ExportRow::Lookup(one) => json!({
            "opened_at": one.opened_at,
            "closed_at": one.closes_at,
            "who": one.user_name,
            "role": one.role.as_str(),
            "reason": one.reason,
            "found_by": one.found_by.as_str(),
            "in_words": lookups::found_by(one.found_by).in_language(text.locale.language),
        }),
        ExportRow::Report(one) => reported(text, one),
        ExportRow::Security(one) => security(text, one),
    }
}

fn account(account: &AccountView) -> Value {
    let lines =
        account.lines.iter().map(|line| json!({ "number": line.number, "from": line.from, "to": line.to }));
    let devices = account.devices.iter().map(
        |device| json!({ "imei": device.imei, "model": device.model, "from": device.from, "to": device.to }),
    );
    let members = account.members.iter().map(|member| {
        json!({ "name": member.name, "emails": member.emails, "phones": member.phones, "lines": member.lines })
    });
    json!({
        "id": account.id,
        "name": account.name,
        "status": account.status,
        "emails": account.emails,
        "phones": account.phones,
        "locale": account.locale,
        "time_zone": account.time_zone,
        "lines": lines.collect::<Vec<_>>(),
        "devices": devices.collect::<Vec<_>>(),
        "members": members.collect::<Vec<_>>(),
    })
}

fn sign_in(sign_in: &SignInView) -> Value {
    let kept = &sign_in.user.preferences;
    json!({
        "address": sign_in.address,
        "name": sign_in.user.name,
        "since": sign_in.since,
        "language": kept.language.map(engine::Language::tag),
        "time_zone": kept.time_zone,
        "alerts": {
            "flagged_message": sign_in.notices.alert_flagged,
            "lookup_by_staff": sign_in.notices.alert_lookup,
            "security_change": true,
        },
        "digest": sign_in.notices.digest.as_str(),
        "channels_off": channels_off(&sign_in.notices),
    })
}

/// By category, the channels that they do without.
fn channels_off(notices: &Notices) -> Value {
    let mut by_category: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (category, channel) in &notices.off {
        by_category.entry(category.as_str()).or_default().push(channel.as_str());
    }
    json!(by_category)
}

fn session(session: &SessionView) -> Value {
    json!({ "began_at": session.began_at, "seen_at": session.seen_at, "browser": session.browser })
}

fn message(text: &ExportText, one: &ExportedMessage) -> Value {
    let mut object = match serde_json::to_value(&one.message) {
        Ok(Value::Object(object)) => object,
        // A message is an object; what could not be written as one has nothing to say.
        _ => Map::new(),
    };
    let (reasons, status) = (&one.reasons, verdict::status(one.verdict).in_language(text.locale.language));
    object.insert("counterfoil_number".to_owned(), json!(one.number.map(|number| number.to_string())));
    object.insert(
        "verdict".to_owned(),
        json!({
            "code": one.verdict,
            "in_words": status,
            "why": text.why(one),
            "kind": one.kind,
            "waits_until": one.waits_until,
            "transaction": one.transaction.as_ref().map(|it| &it.id),
            "reasons": reasons,
        }),
    );
    Value::Object(object)
}

fn told_transaction(one: &ExportedTransaction) -> Value {
    let mut object = transaction(&one.transaction);
    object.insert("told".to_owned(), json!(one.is_told));
    object.insert("should_have_been_told".to_owned(), json!(one.is_untold));
    Value::Object(object)
}

fn transaction(one: &TransactionView) -> Map<String, Value> {
    let amount =
        one.amount.map(|amount| json!({ "value": amount.value(), "currency": amount.currency().as_str() }));
    let device = |device: &DeviceView| json!({ "imei": device.imei, "model": device.model });
    let pairs: [(&str, Value); 10] = [
        ("id", json!(one.id)),
        ("kind", json!(one.kind)),
        ("occurred_at", json!(one.occurred_at)),
        ("recorded_at", json!(one.recorded_at)),
        ("status", json!(one.status)),
        ("references", json!(one.references)),
        ("amount", json!(amount)),
        ("device", json!(one.device.as_ref().map(device))),
        ("line", json!(one.line)),
        ("summary", json!(one.summary)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn past_verdict(text: &ExportText, one: &PastVerdictView) -> Value {
    let until: Instant = one.replaced_at;
    json!({
        "message": one.message,
        "from": one.judged_at,
        "until": until,
        "code": one.verdict,
        "in_words": verdict::status(Some(one.verdict)).in_language(text.locale.language),
        "transaction": one.transaction,
        "reasons": one.reasons,
    })
}

fn reported(text: &ExportText, thread: &ReportThread) -> Value {
    let one = &thread.report;
    let entry = |entry: &EntryView| {
        json!({
            "at": entry.at,
            "entry": entry.kind.as_str(),
            "who": entry.user_name,
            "role": entry.role.as_str(),
            "text": entry.text,
        })
    };
    json!({
        "number": one.number,
        "opened_at": one.opened_at,
        "about": one.about.about(),
        "id": one.about.id(),
        "kind": one.kind,
        "says": one.says.as_str(),
        "state": one.state.as_str(),
        "since": one.state_at,
        "in_words": report::state(one.state).in_language(text.locale.language),
        "thread": thread.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn security(text: &ExportText, one: &SecurityView) -> Value {
    json!({
        "at": one.at,
        "act": one.act.as_str(),
        "in_words": audit::act(one.act).in_language(text.locale.language),
        "actor": one.actor.as_str(),
        "role": one.role.map(store::Role::as_str),
        "from_address": one.client,
    })
}
