//! What our mail says that tells of something to look at: how many there are, and nothing else of anybody.

use engine::Language;
use store::Digest;

use super::{Text, text};

const FLAGGED_ONE: Text = text("A message to you is in doubt", "Un mensaje para usted está en duda");
const FLAGGED_SEVERAL: Text = text("Messages to you are in doubt", "Hay mensajes para usted en duda");
pub(crate) const LOOKED_AT: Text =
    text("Your account was opened by our staff", "Nuestro personal abrió su cuenta");
const DAILY: Text = text("What we sent you since yesterday", "Lo que le enviamos desde ayer");
const WEEKLY: Text = text("What we sent you this week", "Lo que le enviamos esta semana");

/// Where a mail leads.
pub(crate) struct Ways<'a> {
    /// The address that people type, without a path.
    pub(crate) public_url: &'a str,
    pub(crate) brand: &'a str,
}

pub(crate) fn flagged_subject(messages: u64) -> Text {
    if messages == 1 { FLAGGED_ONE } else { FLAGGED_SEVERAL }
}

pub(crate) fn summary_subject(digest: Digest) -> Text {
    if digest == Digest::Weekly { WEEKLY } else { DAILY }
}

/// Messages were flagged, so many.
pub(crate) fn flagged(messages: u64, public_url: &str, language: Language) -> String {
    match (language, messages) {
        (Language::En, 1) => format!(
            "We sent you a message for which we find no counterpart on your account, or in which a detail is another. That \
             does not mean that anything was changed. See which one, and what we looked at:\n\n\
             {public_url}/history?show=flagged"
        ),
        (Language::En, _) => format!(
            "We sent you {messages} messages for which we find no counterpart on your account, or in which a detail is \
             another. That does not mean that anything was changed. See which ones, and what we looked at:\n\n\
             {public_url}/history?show=flagged"
        ),
        (Language::Es, 1) => format!(
            "Le enviamos un mensaje para el que no encontramos nada en su cuenta, o con un dato distinto. Eso no significa \
             que haya cambiado algo. Vea cuál es y qué comprobamos:\n\n{public_url}/history?show=flagged"
        ),
        (Language::Es, _) => format!(
            "Le enviamos {messages} mensajes para los que no encontramos nada en su cuenta, o con un dato distinto. Eso no \
             significa que haya cambiado algo. Vea cuáles son y qué comprobamos:\n\n{public_url}/history?show=flagged"
        ),
    }
}

/// Somebody of the staff opened the account, so often.
pub(crate) fn looked_at(times: u64, ways: &Ways<'_>, language: Language) -> String {
    let Ways { public_url, brand } = ways;
    match language {
        Language::En => {
            let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
            format!(
                "Somebody of the staff of {brand} opened your account, {times}. That is usual when you call us or report something. Who it was, \
                 when and why, you see here:\n\n{public_url}/settings/lookups"
            )
        }
        Language::Es => {
            let times = if times == 1 { "una vez".to_owned() } else { format!("{times} veces") };
            format!(
                "Alguien del personal de {brand} abrió su cuenta, {times}. Es lo normal cuando usted nos llama o reporta algo. Quién fue, \
                 cuándo y por qué, lo ve aquí:\n\n{public_url}/settings/lookups"
            )
        }
    }
}

/// What was sent, in numbers.
pub(crate) fn summary(messages: u64, attention: u64, public_url: &str, language: Language) -> String {
    let sent = match (language, messages) {
        (Language::En, 0) => "We sent you nothing.".to_owned(),
        (Language::En, 1) => "We sent you 1 message.".to_owned(),
        (Language::En, _) => format!("We sent you {messages} messages."),
        (Language::Es, 0) => "No le enviamos nada.".to_owned(),
        (Language::Es, 1) => "Le enviamos 1 mensaje.".to_owned(),
        (Language::Es, _) => format!("Le enviamos {messages} mensajes."),
    };
    let attention = match (language, attention) {
        (Language::En, 0) => "Nothing needs your attention.".to_owned(),
        (Language::En, 1) => "1 entry needs your attention.".to_owned(),
        (Language::En, _) => format!("{attention} entries need your attention."),
        (Language::Es, 0) => "Nada requiere su atención.".to_owned(),
        (Language::Es, 1) => "1 entrada requiere su atención.".to_owned(),
        (Language::Es, _) => format!("{attention} entradas requieren su atención."),
    };
    let all = match language {
        Language::En => "All of it, next to what happened on your account:",
        Language::Es => "Todo, junto a lo que pasó en su cuenta:",
    };
    format!("{sent} {attention}\n\n{all}\n\n{public_url}/history")
}

/// How to get no more of them.
pub(crate) fn turn_off(ways: &Ways<'_>, language: Language) -> String {
    let public_url = ways.public_url;
    match language {
        Language::En => format!(
            "You get this because it is chosen in your settings. There you turn it off: {public_url}/settings"
        ),
        Language::Es => format!(
            "Recibe esto porque así está en sus ajustes. Ahí puede desactivarlo: {public_url}/settings"
        ),
    }
}
