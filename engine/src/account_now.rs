use crate::{E164, Instant, Kind, Transaction};

/// What an account has going on, as its transactions tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountNow<'a> {
    /// What was begun and has not ended, by when it began.
    pub open: Vec<Open<'a>>,
    /// The latest change of plan of each line, and of the account where no line is named; by time.
    pub plans: Vec<&'a Transaction>,
    /// Of each sort of change by which an account is taken over, and of each line where it is a line's, the latest; by
    /// time.
    pub changes: Vec<&'a Transaction>,
    /// All such changes since the moment asked about; by time.
    pub lately: Vec<&'a Transaction>,
}

/// Something that was begun and has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Open<'a> {
    /// What it is.
    pub sort: OpenSort,
    /// What began it.
    pub begun: &'a Transaction,
    /// The latest that happened to it; what began it, where nothing else did.
    pub latest: &'a Transaction,
}

/// What may be open on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenSort {
    /// Something ordered and not yet there.
    Order,
    /// A device given for credit, and no credit yet.
    TradeIn,
}

/// By which kinds something of a sort begins, goes on and ends; a kind is a noun and a verb, `order.placed`.
struct Course {
    sort: OpenSort,
    begins: &'static [(&'static str, &'static [&'static str])],
    goes_on: &'static [(&'static str, &'static [&'static str])],
    ends: &'static [(&'static str, &'static [&'static str])],
}

const COURSES: [Course; 2] = [
    Course {
        sort: OpenSort::Order,
        begins: &[("order", &["placed", "created", "submitted", "confirmed", "received"])],
        goes_on: &[
            ("order", &["changed", "packed", "shipped", "dispatched", "delayed", "backordered"]),
            ("shipment", &["created", "dispatched", "shipped", "delayed", "attempted"]),
        ],
        ends: &[
            ("order", &["delivered", "completed", "fulfilled", "collected", "cancelled", "canceled"]),
            ("order", &["rejected", "declined", "refunded", "returned", "expired", "closed"]),
            ("shipment", &["delivered", "collected", "returned", "cancelled", "canceled"]),
        ],
    },
    Course {
        sort: OpenSort::TradeIn,
        // Where a record begins in the middle, a device that arrived is a trade-in too.
        begins: &[("trade_in", &["started", "created", "requested", "quoted", "accepted", "received"])],
        goes_on: &[("trade_in", &["shipped", "inspected", "assessed", "requoted", "delayed"])],
        ends: &[
            ("trade_in", &["credited", "paid", "completed", "closed"]),
            ("trade_in", &["cancelled", "canceled", "rejected", "declined", "returned", "expired"]),
        ],
    },
];

/// The nouns of what somebody changes who takes an account over.
const GUARDED: [&str; 6] = ["sim", "number", "credential", "address", "autopay", "line"];
const PLAN: &str = "plan";

/// What of a course a transaction is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Begins,
    GoesOn,
    Ends,
}

/// What is open on an account, its plans and its last changes, by those of its transactions that the books knew at a
/// moment, in any order. `since`: what counts as lately.
///
/// A transaction ends what began before it if the two share a reference or a device. What has neither is not listed as
/// open: nothing could ever be said to end it.
pub fn account_now(transactions: &[Transaction], at: Instant, since: Instant) -> AccountNow<'_> {
    let mut known: Vec<&Transaction> = transactions.iter().filter(|known| known.is_known_at(at)).collect();
    known.sort_by_key(|transaction| (transaction.occurred_at, &transaction.id));
    let mut open: Vec<Open> = COURSES.iter().flat_map(|course| course.open(&known)).collect();
    open.sort_by_key(|open| (open.begun.occurred_at, &open.begun.id));
    let changes = || known.iter().copied().filter(|known| GUARDED.contains(&known.kind.noun()));
    AccountNow {
        open,
        plans: latest_plans(&known),
        changes: latest_of_each(changes(), |change: &Transaction| (change.kind.noun(), line_of(change))),
        lately: changes().filter(|change| change.occurred_at >= since).collect(),
    }
}

impl Course {
    /// What of the sort is open after all of these, which are in the order of their times.
    fn open<'a>(&self, known: &[&'a Transaction]) -> Vec<Open<'a>> {
        let mut steps: Vec<(Step, &Transaction)> =
            known.iter().filter_map(|known| Some((self.step(&known.kind)?, *known))).collect();
        // Of one moment, what begins comes before what ends it.
        steps.sort_by_key(|(step, transaction)| (transaction.occurred_at, *step));
        // Of each, all that happened to it: the references may pass from one step to the next.
        let mut open: Vec<Vec<&Transaction>> = Vec::new();
        for (step, transaction) in steps {
            let own = open.iter().position(|course| course.iter().any(|one| is_of_one(one, transaction)));
            match (step, own) {
                (Step::Ends, Some(own)) => drop(open.remove(own)),
                (Step::Begins | Step::GoesOn, Some(own)) => open[own].push(transaction),
                (Step::Begins, None) if names_itself(transaction) => open.push(vec![transaction]),
                (Step::Begins | Step::GoesOn | Step::Ends, None) => {}
            }
        }
        let open = open.into_iter().filter_map(|course| Some((*course.first()?, *course.last()?)));
        open.map(|(begun, latest)| Open { sort: self.sort, begun, latest }).collect()
    }

    fn step(&self, kind: &Kind) -> Option<Step> {
        let verb = kind.as_str().strip_prefix(kind.noun())?.strip_prefix('.')?;
        let is_among = |kinds: &[(&str, &[&str])]| {
            kinds.iter().any(|(noun, verbs)| *noun == kind.noun() && verbs.contains(&verb))
        };
        let steps = [(self.begins, Step::Begins), (self.goes_on, Step::GoesOn), (self.ends, Step::Ends)];
        steps.into_iter().find(|(kinds, _)| is_among(kinds)).map(|(_, step)| step)
    }
}

fn is_of_one(one: &Transaction, other: &Transaction) -> bool {
    let device = |transaction: &Transaction| transaction.device.as_ref().map(|device| device.imei);
    let by_reference = one.references.iter().any(|reference| other.references.contains(reference));
    by_reference || device(one).is_some_and(|imei| device(other) == Some(imei))
}

fn names_itself(transaction: &Transaction) -> bool {
    !transaction.references.is_empty() || transaction.device.is_some()
}

fn latest_plans<'a>(known: &[&'a Transaction]) -> Vec<&'a Transaction> {
    let plans = known.iter().filter(|known| known.kind.noun() == PLAN);
    latest_of_each(plans.copied(), line_of)
}

fn line_of(transaction: &Transaction) -> Option<&str> {
    transaction.line.as_ref().map(E164::as_str)
}

/// Of those that have the same key, the last one; in their order.
fn latest_of_each<'a, K: PartialEq + 'a>(
    transactions: impl Iterator<Item = &'a Transaction>,
    key: impl Fn(&'a Transaction) -> K,
) -> Vec<&'a Transaction> {
    let mut latest: Vec<&Transaction> = Vec::new();
    for transaction in transactions {
        latest.retain(|before| key(before) != key(transaction));
        latest.push(transaction);
    }
    latest
}

#[cfg(test)]
mod tests;
