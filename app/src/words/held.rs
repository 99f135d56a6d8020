//! What is said of a text that somebody holds.

use engine::{ChangedFact, Language};

use super::{Text, text};

pub(crate) const BY_TEXT: Text = text("By what it says", "Por lo que dice");
pub(crate) const BY_NUMBER: Text = text("By its number", "Por su número");
pub(crate) const TEXT: Text = text("Paste the message", "Pegue el mensaje");
pub(crate) const TEXT_HINT: Text = text(
    "All of it, with its subject. We compare it and keep nothing of it.",
    "Entero, con su asunto. Lo comparamos y no guardamos nada.",
);
pub(crate) const FILE: Text = text("Or the mail as a file (.eml)", "O el correo como archivo (.eml)");
pub(crate) const FILE_HINT: Text = text(
    "Save or download it from your mail program. Up to 1 MB.",
    "Guárdelo o descárguelo de su programa de correo. Hasta 1 MB.",
);
pub(crate) const FILE_SHOWS: Text =
    text("Only a file shows who signed it.", "Solo un archivo muestra quién lo firmó.");
pub(crate) const SUBMIT: Text = text("Compare", "Comparar");
pub(crate) const ANOTHER: Text = text("Check another", "Comprobar otro");

pub(crate) const NOTHING: Text =
    text("Paste a message, or choose a file.", "Pegue un mensaje o elija un archivo.");
pub(crate) const BOTH: Text = text(
    "Paste a message or choose a file, not both.",
    "Pegue un mensaje o elija un archivo, no ambas cosas.",
);
pub(crate) const SHORT: Text = text(
    "That is too little to tell one message from another. Paste all of it.",
    "Es muy poco para distinguir un mensaje de otro. Péguelo entero.",
);
pub(crate) const LONG: Text = text(
    "That is longer than any message of ours. Paste only the message, or choose a file of up to 1 MB.",
    "Es más largo que cualquier mensaje nuestro. Pegue solo el mensaje o elija un archivo de hasta 1 MB.",
);
pub(crate) const NO_MAIL: Text = text(
    "This file is no mail that we can read. Save the mail as .eml and choose that file, or paste its text.",
    "Este archivo no es un correo que podamos leer. Guarde el correo como .eml y elija ese archivo, o pegue su texto.",
);

pub(crate) const SAME: Text = text("We sent you this", "Le enviamos esto");
pub(crate) const SAME_WHAT: Text = text(
    "It says word for word what we sent you. Open it to see how it fits with what happened on your account.",
    "Dice palabra por palabra lo que le enviamos. Ábralo para ver cómo encaja con lo que pasó en su cuenta.",
);
pub(crate) const MISTAKE_WHAT: Text = text(
    "It came from us, and there is nothing for you to do because of it.",
    "Vino de nosotros y no tiene que hacer nada por ello.",
);
pub(crate) const CHANGED: Text =
    text("Like one we sent you, but changed", "Como uno que le enviamos, pero cambiado");
pub(crate) const CHANGED_WHAT: Text = text(
    "Don’t open its links, call its numbers or give anybody a code because of it. Trust what stands in your history.",
    "No abra sus enlaces, no llame a sus números ni dé códigos a nadie por él. Confíe en lo que está en su historial.",
);
pub(crate) const UNKNOWN: Text =
    text("We have no record of sending you this", "No nos consta haberle enviado esto");
pub(crate) const UNKNOWN_ACCOUNTS: Text = text(
    "If you have another account with us, it may be there: sign in for that one and check again.",
    "Si tiene otra cuenta con nosotros, puede estar allí: inicie sesión en ella y compruébelo de nuevo.",
);
pub(crate) const UNKNOWN_DOUBT: Text = text(
    "If you can’t place it, doubt it. Open no link in it, call no number in it, and give nobody a code or password.",
    "Si no sabe de qué es, desconfíe. No abra sus enlaces, no llame a sus números y no dé a nadie códigos ni contraseñas.",
);
pub(crate) const INCIDENT: Text =
    text("This reads like messages we sent by mistake", "Esto se parece a mensajes que enviamos por error");
pub(crate) const INCIDENT_WHAT: Text = text(
    "We can’t tell here whether yours is one of them, for nothing of anybody’s account is looked at. Sign in to know.",
    "Aquí no podemos decir si el suyo es uno de ellos, pues no se mira nada de ninguna cuenta. Inicie sesión para saberlo.",
);
pub(crate) const INCIDENT_CHANGED: Text = text(
    "Like messages we sent by mistake, but changed",
    "Como mensajes que enviamos por error, pero cambiado",
);
pub(crate) const NO_SUCH_LINK: Text = text("no link to there", "ningún enlace allí");
pub(crate) const NO_INCIDENT: Text =
    text("Without your history we can’t tell", "Sin su historial no podemos decirlo");
pub(crate) const NO_INCIDENT_WHAT: Text = text(
    "No published incident is about this. Sign in, and we compare it with everything that we sent you.",
    "Ningún incidente publicado trata de esto. Inicie sesión y lo compararemos con todo lo que le enviamos.",
);
pub(crate) const WE_SENT: Text = text("What we sent", "Lo que enviamos");
pub(crate) const YOU_HOLD: Text = text("What you hold", "Lo que usted tiene");
pub(crate) const NOTHING_THERE: Text = text("nothing", "nada");
pub(crate) const AROUND: Text = text(
    "Around it stands text that we did not send. Don’t act on it:",
    "A su alrededor hay texto que no enviamos. No haga nada por él:",
);
pub(crate) const OPEN: Text = text("Open it in your history", "Abrirlo en su historial");
pub(crate) const PASTED: Text = text(
    "A pasted text can’t show where it came from: anybody can copy ours.",
    "Un texto pegado no muestra de dónde vino: cualquiera puede copiar el nuestro.",
);

pub(crate) const SIGNATURE: Text = text("Who signed the mail", "Quién firmó el correo");
pub(crate) const NOT_CHECKED: Text = text(
    "Signatures are not checked here, because no keys are set up.",
    "Aquí no se comprueban firmas, porque no hay claves configuradas.",
);
pub(crate) const UNSIGNED: Text = text(
    "It bears no signature of ours. Mail that we send does.",
    "No lleva firma nuestra. El correo que enviamos sí la lleva.",
);
pub(crate) const FOREIGN: Text = text("It is signed, but not by us.", "Está firmado, pero no por nosotros.");
pub(crate) const BROKEN: Text = text(
    "It bears our name, but the signature does not fit: it was changed on its way, or is not ours.",
    "Lleva nuestro nombre, pero la firma no encaja: se cambió por el camino o no es nuestro.",
);
pub(crate) const PARTIAL: Text = text(
    "Its signature covers only a part of it, so it says nothing about the rest.",
    "Su firma cubre solo una parte, así que no dice nada del resto.",
);

pub(crate) fn fact(fact: ChangedFact) -> Text {
    match fact {
        ChangedFact::Link => text("A link leads elsewhere", "Un enlace lleva a otro sitio"),
        ChangedFact::Email => text("An e-mail address", "Una dirección de correo"),
        ChangedFact::Phone => text("A telephone number", "Un número de teléfono"),
        ChangedFact::Amount => text("An amount", "Un importe"),
        ChangedFact::Number => text("A number", "Un número"),
        ChangedFact::Wording => text("Words", "Palabras"),
    }
}

pub(crate) fn signed_by(domain: &str, language: Language) -> String {
    match language {
        Language::En => format!("Signed by {domain}, and unchanged since: it came from us."),
        Language::Es => format!("Firmado por {domain} y sin cambios desde entonces: vino de nosotros."),
    }
}

/// How far back our records of messages go.
pub(crate) fn records_since(day: &str, language: Language) -> String {
    match language {
        Language::En => format!("Our records of messages begin on {day}. What is older is not in them."),
        Language::Es => {
            format!("Nuestros registros de mensajes empiezan el {day}. Lo anterior no está en ellos.")
        }
    }
}

pub(crate) fn sent_on(day: &str, language: Language) -> String {
    match language {
        Language::En => format!("Sent on {day}"),
        Language::Es => format!("Enviado el {day}"),
    }
}
