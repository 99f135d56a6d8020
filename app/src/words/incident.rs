use engine::{Language, Span};

use super::{Text, text};

/// The words that only a published incident says.
pub(crate) const BY_MISTAKE: Text =
    text("Sent by mistake, you can ignore it", "Enviado por error, puede ignorarlo");

pub(crate) const TITLE: Text = text("Incidents", "Incidentes");
pub(crate) const LEAD: Text = text(
    "When something goes wrong with what we send, we say here what happened, whom it touched and what to do.",
    "Cuando algo va mal con lo que enviamos, decimos aquí qué pasó, a quién afectó y qué hacer.",
);
pub(crate) const NONE: Text = text("There is none", "No hay ninguno");
pub(crate) const NONE_WHAT: Text = text(
    "We have published no incident. When there is one, it stands here, and on each message that it is about.",
    "No hemos publicado ningún incidente. Cuando haya alguno, estará aquí y en cada mensaje afectado.",
);
pub(crate) const FEED: Text = text("Follow by feed (Atom)", "Seguir por canal (Atom)");
pub(crate) const ALL: Text = text("All incidents", "Todos los incidentes");
pub(crate) const HAPPENED: Text = text("What happened", "Qué pasó");
pub(crate) const TOUCHED: Text = text("Whom it touched", "A quién afectó");
pub(crate) const WHAT_TO_DO: Text = text("What to do", "Qué hacer");
pub(crate) const AT_A_GLANCE: Text = text("At a glance", "En resumen");
pub(crate) const BEGAN: Text = text("Began", "Comenzó");
pub(crate) const MADE_KNOWN: Text = text("Made known", "Se comunicó");
pub(crate) const EXPLAINED_IN: Text = text("Explained after", "Explicado en");
pub(crate) const CORRECTED: Text = text("Corrected", "Corregido");
pub(crate) const MESSAGES: Text = text("Messages", "Mensajes");
pub(crate) const ACCOUNTS: Text = text("Accounts", "Cuentas");
pub(crate) const DISCLOSED_ACCOUNTS: Text =
    text("Accounts with details shown to others", "Cuentas con datos mostrados a otros");
pub(crate) const FEWER_THAN_TEN: Text = text("fewer than 10", "menos de 10");
pub(crate) const WITHDRAWN: Text = text("This statement was withdrawn", "Esta declaración se retiró");
pub(crate) const READ_ON: Text = text("What happened, and what to do", "Qué pasó y qué hacer");
pub(crate) const YOURS: Text = text("Did it touch you?", "¿Le afectó?");
pub(crate) const YOURS_SIGN_IN: Text = text(
    "Sign in: on each message that it is about, your history says so.",
    "Inicie sesión: en su historial, cada mensaje afectado lo indica.",
);
pub(crate) const NOT_YOURS: Text = text(
    "No: none of the messages to your account is one of them.",
    "No: ningún mensaje a su cuenta es uno de ellos.",
);
pub(crate) const YOURS_CHECK: Text =
    text("Or check a message that you hold.", "O compruebe un mensaje que tenga.");
pub(crate) const TO_MESSAGE: Text = text("See them in your history", "Verlos en su historial");
pub(crate) const DISCLOSED: Text = text(
    "Details of your account appeared in messages to others:",
    "En mensajes a otras personas aparecieron datos de su cuenta:",
);

pub(crate) const DISCLOSED_HERE: Text = text(
    "Details of your account appeared in messages to others. Read above what to do.",
    "En mensajes a otras personas aparecieron datos de su cuenta. Lea arriba qué hacer.",
);

/// How many of the messages above were sent by mistake; the incident's title follows, as a link.
pub(crate) fn some_by_mistake(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 of them was sent by mistake, and you can ignore it:".to_owned(),
        (Language::En, _) => format!("{count} of them were sent by mistake, and you can ignore them:"),
        (Language::Es, 1) => "1 de ellos se envió por error y puede ignorarlo:".to_owned(),
        (Language::Es, _) => format!("{count} de ellos se enviaron por error y puede ignorarlos:"),
    }
}

/// How many messages to the reader an incident is about.
pub(crate) fn yours(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "Yes: 1 message to your account is one of them. You can ignore it.".to_owned(),
        (Language::En, _) => {
            format!("Yes: {count} messages to your account are among them. You can ignore them.")
        }
        (Language::Es, 1) => "Sí: 1 mensaje a su cuenta es uno de ellos. Puede ignorarlo.".to_owned(),
        (Language::Es, _) => {
            format!("Sí: {count} mensajes a su cuenta están entre ellos. Puede ignorarlos.")
        }
    }
}

pub(crate) fn withdrawn_on(day: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("We took it back on {day}. What it said of messages does not hold any longer.")
        }
        Language::Es => format!("La retiramos el {day}. Lo que decía de los mensajes ya no vale."),
    }
}

/// A length of time, as one says it.
pub(crate) fn length(span: Span, language: Language) -> String {
    const MINUTE: i64 = 60_000_000;
    let minutes = (span.micros() / MINUTE).max(1);
    let (count, english, spanish) = match minutes {
        ..90 => (minutes, ["minute", "minutes"], ["minuto", "minutos"]),
        90..2_880 => ((minutes + 30) / 60, ["hour", "hours"], ["hora", "horas"]),
        _ => ((minutes + 720) / 1_440, ["day", "days"], ["día", "días"]),
    };
    let place = usize::from(count != 1);
    match language {
        Language::En => format!("{count} {}", english[place]),
        Language::Es => format!("{count} {}", spanish[place]),
    }
}
