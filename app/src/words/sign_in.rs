use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Sign in", "Iniciar sesión");
pub(crate) const NAME: Text = text("Email or sign-in name", "Correo o nombre de usuario");
pub(crate) const PASSWORD: Text = text("Password", "Contraseña");
pub(crate) const SHOW: Text = text("Show", "Mostrar");
pub(crate) const SHOW_WHAT: Text = text(" the password", " la contraseña");
pub(crate) const SUBMIT: Text = text("Sign in", "Iniciar sesión");
pub(crate) const REFUSED: Text = text("That didn’t work", "No ha funcionado");
pub(crate) const REFUSED_WHY: Text = text(
    "The sign-in name and the password don’t belong together. Check both and try again.",
    "El nombre de usuario y la contraseña no corresponden. Revise ambos e inténtelo de nuevo.",
);
pub(crate) const SUSPENDED: Text = text("Your sign-in is suspended", "Su acceso está suspendido");
pub(crate) const SUSPENDED_WHY: Text = text(
    "You can’t sign in until somebody lets you in again. Ask your supervisor or whoever runs this service.",
    "No puede iniciar sesión hasta que alguien se lo permita de nuevo. Pregunte a su supervisor o a quien administra este \
     servicio.",
);
pub(crate) const TOO_SOON: Text = text("Too many wrong tries", "Demasiados intentos fallidos");
pub(crate) const TOO_SOON_WHY: Text = text(
    "To keep guessers out, we looked at none this time. Wait a minute, then try again.",
    "Para que nadie adivine contraseñas, esta vez no miramos ninguna. Espere un minuto e inténtelo de nuevo.",
);
pub(crate) const STOPPED_WHY: Text = text(
    "Today we look at no more passwords for this sign-in from a browser that we don’t know. Use one that you have signed \
     in with before, or have a link sent.",
    "Hoy no miramos más contraseñas para este acceso desde un navegador que no conocemos. Use uno con el que ya haya \
     iniciado sesión, o pida un enlace.",
);
pub(crate) const PASSWORD_AGAIN: Text = text("Enter your password again.", "Escriba de nuevo su contraseña.");
pub(crate) const ENDED: Text = text("You were signed out", "Se cerró su sesión");
pub(crate) const ENDED_WHY: Text = text(
    "Your session has ended, to keep your account safe. Sign in again to go on.",
    "Su sesión terminó, para proteger su cuenta. Inicie sesión de nuevo para continuar.",
);
pub(crate) const WHAT_FOR: Text = text("What this is for", "Para qué sirve");
pub(crate) const BESIDE: Text = text(
    "Beside each one, the payment, order or change on your account that it tells of.",
    "Junto a cada uno, el pago, el pedido o el cambio en su cuenta del que habla.",
);
pub(crate) const IF_NOTHING: Text = text(
    "If nothing on your account vouches for a message, we say so, and why.",
    "Si nada en su cuenta respalda un mensaje, se lo decimos, y por qué.",
);
pub(crate) const ONLY_YOU: Text = text(
    "Only you see it. We never ask for your password by phone, email or text.",
    "Solo usted lo ve. Nunca le pedimos su contraseña por teléfono, correo ni SMS.",
);

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("See every message {brand} sent you, next to what really happened on your account.")
        }
        Language::Es => {
            format!("Vea cada mensaje que {brand} le envió, junto a lo que de verdad pasó en su cuenta.")
        }
    }
}

pub(crate) fn every_message(brand: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("Every automated email, text and letter from {brand}, exactly as it was sent.")
        }
        Language::Es => format!("Cada correo, SMS y carta automáticos de {brand}, tal como se enviaron."),
    }
}
