/// A small generator of numbers that look random and are the same every time (Steele, Lea and Flood 2014:
/// `SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator of its own for each stream, so that a change in one account leaves the others as they are.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut dice = Self(seed ^ stream.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.next() % width)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// A number from `low` up to `high`.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are taken")]
    pub(crate) fn real(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something happens that has a probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.real(0.0, 1.0) < probability
    }

    /// One of a list that has some.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let place = self.next() % list.len() as u64;
        &list[usize::try_from(place).expect("a place in a list fits")]
    }
}
