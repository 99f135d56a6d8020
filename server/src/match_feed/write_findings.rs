use std::io::{self, Write};

use engine::{Finding, Judgement, MessageId, Reason, TransactionId, Verdict};
use serde::Serialize;

use super::UNRESOLVED;

/// A line of the verdicts, as docs/FEED.md and the command's help describe it.
#[derive(Serialize)]
struct VerdictLine<'a> {
    message: &'a MessageId,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<&'a TransactionId>,
    reasons: &'a [Reason],
}

#[derive(Serialize)]
struct UntoldLine<'a> {
    transaction: &'a TransactionId,
}

/// What became of an account's messages and transactions, as it is written.
pub(super) struct Written {
    pub verdict_lines: Vec<u8>,
    pub untold_lines: Vec<u8>,
    pub messages: usize,
    pub flagged: usize,
    pub untold: usize,
}

impl Written {
    pub(super) fn of(judgement: &Judgement, wants_untold: bool) -> Self {
        let Judgement { findings, untold } = judgement;
        let (mut verdict_lines, mut untold_lines) = (Vec::new(), Vec::new());
        for Finding { message, verdict, transaction, reasons, .. } in findings {
            let line = VerdictLine { message, verdict: *verdict, transaction: transaction.as_ref(), reasons };
            write_line(&line, &mut verdict_lines).expect("memory takes every line");
        }
        for transaction in untold.iter().filter(|_| wants_untold) {
            write_line(&UntoldLine { transaction }, &mut untold_lines).expect("memory takes every line");
        }
        let flagged = findings.iter().filter(|finding| finding.verdict.is_flagged()).count();
        Self { verdict_lines, untold_lines, messages: findings.len(), flagged, untold: untold.len() }
    }
}

/// Writes the messages of which it is not known whose they are.
pub(super) fn write_unresolved(messages: &[MessageId], output: &mut dyn Write) -> io::Result<()> {
    for message in messages {
        write_line(&VerdictLine { message, verdict: UNRESOLVED, transaction: None, reasons: &[] }, output)?;
    }
    Ok(())
}

fn write_line(line: &impl Serialize, output: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
