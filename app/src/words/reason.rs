//! Why a verdict is what it is, in sentences that inform and do not alarm.

use engine::{FactName, Language};

use super::{Text, fact, text};
use crate::locale::Locale;

pub(crate) const WE_SENT_IT: Text = text("We sent this message.", "Enviamos este mensaje.");
pub(crate) const NOTHING_VOUCHES: Text =
    text("Nothing on your account vouches for this message.", "Nada en su cuenta respalda este mensaje.");
pub(crate) const ACCOUNT_COUNTS: Text = text("Your account is what counts.", "Lo que vale es su cuenta.");
pub(crate) const CHECK_AGAIN: Text =
    text("We will check again by ourselves.", "Lo comprobaremos de nuevo sin que usted haga nada.");

pub(crate) const FOREIGN_DEVICE: Text =
    text("This device was never on your account", "Ese dispositivo nunca estuvo en su cuenta");
pub(crate) const FOREIGN_LINE: Text =
    text("This number was never on your account", "Ese número nunca estuvo en su cuenta");
pub(crate) const FOREIGN_REFERENCE: Text =
    text("This reference was never on your account", "Esa referencia nunca estuvo en su cuenta");
pub(crate) const NAMES_FOREIGN_DEVICE: Text = text(
    "It names a device that was never on your account.",
    "Nombra un dispositivo que nunca estuvo en su cuenta.",
);
pub(crate) const NAMES_FOREIGN_LINE: Text = text(
    "It names a number that was never on your account.",
    "Nombra un número que nunca estuvo en su cuenta.",
);
pub(crate) const NAMES_FOREIGN_REFERENCE: Text = text(
    "It names a reference that was never on your account.",
    "Nombra una referencia que nunca estuvo en su cuenta.",
);

pub(crate) const NOT_YET: Text = text("Not on your account yet", "Aún no aparece en su cuenta");
pub(crate) const RECORDS_BEHIND: Text = text("Our records are behind", "Nuestros registros van con retraso");
pub(crate) const NOT_JUDGED: Text = text("Not checked yet", "Aún sin comprobar");
pub(crate) const NOT_JUDGED_WHY: Text = text(
    "We have not checked this message yet, and will by ourselves.",
    "Aún no hemos comprobado este mensaje; lo haremos sin que usted haga nada.",
);
pub(crate) const NO_CLAIM: Text = text("No activity is to be expected.", "No se espera ninguna actividad.");
pub(crate) const NO_CLAIM_WHY: Text = text(
    "This message tells of nothing that happens on an account, so there is nothing to check it against.",
    "Este mensaje no habla de nada que ocurra en una cuenta, así que no hay con qué compararlo.",
);
pub(crate) const VOUCHED: Text =
    text("What this message tells of is on your account.", "Lo que dice este mensaje está en su cuenta.");
pub(crate) const ONCE: Text =
    text("It is on your account once, not twice.", "En su cuenta figura una sola vez, no dos.");
pub(crate) const SEVERAL_WHY: Text = text(
    "Nothing in the message settles which of them it is about.",
    "Nada en el mensaje permite saber de cuál de ellas habla.",
);

pub(crate) const UNTOLD: Text = text("We didn’t tell you about this", "No le avisamos de esto");
pub(crate) const NO_MESSAGE: Text = text("No message tells of this.", "Ningún mensaje habla de esto.");

/// A transaction of which its customer may yet be told in time.
pub(crate) fn told_by(until: &str, language: Language) -> String {
    match language {
        Language::En => format!("Until {until} a message about this is still in time."),
        Language::Es => format!("Hasta el {until} un mensaje sobre esto aún llega a tiempo."),
    }
}

/// `We found no trade-in`; `none` is what [`super::kind::none_of`] says.
pub(crate) fn found_none(none: &str, language: Language) -> String {
    match language {
        Language::En => format!("We found no {none}"),
        Language::Es => format!("No encontramos {none}"),
    }
}

/// `We found no payment like it`: there are some, and they differ.
pub(crate) fn found_none_like_it(none: &str, language: Language) -> String {
    match language {
        Language::En => format!("We found no {none} like it"),
        Language::Es => format!("No encontramos {none} así"),
    }
}

/// A sentence, with the comfort that belongs to it: said only where it was looked.
pub(crate) fn and_nothing_changed(sentence: &str, language: Language) -> String {
    let sentence = sentence.trim_end_matches('.');
    match language {
        Language::En => format!("{sentence}, and nothing was changed."),
        Language::Es => format!("{sentence}, y nada cambió."),
    }
}

/// The same as a sentence; `found` is what [`found_none`] or [`found_none_like_it`] says.
pub(crate) fn found_none_then(found: &str, language: Language) -> String {
    match language {
        Language::En => format!("{found} on your account around then."),
        Language::Es => format!("{found} en su cuenta por esas fechas."),
    }
}

pub(crate) fn nothing_vouches(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("Nothing on your account {from_to} vouches for this message."),
        Language::Es => format!("Nada en su cuenta {from_to} respalda este mensaje."),
    }
}

/// What came nearest to vouching, and why it does not.
pub(crate) fn nearest(date: &str, missed_by: &[FactName], locale: &Locale) -> String {
    let outside = missed_by.contains(&FactName::Time);
    let others: Vec<&str> = missed_by
        .iter()
        .filter(|name| **name != FactName::Time)
        .map(|name| fact::the(*name).in_language(locale.language))
        .collect();
    let others = locale.all_of(&others);
    match (locale.language, outside, others.is_empty()) {
        (Language::En, true, true) => format!("The nearest was on {date}, outside that time."),
        (Language::En, true, false) => {
            format!("The nearest was on {date}, outside that time, and differs in {others}.")
        }
        (Language::En, false, true) => format!("The nearest was on {date}."),
        (Language::En, false, false) => format!("The nearest was on {date}, and differs in {others}."),
        (Language::Es, true, true) => format!("Lo más cercano fue el {date}, fuera de esas fechas."),
        (Language::Es, true, false) => {
            format!("Lo más cercano fue el {date}, fuera de esas fechas, y no coincide en {others}.")
        }
        (Language::Es, false, true) => format!("Lo más cercano fue el {date}."),
        (Language::Es, false, false) => format!("Lo más cercano fue el {date}, y no coincide en {others}."),
    }
}

pub(crate) fn about_old(date: &str, language: Language) -> String {
    match language {
        Language::En => format!("This is about something from {date}"),
        Language::Es => format!("Habla de algo del {date}"),
    }
}

/// What an old message is about: a transaction's title, and the reference that both name.
pub(crate) fn old_transaction(title: &str, reference: Option<&str>, language: Language) -> String {
    let named = reference.map_or_else(|| title.to_owned(), |reference| format!("{title}, {reference}"));
    match language {
        Language::En => format!("It tells of “{named}”, and nothing of the kind was due when we sent it."),
        Language::Es => format!("Habla de «{named}», y cuando lo enviamos no había nada así pendiente."),
    }
}

/// The same in full, where no title says from when it is.
pub(crate) fn old_in_full(date: &str, title: &str, reference: Option<&str>, language: Language) -> String {
    let named = reference.map_or_else(|| title.to_owned(), |reference| format!("{title}, {reference}"));
    match language {
        Language::En => {
            format!(
                "It is about something from {date}: “{named}”. Nothing of the kind was due when we sent it."
            )
        }
        Language::Es => {
            format!("Habla de algo del {date}: «{named}». Cuando lo enviamos no había nada así pendiente.")
        }
    }
}

pub(crate) fn differs(facts: &[&str], locale: &Locale) -> String {
    let facts = locale.all_of(facts);
    match locale.language {
        Language::En => format!("Details differ: {facts}"),
        Language::Es => format!("Los datos no coinciden: {facts}"),
    }
}

pub(crate) fn says_and_shows(stated: &str, recorded: &str, language: Language) -> String {
    match language {
        Language::En => format!("The message says {stated}. Your account shows {recorded}."),
        Language::Es => format!("El mensaje dice {stated}. En su cuenta figura {recorded}."),
    }
}

pub(crate) fn already_told(day_and_time: &str, language: Language) -> String {
    match language {
        Language::En => format!("You were already told on {day_and_time}"),
        Language::Es => format!("Ya se le avisó el {day_and_time}"),
    }
}

pub(crate) fn sent_again(day_and_time: &str, language: Language) -> String {
    match language {
        Language::En => format!("Sent again: you were already told on {day_and_time}"),
        Language::Es => format!("Enviado de nuevo: ya se le avisó el {day_and_time}"),
    }
}

pub(crate) fn waits_until(until: &str, language: Language) -> String {
    match language {
        Language::En => format!("It can take until {until} to show here."),
        Language::Es => format!("Puede tardar hasta el {until} en mostrarse aquí."),
    }
}

pub(crate) fn several(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("{count} activities fit this message"),
        Language::Es => format!("{count} actividades coinciden con este mensaje"),
    }
}

pub(crate) fn add_up(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("{count} activities add up to it"),
        Language::Es => format!("{count} actividades suman ese importe"),
    }
}

pub(crate) fn behind_since(since: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("Our records are complete up to {since}. We check this message when they have caught up.")
        }
        Language::Es => {
            format!(
                "Nuestros registros llegan hasta el {since}; este mensaje se comprobará cuando se pongan al día."
            )
        }
    }
}

/// What a customer who was not told can do at once.
pub(crate) fn act_now(brand: &str, contact: Option<&str>, language: Language) -> String {
    match (language, contact) {
        (Language::En, Some(contact)) => {
            format!("We should have told you. If it wasn’t you, act now: contact {brand} at {contact}.")
        }
        (Language::En, None) => {
            format!("We should have told you. If it wasn’t you, act now: contact {brand}.")
        }
        (Language::Es, Some(contact)) => {
            format!("Debimos avisarle. Si no fue usted, actúe ya: comuníquese con {brand}: {contact}.")
        }
        (Language::Es, None) => {
            format!("Debimos avisarle. Si no fue usted, actúe ya: comuníquese con {brand}.")
        }
    }
}
