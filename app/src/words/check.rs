use engine::{Channel, Language};

use super::{Text, text};

pub(crate) const TITLE: Text = text("Check a message", "Comprobar un mensaje");
pub(crate) const NUMBER: Text = text("Counterfoil number", "Número de matriz");
pub(crate) const NUMBER_HINT: Text = text(
    "12 letters and digits, as in 7K3M‑Q9TX‑2HRC. Capitals, spaces and dashes don’t matter.",
    "12 letras y cifras, como en 7K3M‑Q9TX‑2HRC. Las mayúsculas, los espacios y los guiones no importan.",
);
pub(crate) const SUBMIT: Text = text("Check", "Comprobar");
pub(crate) const UNREADABLE: Text = text(
    "A counterfoil number has 12 letters and digits. Look again at the one in the message.",
    "Un número de matriz tiene 12 letras y cifras. Vuelva a mirar el del mensaje.",
);

pub(crate) const WHAT_YOU_LEARN: Text = text("What you learn here", "Qué se sabe aquí");
pub(crate) const WHETHER: Text = text(
    "Whether we sent the message: on which day, by which channel, under which subject.",
    "Si enviamos el mensaje: qué día, por qué canal y con qué asunto.",
);
pub(crate) const NOTHING_PERSONAL: Text = text(
    "Nothing about whom it was for. Names, amounts and numbers are left out.",
    "Nada de a quién iba dirigido. Los nombres, los importes y los números se omiten.",
);
pub(crate) const NO_NUMBER: Text = text(
    "Without a number: what it says is compared with what we sent. Signed in, with everything that we sent you; else with \
     published incidents alone.",
    "Sin número: lo que dice se compara con lo que enviamos. Con la sesión iniciada, con todo lo que le enviamos; si no, \
     solo con los incidentes publicados.",
);

pub(crate) const SENT: Text = text("We sent this message", "Enviamos este mensaje");
pub(crate) const SENT_ON: Text = text("Sent on", "Enviado el");
pub(crate) const SENT_BY: Text = text("By", "Por");
pub(crate) const SUBJECT: Text = text("Subject", "Asunto");
pub(crate) const NO_SUBJECT: Text = text("Not shown", "No se muestra");
pub(crate) const COMPARE: Text = text(
    "Compare this with the message you hold. If it came on another day, another way or about something else, somebody \
     copied our number into it: don’t trust it.",
    "Compárelo con el mensaje que tiene. Si llegó otro día, por otra vía o trata de otra cosa, alguien copió en él \
     nuestro número: no se fíe.",
);
pub(crate) const OPEN_YOURS: Text = text("It is one of yours: open it", "Es uno de los suyos: ábralo");

pub(crate) const UNKNOWN: Text =
    text("We have no message with this number", "No tenemos ningún mensaje con este número");
pub(crate) const UNKNOWN_AGAIN: Text = text(
    "Compare the number with the message once more, character by character.",
    "Compare otra vez el número con el del mensaje, letra por letra.",
);
pub(crate) const UNKNOWN_DOUBT: Text = text(
    "If it is the same, doubt the message. Open no link in it, call no number in it, and give nobody a code or password.",
    "Si es el mismo, desconfíe del mensaje. No abra sus enlaces, no llame a sus números y no dé a nadie códigos ni \
     contraseñas.",
);
pub(crate) const UNKNOWN_HISTORY: Text = text(
    "Are you a customer? Sign in and look whether the message is in your history.",
    "¿Es cliente? Inicie sesión y mire si el mensaje está en su historial.",
);

pub(crate) const LOOK_IN_HISTORY: Text =
    text("Look whether the message is in your history.", "Mire si el mensaje está en su historial.");

pub(crate) const LOOK_AT_DESK: Text = text(
    "Who asks you may be a customer: open their account, and look whether the message is in their history.",
    "Quien le pregunta puede ser cliente: abra su cuenta y mire si el mensaje está en su historial.",
);

pub(crate) const TOO_SOON: Text = text("That was too many at once", "Fueron demasiadas de una vez");
pub(crate) const TOO_SOON_WHY: Text = text(
    "So that nobody can try numbers until one fits, we answer only so many in a minute.",
    "Para que nadie pruebe números hasta dar con uno, solo contestamos a unos cuantos por minuto.",
);
pub(crate) const TOO_SOON_SHARED: Text = text("Was it not you?", "¿No fue usted?");
pub(crate) const TOO_SOON_SHARED_WHY: Text = text(
    "Others who use the same connection as you count too.",
    "También cuentan otras personas que usan la misma conexión que usted.",
);
pub(crate) const AGAIN: Text = text("Check again", "Comprobar de nuevo");

pub(crate) const QR: Text = text("As a QR code", "Como código QR");

/// How a message travelled, within a sentence or list of facts.
pub(crate) const fn channel(channel: Channel) -> Text {
    match channel {
        Channel::Email => text("email", "correo"),
        Channel::Sms => text("text message", "SMS"),
        Channel::Push => text("notification in our app", "notificación en nuestra aplicación"),
        Channel::Letter => text("letter", "carta"),
        Channel::Voice => text("phone call", "llamada"),
    }
}

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!(
                "You hold a message and are not sure? We tell you whether {brand} sent it, and what to do."
            )
        }
        Language::Es => {
            format!("¿Tiene un mensaje y duda de él? Le diremos si lo envió {brand} y qué hacer.")
        }
    }
}

/// What the number of a message is for, beside it.
pub(crate) fn what_for(address: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "Anyone who holds this message can type its counterfoil number at {address}, without signing in, and read \
             that we sent it. Nothing about you is told."
        ),
        Language::Es => format!(
            "Quien tenga este mensaje puede escribir su número de matriz en {address}, sin iniciar sesión, y leer que \
             lo enviamos. No se dice nada de usted."
        ),
    }
}

pub(crate) fn qr_of(number: &str, language: Language) -> String {
    match language {
        Language::En => format!("QR code of the counterfoil number {number}"),
        Language::Es => format!("Código QR del número de matriz {number}"),
    }
}

pub(crate) fn wait(seconds: i64, language: Language) -> String {
    match (language, seconds) {
        (Language::En, ..=1) => "Wait a moment, then check again.".to_owned(),
        (Language::En, _) => format!("Wait {seconds} seconds, then check again."),
        (Language::Es, ..=1) => "Espere un momento y compruebe de nuevo.".to_owned(),
        (Language::Es, _) => format!("Espere {seconds} segundos y compruebe de nuevo."),
    }
}
