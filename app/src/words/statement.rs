use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Statement", "Extracto");
pub(crate) const HEADING: Text = text("Make a statement", "Hacer un extracto");
pub(crate) const LEAD: Text = text(
    "Everything we sent you in a period, next to what happened on your account: one document to print, or to save as PDF, \
     for a bank, an insurer or the police.",
    "Todo lo que le enviamos en un período, junto a lo que pasó en su cuenta: un documento para imprimir, o guardar como \
     PDF, para un banco, un seguro o la policía.",
);
pub(crate) const PERIOD: Text = text("Which days", "Qué días");
pub(crate) const FROM: Text = text("From", "Desde");
pub(crate) const TO: Text = text("To", "Hasta");
pub(crate) const DAY_HINT: Text = text(
    "Both days count. Without a calendar: 2026-04-10.",
    "Ambos días cuentan. Sin calendario: 2026-04-10.",
);
pub(crate) const NO_DAYS: Text = text(
    "Write two days, the first not after the last.",
    "Escriba dos días, el primero no después del último.",
);
pub(crate) const SHOW: Text = text("What to state", "Qué incluir");
pub(crate) const ALL: Text = text("Every message", "Todos los mensajes");
pub(crate) const FLAGGED: Text = text("Only what needs attention", "Solo lo que requiere atención");
pub(crate) const MAKE: Text = text("Make the statement", "Hacer el extracto");
pub(crate) const OR_ONE_OF: Text = text("Or one of these", "O uno de estos");
pub(crate) const THIS_MONTH: Text = text("This month", "Este mes");
pub(crate) const LAST_MONTH: Text = text("Last month", "El mes pasado");
pub(crate) const THREE_MONTHS: Text = text("The last three months", "Los últimos tres meses");
pub(crate) const TWELVE_MONTHS: Text = text("The last twelve months", "Los últimos doce meses");
pub(crate) const PASSWORD_WHY: Text = text(
    "It has your whole account number and whole device numbers, so we ask for your password first.",
    "Lleva su número de cuenta y los de sus dispositivos completos, así que antes pedimos su contraseña.",
);

pub(crate) const HOW_TO_PRINT: Text = text(
    "Print this page with your browser, or choose “Save as PDF” there. This note and the menus stay off the paper.",
    "Imprima esta página con su navegador, o elija allí «Guardar como PDF». Esta nota y los menús no salen en el papel.",
);
pub(crate) const OTHER_DAYS: Text = text("Other days", "Otros días");
pub(crate) const DOCUMENT: Text = text("Statement of messages", "Extracto de mensajes");
pub(crate) const HOLDER: Text = text("Account holder", "Titular");
pub(crate) const ACCOUNT: Text = text("Account number", "Número de cuenta");
pub(crate) const DAYS: Text = text("Period", "Período");
pub(crate) const STATED: Text = text("Stated", "Incluye");
pub(crate) const TIMES: Text = text("Time zone", "Zona horaria");
pub(crate) const MADE: Text = text("Made", "Hecho");
pub(crate) const SENT: Text = text("Sent", "Enviado");
pub(crate) const MESSAGE: Text = text("What we told you", "Lo que le dijimos");
pub(crate) const VERDICT: Text = text("What we found", "Lo que encontramos");
pub(crate) const TRANSACTION: Text = text("What happened on the account", "Lo que pasó en la cuenta");
pub(crate) const COUNTERFOIL: Text = text("Counterfoil number", "Número de matriz");
pub(crate) const NO_SUBJECT: Text = text("No subject", "Sin asunto");
pub(crate) const NONE: Text = text("Nothing", "Nada");
pub(crate) const NO_MESSAGE: Text = text("No message", "Ningún mensaje");
pub(crate) const UNTOLD_WHY: Text = text(
    "The account holder had to be told of this, and no message did so in time.",
    "Había que avisar de esto al titular, y ningún mensaje lo hizo a tiempo.",
);
pub(crate) const EMPTY: Text = text(
    "Nothing of this sort was sent in this period, and nothing went untold.",
    "En este período no se envió nada de este tipo, y no quedó nada sin avisar.",
);
pub(crate) const VERIFY: Text = text("How to verify this", "Cómo comprobarlo");
pub(crate) const END: Text = text("End of the statement.", "Fin del extracto.");

pub(crate) fn to(recipient: &str, language: Language) -> String {
    match language {
        Language::En => format!("to {recipient}"),
        Language::Es => format!("a {recipient}"),
    }
}

pub(crate) fn days(from: &str, to: &str, language: Language) -> String {
    match (language, from == to) {
        (_, true) => from.to_owned(),
        (Language::En, false) => format!("{from} to {to}"),
        (Language::Es, false) => format!("del {from} al {to}"),
    }
}

/// What is stated, in numbers.
pub(crate) fn counts(messages: usize, flagged: usize, untold: usize, language: Language) -> String {
    let sent = match (language, messages) {
        (Language::En, 1) => "1 message".to_owned(),
        (Language::En, _) => format!("{messages} messages"),
        (Language::Es, 1) => "1 mensaje".to_owned(),
        (Language::Es, _) => format!("{messages} mensajes"),
    };
    let flagged = match (language, flagged) {
        (Language::En, 0) => "none of them in doubt".to_owned(),
        (Language::En, _) => format!("{flagged} of them in doubt"),
        (Language::Es, 0) => "ninguno de ellos en duda".to_owned(),
        (Language::Es, _) => format!("{flagged} de ellos en duda"),
    };
    let untold = match (language, untold) {
        (_, 0) => String::new(),
        (Language::En, 1) => "; 1 activity of which no message told in time".to_owned(),
        (Language::En, _) => format!("; {untold} activities of which no message told in time"),
        (Language::Es, 1) => "; 1 actividad de la que ningún mensaje avisó a tiempo".to_owned(),
        (Language::Es, _) => format!("; {untold} actividades de las que ningún mensaje avisó a tiempo"),
    };
    format!("{sent}, {flagged}{untold}.")
}

/// That there are more than fit.
pub(crate) fn more(entries: usize, language: Language) -> String {
    match language {
        Language::En => format!(
            "This period has more than one statement holds: here are its latest {entries} entries. Choose fewer days for \
             the others."
        ),
        Language::Es => format!(
            "Este período tiene más de lo que cabe en un extracto: aquí están sus {entries} últimas entradas. Elija menos \
             días para las demás."
        ),
    }
}

pub(crate) fn verify(check: &str, brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "Whoever holds this document, or one of the messages, can check a message by its counterfoil number at {check}, \
             without signing in: whether {brand} sent it, on which day, by which channel and under which subject. What is \
             printed here can be altered; what is answered there can’t."
        ),
        Language::Es => format!(
            "Quien tenga este documento, o uno de los mensajes, puede comprobar un mensaje por su número de matriz en \
             {check}, sin iniciar sesión: si {brand} lo envió, qué día, por qué canal y con qué asunto. Lo impreso aquí \
             puede alterarse; lo que se responde allí, no."
        ),
    }
}

pub(crate) fn made_from(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "“In doubt” means that nothing on the account bears the message out, that a detail is another, or that it was \
             sent again. It does not mean that anything on the account was changed. Made from the records of {brand}."
        ),
        Language::Es => format!(
            "«En duda» significa que nada en la cuenta respalda el mensaje, que un dato es otro, o que se envió de nuevo. No \
             significa que cambiara nada en la cuenta. Hecho a partir de los registros de {brand}."
        ),
    }
}
