use crate::Span;

/// The lags at which stretches begin and end, in minutes from the transaction to the message.
pub(crate) const LAG_EDGES: [i64; STRETCHES + 1] = [
    -48 * 60,
    -6 * 60,
    -60,
    0,
    15,
    60,
    4 * 60,
    12 * 60,
    24 * 60,
    48 * 60,
    72 * 60,
    5 * 24 * 60,
    8 * 24 * 60,
    14 * 24 * 60,
    30 * 24 * 60,
];

pub(crate) const STRETCHES: usize = 14;

/// The stretch that a lag falls in; the nearest for one beyond all.
pub(crate) fn stretch_of(lag_minutes: i64) -> usize {
    LAG_EDGES.partition_point(|edge| *edge <= lag_minutes).clamp(1, STRETCHES) - 1
}

/// A span in whole minutes, rounded down.
pub(crate) fn minutes_of(span: Span) -> i64 {
    span.micros().div_euclid(Span::minutes(1).micros())
}
