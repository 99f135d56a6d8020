use engine::{Language, Span};
use store::{FoundBy, Role};

use super::{Text, text};

pub(crate) const HEADING: Text = text("Who looked", "Quién consultó su cuenta");
pub(crate) const NOBODY: Text = text("Nobody has looked at your account", "Nadie ha consultado su cuenta");
pub(crate) const THEY_SEE: Text = text("What they see", "Qué ven");
pub(crate) const THEY_SEE_WHAT: Text = text(
    "The same history as you. Of phone numbers, devices and references only the last characters, of email addresses only \
     the first letter and the domain, and never a one-time code.",
    "El mismo historial que usted. De los números de teléfono, los dispositivos y las referencias, solo los últimos \
     caracteres; de los correos, solo la primera letra y el dominio; y nunca un código de un solo uso.",
);
pub(crate) const CLOSES: Text = text(
    "Each time, the account closes again after 15 minutes at the latest.",
    "Cada vez, la cuenta se cierra de nuevo a los 15 minutos como máximo.",
);

const MICROS_PER_MINUTE: i64 = Span::minutes(1).micros();

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!("Each time somebody at {brand} opened your account: who, when and why."),
        Language::Es => format!("Cada vez que alguien de {brand} abrió su cuenta: quién, cuándo y por qué."),
    }
}

pub(crate) fn nobody_why(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "When you call and somebody at {brand} opens your account, it appears here, with the reason they gave."
        ),
        Language::Es => format!(
            "Cuando usted llame y alguien de {brand} abra su cuenta, aparecerá aquí, con el motivo que haya dado."
        ),
    }
}

/// What somebody of the staff is to a customer.
pub(crate) const fn role(role: Role) -> Text {
    match role {
        Role::Agent => text("support agent", "agente de atención"),
        Role::Supervisor => text("supervisor", "supervisión"),
        Role::Auditor => text("auditor", "auditoría"),
        Role::Customer => text("customer", "cliente"),
    }
}

pub(crate) const fn found_by(by: FoundBy) -> Text {
    match by {
        FoundBy::Account => text("Found by your account number", "Encontrada por su número de cuenta"),
        FoundBy::Email => text("Found by an email address", "Encontrada por una dirección de correo"),
        FoundBy::Phone => text("Found by a phone number", "Encontrada por un número de teléfono"),
        FoundBy::Message => text("Found by a message’s number", "Encontrada por el número de un mensaje"),
        FoundBy::Report => text("Opened from your report", "Abierta desde su reporte"),
    }
}

pub(crate) fn open_until(time: &str, language: Language) -> String {
    match language {
        Language::En => format!("Open now, until {time} at the latest"),
        Language::Es => format!("Abierta ahora (cierre: {time})"),
    }
}

pub(crate) fn lasted(span: Span, language: Language) -> String {
    match (language, span.micros() / MICROS_PER_MINUTE) {
        (Language::En, ..1) => "Less than a minute".to_owned(),
        (Language::En, 1) => "1 minute".to_owned(),
        (Language::En, minutes) => format!("{minutes} minutes"),
        (Language::Es, ..1) => "Menos de un minuto".to_owned(),
        (Language::Es, 1) => "1 minuto".to_owned(),
        (Language::Es, minutes) => format!("{minutes} minutos"),
    }
}

/// Why an account was opened: as whoever opened it wrote, or to read a report.
pub(crate) fn reason(by: FoundBy, reason: &str, language: Language) -> String {
    match (by, reason.strip_prefix("Report "), language) {
        (FoundBy::Report, Some(number), Language::En) => format!("To answer your report {number}"),
        (FoundBy::Report, Some(number), Language::Es) => format!("Para responder a su reporte {number}"),
        _ => quoted(reason, language),
    }
}

/// A reason, as its author wrote it.
pub(crate) fn quoted(reason: &str, language: Language) -> String {
    match language {
        Language::En => format!("“{reason}”"),
        Language::Es => format!("«{reason}»"),
    }
}
