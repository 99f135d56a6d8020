use std::fmt::Write as _;

use serde::Deserialize;

use crate::Span;
use crate::compare::{Agreement, Comparison};
use crate::lags::{LAG_EDGES, STRETCHES, minutes_of, stretch_of};

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

/// The density of the lag from a transaction to its message, in nats and up to a constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LagDensity {
    /// Heavy-tailed around the moment itself, as queues and nightly runs are, and less where mail runs ahead of the books.
    Usual,
    /// As it was counted in each of [`LAG_EDGES`]' stretches; within one it falls as the usual one does.
    Counted([f64; STRETCHES]),
}

/// The weights as a catalogue has them; what it leaves out is as before.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenWeights {
    reference: Option<f64>,
    further_reference: Option<f64>,
    device: Option<f64>,
    device_in_part: Option<f64>,
    amount: Option<f64>,
    amount_in_part: Option<f64>,
    line: Option<f64>,
    day: Option<f64>,
    /// For each of [`LAG_EDGES`]' stretches.
    lags: Option<[f64; STRETCHES]>,
}

impl Weights {
    /// These weights with what is written differently.
    pub(crate) fn with(&self, written: &WrittenWeights) -> Self {
        Self {
            reference: written.reference.unwrap_or(self.reference),
            further_reference: written.further_reference.unwrap_or(self.further_reference),
            device: written.device.unwrap_or(self.device),
            device_in_part: written.device_in_part.unwrap_or(self.device_in_part),
            amount: written.amount.unwrap_or(self.amount),
            amount_in_part: written.amount_in_part.unwrap_or(self.amount_in_part),
            line: written.line.unwrap_or(self.line),
            day: written.day.unwrap_or(self.day),
            lag: written.lags.map_or(self.lag, LagDensity::Counted),
        }
    }

    /// As a catalogue has those that are fitted, to the second decimal.
    pub(crate) fn to_toml(&self) -> String {
        let Self { device, amount, line, day, lag, .. } = self;
        let mut text =
            format!("amount = {amount:.2}\ndevice = {device:.2}\nline = {line:.2}\nday = {day:.2}\n");
        if let LagDensity::Counted(densities) = lag {
            let densities: Vec<String> = densities.iter().map(|density| format!("{density:.2}")).collect();
            writeln!(text, "lags = [{}]", densities.join(", ")).expect("a text takes any text");
        }
        text
    }

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
        lag: LagDensity::Usual,
    };

    /// The sum of the log-likelihood ratios of what was compared.
    pub(crate) fn weigh(&self, comparison: Comparison, lag: Span) -> f64 {
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
    fn log_density(self, lag: Span) -> f64 {
        let usual = usual_log_density(lag);
        match self {
            Self::Usual => usual,
            Self::Counted(densities) => {
                let stretch = stretch_of(minutes_of(lag));
                densities[stretch] + usual - usual_log_density(middle_of(stretch))
            }
        }
    }
}

/// Minus the logarithm of 1 + the hours that a message is away from its transaction.
fn usual_log_density(lag: Span) -> f64 {
    const AHEAD: f64 = -1.0;
    let ahead = if lag < Span::ZERO { AHEAD } else { 0.0 };
    ahead - lag.as_hours().abs().ln_1p()
}

fn middle_of(stretch: usize) -> Span {
    Span::minutes(i64::midpoint(LAG_EDGES[stretch], LAG_EDGES[stretch + 1]))
}
