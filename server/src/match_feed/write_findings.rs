use std::io::{self, Write};

use engine::{Finding, Judgement, MessageId, Reason, TransactionId, Verdict};
use serde::Serialize;

use super::{Gathered, MatchOutput, UNRESOLVED};

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

/// Writes what became of an account's messages and transactions.
pub(super) fn write_judgement(
    judgement: &Judgement,
    one: &Gathered,
    output: &mut MatchOutput,
) -> io::Result<()> {
    debug_assert_eq!(judgement.findings.len(), one.messages.len());
    for Finding { message, verdict, transaction, reasons, .. } in &judgement.findings {
        let line = VerdictLine { message, verdict: *verdict, transaction: transaction.as_ref(), reasons };
        write_line(&line, &mut output.verdicts)?;
    }
    if let Some(untold) = &mut output.untold {
        judgement
            .untold
            .iter()
            .try_for_each(|transaction| write_line(&UntoldLine { transaction }, untold))?;
    }
    Ok(())
}

/// Writes the messages of which it is not known whose they are.
pub(super) fn write_unresolved(messages: &[MessageId], output: &mut dyn Write) -> io::Result<()> {
    for message in messages {
        write_line(&VerdictLine { message, verdict: UNRESOLVED, transaction: None, reasons: &[] }, output)?;
    }
    Ok(())
}

fn write_line(line: &impl Serialize, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
