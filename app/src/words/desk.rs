use engine::{Language, Span};

use super::{Text, text};
use crate::kept_search::Refusal;

pub(crate) use super::lookups::quoted;

pub(crate) const TITLE: Text = text("Desk", "Mostrador");
pub(crate) const HEADING: Text = text("Find an account", "Buscar una cuenta");
pub(crate) const LEAD: Text = text(
    "It stays open for 15 minutes. The customer sees that you looked, and the reason you give.",
    "Queda abierta 15 minutos. El cliente ve que usted la consultó y el motivo que dé.",
);
pub(crate) const SEARCH: Text = text("Whose account", "De quién es la cuenta");
pub(crate) const SEARCH_HINT: Text = text(
    "An account number, email address, phone number or message number, whole and exact",
    "Un número de cuenta, correo, teléfono o número de mensaje, completo y exacto",
);
pub(crate) const REASON: Text = text("Why you look", "Por qué la consulta");
pub(crate) const REASON_HINT: Text =
    text("In a sentence that the customer will understand", "En una frase que el cliente entienda");
pub(crate) const OPEN_ACCOUNT: Text = text("Open the account", "Abrir la cuenta");
pub(crate) const OPEN: Text = text("Open to you now", "Abiertas para usted");
pub(crate) const NONE_OPEN: Text = text(
    "Nothing. An account that you open is listed here until it closes.",
    "Ninguna. La cuenta que abra figurará aquí hasta que se cierre.",
);

pub(crate) const ACCOUNT_TITLE: Text = text("A customer’s history", "Historial de un cliente");
pub(crate) const ACCOUNT_HEADING: Text = text("What the customer sees", "Lo que ve el cliente");
pub(crate) const MESSAGE_TITLE: Text = text("A customer’s message", "Mensaje de un cliente");
pub(crate) const TRANSACTION_TITLE: Text =
    text("Activity on a customer’s account", "Actividad en la cuenta de un cliente");
pub(crate) const LOOKING_AT: Text =
    text("You are looking at the account of", "Está consultando la cuenta de");
pub(crate) const NAMELESS: Text = text("A customer without a name", "Cliente sin nombre");
pub(crate) const MASKED: Text = text(
    "“You” is the customer here. Identifiers are cut to their end.",
    "Aquí «usted» es el cliente. De los identificadores solo se ve el final.",
);
pub(crate) const CLOSE: Text = text("Close the account", "Cerrar la cuenta");

pub(crate) const CLOSED: Text = text("This lookup has closed", "Esta consulta se cerró");
pub(crate) const CLOSED_TITLE: Text = text("Lookup closed", "Consulta cerrada");
pub(crate) const CLOSED_WHAT: Text = text(
    "An account is open for 15 minutes, to whoever gave the reason. After that, nothing of it is shown.",
    "Una cuenta queda abierta 15 minutos, para quien dio el motivo. Después no se muestra nada de ella.",
);
pub(crate) const STILL_CALLING: Text = text("Still on the call?", "¿Sigue la llamada?");
pub(crate) const STILL_CALLING_WHAT: Text = text(
    "Look the account up again and say why. The customer sees both.",
    "Busque la cuenta otra vez y diga por qué. El cliente ve ambas consultas.",
);

const MICROS_PER_MINUTE: i64 = Span::minutes(1).micros();

/// Why a search opened nothing, and what to do.
pub(crate) const fn refused(refusal: Refusal) -> Text {
    match refusal {
        Refusal::Empty => text("Type what the customer gives you.", "Escriba lo que le diga el cliente."),
        Refusal::ReasonShort => {
            text("Say a little more: at least 10 characters.", "Diga algo más: al menos 10 caracteres.")
        }
        Refusal::ReasonLong => {
            text("Say it shorter: at most 500 characters.", "Dígalo más corto: como máximo 500 caracteres.")
        }
        Refusal::ReasonControl => {
            text("Write it as plain text on one line.", "Escríbalo como texto simple en una línea.")
        }
        Refusal::Nothing => text(
            "No account has this. Ask the customer to read it out again, whole.",
            "Ninguna cuenta lo tiene. Pida al cliente que lo lea otra vez, completo.",
        ),
        Refusal::Several => text(
            "More than one account has this. Ask for the account number.",
            "Más de una cuenta lo tiene. Pida el número de cuenta.",
        ),
        Refusal::Deleted => text("This account was deleted.", "Esta cuenta fue eliminada."),
        Refusal::TooMany => text(
            "Too many searches found nothing. Wait 15 minutes, or ask your supervisor.",
            "Demasiadas búsquedas sin resultado. Espere 15 minutos o pregunte a su supervisor.",
        ),
        Refusal::BudgetOfHour => text(
            "You have opened as many accounts as one person may in an hour. Ask your supervisor: if you go on trying, your \
             sign-in is suspended. Accounts you opened today open again.",
            "Ha abierto tantas cuentas como una persona puede en una hora. Pregunte a su supervisor: si sigue intentándolo, \
             se suspende su acceso. Las cuentas que abrió hoy se abren de nuevo.",
        ),
        Refusal::BudgetOfDay => text(
            "You have opened as many accounts as one person may in a day. Ask your supervisor: if you go on trying, your \
             sign-in is suspended. Accounts you opened today open again.",
            "Ha abierto tantas cuentas como una persona puede en un día. Pregunte a su supervisor: si sigue intentándolo, \
             se suspende su acceso. Las cuentas que abrió hoy se abren de nuevo.",
        ),
        Refusal::Failed => text(
            "It failed on our side, and nothing was opened. Try again.",
            "Falló de nuestro lado y no se abrió nada. Inténtelo de nuevo.",
        ),
    }
}

pub(crate) fn account_ending(end: &str, language: Language) -> String {
    match language {
        Language::En => format!("account {end}"),
        Language::Es => format!("cuenta {end}"),
    }
}

/// Begun minutes count as whole ones, so that none is left only when none is.
pub(crate) fn minutes_left(left: Span, language: Language) -> String {
    let minutes = (left.micros().max(0) + MICROS_PER_MINUTE - 1) / MICROS_PER_MINUTE;
    match (language, minutes) {
        (Language::En, 1) => "1 minute left".to_owned(),
        (Language::En, _) => format!("{minutes} minutes left"),
        (Language::Es, 1) => "Queda 1 minuto".to_owned(),
        (Language::Es, _) => format!("Quedan {minutes} minutos"),
    }
}

pub(crate) fn closes_at(time: &str, language: Language) -> String {
    match language {
        Language::En => format!("Closes at {time}"),
        Language::Es => format!("Cierre: {time}"),
    }
}
