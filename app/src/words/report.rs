//! What is said of reports: a customer's word on a message or transaction, and the thread with the desk.

use engine::Language;
use store::{NOTE_CHARS_MAX, REPORTS_OPEN_MAX, ReportState, Reported, Says};

use super::{Text, text};

pub(crate) const HEADING: Text = text("Your reports", "Sus reportes");
pub(crate) const NONE: Text = text("You have reported nothing", "No ha reportado nada");
pub(crate) const NONE_WHY: Text = text(
    "On each message and each activity there is a way to say “This wasn’t me” or “I did do this”. What you say, and our \
     answer, appears here.",
    "En cada mensaje y en cada actividad puede decir «No fui yo» o «Sí fui yo». Lo que diga, y nuestra respuesta, aparece \
     aquí.",
);
pub(crate) const ALL: Text = text("All your reports", "Todos sus reportes");
pub(crate) const ALL_OF_ACCOUNT: Text = text("Reports of this customer", "Reportes de este cliente");

pub(crate) const OFFER: Text = text("Was this you?", "¿Fue usted?");
pub(crate) const REPORTED: Text = text("You reported this", "Usted lo reportó");
pub(crate) const REPORTED_AT_DESK: Text = text("The customer reported this", "El cliente lo reportó");
pub(crate) const SEE_REPORT: Text = text("See the report", "Ver el reporte");

pub(crate) const NOTE: Text = text("Anything to add? (optional)", "¿Algo que añadir? (opcional)");
pub(crate) const NOTE_HINT: Text = text(
    "What you remember of it, or what you ask of us. Never a password or a code.",
    "Lo que recuerde o lo que nos pida. Nunca una contraseña ni un código.",
);
pub(crate) const SEND: Text = text("Send the report", "Enviar el reporte");
pub(crate) const NOT_NOW: Text = text("Don’t report it", "No reportarlo");
pub(crate) const WHAT_IT_DOES: Text = text("What your report does", "Qué hace su reporte");
pub(crate) const WHO_READS: Text = text("Who reads it", "Quién lo lee");
pub(crate) const GO_ON: Text = text("Write to us about it", "Escríbanos sobre esto");
pub(crate) const GO_ON_CLOSED: Text =
    text("It is closed. If you write, it is open again.", "Está cerrado. Si escribe, se abre de nuevo.");
pub(crate) const YOUR_NOTE: Text = text("Your note", "Su nota");
pub(crate) const SEND_NOTE: Text = text("Send", "Enviar");
pub(crate) const THREAD: Text = text("What was said", "Lo que se ha dicho");
pub(crate) const A_MESSAGE: Text = text("A message", "Un mensaje");
pub(crate) const YOU: Text = text("You", "Usted");
pub(crate) const SECURITY: Text = text("Security", "Seguridad");
pub(crate) const CLOSED_IT: Text = text("Closed the report.", "Cerró el reporte.");

pub(crate) const AT_ONCE: Text =
    text("If it was somebody else, do this now", "Si fue otra persona, haga esto ahora");
pub(crate) const NO_SIGNAL: Text = text(
    "If your phone has lost its signal, call from another one.",
    "Si su teléfono se quedó sin señal, llame desde otro.",
);
pub(crate) const SIGN_OUT_WHAT: Text = text(
    "Whoever is signed in as you elsewhere is out. We ask for your password first.",
    "Quien tenga su sesión iniciada en otro lugar queda fuera. Antes le pedimos su contraseña.",
);
pub(crate) const PASSWORD_WHAT: Text =
    text("To one that you use nowhere else.", "Por una que no use en ningún otro sitio.");
pub(crate) const CALL: Text = text("Call us", "Llámenos");

pub(crate) const SENT: Text = text("Your report is sent", "Su reporte se ha enviado");
pub(crate) const NOTED: Text = text("Your note is sent", "Su nota se ha enviado");
pub(crate) const NOTED_WHAT: Text = text("It stands below.", "Figura abajo.");
pub(crate) const TOO_MANY: Text =
    text("You have too many open reports", "Tiene demasiados reportes abiertos");
pub(crate) const LONG: Text = text("That is too long", "Es demasiado largo");
pub(crate) const EMPTY: Text = text("Nothing was written", "No escribió nada");
pub(crate) const EMPTY_WHAT: Text = text("Write something, then send it.", "Escriba algo y envíelo.");
pub(crate) const FULL: Text = text("This report takes no more notes", "Este reporte no admite más notas");
pub(crate) const FULL_WHAT: Text = text(
    "It has as many as one can hold. Call us, and name its number.",
    "Tiene todas las que caben. Llámenos y diga su número.",
);
pub(crate) const GONE: Text = text("There is nothing of that to report", "No hay nada así que reportar");
pub(crate) const GONE_WHAT: Text = text(
    "It may have been taken back. Your history has all that there is.",
    "Puede que se haya retirado. Su historial tiene todo lo que hay.",
);

/// What a report is about.
pub(crate) const fn about(about: &Reported) -> Text {
    match about {
        Reported::Message(_) => text("The message", "El mensaje"),
        Reported::Transaction(_) => text("The activity", "La actividad"),
    }
}

/// A customer's word, as a button, a title and a note.
pub(crate) const fn says(says: Says) -> Text {
    match says {
        Says::NotMe => text("This wasn’t me", "No fui yo"),
        Says::Did => text("I did do this", "Sí fui yo"),
    }
}

/// What a customer's word on a message means, below its button: a message may be of what nobody did.
pub(crate) const fn says_what(says: Says) -> Text {
    match says {
        Says::NotMe => text("I didn’t do what it says", "No hice lo que dice"),
        Says::Did => text("I did what it says", "Hice lo que dice"),
    }
}

/// How far a report has come, as its customer is told.
pub(crate) const fn state(state: ReportState) -> Text {
    match state {
        ReportState::Open => text("Waiting for our answer", "En espera de nuestra respuesta"),
        ReportState::Answered => text("Answered", "Respondido"),
        ReportState::Closed => text("Closed", "Cerrado"),
    }
}

/// What is known of what somebody reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A message of which the books hold nothing.
    NothingFound,
    /// Any other message.
    Message,
    /// A transaction that its customer was not told of in time.
    Untold,
    /// Any other transaction.
    Transaction,
}

/// What saying so does, and what it does not.
pub(crate) fn does(says: Says, standing: Standing, brand: &str, language: Language) -> String {
    match (says, standing, language) {
        (Says::Did, Standing::NothingFound, Language::En) => format!(
            "You did what this message says, and our records hold nothing of it. What we say of the message stays as it is, \
             for that follows from our records alone. Your report tells {brand} that something is missing from them."
        ),
        (Says::Did, Standing::NothingFound, Language::Es) => format!(
            "Usted hizo lo que dice este mensaje, y en nuestros registros no figura. Lo que decimos del mensaje no cambia, \
             porque se deduce solo de los registros. Su reporte le dice a {brand} que en ellos falta algo."
        ),
        (Says::Did, Standing::Message, Language::En) => format!(
            "It tells {brand} that you did what this message says. What we say of the message stays as it is, for that \
             follows from our records alone."
        ),
        (Says::Did, Standing::Message, Language::Es) => format!(
            "Le dice a {brand} que usted hizo lo que dice este mensaje. Lo que decimos del mensaje no cambia, porque se \
             deduce solo de nuestros registros."
        ),
        (Says::NotMe, Standing::NothingFound, Language::En) => format!(
            "You didn’t do what this message says, and our records hold nothing of it either. Your report tells {brand} that \
             it reached you wrongly, and somebody looks into why."
        ),
        (Says::NotMe, Standing::NothingFound, Language::Es) => format!(
            "Usted no hizo lo que dice este mensaje, y en nuestros registros tampoco figura. Su reporte le dice a {brand} que \
             le llegó por error, y alguien averigua por qué."
        ),
        (Says::NotMe, Standing::Message, Language::En) => {
            format!("Somebody at {brand} looks into who did what this message says, and whether anybody did.")
        }
        (Says::NotMe, Standing::Message, Language::Es) => {
            format!("Alguien de {brand} averigua quién hizo lo que dice este mensaje, y si alguien lo hizo.")
        }
        (Says::Did, Standing::Untold, Language::En) => {
            format!("It tells {brand} that it was you, and that you were not told of it in time.")
        }
        (Says::Did, Standing::Untold, Language::Es) => {
            format!("Le dice a {brand} que fue usted, y que no se le avisó a tiempo.")
        }
        (Says::Did, Standing::Transaction, Language::En) => format!("It tells {brand} that it was you."),
        (Says::Did, Standing::Transaction, Language::Es) => format!("Le dice a {brand} que fue usted."),
        (Says::NotMe, Standing::Untold | Standing::Transaction, Language::En) => {
            format!("It is on your account, and you didn’t do it. Somebody at {brand} looks into who did.")
        }
        (Says::NotMe, Standing::Untold | Standing::Transaction, Language::Es) => {
            format!("Está en su cuenta, y usted no lo hizo. Alguien de {brand} averigua quién fue.")
        }
    }
}

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("What you told {brand} of your messages and your account, and what we answered.")
        }
        Language::Es => {
            format!("Lo que usted le dijo a {brand} sobre sus mensajes y su cuenta, y lo que respondimos.")
        }
    }
}

pub(crate) fn tell_us(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!("Tell {brand}. Somebody reads it, and answers you here."),
        Language::Es => format!("Dígaselo a {brand}. Alguien lo lee y le responde aquí."),
    }
}

pub(crate) fn who_reads(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "A support agent of {brand} opens your account to read it. That they did, you see under “Who looked”. The answer \
             appears here, and we tell you by email that it is there."
        ),
        Language::Es => format!(
            "Un agente de {brand} abre su cuenta para leerlo. Que lo hizo, lo ve usted en «Quién consultó». La respuesta \
             aparece aquí, y le avisamos por correo de que está."
        ),
    }
}

pub(crate) fn number(number: i64, language: Language) -> String {
    match language {
        Language::En => format!("Report {number}"),
        Language::Es => format!("Reporte {number}"),
    }
}

/// That something is reported already, and what sending the form again does.
pub(crate) fn goes_on(number: i64, language: Language) -> String {
    match language {
        Language::En => format!("You reported this before. What you send is added to report {number}."),
        Language::Es => format!("Usted ya lo reportó. Lo que envíe se añade al reporte {number}."),
    }
}

pub(crate) fn sent_what(number: i64, language: Language) -> String {
    match language {
        Language::En => format!("It has the number {number}. When there is an answer, we tell you by email."),
        Language::Es => format!("Tiene el número {number}. Cuando haya respuesta, le avisamos por correo."),
    }
}

pub(crate) fn too_many_what(contact: Option<&str>, language: Language) -> String {
    match (contact, language) {
        (Some(contact), Language::En) => {
            format!(
                "At most {REPORTS_OPEN_MAX} wait for an answer at once. If it is urgent, call us: {contact}."
            )
        }
        (None, Language::En) => {
            format!("At most {REPORTS_OPEN_MAX} wait for an answer at once. Come back when one is answered.")
        }
        (Some(contact), Language::Es) => {
            format!(
                "Como máximo {REPORTS_OPEN_MAX} esperan respuesta a la vez. Si es urgente, llámenos: {contact}."
            )
        }
        (None, Language::Es) => {
            format!(
                "Como máximo {REPORTS_OPEN_MAX} esperan respuesta a la vez. Vuelva cuando uno tenga respuesta."
            )
        }
    }
}

pub(crate) fn long_what(language: Language) -> String {
    match language {
        Language::En => format!("Write it in at most {NOTE_CHARS_MAX} characters."),
        Language::Es => format!("Escríbalo en {NOTE_CHARS_MAX} caracteres como máximo."),
    }
}

/// How the operator is reached at once.
pub(crate) fn call_what(brand: &str, contact: Option<&str>, language: Language) -> String {
    match (contact, language) {
        (Some(contact), _) => contact.to_owned(),
        (None, Language::En) => {
            format!("Reach {brand} by a number that you know, and not by one in a message.")
        }
        (None, Language::Es) => {
            format!(
                "Hable con {brand} por un número que usted conozca, y no por uno que venga en un mensaje."
            )
        }
    }
}
