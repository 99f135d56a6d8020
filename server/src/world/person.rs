use engine::Imei;

use super::WorldSettings;
use crate::dice::Dice;

/// Whose account it is.
pub(super) struct Person {
    pub account: String,
    pub first: &'static str,
    pub last: &'static str,
    pub language: &'static str,
    pub email: String,
    /// International, the first of them the one that gets text messages.
    pub lines: Vec<String>,
    pub handsets: Vec<Handset>,
}

#[derive(Clone)]
pub(super) struct Handset {
    pub imei: Imei,
    pub model: &'static str,
}

const FIRST: [&str; 20] = [
    "Adaeze", "Bruno", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Iker", "Jana", "Kwame",
    "Leila", "Marek", "Nadia", "Otto", "Priya", "Quentin", "Rosa", "Sven", "Tomoko",
];
const LAST: [&str; 16] = [
    "Abara",
    "Brandt",
    "Castel",
    "Duarte",
    "Eklund",
    "Fonseca",
    "Grabowski",
    "Haddad",
    "Ibarra",
    "Jovanic",
    "Keller",
    "Lindqvist",
    "Moreau",
    "Nakagawa",
    "Ortega",
    "Petersen",
];
const MODELS: [(&str, &str); 6] = [
    ("Aurora X2", "35174508"),
    ("Aurora X3 Mini", "35288117"),
    ("Kestrel 7", "86412903"),
    ("Kestrel 8 Pro", "86412977"),
    ("Nimbus One", "35990214"),
    ("Nimbus Two 5G", "35990266"),
];
const OTHER_LANGUAGES: [&str; 3] = ["es", "de", "pt"];

impl Person {
    pub(super) fn by_chance(dice: &mut Dice, number: u64, world: &WorldSettings) -> Self {
        let (first, last) = (*dice.pick(&FIRST), *dice.pick(&LAST));
        let foreign = dice.happens(world.languages);
        let language = if foreign { *dice.pick(&OTHER_LANGUAGES) } else { "en" };
        let lines = (0..dice.between(1, 3)).map(|place| line(language, number, place)).collect();
        let handsets = (0..dice.between(1, 4)).map(|_| Handset::by_chance(dice)).collect();
        let email = format!("{}.{}.{number}@example.org", first.to_lowercase(), last.to_lowercase());
        Self { account: format!("AC{number:08}"), first, last, language, email, lines, handsets }
    }

    pub(super) fn locale(&self) -> &'static str {
        match self.language {
            "es" => "es-ES",
            "de" => "de-DE",
            "pt" => "pt-PT",
            _ => "en-US",
        }
    }

    pub(super) fn time_zone(&self) -> &'static str {
        match self.language {
            "es" => "Europe/Madrid",
            "de" => "Europe/Berlin",
            "pt" => "Europe/Lisbon",
            _ => "America/Chicago",
        }
    }
}

impl Handset {
    fn by_chance(dice: &mut Dice) -> Self {
        let (model, type_code) = *dice.pick(&MODELS);
        let identity: Imei = format!("{type_code}{:06}", dice.between(0, 999_999))
            .parse()
            .expect("eight and six digits are an IMEI's");
        Self { imei: identity.printed().parse().expect("a computed check digit checks"), model }
    }
}

fn line(language: &str, number: u64, place: i64) -> String {
    let number = number * 3 + place.unsigned_abs();
    match language {
        "es" => format!("+346{number:08}"),
        "de" => format!("+49151{number:08}"),
        "pt" => format!("+3519{number:08}"),
        _ => format!("+1312{:07}", 2_000_000 + number % 8_000_000),
    }
}

/// A line as people write it at home.
pub(super) fn national(line: &str) -> String {
    let digits = line.trim_start_matches('+');
    if let Some(own) = digits.strip_prefix('1') {
        return format!("({}) {}-{}", &own[..3], &own[3..6], &own[6..]);
    }
    if let Some(own) = digits.strip_prefix("49") {
        return format!("0{} {}", &own[..3], &own[3..]);
    }
    let own = digits.strip_prefix("34").or(digits.strip_prefix("351")).unwrap_or(digits);
    format!("{} {} {}", &own[..3], &own[3..6], &own[6..])
}
