use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("A message we sent you", "Un mensaje que le enviamos");
pub(crate) const BACK: Text = text("History", "Historial");
pub(crate) const AS_SENT: Text =
    text("What we told you, exactly as sent", "Lo que le dijimos, tal como se envió");
pub(crate) const HAPPENED: Text = text("What happened on your account", "Lo que pasó en su cuenta");
pub(crate) const NO_TEXT: Text =
    text("The text of this message was not kept.", "El texto de este mensaje no se conservó.");

pub(crate) const VIEWS: Text = text("How to show it", "Cómo mostrarlo");
pub(crate) const VIEW_HTML: Text = text("As it looked", "Como se veía");
pub(crate) const VIEW_TEXT: Text = text("Text", "Texto");
pub(crate) const VIEW_SOURCE: Text = text("Source", "Fuente");
pub(crate) const FRAME_TITLE: Text = text("The message as it looked", "El mensaje como se veía");
pub(crate) const FRAME_HINT: Text = text(
    "Pictures are not loaded: a picture from the sender would tell them that you looked. Links can’t be followed from here; \
     beside each stands where it really leads.",
    "Las imágenes no se cargan: una imagen del remitente le diría que usted lo miró. Los enlaces no se pueden seguir desde \
     aquí; junto a cada uno figura adónde lleva de verdad.",
);
pub(crate) const NOTHING_SHOWN: Text = text(
    "Without its pictures there is nothing to be seen in this message. Its text and its source are beside it.",
    "Sin sus imágenes, en este mensaje no hay nada que ver. Su texto y su fuente están al lado.",
);
pub(crate) const HTML_CUT: Text = text(
    "This message is very long, or very deeply nested: only its beginning is shown. Its text and its source have more.",
    "Este mensaje es muy largo o está muy anidado: solo se muestra su comienzo. Su texto y su fuente tienen más.",
);
pub(crate) const NO_FRAME: Text =
    text("There is no message to be shown here.", "Aquí no hay ningún mensaje que mostrar.");
pub(crate) const FRAME_FAILED: Text = text(
    "The message can’t be shown at the moment. Open the page again in a while.",
    "El mensaje no se puede mostrar en este momento. Abra la página de nuevo en un rato.",
);
pub(crate) const SOURCE_TEXT: Text = text("Its text, as sent", "Su texto, tal como se envió");
pub(crate) const SOURCE_HTML: Text = text("Its HTML, as sent", "Su HTML, tal como se envió");
pub(crate) const SOURCE_HINT: Text = text(
    "Characters that nobody would see are named by their code, such as U+202E.",
    "Los caracteres que nadie vería se nombran por su código, como U+202E.",
);
pub(crate) const FROM: Text = text("From", "De");
pub(crate) const TO: Text = text("To", "Para");
pub(crate) const SUBJECT: Text = text("Subject", "Asunto");
pub(crate) const DATE: Text = text("Date", "Fecha");

pub(crate) const TRAIL: Text = text("On its way to you", "En camino hacia usted");
pub(crate) const RESULTS: Text = text("How the result changed", "Cómo cambió el resultado");
pub(crate) const RESULTS_LEAD: Text = text(
    "We check again whenever your account or our records change. Nothing that we said before is lost.",
    "Comprobamos de nuevo cada vez que cambian su cuenta o nuestros registros. Nada de lo que dijimos antes se pierde.",
);
pub(crate) const AS_IT_STANDS: Text = text("This is how it stands.", "Así está ahora.");

pub(crate) const WHEN: Text = text("When", "Cuándo");
pub(crate) const REFERENCE: Text = text("Reference", "Referencia");
pub(crate) const DEVICE: Text = text("Device", "Dispositivo");
pub(crate) const LINE: Text = text("Line", "Línea");
pub(crate) const STATUS: Text = text("Status", "Estado");
pub(crate) const DETAILS: Text = text("Details", "Detalles");

pub(crate) const CHECKED: Text = text("How we checked", "Cómo lo comprobamos");
pub(crate) const CHECKED_LEAD: Text = text(
    "These are the facts that the message gives, one by one, beside what we found.",
    "Estos son los datos que da el mensaje, uno por uno, junto a lo que encontramos.",
);
pub(crate) const NOTHING_TO_CHECK: Text = text(
    "This message gives no facts that could be checked against an account.",
    "Este mensaje no da datos que se puedan comprobar en una cuenta.",
);
pub(crate) const SAYS: Text = text("The message says", "El mensaje dice");
pub(crate) const SHOWS: Text = text("Your account shows", "En su cuenta figura");

pub(crate) const AGREES: Text = text("Agrees", "Coincide");
pub(crate) const DIFFERS: Text = text("Differs", "No coincide");
pub(crate) const IN_TIME: Text = text("In time", "A tiempo");
pub(crate) const OUT_OF_TIME: Text = text("Out of time", "A destiempo");
pub(crate) const NOT_YOURS: Text = text("Not yours", "No es suyo");
pub(crate) const FOUND: Text = text("Found", "Encontrado");
pub(crate) const NOT_FOUND: Text = text("Not found", "No encontrado");
pub(crate) const NOT_COMPARED: Text = text("Not compared", "Sin comparar");
pub(crate) const NEVER_YOURS: Text = text("Never one of yours", "Nunca fue suyo");
pub(crate) const NEVER_YOUR_REFERENCE: Text = text("None of yours has it", "Ninguna suya la tiene");
pub(crate) const ON_ACCOUNT: Text = text("It is on your account", "Está en su cuenta");
pub(crate) const NOT_SAID: Text = text("Not said", "No se dice");
pub(crate) const NOTHING_BESIDE: Text = text("Nothing to compare", "Nada que comparar");
pub(crate) const NONE_YET: Text = text("None yet", "Aún ninguna");
pub(crate) const NONE_FITS: Text = text("None that fits", "Ninguna que coincida");
pub(crate) const ANOTHER_DAY: Text = text("Another day", "Otro día");
pub(crate) const ANOTHER_DAY_WHY: Text = text(
    "A message may name another day than the one on which it happened, such as when a bill is due.",
    "Un mensaje puede nombrar otro día que aquel en que ocurrió, como el vencimiento de una factura.",
);
pub(crate) const FIRST_14: Text = text(
    "Devices are compared by the first 14 digits of the IMEI, or by the last four where the message gives no more.",
    "Los dispositivos se comparan por los 14 primeros dígitos del IMEI, o por los cuatro últimos si el mensaje no da más.",
);
pub(crate) const NO_DEVICES: Text =
    text("Your account has had no devices.", "Su cuenta no ha tenido dispositivos.");
pub(crate) const NO_LINES: Text = text("Your account has had no lines.", "Su cuenta no ha tenido líneas.");

pub(crate) const LOOKED: Text = text("What else we looked at", "Qué más revisamos");
pub(crate) const NO_CHARGES: Text = text("No charges or credits", "Ningún cargo ni abono");
pub(crate) const NO_DEVICES_CHANGED: Text =
    text("No devices added or removed", "Ningún dispositivo añadido ni retirado");
pub(crate) const NO_LINES_CHANGED: Text =
    text("No lines added, moved or closed", "Ninguna línea añadida, trasladada ni cerrada");
pub(crate) const NO_SECURITY: Text =
    text("No change of SIM, password or address", "Ningún cambio de SIM, contraseña ni dirección");
pub(crate) const AND_MORE: Text = text(
    "More happened in these days than fits here: your history has it all.",
    "En esos días pasó más de lo que cabe aquí: su historial lo tiene todo.",
);
pub(crate) const APART_FROM_THAT: Text =
    text("Apart from that, nothing changed.", "Aparte de eso, nada cambió.");
pub(crate) const BOOKS_BEHIND: Text = text(
    "Our records are behind, so we can’t say yet what else happened.",
    "Nuestros registros van con retraso, así que aún no podemos decir qué más pasó.",
);

pub(crate) const ORIGIN: Text = text("Where it came from", "De dónde vino");
pub(crate) const CHANNEL: Text = text("Channel", "Canal");
pub(crate) const SENDER: Text = text("Sender", "Remitente");
pub(crate) const RECIPIENT: Text = text("Recipient", "Destinatario");
pub(crate) const SENT: Text = text("Sent", "Enviado");
pub(crate) const TEMPLATE: Text = text("Template", "Plantilla");
pub(crate) const BATCH: Text = text("Batch", "Lote");
pub(crate) const NUMBER: Text = text("Our number", "Nuestro número");

/// A long text of which the beginning is shown.
pub(crate) fn text_cut(chars: usize, language: Language) -> String {
    match language {
        Language::En => format!("This is very long: its first {chars} characters are shown."),
        Language::Es => format!("Esto es muy largo: se muestran sus primeros {chars} caracteres."),
    }
}

/// A verdict that has stood since it was first reached.
pub(crate) fn same_since(when: &str, language: Language) -> String {
    match language {
        Language::En => format!("Checked on {when}. The result has been the same since."),
        // An hour may end with the point of «p. m.».
        Language::Es => {
            format!("Comprobado el {}. El resultado es el mismo desde entonces.", when.trim_end_matches('.'))
        }
    }
}

/// `Waiting for your account to update, until April 12, 6:40 PM`.
pub(crate) fn waited_until(status: &str, until: &str, language: Language) -> String {
    match language {
        Language::En => format!("{status}, until {until}"),
        Language::Es => format!("{status}, hasta el {until}"),
    }
}

/// The comfort beside a flag, said only where it was looked.
pub(crate) fn looked_and_nothing(from_to: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("We also looked at charges, credits, devices and lines {from_to}: nothing changed.")
        }
        Language::Es => format!(
            "También revisamos los cargos, los abonos, los dispositivos y las líneas {from_to}: nada cambió."
        ),
    }
}

/// The same to a member of the account, who sees what happened on their own lines.
pub(crate) fn looked_at_own_lines(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("We also looked at your own lines {from_to}: nothing else changed there."),
        Language::Es => format!("También revisamos sus propias líneas {from_to}: allí no cambió nada más."),
    }
}

pub(crate) fn found_on_own_lines(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("This is what else happened on your own lines {from_to}:"),
        Language::Es => format!("Esto es lo demás que pasó en sus propias líneas {from_to}:"),
    }
}

pub(crate) fn looked_and_nothing_else(from_to: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("We looked at everything else on your account {from_to}: nothing else changed.")
        }
        Language::Es => format!("Revisamos todo lo demás en su cuenta {from_to}: no cambió nada más."),
    }
}

pub(crate) fn looked_and_found(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("This is what else happened on your account {from_to}:"),
        Language::Es => format!("Esto es lo demás que pasó en su cuenta {from_to}:"),
    }
}

pub(crate) fn what_else(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("What else happened on your account {from_to}"),
        Language::Es => format!("Qué más pasó en su cuenta {from_to}"),
    }
}

pub(crate) fn none_from_to(from_to: &str, language: Language) -> String {
    match language {
        Language::En => format!("None {from_to}"),
        Language::Es => format!("Ninguna {from_to}"),
    }
}

pub(crate) fn account_has_had(names: &str, language: Language) -> String {
    match language {
        Language::En => format!("Your account has had: {names}."),
        Language::Es => format!("Su cuenta ha tenido: {names}."),
    }
}

pub(crate) fn device_added(name: &str, date: &str, language: Language) -> String {
    match language {
        Language::En => format!("Device added: {name}, {date}"),
        Language::Es => format!("Dispositivo añadido: {name}, {date}"),
    }
}

pub(crate) fn device_removed(name: &str, date: &str, language: Language) -> String {
    match language {
        Language::En => format!("Device removed: {name}, {date}"),
        Language::Es => format!("Dispositivo retirado: {name}, {date}"),
    }
}

pub(crate) fn line_added(number: &str, date: &str, language: Language) -> String {
    match language {
        Language::En => format!("Line added: {number}, {date}"),
        Language::Es => format!("Línea añadida: {number}, {date}"),
    }
}

pub(crate) fn line_removed(number: &str, date: &str, language: Language) -> String {
    match language {
        Language::En => format!("Line closed: {number}, {date}"),
        Language::Es => format!("Línea cerrada: {number}, {date}"),
    }
}
