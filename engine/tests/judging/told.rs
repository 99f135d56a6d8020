use engine::{Finding, Instant, Judgement, Kind, MessageId, Reason, TransactionId, Verdict};

/// A finding with all that it says, kept and compared as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub message: MessageId,
    pub sent_at: Instant,
    pub kind: Option<Kind>,
    pub verdict: Verdict,
    pub transaction: Option<TransactionId>,
    pub waits_until: Option<Instant>,
    pub reasons: Vec<Reason>,
}

impl From<Finding<'_>> for Told {
    fn from(finding: Finding) -> Self {
        Self {
            message: finding.message().id.clone(),
            sent_at: finding.message().sent_at,
            kind: finding.kind().cloned(),
            verdict: finding.verdict(),
            transaction: finding.transaction().map(|transaction| transaction.id.clone()),
            waits_until: finding.waits_until(),
            reasons: finding.reasons(),
        }
    }
}

/// What a judgement says of the messages, in their order.
pub fn told(judgement: &Judgement) -> Vec<Told> {
    judgement.findings().map(Told::from).collect()
}
