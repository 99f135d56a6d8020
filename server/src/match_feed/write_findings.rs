use std::io::{self, Write};

use engine::{Judgement, MessageId, Reason, TransactionId, Verdict};
use serde::Serialize;

use super::UNRESOLVED;

/// A line of the verdicts, as docs/FEED.md and the command's help describe it.
#[derive(Serialize)]
struct VerdictLine<'a, R> {
    message: &'a MessageId,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<&'a TransactionId>,
    reasons: R,
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
        let (mut verdict_lines, mut untold_lines) = (Vec::new(), Vec::new());
        let (mut messages, mut flagged, mut untold) = (0, 0, 0);
        for finding in judgement.findings() {
            let line = VerdictLine {
                message: &finding.message().id,
                verdict: finding.verdict(),
                transaction: finding.transaction().map(|transaction| &transaction.id),
                reasons: finding.written_reasons(),
            };
            write_line(&line, &mut verdict_lines).expect("memory takes every line");
            messages += 1;
            flagged += usize::from(finding.verdict().is_flagged());
        }
        for transaction in judgement.untold() {
            untold += 1;
            if wants_untold {
                let line = UntoldLine { transaction: &transaction.id };
                write_line(&line, &mut untold_lines).expect("memory takes every line");
            }
        }
        Self { verdict_lines, untold_lines, messages, flagged, untold }
    }
}

/// Writes the messages of which it is not known whose they are.
pub(super) fn write_unresolved(messages: &[MessageId], output: &mut dyn Write) -> io::Result<()> {
    for message in messages {
        let reasons: [Reason; 0] = [];
        write_line(&VerdictLine { message, verdict: UNRESOLVED, transaction: None, reasons }, output)?;
    }
    Ok(())
}

fn write_line(line: &impl Serialize, output: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
