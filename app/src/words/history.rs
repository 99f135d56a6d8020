use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Your history", "Su historial");
pub(crate) const HEADING: Text = text("Everything we sent you", "Todo lo que le enviamos");
pub(crate) const TOLD: Text = text("What we told you", "Lo que le dijimos");
pub(crate) const HAPPENED: Text = text("What happened on your account", "Lo que pasó en su cuenta");

pub(crate) const SHOW_ONLY: Text = text("Show only", "Mostrar solo");
pub(crate) const ALL: Text = text("All", "Todos");
pub(crate) const NEEDS_ATTENTION: Text = text("Needs attention", "Requieren atención");
pub(crate) const BY_CHANNEL: Text = text("By channel", "Por canal");
pub(crate) const KIND: Text = text("Kind", "Tipo");
pub(crate) const ALL_KINDS: Text = text("All kinds", "Todos los tipos");
pub(crate) const SHOW: Text = text("Show", "Mostrar");

pub(crate) const PAGES: Text = text("Pages", "Páginas");
pub(crate) const NEWEST: Text = text("Back to newest", "Volver a lo más reciente");
pub(crate) const NEWER: Text = text("Newer", "Más recientes");
pub(crate) const EARLIER: Text = text("Earlier", "Anteriores");

pub(crate) const BAD_QUERY: Text = text("This address can’t be read", "Esta dirección no se puede leer");
pub(crate) const BAD_QUERY_THEN: Text =
    text("Here is the newest of your history instead.", "Aquí está lo más reciente de su historial.");

pub(crate) const HOW_CHECKED: Text = text("How we checked", "Cómo lo comprobamos");
pub(crate) const FIRST_MESSAGE: Text = text("The first message", "El primer mensaje");

pub(crate) const NOTHING_YET: Text = text("We haven’t sent you anything yet", "Aún no le hemos enviado nada");
pub(crate) const NOTHING_NEEDS: Text = text("Nothing here needs your attention", "Nada requiere su atención");
pub(crate) const NOTHING_NEEDS_WHY: Text = text(
    "No message here is in doubt, and nothing on your account that you had to be told of went untold.",
    "No hay aquí ningún mensaje dudoso, ni nada en su cuenta de lo que debíamos avisarle y no lo hicimos.",
);
pub(crate) const NOTHING_FITS: Text = text("Nothing here fits", "Nada coincide con el filtro");
pub(crate) const NOTHING_FITS_WHY: Text =
    text("Your history has nothing of this sort.", "En su historial no hay nada de este tipo.");
pub(crate) const SHOW_ALL: Text = text("Show all messages", "Mostrar todos los mensajes");
pub(crate) const LINE: Text = text("Line", "Línea");

pub(crate) fn nothing_yet_why(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "As soon as {brand} sends you an email, a text or a letter, it appears here, next to what happened on your \
             account."
        ),
        Language::Es => format!(
            "En cuanto {brand} le envíe un correo, un SMS o una carta, aparecerá aquí, junto a lo que pasó en su cuenta."
        ),
    }
}

pub(crate) fn sent_in_days(days: i64, messages: u64, language: Language) -> String {
    match (language, messages) {
        (Language::En, 0) => format!("In the last {days} days we sent you nothing."),
        (Language::En, 1) => format!(
            "In the last {days} days we sent you 1 message. It stands next to what happened on your account."
        ),
        (Language::En, _) => {
            format!(
                "In the last {days} days we sent you {messages} messages. Each stands next to what happened on your account."
            )
        }
        (Language::Es, 0) => format!("En los últimos {days} días no le enviamos nada."),
        (Language::Es, 1) => format!(
            "En los últimos {days} días le enviamos 1 mensaje. Está junto a lo que pasó en su cuenta."
        ),
        (Language::Es, _) => {
            format!(
                "En los últimos {days} días le enviamos {messages} mensajes. Cada uno está junto a lo que pasó en su cuenta."
            )
        }
    }
}

pub(crate) const NONE_NEEDS: Text = text("Nothing needs your attention.", "Nada requiere su atención.");

pub(crate) fn need_attention(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 needs your attention".to_owned(),
        (Language::En, _) => format!("{count} need your attention"),
        (Language::Es, 1) => "1 requiere su atención".to_owned(),
        (Language::Es, _) => format!("{count} requieren su atención"),
    }
}

/// Nothing recent is flagged, and something older is.
pub(crate) fn older_need_attention(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 older entry needs your attention".to_owned(),
        (Language::En, _) => format!("{count} older entries need your attention"),
        (Language::Es, 1) => "1 entrada anterior requiere su atención".to_owned(),
        (Language::Es, _) => format!("{count} entradas anteriores requieren su atención"),
    }
}
