use engine::Imei;

use crate::dice::Dice;

/// A device of the operator's range or its past.
#[derive(Clone, Debug)]
pub(super) struct Handset {
    pub model: &'static str,
    pub imei: Imei,
    pub price_cents: i64,
}

/// Models of the last years, with a made-up type allocation code and a price in dollars.
const CURRENT: [(&str, &str, i64); 8] = [
    ("Google Pixel 8a", "35704712", 499),
    ("Google Pixel 9", "35880913", 799),
    ("iPhone 14", "35611248", 629),
    ("iPhone 15", "35402169", 729),
    ("iPhone 16e", "35719034", 599),
    ("Galaxy A55", "35266071", 449),
    ("Galaxy S24", "35493320", 799),
    ("Moto G Stylus", "35188457", 299),
];

/// Models that people traded in long ago.
const OLD: [(&str, &str, i64); 6] = [
    ("iPhone 7", "35382408", 120),
    ("iPhone 8 Plus", "35672909", 160),
    ("Galaxy S9", "35226510", 140),
    ("LG G7", "35415909", 90),
    ("Moto Z3 Play", "35160309", 80),
    ("Google Pixel 2", "35753708", 110),
];

impl Handset {
    /// One that is sold today.
    pub(super) fn current(dice: &mut Dice) -> Self {
        Self::of(*dice.pick(&CURRENT), dice)
    }

    /// One that was old years ago.
    pub(super) fn old(dice: &mut Dice) -> Self {
        Self::of(*dice.pick(&OLD), dice)
    }

    fn of((model, type_code, dollars): (&'static str, &str, i64), dice: &mut Dice) -> Self {
        let identity = format!("{type_code}{:06}", dice.between(0, 999_999));
        let bare: Imei = identity.parse().expect("eight and six digits are an IMEI's");
        let imei = bare.printed().parse().expect("a computed check digit checks");
        Self { model, imei, price_cents: dollars * 100 }
    }
}

/// A trade-in of years ago, which only the archive still had mail about.
#[derive(Clone, Debug)]
pub(super) struct OldTradeIn {
    pub reference: String,
    pub handset: Handset,
}
