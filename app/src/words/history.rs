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
pub(crate) const VERDICT: Text = text("Verdict", "Resultado");
pub(crate) const ALL_VERDICTS: Text = text("All verdicts", "Todos los resultados");
pub(crate) const WAITING: Text = text("Waiting", "En espera");
pub(crate) const TAKE_OFF: Text = text(": take this filter off", ": quitar este filtro");
pub(crate) const NARROW: Text =
    text("Choose a kind, a verdict or a day", "Elegir un tipo, un resultado o un día");
pub(crate) const ON_DAY: Text = text("Go to day", "Ir al día");
pub(crate) const SHOW_COPIES: Text = text("Show each copy", "Mostrar cada copia");
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

/// A day on which nothing is.
pub(crate) fn nothing_on(day: &str, language: Language) -> String {
    match language {
        Language::En => format!("Nothing here is from {day}. This is what came before it."),
        Language::Es => format!("Nada aquí es del {day}. Esto es lo anterior."),
    }
}

/// How often one message was sent.
pub(crate) fn copies(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("Sent {count} times"),
        Language::Es => format!("Enviado {count} veces"),
    }
}
