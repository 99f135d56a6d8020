use engine::Language;

use super::{Text, text};

pub(crate) const WHOLE_NUMBER: Text = text("Show the whole number", "Mostrar el número completo");
pub(crate) const WHOLE_NUMBERS: Text = text("Show the whole numbers", "Mostrar los números completos");
pub(crate) const TITLE: Text = text("Your account", "Su cuenta");
pub(crate) const HEADING: Text = text("What is on your account now", "Lo que hay ahora en su cuenta");
pub(crate) const MEMBERS_PART: Text = text(
    "You are a member of this account, and see what is of your own lines and addresses. The rest is its holder’s to see.",
    "Usted es miembro de esta cuenta y ve lo de sus propias líneas y direcciones. Lo demás lo ve su titular.",
);
pub(crate) const CLOSED: Text = text(
    "This account is closed. Nothing more happens on it, and you still see everything from while it was yours.",
    "Esta cuenta está cerrada. En ella ya no pasa nada, y usted sigue viendo todo lo de cuando era suya.",
);
pub(crate) const SUSPENDED: Text = text("Suspended", "Suspendida");
pub(crate) const ACTIVE: Text = text("In use", "En uso");
pub(crate) const IS_CLOSED: Text = text("Closed", "Cerrada");
pub(crate) const OTHER_STATUS: Text = text("Ask us", "Consúltenos");
pub(crate) const STATUS: Text = text("Account", "Cuenta");

pub(crate) const OPEN: Text = text("Open now", "Abierto ahora");
pub(crate) const NONE_OPEN: Text =
    text("No order and no trade-in is open.", "No hay ningún pedido ni canje abierto.");
pub(crate) const ORDER: Text = text("Order", "Pedido");
pub(crate) const TRADE_IN: Text = text("Trade-in", "Canje");
pub(crate) const BEGUN: Text = text("Begun", "Comenzó");
pub(crate) const LATEST: Text = text("Latest", "Lo último");
pub(crate) const OPEN_EARLIER: Text = text(
    "Only the latest of your activity was looked through; something very old may be open too.",
    "Solo se revisó su actividad más reciente; podría seguir abierto algo muy antiguo.",
);

pub(crate) const PLAN: Text = text("Plan", "Plan");
pub(crate) const NO_PLAN: Text =
    text("Your plan was never changed in our records.", "En nuestros registros su plan nunca cambió.");
pub(crate) const LINES: Text = text("Lines", "Líneas");
pub(crate) const NO_LINES: Text = text("No lines.", "Ninguna línea.");
pub(crate) const EARLIER_LINES: Text = text("Earlier lines", "Líneas anteriores");
pub(crate) const DEVICES: Text = text("Devices", "Dispositivos");
pub(crate) const NO_DEVICES: Text = text("No devices.", "Ningún dispositivo.");
pub(crate) const EARLIER_DEVICES: Text = text("Earlier devices", "Dispositivos anteriores");
pub(crate) const CHANGES: Text = text("Last changes", "Últimos cambios");
pub(crate) const CHANGES_LEAD: Text = text(
    "The last time that each of these was changed. If one was not you, tell us at once.",
    "La última vez que cambió cada una de estas cosas. Si alguna no fue usted, avísenos enseguida.",
);
pub(crate) const NO_CHANGES: Text = text(
    "No change of SIM, number, password or address is in our records.",
    "En nuestros registros no hay cambios de SIM, número, contraseña ni dirección.",
);
pub(crate) const PEOPLE: Text = text("People and addresses", "Personas y direcciones");
pub(crate) const PEOPLE_LEAD: Text = text(
    "To these addresses and numbers we send messages for this account.",
    "A estas direcciones y números enviamos los mensajes de esta cuenta.",
);
pub(crate) const HOLDER: Text = text("Holder", "Titular");
pub(crate) const MEMBER: Text = text("Member", "Miembro");
pub(crate) const NO_NAME: Text = text("No name in our records", "Sin nombre en nuestros registros");

pub(crate) const PREFERENCES: Text = text("Language and time zone", "Idioma y zona horaria");
pub(crate) const LANGUAGE: Text = text("Language", "Idioma");
pub(crate) const TIME_ZONE: Text = text("Time zone", "Zona horaria");
pub(crate) const SAVED: Text = text("Saved", "Guardado");
pub(crate) const REFUSED: Text = text("That could not be saved", "No se pudo guardar");
pub(crate) const REFUSED_WHY: Text = text(
    "Choose a language and a time zone from the lists.",
    "Elija un idioma y una zona horaria de las listas.",
);

/// The parts of the world by which time zones are named.
pub(crate) const REGIONS: [(&str, Text); 10] = [
    ("Africa", text("Africa", "África")),
    ("America", text("America", "América")),
    ("Antarctica", text("Antarctica", "Antártida")),
    ("Arctic", text("Arctic", "Ártico")),
    ("Asia", text("Asia", "Asia")),
    ("Atlantic", text("Atlantic", "Atlántico")),
    ("Australia", text("Australia", "Australia")),
    ("Europe", text("Europe", "Europa")),
    ("Indian", text("Indian Ocean", "Océano Índico")),
    ("Pacific", text("Pacific", "Pacífico")),
];

/// That nothing came or went lately: what a worried person looks for first.
pub(crate) fn nothing_changed(days: i64, language: Language) -> String {
    match language {
        Language::En => format!("Nothing was added or removed in the last {days} days."),
        Language::Es => format!("No se añadió ni se retiró nada en los últimos {days} días."),
    }
}

/// The same of all that one could take an account over with.
pub(crate) fn nothing_changed_at_all(days: i64, language: Language) -> String {
    match language {
        Language::En => {
            format!("No line, device, SIM, password or address was changed in the last {days} days.")
        }
        Language::Es => {
            format!(
                "En los últimos {days} días no cambió ninguna línea, dispositivo, SIM, contraseña ni dirección."
            )
        }
    }
}

/// Before what did change lately.
pub(crate) fn changed_lately(changes: usize, days: i64, language: Language) -> String {
    match (language, changes) {
        (Language::En, 1) => format!("One thing was changed in the last {days} days:"),
        (Language::En, _) => format!("{changes} things were changed in the last {days} days:"),
        (Language::Es, 1) => format!("En los últimos {days} días cambió una cosa:"),
        (Language::Es, _) => format!("En los últimos {days} días cambiaron {changes} cosas:"),
    }
}

/// Since when, or from when to when, something was the account's.
pub(crate) fn held(from: Option<&str>, to: Option<&str>, language: Language) -> Option<String> {
    Some(match (language, from, to) {
        (_, None, None) => return None,
        (Language::En, Some(from), None) => format!("since {from}"),
        (Language::En, None, Some(to)) => format!("until {to}"),
        (Language::En, Some(from), Some(to)) => format!("{from} to {to}"),
        (Language::Es, Some(from), None) => format!("desde el {from}"),
        (Language::Es, None, Some(to)) => format!("hasta el {to}"),
        (Language::Es, Some(from), Some(to)) => format!("del {from} al {to}"),
    })
}

/// The choice to leave it as the account has it.
pub(crate) fn as_account_has_it(it: &str, language: Language) -> String {
    match language {
        Language::En => format!("As your account has it: {it}"),
        Language::Es => format!("Como en su cuenta: {it}"),
    }
}

pub(crate) fn tell_us(contact: &str, language: Language) -> String {
    match language {
        Language::En => format!("Does something here surprise you? Tell us: {contact}."),
        Language::Es => format!("¿Le sorprende algo? Avísenos: {contact}."),
    }
}
