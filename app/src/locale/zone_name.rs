use engine::Language;

use super::Locale;
use crate::words::zone;

impl Locale {
    /// In which zone times are told: `Times are in Pacific Time.`
    pub(crate) fn zone_sentence(&self) -> String {
        let name = self.time_zone.zone().iana_name().unwrap_or("UTC");
        if let Some((_, sentence)) = zone::KNOWN.iter().find(|(zones, _)| zones.contains(&name)) {
            return sentence.in_language(self.language).to_owned();
        }
        let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        match self.language {
            Language::En => format!("Times are those of {city}."),
            Language::Es => format!("Las horas son las de {city}."),
        }
    }
}
