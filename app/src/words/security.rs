use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Security", "Seguridad");
pub(crate) const HEADING: Text = text("Devices and sessions", "Dispositivos y sesiones");
pub(crate) const LEAD: Text = text(
    "Wherever you are signed in. If you don’t know one of them, end it, and then change your password.",
    "Todos los lugares en los que tiene la sesión iniciada. Si no reconoce alguno, ciérrelo y cambie después su contraseña.",
);
pub(crate) const THIS: Text = text("This device", "Este dispositivo");
pub(crate) const UNKNOWN: Text = text("Unknown browser", "Navegador desconocido");
pub(crate) const END: Text = text("Sign out", "Cerrar sesión");
pub(crate) const OTHERS: Text = text("All other sessions", "Todas las demás sesiones");
pub(crate) const OTHERS_WHAT: Text = text(
    "Ends every session but this one, on every device. We ask for your password first.",
    "Cierra todas las sesiones menos esta, en todos los dispositivos. Antes le pedimos su contraseña.",
);
pub(crate) const OTHERS_NONE: Text =
    text("You are signed in here alone.", "Solo tiene la sesión iniciada aquí.");
pub(crate) const END_OTHERS: Text = text("Sign out all others", "Cerrar todas las demás");
pub(crate) const PASSWORD: Text = text("Password", "Contraseña");
pub(crate) const PASSWORD_WHAT: Text = text(
    "Changing it ends all other sessions. We ask for the one you have first.",
    "Al cambiarla se cierran todas las demás sesiones. Antes le pedimos la actual.",
);
pub(crate) const CHANGE: Text = text("Change password", "Cambiar contraseña");

pub(crate) const ENDED: Text = text("The session has ended", "La sesión se ha cerrado");
pub(crate) const ENDED_WHAT: Text =
    text("Whoever was there is signed out.", "Quien estuviera allí ya no tiene la sesión iniciada.");
pub(crate) const OTHERS_ENDED: Text =
    text("All other sessions have ended", "Se cerraron todas las demás sesiones");
pub(crate) const OTHERS_ENDED_WHAT: Text =
    text("You are signed in here alone.", "Solo tiene la sesión iniciada aquí.");
pub(crate) const CHANGED: Text = text("Your password is changed", "Su contraseña ha cambiado");
pub(crate) const CHANGED_WHAT: Text = text(
    "All other sessions have ended. From now on, sign in with the new one.",
    "Se cerraron todas las demás sesiones. A partir de ahora, inicie sesión con la nueva.",
);
pub(crate) const GONE: Text = text("There is no such session any more", "Esa sesión ya no existe");
pub(crate) const GONE_WHAT: Text =
    text("It ended before. Below is what there is.", "Terminó antes. Abajo está lo que hay.");

pub(crate) const CONFIRM: Text = text("Confirm that it is you", "Confirme que es usted");
pub(crate) const CONFIRM_WHAT: Text = text(
    "Enter your password again to go on. It is good for 5 minutes, on this device.",
    "Escriba de nuevo su contraseña para continuar. Sirve durante 5 minutos, en este dispositivo.",
);
pub(crate) const CONFIRM_OTHERS: Text = text(
    "Enter your password, and every session of yours but this one ends.",
    "Escriba su contraseña y se cerrarán todas sus sesiones menos esta.",
);
pub(crate) const CONFIRM_WHY: Text = text("Why we ask", "Por qué la pedimos");
pub(crate) const CONFIRM_WHY_WHAT: Text = text(
    "So that nobody who finds this screen open can see whole numbers, end your sessions or change your password.",
    "Para que nadie que encuentre abierta esta pantalla pueda ver números completos, cerrar sus sesiones o cambiar su \
     contraseña.",
);
pub(crate) const CONFIRM_WRONG: Text = text("That is not your password", "Esa no es su contraseña");
pub(crate) const CONFIRM_WRONG_WHAT: Text = text(
    "Try again. After five wrong ones in a row, you are signed out.",
    "Inténtelo de nuevo. Tras cinco seguidas incorrectas, se cierra su sesión.",
);
pub(crate) const GO_ON: Text = text("Go on", "Continuar");

pub(crate) const NEW_PASSWORD: Text = text("New password", "Nueva contraseña");
pub(crate) const NEW_PASSWORD_AGAIN: Text = text("New password, once more", "Nueva contraseña, otra vez");
pub(crate) const NEW_PASSWORD_HINT: Text = text(
    "At least 15 characters. A few words in a row are easy to keep in mind; spaces count.",
    "Al menos 15 caracteres. Unas cuantas palabras seguidas son fáciles de recordar; los espacios cuentan.",
);
pub(crate) const REFUSED_SHORT: Text =
    text("That password is too short", "Esa contraseña es demasiado corta");
pub(crate) const REFUSED_LONG: Text = text("That password is too long", "Esa contraseña es demasiado larga");
pub(crate) const REFUSED_LONG_WHAT: Text =
    text("It has at most 1,024 bytes.", "Tiene como máximo 1024 bytes.");
pub(crate) const REFUSED_OTHER: Text = text("The two are not the same", "Las dos no son iguales");
pub(crate) const REFUSED_OTHER_WHAT: Text =
    text("Enter the new password twice.", "Escriba dos veces la nueva contraseña.");
pub(crate) const GUESSED: Text = text("A good one", "Una buena");
pub(crate) const GUESSED_WHAT: Text = text(
    "Use it nowhere else. Let your browser or a password manager make one and keep it.",
    "No la use en ningún otro sitio. Deje que su navegador o un gestor de contraseñas la cree y la guarde.",
);

/// When a session began, and when something was last asked for in it.
pub(crate) fn times(began: &str, seen: &str, language: Language) -> [String; 2] {
    match language {
        Language::En => [format!("Began {began}"), format!("Last seen {seen}")],
        Language::Es => [format!("Inicio: {began}"), format!("Última actividad: {seen}")],
    }
}

/// What a button that ends a session adds for readers of the screen.
pub(crate) fn end_which(browser: &str, seen: &str, language: Language) -> String {
    match language {
        Language::En => format!(" of {browser}, last seen {seen}"),
        Language::Es => format!(" de {browser}, última actividad: {seen}"),
    }
}
