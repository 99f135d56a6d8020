use engine::Verdict;
use store::VerdictFilter;

use super::{Text, text};

/// A verdict beside its message in a list: short, since the other side says why. `None`: not judged yet.
pub(crate) const fn status(verdict: Option<Verdict>) -> Text {
    match verdict {
        Some(Verdict::Matched) => text("Matches your activity", "Coincide con su actividad"),
        Some(Verdict::Waiting) => {
            text("Waiting for your account to update", "En espera de que su cuenta se actualice")
        }
        Some(Verdict::Unmatched) => {
            text("No matching activity found", "No encontramos actividad que coincida")
        }
        Some(Verdict::Differs) => text("Details differ", "Los datos no coinciden"),
        Some(Verdict::Duplicate) => text("Sent again", "Enviado de nuevo"),
        Some(Verdict::Ambiguous) => text("Several activities fit", "Coinciden varias actividades"),
        Some(Verdict::Informational) => text("Information only", "Solo informativo"),
        Some(Verdict::Unchecked) | None => text("Could not check yet", "Aún no lo pudimos comprobar"),
    }
}

/// What became of an entry, as a filter offers it.
pub(crate) const fn filter(filter: VerdictFilter) -> Text {
    match filter {
        VerdictFilter::Of(verdict) => status(Some(verdict)),
        VerdictFilter::NoMessage => text("No message about it", "Sin mensaje al respecto"),
    }
}

/// The name that a verdict's style and icon go by.
pub(crate) const fn code(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Matched) => "matched",
        Some(Verdict::Waiting) => "waiting",
        Some(Verdict::Unmatched) => "unmatched",
        Some(Verdict::Differs) => "differs",
        Some(Verdict::Duplicate) => "duplicate",
        Some(Verdict::Ambiguous) => "ambiguous",
        Some(Verdict::Informational) => "informational",
        Some(Verdict::Unchecked) | None => "unchecked",
    }
}

/// The status of a transaction that no message tells of.
pub(crate) const UNTOLD: Text = text("You were not told", "No se le avisó");
