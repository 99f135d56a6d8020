use engine::{FactName, Language};

use super::{Text, text};

/// A fact's name, as the head of its comparison.
pub(crate) const fn name(fact: FactName) -> Text {
    match fact {
        FactName::Kind => text("Kind of activity", "Tipo de actividad"),
        FactName::Time => text("Time", "Hora"),
        FactName::Reference => text("Reference", "Referencia"),
        FactName::Amount => text("Amount", "Importe"),
        FactName::Device => text("Device", "Dispositivo"),
        FactName::Line => text("Line", "Número"),
        FactName::Day => text("Day", "Día"),
    }
}

/// A fact within a sentence: `the amount`.
pub(crate) const fn the(fact: FactName) -> Text {
    match fact {
        FactName::Kind => text("the kind of activity", "el tipo de actividad"),
        FactName::Time => text("the time", "la hora"),
        FactName::Reference => text("the reference", "la referencia"),
        FactName::Amount => text("the amount", "el importe"),
        FactName::Device => text("the device", "el dispositivo"),
        FactName::Line => text("the line", "el número"),
        FactName::Day => text("the day", "el día"),
    }
}

/// The fact on the side of the message: `Amount in this message`.
pub(crate) fn in_message(fact: FactName, language: Language) -> String {
    let name = name(fact).in_language(language);
    match language {
        Language::En => format!("{name} in this message"),
        Language::Es => format!("{name} en este mensaje"),
    }
}

/// The fact on the side of the account: `Amount on your account`.
pub(crate) fn on_account(fact: FactName, language: Language) -> String {
    let name = name(fact).in_language(language);
    match language {
        Language::En => format!("{name} on your account"),
        Language::Es => format!("{name} en su cuenta"),
    }
}

/// A device of which the message gives the last digits alone.
pub(crate) fn imei_ending(digits: &str, language: Language) -> String {
    match language {
        Language::En => format!("IMEI ending in {digits}"),
        Language::Es => format!("IMEI terminado en {digits}"),
    }
}

/// When a message left, where that is one side of a comparison.
pub(crate) fn sent_at(time: &str, language: Language) -> String {
    match language {
        Language::En => format!("Sent {time}"),
        Language::Es => format!("Enviado el {time}"),
    }
}
