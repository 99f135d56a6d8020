use rustc_hash::FxHashMap;

use crate::compare::{Agreement, Comparison};
use crate::lags::{LAG_EDGES, STRETCHES, stretch_of};
use crate::weights::{LagDensity, Weights};
use crate::{Span, Transaction};

/// How pairs of a message and a transaction of the kind that it is about compare, counted: what the weights are fitted
/// to. It adds up in any order.
#[derive(Clone, Debug, Default)]
pub(crate) struct PairCounts {
    counts: FxHashMap<Pattern, [u32; LABELS]>,
}

/// What is known of a pair.
#[derive(Clone, Copy)]
pub(crate) enum Label {
    /// The message cites the transaction by an exact reference.
    Cited,
    /// It cites another of the kind.
    Another,
    /// It cites none.
    Unknown,
}

const LABELS: usize = 3;

/// How a pair compares: amount, device, line and day by their agreement, and the stretch of the lag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Pattern {
    facts: [Agreement; FACTS],
    stretch: u8,
}

const FACTS: usize = 4;
/// How a fact can compare that both sides have.
const LEVELS: [Agreement; 3] = [Agreement::Agrees, Agreement::InPart, Agreement::Differs];

/// With fewer pairs that are known to belong together, or not to, the weights are those that serve every operator.
const KNOWN_MIN: u32 = 200;
/// After so many rounds the weights of every feed tried stood still to the second decimal.
const ROUNDS: usize = 25;
/// An agreement says no more than this, however rarely it came by chance: what is counted has slips in it.
const WEIGHT_MAX: f64 = 12.0;

/// What share of pairs compares how, by fact and level, and by stretch of lag.
#[derive(Clone)]
struct Shares {
    facts: [[f64; LEVELS.len()]; FACTS],
    lags: [f64; STRETCHES],
}

impl PairCounts {
    pub(crate) fn add(&mut self, comparison: Comparison, lag_minutes: i64, label: Label) {
        let Comparison { amount, device, line, day, .. } = comparison;
        let stretch = u8::try_from(stretch_of(lag_minutes)).expect("there are few stretches");
        let pattern = Pattern { facts: [amount, device, line, day], stretch };
        self.counts.entry(pattern).or_default()[label as usize] += 1;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (pattern, counts) in other.counts {
            let known = self.counts.entry(pattern).or_default();
            known.iter_mut().zip(counts).for_each(|(count, more)| *count += more);
        }
    }

    /// The weights under which what was counted is likeliest, by expectation and maximisation (Dempster, Laird and Rubin
    /// 1977; for record linkage Winkler 1988): pairs with an exact reference are known, of the others it is guessed, and
    /// counted by halves, how many belong together. `None` where too little is known.
    pub(crate) fn fit(&self) -> Option<Weights> {
        let mut patterns: Vec<(&Pattern, &[u32; LABELS])> = self.counts.iter().collect();
        patterns.sort_unstable();
        let known = |label: Label| patterns.iter().map(|(_, counts)| counts[label as usize]).sum::<u32>();
        if known(Label::Cited) < KNOWN_MIN || known(Label::Another) < KNOWN_MIN {
            return None;
        }
        let count = |counts: &[u32; LABELS], label: Label| f64::from(counts[label as usize]);
        let mut matched = Shares::of(patterns.iter().map(|(it, counts)| (**it, count(counts, Label::Cited))));
        let mut chance =
            Shares::of(patterns.iter().map(|(it, counts)| (**it, count(counts, Label::Another))));
        let mut prior = 0.5;
        for _ in 0..ROUNDS {
            let belongs = |pattern: Pattern| {
                let (yes, no) =
                    (prior * matched.likelihood(pattern), (1.0 - prior) * chance.likelihood(pattern));
                yes / (yes + no)
            };
            let guessed: Vec<f64> = patterns.iter().map(|(pattern, _)| belongs(**pattern)).collect();
            let unknown = |counts| count(counts, Label::Unknown);
            let together = patterns.iter().zip(&guessed);
            let together =
                together.map(|((it, counts), p)| (**it, count(counts, Label::Cited) + p * unknown(counts)));
            let apart = patterns.iter().zip(&guessed);
            let apart = apart
                .map(|((it, counts), p)| (**it, count(counts, Label::Another) + (1.0 - p) * unknown(counts)));
            let of_unknown: f64 = patterns.iter().map(|(_, counts)| unknown(counts)).sum();
            let belonging: f64 =
                patterns.iter().zip(&guessed).map(|((_, counts), p)| p * unknown(counts)).sum();
            (matched, chance) = (Shares::of(together), Shares::of(apart));
            prior = ((belonging + 1.0) / (of_unknown + 2.0)).clamp(0.01, 0.99);
        }
        Some(matched.weights_against(&chance))
    }
}

impl Shares {
    /// The shares in which counted patterns compare; every way is taken to have been seen once.
    fn of(counted: impl Iterator<Item = (Pattern, f64)>) -> Self {
        let mut shares = Self { facts: [[1.0; LEVELS.len()]; FACTS], lags: [1.0; STRETCHES] };
        for (pattern, count) in counted {
            for (levels, fact) in shares.facts.iter_mut().zip(pattern.facts) {
                if let Some(level) = LEVELS.iter().position(|level| *level == fact) {
                    levels[level] += count;
                }
            }
            shares.lags[usize::from(pattern.stretch)] += count;
        }
        shares.facts.iter_mut().for_each(|levels| normalise(levels));
        normalise(&mut shares.lags);
        shares
    }

    /// How likely a pair is to compare so. A fact of which one side is silent says nothing.
    fn likelihood(&self, pattern: Pattern) -> f64 {
        let facts = self
            .facts
            .iter()
            .zip(pattern.facts)
            .filter_map(|(levels, fact)| Some(levels[LEVELS.iter().position(|level| *level == fact)?]));
        facts.product::<f64>() * self.lags[usize::from(pattern.stretch)]
    }

    /// A fact that agrees says no less than usual: where a customer pays the same each month, the amount agrees by chance,
    /// and still is what tells a payment from one of which no amount is known.
    fn weights_against(&self, chance: &Self) -> Weights {
        let usual = Weights::DEFAULT;
        let weight = |fact: usize, level: usize, usual: f64| {
            (self.facts[fact][level] / chance.facts[fact][level]).ln().clamp(usual, WEIGHT_MAX)
        };
        Weights {
            amount: weight(0, 0, usual.amount),
            device: weight(1, 0, usual.device),
            line: weight(2, 0, usual.line),
            day: weight(3, 0, usual.day),
            lag: self.lag_density(),
            ..usual
        }
    }

    /// The shares by hour.
    fn lag_density(&self) -> LagDensity {
        LagDensity::Counted(std::array::from_fn(|stretch| {
            let width = Span::minutes(LAG_EDGES[stretch + 1] - LAG_EDGES[stretch]);
            (self.lags[stretch] / width.as_hours()).ln()
        }))
    }
}

fn normalise(shares: &mut [f64]) {
    let all: f64 = shares.iter().sum();
    for share in shares {
        *share /= all;
    }
}

/// Whether a transaction is among those that a message cites.
pub(crate) fn label_of(transaction: &Transaction, cited: &[&Transaction]) -> Label {
    if cited.is_empty() {
        Label::Unknown
    } else if cited.iter().any(|it| it.id == transaction.id) {
        Label::Cited
    } else {
        Label::Another
    }
}
