use crate::candidate::Judged;
use crate::settled::{Ground, Settled};
use crate::{Catalogue, Instant, Sent, Verdict};

/// What becomes of a message where the books are complete only until a moment: what they do not hold may yet turn up in
/// them, so neither that nothing vouches for it nor that something contradicts it is said of a message sent later, and
/// nothing is missed whose grace ends later.
pub(crate) fn uncheck(settled: &mut Settled, message: &Sent, catalogue: &Catalogue, books_until: Instant) {
    let is_open = match settled.verdict {
        Verdict::Waiting | Verdict::Differs => message.sent_at > books_until,
        Verdict::Unmatched => {
            let waits = matches!(settled.ground, Ground::NoTransaction { .. });
            let grace = Judged::of(message, catalogue).map(|judged| judged.claim.rule.grace);
            let until = grace.filter(|_| waits).map_or(message.sent_at, |grace| message.sent_at.plus(grace));
            until > books_until
        }
        _ => false,
    };
    if is_open {
        *settled = Settled {
            verdict: Verdict::Unchecked,
            ground: Ground::BooksBehind { since: books_until },
            transaction: None,
            comparison: None,
        };
    }
}
