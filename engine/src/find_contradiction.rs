use crate::book_index::BookIndex;
use crate::candidate::{Candidate, Candidates, Judged};
use crate::read_message::may_be_cited;
use crate::{Cause, Citation, Elsewhere, FactName, Reference, Subject, Verdict};

/// What speaks against a claim, whatever else the books hold.
pub(crate) struct Contradiction {
    pub verdict: Verdict,
    pub cause: Cause,
    /// The transaction it is about, where there is one.
    pub candidate: Option<Candidate>,
}

/// The first contradiction of a claim, if any: a foreign device or line, a reference of one's own out of its time, a
/// reference of another account, other facts.
pub(crate) fn find_contradiction(
    judged: &Judged,
    candidates: &Candidates,
    books: &BookIndex,
    elsewhere: &Elsewhere,
) -> Option<Contradiction> {
    let unmatched = |cause| Contradiction { verdict: Verdict::Unmatched, cause, candidate: None };
    if names_foreign_device(judged, books) {
        return Some(unmatched(Cause::ForeignDevice));
    }
    if names_foreign_line(judged, books, elsewhere) {
        return Some(unmatched(Cause::ForeignLine));
    }
    if names_foreign_reference(judged, books, elsewhere, is_one_of_a_kind) {
        return Some(unmatched(Cause::OtherAccount));
    }
    if !candidates.fitting.is_empty() {
        return None;
    }
    if let Some(candidate) = best(&candidates.differing) {
        return Some(differs(candidate));
    }
    if let Some((candidate, known_by)) = latest(candidates, books) {
        let transaction = books.transactions[candidate.place];
        let cause = Cause::Stale {
            transaction: transaction.id.clone(),
            occurred_at: transaction.occurred_at,
            known_by,
        };
        return Some(Contradiction { verdict: Verdict::Unmatched, cause, candidate: Some(candidate) });
    }
    names_foreign_reference(judged, books, elsewhere, may_be_cited).then(|| unmatched(Cause::OtherAccount))
}

fn names_foreign_device(judged: &Judged, books: &BookIndex) -> bool {
    let devices = &judged.claim.stated.devices;
    !devices.is_empty() && !devices.iter().any(|device| books.has_device(device))
}

/// A number that is not the account's may be a hotline's. It is a foreign line where it is known on another account,
/// or where the claim is about a line and names no other.
fn names_foreign_line(judged: &Judged, books: &BookIndex, elsewhere: &Elsewhere) -> bool {
    let lines = &judged.claim.stated.lines;
    if lines.is_empty() || lines.iter().any(|line| books.has_line(line)) {
        return false;
    }
    let known = |citation: Option<Citation>| citation.is_some_and(|citation| elsewhere.knows(&citation));
    judged.claim.rule.about == Some(Subject::Line)
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
    books: &BookIndex,
    elsewhere: &Elsewhere,
    counts: impl Fn(&str) -> bool,
) -> bool {
    let references = || judged.claim.stated.references.iter().map(Reference::normalised);
    let own = references().any(|reference| !books.referenced(reference).is_empty());
    let foreign =
        |reference: &str| counts(reference) && elsewhere.knows(&Citation::Reference(reference.into()));
    !own && references().any(foreign)
}

fn differs(candidate: &Candidate) -> Contradiction {
    let cause = match candidate.comparison.differences().first() {
        Some(FactName::Device) => Cause::Device,
        Some(FactName::Line) => Cause::Line,
        _ => Cause::Amount,
    };
    Contradiction { verdict: Verdict::Differs, cause, candidate: Some(candidate.clone()) }
}

fn best(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.place.cmp(&a.place)))
}

fn latest(candidates: &Candidates, books: &BookIndex) -> Option<(Candidate, FactName)> {
    let by_time = |(candidate, _): &&(Candidate, FactName)| {
        (books.transactions[candidate.place].occurred_at, candidate.place)
    };
    candidates.out_of_time.iter().max_by_key(by_time).cloned()
}
