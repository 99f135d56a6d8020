//! What the desk says of reports.

use engine::{Language, Span};
use store::Says;

use super::{Text, text};

pub(crate) const HEADING: Text = text("Reports", "Reportes");
pub(crate) const LEAD: Text = text(
    "Security first, then whoever has waited longest. To see whose a report is, open it: that is a lookup, and the customer \
     sees it.",
    "Primero la seguridad, luego quien más ha esperado. Para ver de quién es un reporte, ábralo: es una consulta, y el \
     cliente la ve.",
);
pub(crate) const NOTHING: Text = text("Nobody is waiting", "Nadie espera");
pub(crate) const NOTHING_WHY: Text =
    text("Every report has an answer.", "Todos los reportes tienen respuesta.");
pub(crate) const OPEN: Text = text("Open", "Abrir");
pub(crate) const NEXT: Text = text("Next", "Siguientes");
pub(crate) const FIRST: Text = text("From the beginning", "Desde el principio");
pub(crate) const OF_MESSAGE: Text = text("Message", "Mensaje");
pub(crate) const OF_ACTIVITY: Text = text("Activity", "Actividad");
pub(crate) const GOES_ON: Text = text("Goes on after an answer", "Sigue tras una respuesta");
pub(crate) const NOT_OPENED: Text = text("It was not opened", "No se abrió");
pub(crate) const ANSWER: Text = text("Your answer", "Su respuesta");
pub(crate) const ANSWER_HINT: Text = text(
    "The customer reads it with your name. We tell them by email that it is there, and nothing of what it says.",
    "El cliente la lee con su nombre. Le avisamos por correo de que está, sin nada de lo que dice.",
);
pub(crate) const SEND: Text = text("Send the answer", "Enviar la respuesta");
pub(crate) const CLOSE: Text = text("Close the report", "Cerrar el reporte");
pub(crate) const CLOSE_WHAT: Text = text(
    "When nothing more is to be done. The customer sees it, and opens it again by writing.",
    "Cuando no queda nada por hacer. El cliente lo ve, y lo reabre si escribe.",
);
pub(crate) const TITLE: Text = text("A customer’s report", "Reporte de un cliente");
pub(crate) const UNANSWERED: Text = text("It has no answer yet", "Aún no tiene respuesta");
pub(crate) const UNANSWERED_WHAT: Text =
    text("Answer first, then close it.", "Responda primero y ciérrelo después.");
pub(crate) const ANSWERED: Text = text("Your answer is sent", "Su respuesta se ha enviado");
pub(crate) const CLOSED: Text = text("The report is closed", "El reporte está cerrado");

const MICROS_PER_HOUR: i64 = Span::hours(1).micros();
const HOURS_PER_DAY: i64 = 24;

/// A customer's word, as the desk reads it.
pub(crate) const fn says(says: Says) -> Text {
    match says {
        Says::NotMe => text("“This wasn’t me”", "«No fui yo»"),
        Says::Did => text("“I did do this”", "«Sí fui yo»"),
    }
}

/// How long somebody has been waiting, in whole hours or days.
pub(crate) fn waits(waited: Span, language: Language) -> String {
    let hours = waited.micros().max(0) / MICROS_PER_HOUR;
    let days = hours / HOURS_PER_DAY;
    match (language, hours, days) {
        (Language::En, ..1, _) => "Waits for less than an hour".to_owned(),
        (Language::En, 1, _) => "Waits for 1 hour".to_owned(),
        (Language::En, _, ..1) => format!("Waits for {hours} hours"),
        (Language::En, _, 1) => "Waits for 1 day".to_owned(),
        (Language::En, ..) => format!("Waits for {days} days"),
        (Language::Es, ..1, _) => "Espera desde hace menos de una hora".to_owned(),
        (Language::Es, 1, _) => "Espera desde hace 1 hora".to_owned(),
        (Language::Es, _, ..1) => format!("Espera desde hace {hours} horas"),
        (Language::Es, _, 1) => "Espera desde hace 1 día".to_owned(),
        (Language::Es, ..) => format!("Espera desde hace {days} días"),
    }
}
