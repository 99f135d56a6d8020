use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Welcome", "Bienvenida");
pub(crate) const HEADING: Text = text("Did we really send you that?", "¿De verdad se lo enviamos nosotros?");
pub(crate) const CHECK: Text = text("Check a message", "Comprobar un mensaje");
pub(crate) const SIGN_IN: Text = text("Sign in", "Iniciar sesión");
pub(crate) const FIRST_TIME: Text = text("First time here?", "¿Es su primera vez aquí?");
pub(crate) const FIRST_TIME_WHAT: Text = text(
    "Ask for a link to an address that we have on file, and set a password. You need nothing else.",
    "Pida un enlace a una dirección que ya tengamos registrada y elija una contraseña. No hace falta nada más.",
);
pub(crate) const FIRST_TIME_GO: Text = text("Send me a link", "Enviarme un enlace");
pub(crate) const GOING_ON: Text = text("What is going on", "Qué está pasando");
pub(crate) const EXAMPLE: Text = text("How it looks", "Cómo se ve");
pub(crate) const EXAMPLE_TOLD: Text = text("What we told you", "Lo que le dijimos");
pub(crate) const EXAMPLE_HAPPENED: Text = text("What happened on your account", "Lo que pasó en su cuenta");
pub(crate) const EXAMPLE_RECEIPT: Text =
    text("Thanks for your payment of $86.40", "Gracias por su pago de $86.40");
pub(crate) const EXAMPLE_PAYMENT: Text = text("Payment received, $86.40", "Pago recibido, $86.40");
pub(crate) const EXAMPLE_TRADE_IN: Text =
    text("We have received your old phone", "Hemos recibido su teléfono usado");
pub(crate) const EXAMPLE_NO_TRADE_IN: Text = text("No trade-in around then", "Ningún canje en esas fechas");
pub(crate) const EXAMPLE_NOTHING_CHANGED: Text = text("Nothing was changed", "No cambió nada");

pub(crate) const RECORD: Text = text("Our public record", "Nuestro registro público");
pub(crate) const MESSAGES_SENT: Text = text("Messages sent", "Mensajes enviados");
pub(crate) const MESSAGES_SENT_WHAT: Text =
    text("each next to what happened", "cada uno junto a lo que pasó");
pub(crate) const VOUCHED: Text = text("Vouched for", "Respaldados");
pub(crate) const VOUCHED_WHAT: Text =
    text("of those that told of something on an account", "de los que decían que algo pasó en una cuenta");
pub(crate) const INCIDENTS: Text = text("Incidents", "Incidentes");
pub(crate) const INCIDENTS_WHAT: Text = text("each explained in full", "cada uno explicado por completo");
pub(crate) const TO_EXPLAIN: Text = text("Time to explain", "Tiempo en explicar");
pub(crate) const TO_EXPLAIN_WHAT: Text = text(
    "from the first message to the statement, in the middle case",
    "del primer mensaje a la declaración, en el caso medio",
);
pub(crate) const NOT_COUNTED: Text = text("not counted yet", "aún sin contar");
pub(crate) const FEWER_THAN_A_HUNDRED: Text = text("fewer than 100", "menos de 100");
pub(crate) const NO_INCIDENT_YET: Text = text("none yet", "aún ninguno");

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "Here you see every automated message that {brand} sent you, next to what really happened on your account."
        ),
        Language::Es => format!(
            "Aquí ve cada mensaje automático que {brand} le envió, junto a lo que de verdad pasó en su cuenta."
        ),
    }
}

pub(crate) fn counted_at(day: &str, language: Language) -> String {
    match language {
        Language::En => format!("Counted on {day}."),
        Language::Es => format!("Contado el {day}."),
    }
}
