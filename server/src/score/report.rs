use std::collections::BTreeMap;

use engine::{MessageId, TransactionId, Verdict};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{Said, Truth};

/// How well a match did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Messages with a truth.
    pub messages: usize,
    /// Of them without a verdict.
    pub missing: usize,
    /// Flagged messages, whatever the reason.
    pub flagged: Rates,
    /// The same by reason: both the flag and its first reason are right.
    pub flagged_by_reason: BTreeMap<String, Rates>,
    /// The transactions of matched messages.
    pub links: Rates,
    /// Waiting messages, and what was said of them instead.
    pub waiting: Confusion,
    /// Informational messages, and what was said of them instead.
    pub informational: Confusion,
    /// Untold transactions, where they were scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold: Option<Rates>,
    /// The first messages that were judged wrongly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongMessage>,
    #[serde(skip)]
    wrong_max: usize,
}

/// Right answers among those given (precision) and among those due (recall).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Rates {
    /// Right among given; 1 where none was given.
    pub precision: f64,
    /// Right among due; 1 where none was due.
    pub recall: f64,
    /// How many were given.
    pub given: usize,
    /// How many were due.
    pub due: usize,
    /// How many given ones were right.
    pub right: usize,
    /// How many due ones were found: more than `right` where "nothing tells which" is an answer too.
    pub found: usize,
}

/// What was said of the messages that a verdict is true of.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Confusion {
    /// How many there are.
    pub due: usize,
    /// What was said of them.
    pub said: BTreeMap<String, usize>,
    /// Of how many others the verdict was said.
    pub others: usize,
}

/// A message that was judged wrongly.
#[derive(Clone, Debug, Serialize)]
pub struct WrongMessage {
    message: MessageId,
    truth: Answer,
    said: Answer,
}

#[derive(Clone, Debug, Serialize)]
struct Answer {
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<TransactionId>,
}

impl Report {
    pub(super) fn new(wrong_max: usize) -> Self {
        Self { wrong_max, ..Self::default() }
    }

    pub(super) fn count_message(&mut self, truth: &Truth, said: Option<&Said>) {
        self.messages += 1;
        self.missing += usize::from(said.is_none());
        let verdict = said.map(|said| said.verdict);
        self.count_flag(truth, said);
        self.count_link(truth, said);
        self.waiting.count(Verdict::Waiting, truth.verdict, verdict);
        self.informational.count(Verdict::Informational, truth.verdict, verdict);
        if !is_right(truth, said) && self.wrong.len() < self.wrong_max {
            self.wrong.push(WrongMessage {
                message: truth.message.clone(),
                truth: Answer {
                    verdict: Some(truth.verdict),
                    reason: truth.reason.clone(),
                    transaction: truth.transaction.clone(),
                },
                said: Answer {
                    verdict,
                    reason: said.map(|said| said.code().to_owned()),
                    transaction: said.and_then(|said| said.transaction.clone()),
                },
            });
        }
    }

    fn count_flag(&mut self, truth: &Truth, said: Option<&Said>) {
        let due = truth.verdict.is_flagged();
        let given = said.is_some_and(|said| said.verdict.is_flagged());
        self.flagged.count(Answered { given, due, right: given && due, found: given && due });
        let due_reason = truth.reason.as_deref().filter(|_| due);
        let given_reason = said.filter(|_| given).map(Said::code);
        let right = due_reason.is_some() && due_reason == given_reason;
        if let Some(reason) = due_reason {
            self.flagged_by_reason.entry(reason.to_owned()).or_default().count(Answered {
                given: right,
                due: true,
                right,
                found: right,
            });
        }
        if let Some(reason) = given_reason.filter(|_| !right) {
            self.flagged_by_reason
                .entry(reason.to_owned())
                .or_default()
                .count(Answered { given: true, ..Answered::default() });
        }
    }

    fn count_link(&mut self, truth: &Truth, said: Option<&Said>) {
        let due = truth.verdict == Verdict::Matched;
        let given = said.filter(|said| said.verdict == Verdict::Matched);
        let right = given.is_some() && is_right(truth, said);
        self.links.count(Answered {
            given: given.is_some(),
            due,
            right,
            found: due && is_right(truth, said),
        });
    }

    pub(super) fn count_untold(&mut self, due: &FxHashSet<TransactionId>, given: &FxHashSet<TransactionId>) {
        let mut rates = Rates::default();
        for transaction in due.union(given) {
            let (due, given) = (due.contains(transaction), given.contains(transaction));
            rates.count(Answered { given, due, right: given && due, found: given && due });
        }
        self.untold = Some(rates);
    }
}

/// Whether the verdict is the true one, and of a matched message the transaction too: any of several that nothing
/// tells apart, or that nothing tells them apart.
fn is_right(truth: &Truth, said: Option<&Said>) -> bool {
    let Some(said) = said else { return false };
    if truth.verdict != Verdict::Matched {
        return said.verdict == truth.verdict;
    }
    match said.verdict {
        Verdict::Matched => {
            let mut true_ones = truth.transaction.iter().chain(&truth.also);
            said.transaction.as_ref().is_some_and(|said| true_ones.any(|transaction| transaction == said))
        }
        Verdict::Ambiguous => !truth.also.is_empty(),
        _ => false,
    }
}

/// One answer, counted.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a count of its own, raised by one or not")]
struct Answered {
    given: bool,
    due: bool,
    right: bool,
    found: bool,
}

impl Rates {
    fn count(&mut self, Answered { given, due, right, found }: Answered) {
        self.given += usize::from(given);
        self.due += usize::from(due);
        self.right += usize::from(right);
        self.found += usize::from(found);
        self.precision = share(self.right, self.given);
        self.recall = share(self.found, self.due);
    }
}

impl Confusion {
    fn count(&mut self, of: Verdict, truth: Verdict, said: Option<Verdict>) {
        if truth == of {
            self.due += 1;
            *self.said.entry(said.map_or("nothing", Verdict::as_str).to_owned()).or_default() += 1;
        } else if said == Some(of) {
            self.others += 1;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of messages stay far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
