use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use engine::Language;

use crate::request::cookie;

/// The cookie that keeps the language which a visitor chose.
pub(crate) const LANGUAGE_COOKIE: &str = "language";

/// The language that the visitor chose on an earlier page.
pub(crate) fn chosen_language(headers: &HeaderMap) -> Option<Language> {
    cookie(headers, LANGUAGE_COOKIE).and_then(language_of_tag)
}

/// The language that the visitor's browser asks for; English where it asks for none of ours.
pub(super) fn accepted_language(headers: &HeaderMap) -> Language {
    accepted(headers).map_or(Language::En, |(language, _)| language)
}

/// The locale that it asks for, `es-MX`, where that is of one of our languages.
pub(super) fn accepted_locale(headers: &HeaderMap) -> &str {
    accepted(headers).map_or("", |(_, locale)| locale)
}

/// What weighs most, and of that what comes first (RFC 9110, 12.5.4).
fn accepted(headers: &HeaderMap) -> Option<(Language, &str)> {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best: Option<(f32, Language, &str)> = None;
    for range in asked.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if let Some(language) = language_of_tag(tag.trim())
            && weight > best.map_or(0.0, |(weight, ..)| weight)
        {
            best = Some((weight, language, tag.trim()));
        }
    }
    best.map(|(_, language, tag)| (language, tag))
}

fn language_of_tag(tag: &str) -> Option<Language> {
    let primary = tag.split('-').next().unwrap_or(tag);
    [Language::En, Language::Es].into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    use axum::http::{HeaderName, HeaderValue};

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_browser_s_favourite_of_ours_is_spoken() {
        let cases = [
            ("es-US,es;q=0.9,en;q=0.8", Language::Es),
            ("ES-mx , en ; q=0.5", Language::Es),
            ("es-419", Language::Es),
            ("de, en;q=0.5, es;q=0.7", Language::Es),
            ("en-GB,en;q=0.9,es;q=0.8", Language::En),
            ("es;q=0", Language::En),
            ("es;q=x", Language::En),
            ("fr", Language::En),
            ("", Language::En),
        ];
        for (asked, language) in cases {
            assert_eq!(accepted_language(&headers(ACCEPT_LANGUAGE, asked)), language, "{asked}");
        }
    }

    #[test]
    fn a_stranger_s_region_is_the_browser_s() {
        for (asked, locale) in
            [("de, en-GB;q=0.9, en;q=0.8", "en-GB"), ("es-MX,es;q=0.9", "es-MX"), ("fr", "")]
        {
            assert_eq!(accepted_locale(&headers(ACCEPT_LANGUAGE, asked)), locale);
        }
    }

    #[test]
    fn a_choice_is_read_from_its_cookie() {
        assert_eq!(chosen_language(&headers(COOKIE, "id=x; language=es")), Some(Language::Es));
        assert_eq!(chosen_language(&headers(COOKIE, "language=fr")), None);
        assert_eq!(chosen_language(&headers(COOKIE, "mylanguage=es")), None);
    }
}
