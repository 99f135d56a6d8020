use crate::candidate::{Candidate, Candidates, Judged};
use crate::read_message::may_be_cited;
use crate::scan_text::{StatedDevice, StatedLine};
use crate::settled::Ground;
use crate::{Books, Citation, Elsewhere, FactName, Reference, Subject, Verdict};

/// What speaks against a claim, whatever else the books hold.
pub(crate) struct Contradiction<'a> {
    pub verdict: Verdict,
    pub ground: Ground,
    /// The transaction it is about, where there is one.
    pub candidate: Option<Candidate<'a>>,
}

/// The first contradiction of a claim, if any: a foreign device or line, a reference of another account, other facts, a
/// reference of one's own out of its time.
pub(crate) fn find_contradiction<'a>(
    judged: &Judged<'a>,
    candidates: &Candidates<'a>,
    books: &Books<'a>,
    elsewhere: &Elsewhere,
) -> Option<Contradiction<'a>> {
    let unmatched = |ground| Contradiction { verdict: Verdict::Unmatched, ground, candidate: None };
    if names_foreign_device(judged, books) {
        return Some(unmatched(Ground::ForeignDevice));
    }
    if names_foreign_line(judged, books, elsewhere) {
        return Some(unmatched(Ground::ForeignLine));
    }
    if names_foreign_reference(judged, books, elsewhere, is_one_of_a_kind) {
        return Some(unmatched(Ground::OtherAccount));
    }
    if !candidates.fitting.is_empty() {
        return None;
    }
    if let Some(candidate) = candidates.differing.iter().max_by(|a, b| a.by_weight(b)) {
        let ground = differs(candidate);
        return Some(Contradiction { verdict: Verdict::Differs, ground, candidate: Some(*candidate) });
    }
    if let Some((candidate, known_by)) = candidates.out_of_time.iter().max_by(|a, b| a.0.by_time(&b.0)) {
        let ground = Ground::Stale { known_by: *known_by };
        return Some(Contradiction { verdict: Verdict::Unmatched, ground, candidate: Some(*candidate) });
    }
    names_foreign_reference(judged, books, elsewhere, may_be_cited).then(|| unmatched(Ground::OtherAccount))
}

/// What reads as a device may be a reference of the account's that happens to check as one.
fn names_foreign_device(judged: &Judged, books: &Books) -> bool {
    let devices = &judged.claim.stated.devices;
    let is_reference = |device: &StatedDevice| match device {
        StatedDevice::Whole(imei) => books.holds(&Citation::Reference(imei.printed().into())),
        StatedDevice::Ending(_) => false,
    };
    !devices.is_empty() && !devices.iter().any(|device| books.has_device(device) || is_reference(device))
}

/// A number that is not the account's may be a hotline's. It is a foreign line where it is known on another account,
/// or where the claim is about a line and names no other.
fn names_foreign_line(judged: &Judged, books: &Books, elsewhere: &Elsewhere) -> bool {
    let lines = &judged.claim.stated.lines;
    if lines.is_empty() || lines.iter().any(|line| books.has_line(line)) {
        return false;
    }
    let is_reference = |line: &StatedLine| books.holds(&Citation::Reference(line.digits.clone()));
    if lines.iter().any(is_reference) {
        return false;
    }
    let known = |citation: Option<Citation>| citation.is_some_and(|citation| elsewhere.knows(&citation));
    (judged.claim.rule.about == Some(Subject::Line) && judged.claim.lines().next().is_some())
        || lines.iter().any(|line| known(line.citation(books.account)))
}

/// Whether a reference is long and mixed enough that no other number is written like it by chance.
fn is_one_of_a_kind(reference: &str) -> bool {
    const CHARS_MIN: usize = 8;
    may_be_cited(reference)
        && reference.len() >= CHARS_MIN
        && reference.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn names_foreign_reference(
    judged: &Judged,
    books: &Books,
    elsewhere: &Elsewhere,
    counts: impl Fn(&str) -> bool,
) -> bool {
    if elsewhere.is_empty() {
        return false;
    }
    let references = &judged.claim.stated.references;
    let own = references.iter().any(|reference| books.referenced(reference).next().is_some());
    let foreign =
        |reference: &str| counts(reference) && elsewhere.knows(&Citation::Reference(reference.into()));
    !own && judged.claim.references().map(Reference::normalised).any(foreign)
}

fn differs(candidate: &Candidate) -> Ground {
    match candidate.comparison.differences().next() {
        Some(FactName::Device) => Ground::Device,
        Some(FactName::Line) => Ground::Line,
        _ => Ground::Amount,
    }
}
