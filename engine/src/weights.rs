use crate::Span;
use crate::compare::{Agreement, Comparison};

/// Log-likelihood ratios of agreement between a message and its transaction against chance, as Fellegi and Sunter
/// (1969) weigh them: the rarer a fact agrees by chance, the more its agreement says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    pub reference: f64,
    pub device: f64,
    pub device_in_part: f64,
    /// Of each further reference in common.
    pub further_reference: f64,
    pub amount: f64,
    pub amount_in_part: f64,
    pub line: f64,
    pub day: f64,
    pub lag: LagDensity,
}

/// The density of the lag from a transaction to its message, heavy-tailed around the moment itself, as queues and
/// nightly runs are: in nats and up to a constant, minus the logarithm of 1 + |lag| / `scale`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LagDensity {
    /// The lag at which the density is half of its greatest.
    pub scale: Span,
    /// What is added where the message runs ahead of its transaction.
    pub ahead: f64,
}

impl Weights {
    /// What serves a feed too small to learn from.
    pub(crate) const DEFAULT: Self = Self {
        reference: 14.0,
        device: 10.0,
        device_in_part: 6.0,
        further_reference: 7.0,
        amount: 6.0,
        amount_in_part: 3.0,
        line: 4.0,
        day: 2.0,
        lag: LagDensity::DEFAULT,
    };

    /// The sum of the log-likelihood ratios of what was compared.
    pub(crate) fn weigh(&self, comparison: &Comparison, lag: Span) -> f64 {
        let agreed = |agreement, weight| if agreement == Agreement::Agrees { weight } else { 0.0 };
        let device = match comparison.device {
            Agreement::InPart => self.device_in_part,
            other => agreed(other, self.device),
        };
        let amount = match comparison.amount {
            Agreement::InPart => self.amount_in_part,
            other => agreed(other, self.amount),
        };
        agreed(comparison.reference, self.reference)
            + f64::from(comparison.references.saturating_sub(1)) * self.further_reference
            + device
            + amount
            + agreed(comparison.line, self.line)
            + agreed(comparison.day, self.day)
            + self.lag.log_density(lag)
    }
}

impl LagDensity {
    /// Mail runs ahead of the books less often than behind them.
    pub(crate) const DEFAULT: Self = Self { scale: Span::hours(1), ahead: -1.0 };

    fn log_density(self, lag: Span) -> f64 {
        let ahead = if lag < Span::ZERO { self.ahead } else { 0.0 };
        ahead - (lag.as_hours().abs() / self.scale.as_hours()).ln_1p()
    }
}
