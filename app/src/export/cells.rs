use engine::Instant;
use store::{
    EntryKind, EntryView, ExportRow, ExportTable, ExportedMessage, ExportedTransaction, LookupView,
    PastVerdictView, ReportThread, SecurityView,
};

use super::ExportText;
use crate::explain::{Judged, sum_up};
use crate::words::{Text, audit, channel, export as words, kind, lookups, report, verdict};

/// Longer texts no spreadsheet takes (32,767 characters). They are whole in the files for programs.
const CELL_CHARS_MAX: usize = 32_000;

/// The heads of a table's columns.
pub(super) fn columns(text: &ExportText, table: ExportTable) -> Vec<String> {
    let heads: &[Text] = match table {
        ExportTable::Messages => &words::MESSAGES,
        ExportTable::Transactions => &words::TRANSACTIONS,
        ExportTable::PastVerdicts => &words::PAST_VERDICTS,
        ExportTable::Lookups => &words::LOOKUPS,
        ExportTable::Reports => &words::REPORTS,
        ExportTable::Security => &words::SECURITY,
    };
    let head = |head: &Text| head.in_language(text.locale.language).replace(words::ZONE_PLACE, text.zone());
    heads.iter().map(head).collect()
}

/// A row of a table, a cell for each column.
pub(super) fn cells(text: &ExportText, row: &ExportRow) -> Vec<String> {
    match row {
        ExportRow::Message(one) => text.message(one).into(),
        ExportRow::Transaction(one) => text.transaction(one).into(),
        ExportRow::PastVerdict(one) => text.past_verdict(one).into(),
        ExportRow::Lookup(one) => text.lookup(one).into(),
        ExportRow::Report(one) => text.report(one).into(),
        ExportRow::Security(one) => text.security(one).into(),
    }
}

impl ExportText {
    /// Why a message's verdict is what it is, in a sentence or two.
    pub(super) fn why(&self, one: &ExportedMessage) -> String {
        if one.reasons.is_empty() && !one.is_withheld {
            return String::new();
        }
        let judged = Judged {
            sent_at: one.message.sent_at,
            kind: one.kind.as_ref(),
            transaction: one.transaction.as_ref(),
            reasons: &one.reasons,
            is_withheld: one.is_withheld,
        };
        sum_up(&judged, &self.locale)
    }

    fn message(&self, one: &ExportedMessage) -> [String; words::MESSAGES.len()] {
        let message = &one.message;
        let shown = engine::excerpt(message.text.as_deref(), message.html.as_deref(), CELL_CHARS_MAX);
        [
            self.moment(message.sent_at),
            self.say(channel::name(message.channel)),
            message.subject.clone().unwrap_or_default(),
            message.recipient.clone(),
            message.sender.clone().unwrap_or_default(),
            self.say(verdict::status(one.verdict)),
            self.why(one),
            one.kind.as_ref().map(|it| kind::title(it, self.locale.language)).unwrap_or_default(),
            one.transaction.as_ref().map(|it| it.id.to_string()).unwrap_or_default(),
            one.number.map(|number| number.to_string()).unwrap_or_default(),
            message.id.to_string(),
            message.template.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default(),
            shown,
        ]
    }

    fn transaction(&self, told: &ExportedTransaction) -> [String; words::TRANSACTIONS.len()] {
        let one = &told.transaction;
        let said = match (told.is_told, told.is_untold) {
            (true, _) => words::TOLD,
            (false, true) => verdict::UNTOLD,
            (false, false) => words::NO_MESSAGE,
        };
        let (value, currency) = one
            .amount
            .map(|amount| (amount.value(), amount.currency().as_str().to_owned()))
            .unwrap_or_default();
        let (imei, model) = one
            .device
            .as_ref()
            .map(|device| (device.imei.clone(), device.model.clone().unwrap_or_default()))
            .unwrap_or_default();
        [
            self.moment(one.occurred_at),
            kind::title(&one.kind, self.locale.language),
            value,
            currency,
            one.references.join(" "),
            model,
            imei,
            one.line.clone().unwrap_or_default(),
            one.summary.clone().unwrap_or_default(),
            one.status.clone().unwrap_or_default(),
            self.moment(one.recorded_at),
            self.say(said),
            one.id.to_string(),
        ]
    }

    fn past_verdict(&self, one: &PastVerdictView) -> [String; words::PAST_VERDICTS.len()] {
        [
            one.message.to_string(),
            self.moment(one.judged_at),
            self.moment(one.replaced_at),
            self.say(verdict::status(Some(one.verdict))),
            one.transaction.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]
    }

    fn lookup(&self, one: &LookupView) -> [String; words::LOOKUPS.len()] {
        [
            self.moment(one.opened_at),
            self.moment(one.closes_at),
            one.user_name.clone(),
            self.say(lookups::role(one.role)),
            one.reason.clone(),
            self.say(lookups::found_by(one.found_by)),
        ]
    }

    fn report(&self, one: &ReportThread) -> [String; words::REPORTS.len()] {
        let ReportThread { report: one, entries } = one;
        let thread = entries.iter().map(|entry| self.entry(entry)).collect::<Vec<_>>().join("\n");
        [
            one.number.to_string(),
            self.moment(one.opened_at),
            self.say(report::says(one.says)),
            self.say(report::about(&one.about)),
            one.about.id().to_owned(),
            self.say(report::state(one.state)),
            self.moment(one.state_at),
            thread.chars().take(CELL_CHARS_MAX).collect(),
        ]
    }

    /// A line of a thread: when, who, and what.
    fn entry(&self, one: &EntryView) -> String {
        let said = match one.kind {
            EntryKind::Said(says) => report::says(says).in_language(self.locale.language),
            EntryKind::Closed => report::CLOSED_IT.in_language(self.locale.language),
            EntryKind::Note | EntryKind::Answer => "",
        };
        let words =
            [said, &one.text].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        format!("{} {}: {words}", self.moment(one.at), one.user_name)
    }

    fn security(&self, one: &SecurityView) -> [String; words::SECURITY.len()] {
        let by = one.role.map_or(audit::actor_kind(one.actor), lookups::role);
        [
            self.moment(one.at),
            self.say(audit::act(one.act)),
            self.say(by),
            one.client.clone().unwrap_or_default(),
        ]
    }

    fn say(&self, text: Text) -> String {
        text.in_language(self.locale.language).to_owned()
    }

    /// As spreadsheets in every language read it: `2026-04-10 14:37:05`.
    fn moment(&self, at: Instant) -> String {
        self.locale.civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}
