use engine::Language;

/// How a region writes dates, times and numbers, as CLDR 46 has it for English and Spanish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// `April 10`, and not `10 April`.
    pub(super) months_first: bool,
    /// `2:37 PM`, and not `14:37`.
    pub(super) twelve_hours: bool,
    pub(super) numbers: Numbers,
    /// The currency that is meant by a dollar sign alone.
    pub(super) dollar: &'static str,
}

/// How numbers and amounts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// `$1,234.50`.
    Point,
    /// `$ 1.234,50`.
    Comma,
    /// `1234,50 $`, and `12.345`: a sign behind the number, and numbers of four digits whole.
    Spain,
}

const MONTHS_FIRST: [&str; 4] = ["CA", "PH", "PR", "US"];
const TWELVE_HOURS: [&str; 26] = [
    "419", "AR", "AU", "BO", "CA", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "IN", "MX", "NI", "NZ",
    "PA", "PE", "PH", "PR", "PY", "SV", "US", "UY", "VE",
];
/// Where Spanish is written with a decimal point.
const SPANISH_POINT: [&str; 12] = ["419", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US"];
/// Where Spanish is written with a decimal comma, and a currency's sign still comes first. Elsewhere it is written as in
/// Spain.
const SPANISH_COMMA: [&str; 9] = ["AR", "BO", "CL", "CO", "CR", "EC", "PY", "UY", "VE"];
const DOLLARS: [(&str, &str); 14] = [
    ("AR", "ARS"),
    ("AU", "AUD"),
    ("CA", "CAD"),
    ("CL", "CLP"),
    ("CO", "COP"),
    ("CU", "CUP"),
    ("DO", "DOP"),
    ("MX", "MXN"),
    ("NZ", "NZD"),
    ("UY", "UYU"),
    ("EC", "USD"),
    ("PR", "USD"),
    ("SV", "USD"),
    ("US", "USD"),
];

impl Region {
    /// That of a reader's locale, `es-MX`, for what is said in a language.
    pub(super) fn of(language: Language, reader_locale: &str) -> Self {
        let region = region_of(reader_locale);
        let region = region.as_deref().unwrap_or(match Language::of_locale(reader_locale) {
            Language::En => "US",
            Language::Es => "ES",
        });
        let is_in = |regions: &[&str]| regions.contains(&region);
        let numbers = match language {
            Language::En => Numbers::Point,
            Language::Es if is_in(&SPANISH_POINT) => Numbers::Point,
            Language::Es if is_in(&SPANISH_COMMA) => Numbers::Comma,
            Language::Es => Numbers::Spain,
        };
        Self {
            months_first: is_in(&MONTHS_FIRST),
            twelve_hours: is_in(&TWELVE_HOURS),
            numbers,
            dollar: DOLLARS.iter().find(|(known, _)| *known == region).map_or("", |(_, currency)| currency),
        }
    }
}

/// The region of a BCP 47 tag: behind the language, and a script where there is one.
fn region_of(tag: &str) -> Option<String> {
    let is_region = |part: &&str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts = tag.split(['-', '_']).skip(1);
    parts.take_while(|part| part.len() > 1).find(is_region).map(str::to_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_wherever_a_tag_has_it() {
        for (tag, region) in [
            ("en-US", Some("US")),
            ("es_mx", Some("MX")),
            ("es-Latn-CO", Some("CO")),
            ("es-419", Some("419")),
            ("en-u-hc-h23", None),
            ("en-GB-oxendict", Some("GB")),
            ("es", None),
            ("", None),
        ] {
            assert_eq!(region_of(tag).as_deref(), region, "{tag}");
        }
    }
}
