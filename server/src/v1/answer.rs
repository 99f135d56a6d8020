use engine::Verdict;
use serde::Serialize;
use store::{Arrived, WrittenRecord};
use utoipa::ToSchema;

/// What became of a record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Answer {
    /// The number of its line, from 1; absent where the body is one record in `application/json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    line: Option<u64>,
    /// Its id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// What became of it.
    outcome: Outcome,
    /// Why it was refused or changed nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What became of a message's claim, where that is known at once: of a message whose account is known, in a body of
    /// few accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    verdict: Option<Verdict>,
    /// The counterfoil number of a message that was not refused, to be printed in it: the same whenever it is handed in.
    /// Whoever types it at `/check` learns that the message was sent, as long as it is not deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7K3M-Q9TX-2HRC")]
    number: Option<String>,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    /// Its id was not known.
    New,
    /// It stands in the place of another from now on.
    Corrected,
    /// It was known.
    Unchanged,
    /// A later revision of it is known: nothing changed.
    Superseded,
    /// It was not taken.
    Refused,
}

impl Answer {
    pub(super) fn refused(line: Option<u64>, id: Option<String>, reason: String) -> Self {
        Self { line, id, outcome: Outcome::Refused, reason: Some(reason), verdict: None, number: None }
    }

    pub(super) fn of(line: Option<u64>, id: String, written: &WrittenRecord) -> Self {
        let (outcome, reason) = match &written.arrived {
            Arrived::New => (Outcome::New, None),
            Arrived::Corrected => (Outcome::Corrected, None),
            Arrived::Unchanged => (Outcome::Unchanged, None),
            Arrived::Superseded { standing } => {
                let reason = format!("revision {standing} is known, and the greatest stands");
                (Outcome::Superseded, Some(reason))
            }
            Arrived::Refused(refusal) => (Outcome::Refused, Some(refusal.to_string())),
        };
        let number = written.number.map(|number| number.to_string());
        Self { line, id: Some(id), outcome, reason, verdict: written.verdict, number }
    }

    pub(super) fn is_refused(&self) -> bool {
        self.outcome == Outcome::Refused
    }
}
