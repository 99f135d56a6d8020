//! What our own mail says.

use engine::{CounterfoilNumber, Language};
use store::{INVITATION_LINK_TIME, LINK_PLACE, LINK_TIME, MailAsked, MailKind};

use super::alert_mail::{self, Ways};
use super::{Text, text};

pub(crate) const LINK_SUBJECT: Text = text("Set your password", "Ponga su contraseña");
pub(crate) const PASSWORD_SUBJECT: Text = text("Your password was set", "Se puso su contraseña");
pub(crate) const INVITATION_SUBJECT: Text =
    text("You are invited to sign in", "Le invitan a tener su acceso");
pub(crate) const CHANGED_SUBJECT: Text = text("Your password was changed", "Se cambió su contraseña");
pub(crate) const CONTACT_SUBJECT: Text =
    text("Your email or phone number was changed", "Se cambió su correo o su teléfono");
pub(crate) const REPORT_SUBJECT: Text = text("We have your report", "Tenemos su reporte");
pub(crate) const ANSWER_SUBJECT: Text =
    text("There is an answer to your report", "Hay una respuesta a su reporte");
pub(crate) const LINK_LEFT_OUT: Text = text(
    "[The link was in the mail. It is left out here, so that nobody else can use it.]",
    "[El enlace estaba en el correo. Aquí se omite, para que nadie más pueda usarlo.]",
);

const MINUTE_MICROS: i64 = 60_000_000;
const HOUR_MICROS: i64 = 60 * MINUTE_MICROS;

/// The subject of a mail.
pub(crate) fn subject(kind: MailKind, language: Language) -> &'static str {
    let subject = match kind {
        MailKind::Link => LINK_SUBJECT,
        MailKind::Invitation => INVITATION_SUBJECT,
        MailKind::PasswordSet => PASSWORD_SUBJECT,
        MailKind::PasswordChanged => CHANGED_SUBJECT,
        MailKind::ContactChanged => CONTACT_SUBJECT,
        MailKind::ReportReceived => REPORT_SUBJECT,
        MailKind::ReportAnswered => ANSWER_SUBJECT,
        MailKind::Flagged { messages } => alert_mail::flagged_subject(messages),
        MailKind::LookedAt { .. } => alert_mail::LOOKED_AT,
        MailKind::Digest { digest, .. } => alert_mail::summary_subject(digest),
    };
    subject.in_language(language)
}

/// The text of a mail, with a place for its link.
pub(crate) fn body(asked: &MailAsked, contact: Option<&str>, ways: &Ways<'_>) -> String {
    let (language, brand) = (asked.language, ways.brand);
    let what = match asked.kind {
        MailKind::Link => link(brand, language),
        MailKind::Invitation => invitation(brand, language),
        MailKind::PasswordSet => password_set(language),
        MailKind::PasswordChanged => password_changed(language),
        MailKind::ContactChanged => contact_changed(language),
        MailKind::ReportReceived => report_received(ways.public_url, language),
        MailKind::ReportAnswered => report_answered(ways.public_url, language),
        MailKind::Flagged { messages } => alert_mail::flagged(messages, ways.public_url, language),
        MailKind::LookedAt { times } => alert_mail::looked_at(times, ways, language),
        MailKind::Digest { messages, attention, .. } => {
            alert_mail::summary(messages, attention, ways.public_url, language)
        }
    };
    let help = match asked.kind {
        MailKind::Flagged { .. } | MailKind::LookedAt { .. } | MailKind::Digest { .. } => {
            alert_mail::turn_off(ways, language)
        }
        _ => not_you(asked.kind, contact, language),
    };
    let greeting = match language {
        Language::En => format!("Hello {},", asked.name),
        Language::Es => format!("Hola, {}:", asked.name),
    };
    let foot = foot(asked.number, &format!("{}/check", ways.public_url), language);
    format!("{greeting}\n\n{what}\n\n{help}\n\n{brand}\n\n{foot}\n")
}

fn link(brand: &str, language: Language) -> String {
    let minutes = LINK_TIME.micros() / MINUTE_MICROS;
    match language {
        Language::En => format!(
            "Somebody asked for a link to set the password with which you see every message that {brand} sent you. \
             If that was you, open this page:\n\n{LINK_PLACE}\n\nThe link works once, for {minutes} minutes."
        ),
        Language::Es => format!(
            "Alguien pidió un enlace para poner la contraseña con la que usted ve cada mensaje que {brand} le envió. \
             Si fue usted, abra esta página:\n\n{LINK_PLACE}\n\nEl enlace sirve una vez, durante {minutes} minutos."
        ),
    }
}

fn invitation(brand: &str, language: Language) -> String {
    let hours = INVITATION_LINK_TIME.micros() / HOUR_MICROS;
    match language {
        Language::En => format!(
            "The holder of the {brand} account that you are a member of invites you to sign in. You will see the messages \
             that {brand} sent to your own addresses and numbers, next to what happened on your own lines. To set a \
             password, open this page:\n\n{LINK_PLACE}\n\nThe link works once, for {hours} hours."
        ),
        Language::Es => format!(
            "El titular de la cuenta de {brand} de la que usted es miembro le invita a tener su propio acceso. Verá los \
             mensajes que {brand} envió a sus propias direcciones y números, junto a lo que ocurrió en sus propias líneas. \
             Para poner una contraseña, abra esta página:\n\n{LINK_PLACE}\n\nEl enlace sirve una vez, durante {hours} horas."
        ),
    }
}

fn password_changed(language: Language) -> String {
    match language {
        Language::En => {
            "The password of your sign-in was changed by somebody who was signed in as you and knew the one before. \
             Everywhere else, whoever was signed in as you is signed out."
                .to_owned()
        }
        Language::Es => {
            "Cambió la contraseña de su acceso alguien que tenía la sesión iniciada a su nombre y conocía la anterior. En \
             todos los demás lugares se cerró su sesión."
                .to_owned()
        }
    }
}

fn password_set(language: Language) -> String {
    match language {
        Language::En => {
            "A password was set for your sign-in, with a link that we had sent to this address. Whoever \
                         was signed in as you before is signed out."
                .to_owned()
        }
        Language::Es => {
            "Se puso una contraseña para su acceso, con un enlace que habíamos enviado a esta dirección. \
                         Se cerró toda sesión que estuviera abierta a su nombre."
                .to_owned()
        }
    }
}

fn contact_changed(language: Language) -> String {
    match language {
        Language::En => {
            "An email address or phone number of your account was changed, added or taken away. We tell \
                         the addresses that were there before, and leave out the new one on purpose."
                .to_owned()
        }
        Language::Es => {
            "Se cambió, añadió o quitó una dirección de correo o un teléfono de su cuenta. Avisamos a las \
                         direcciones que había antes, y omitimos la nueva a propósito."
                .to_owned()
        }
    }
}

fn report_received(home: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "We have what you reported, and somebody reads it. How far it has come, you see here when you are signed \
             in:\n\n{home}/reports\n\nWhen there is an answer, we write again."
        ),
        Language::Es => format!(
            "Tenemos lo que usted reportó, y alguien lo lee. Con la sesión iniciada, aquí ve cómo va:\n\n{home}/reports\n\n\
             Cuando haya respuesta, le escribiremos de nuevo."
        ),
    }
}

fn report_answered(home: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "There is an answer to what you reported. What it says is for you alone, so it is not in this mail. Sign in and \
             read it here:\n\n{home}/reports"
        ),
        Language::Es => format!(
            "Hay una respuesta a lo que usted reportó. Lo que dice es solo para usted, así que no está en este correo. Inicie \
             sesión y léala aquí:\n\n{home}/reports"
        ),
    }
}

/// What to do where it was somebody else.
fn not_you(kind: MailKind, contact: Option<&str>, language: Language) -> String {
    let at_once = match (contact, language) {
        (Some(contact), Language::En) => format!("tell us at once: {contact}."),
        (None, Language::En) => "tell us at once.".to_owned(),
        (Some(contact), Language::Es) => format!("avísenos enseguida: {contact}."),
        (None, Language::Es) => "avísenos enseguida.".to_owned(),
    };
    match (kind, language) {
        (MailKind::Link, Language::En) => {
            "If it was not you, do nothing: your password stays as it is. Nobody of us ever asks you for this link."
                .to_owned()
        }
        (MailKind::Link, Language::Es) => {
            "Si no fue usted, no haga nada: su contraseña sigue como está. Nadie de nosotros le pide nunca este enlace."
                .to_owned()
        }
        (MailKind::ReportReceived | MailKind::ReportAnswered, Language::En) => {
            format!("If it was not you who reported something, {at_once}")
        }
        (MailKind::ReportReceived | MailKind::ReportAnswered, Language::Es) => {
            format!("Si no fue usted quien reportó algo, {at_once}")
        }
        (MailKind::Invitation, Language::En) => {
            "If you want no sign-in, do nothing: nothing changes. Nobody of us ever asks you for this link.".to_owned()
        }
        (MailKind::Invitation, Language::Es) => {
            "Si no quiere un acceso, no haga nada: nada cambia. Nadie de nosotros le pide nunca este enlace.".to_owned()
        }
        (_, Language::En) => format!("If that was not you, {at_once}"),
        (_, Language::Es) => format!("Si no fue usted, {at_once}"),
    }
}

fn foot(number: CounterfoilNumber, check: &str, language: Language) -> String {
    match language {
        Language::En => format!("Counterfoil number {number}. Whether a message is ours, you see at {check}"),
        Language::Es => format!("Número de matriz {number}. Si un mensaje es nuestro, lo ve en {check}"),
    }
}
