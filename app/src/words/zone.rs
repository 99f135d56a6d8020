use super::{Text, text};

const PACIFIC: &[&str] = &["America/Los_Angeles", "America/Tijuana", "America/Vancouver"];
const MOUNTAIN: &[&str] = &["America/Denver", "America/Boise", "America/Edmonton"];
const ARIZONA: &[&str] = &["America/Phoenix"];
const CENTRAL: &[&str] = &["America/Chicago", "America/Winnipeg"];
const EASTERN: &[&str] = &["America/New_York", "America/Detroit", "America/Toronto"];
const ALASKA: &[&str] = &["America/Anchorage", "America/Juneau"];
const HAWAII: &[&str] = &["Pacific/Honolulu"];
const ATLANTIC: &[&str] = &["America/Puerto_Rico", "America/Halifax"];
const UTC: &[&str] = &["UTC", "Etc/UTC"];

/// How the zones that have a name of their own are said; others are said by their city.
pub(crate) const KNOWN: [(&[&str], Text); 9] = [
    (PACIFIC, text("Times are in Pacific Time.", "Las horas son las del Pacífico.")),
    (MOUNTAIN, text("Times are in Mountain Time.", "Las horas son las de la Montaña.")),
    (ARIZONA, text("Times are in Arizona Time.", "Las horas son las de Arizona.")),
    (CENTRAL, text("Times are in Central Time.", "Las horas son las del Centro.")),
    (EASTERN, text("Times are in Eastern Time.", "Las horas son las del Este.")),
    (ALASKA, text("Times are in Alaska Time.", "Las horas son las de Alaska.")),
    (HAWAII, text("Times are in Hawaii Time.", "Las horas son las de Hawái.")),
    (ATLANTIC, text("Times are in Atlantic Time.", "Las horas son las del Atlántico.")),
    (UTC, text("Times are in UTC.", "Las horas son las de UTC.")),
];
