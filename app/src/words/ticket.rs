use engine::Language;

use super::{Text, text};

pub(crate) const SIGNED_OUT: Text = text("You are signed out", "Ha cerrado la sesión");
pub(crate) const SIGNED_OUT_TITLE: Text = text("Signed out", "Sesión cerrada");
pub(crate) const SIGNED_OUT_WHAT: Text =
    text("Nothing of your account is left on this screen.", "En esta pantalla no queda nada de su cuenta.");
pub(crate) const SIGN_IN_AGAIN: Text = text("Sign in again", "Iniciar sesión de nuevo");
pub(crate) const SHARED: Text = text("Is this a shared computer?", "¿Es un equipo compartido?");
pub(crate) const SHARED_WHAT: Text = text(
    "Close the window too, so that nobody can go back to what you looked at.",
    "Cierre también la ventana, para que nadie pueda volver a lo que usted vio.",
);

pub(crate) const NOT_FOUND: Text = text("There is nothing at this address", "No hay nada en esta dirección");
pub(crate) const NOT_FOUND_TITLE: Text = text("Not found", "No encontrado");
pub(crate) const NOT_FOUND_WHAT: Text = text(
    "The link may be old, or it was not copied whole. What is yours is where it was.",
    "El enlace puede ser antiguo o no se copió entero. Lo suyo sigue donde estaba.",
);
pub(crate) const TO_HISTORY: Text = text("Go to your history", "Ir a su historial");
pub(crate) const TO_DESK: Text = text("Go to the desk", "Ir al mostrador");
pub(crate) const NO_COUNTERFOIL: Text = text("No counterfoil for this page", "Esta página no tiene matriz");
pub(crate) const NO_COUNTERFOIL_WHAT: Text = text(
    "If a message brought you here, open your history and look for that message there. If it is not there, we have no \
     record of sending it to you.",
    "Si un mensaje lo trajo aquí, abra su historial y busque allí ese mensaje. Si no está, no nos consta habérselo \
     enviado.",
);

pub(crate) const FAILED: Text = text("Something went wrong on our side", "Algo falló de nuestro lado");
pub(crate) const FAILED_TITLE: Text = text("Something went wrong", "Algo falló");
pub(crate) const FAILED_WHAT: Text = text(
    "We could not show this page. This changed nothing on your account.",
    "No pudimos mostrar esta página. Esto no cambió nada en su cuenta.",
);
pub(crate) const FAILED_THEN: Text =
    text("Wait a minute, then try again.", "Espere un minuto e inténtelo de nuevo.");
pub(crate) const TRY_AGAIN: Text = text("Try again", "Intentar de nuevo");
pub(crate) const IF_AGAIN: Text = text("If it happens again", "Si vuelve a ocurrir");
pub(crate) const IF_AGAIN_NUMBER: Text = text(
    "Tell us this number. It says nothing about you; it lets us find what failed.",
    "Díganos este número. No dice nada de usted; nos permite encontrar lo que falló.",
);
pub(crate) const IF_AGAIN_TELL: Text = text(
    "Tell us when it happened, and we will find what failed.",
    "Díganos cuándo ocurrió y encontraremos lo que falló.",
);

pub(crate) const NO_ACCOUNT: Text =
    text("This sign-in has no account of its own", "Este acceso no tiene cuenta propia");
pub(crate) const NO_ACCOUNT_TITLE: Text = text("No account", "Sin cuenta");
pub(crate) const NO_ACCOUNT_WHAT: Text = text(
    "You are signed in, but no customer account belongs to you, so there is no history to show.",
    "Ha iniciado sesión, pero no le corresponde ninguna cuenta de cliente, así que no hay historial que mostrar.",
);
pub(crate) const OTHER_SIGN_IN: Text = text("Do you have another sign-in?", "¿Tiene otro acceso?");
pub(crate) const OTHER_SIGN_IN_WHAT: Text = text(
    "Sign out, then sign in with the one of your account.",
    "Cierre la sesión e inicie otra con el de su cuenta.",
);

pub(crate) const CLOSED_TITLE: Text = text("Closed for now", "Cerrado por ahora");
pub(crate) const CLOSED: Text =
    text("Accounts can't be looked at for the moment", "Por el momento no se pueden ver las cuentas");
pub(crate) const CLOSED_WHAT: Text = text(
    "We closed these pages ourselves, for everybody, to check that each account is shown to its owner alone. This \
     changed nothing on your account.",
    "Cerramos estas páginas nosotros mismos, para todos, para comprobar que cada cuenta se muestre solo a su titular. \
     Esto no cambió nada en su cuenta.",
);
pub(crate) const CLOSED_THEN: Text = text(
    "They open again when somebody has looked. Come back in a while.",
    "Se abrirán de nuevo cuando alguien lo haya revisado. Vuelva dentro de un rato.",
);
pub(crate) const CLOSED_MEANWHILE: Text = text("In the meantime", "Mientras tanto");
pub(crate) const CLOSED_CHECK: Text = text(
    "Whether we sent a message can still be checked by its counterfoil number.",
    "Aún puede comprobar con su número de matriz si enviamos un mensaje.",
);
pub(crate) const CHECK: Text = text("Check a message", "Comprobar un mensaje");

pub(crate) fn contact(contact: &str, language: Language) -> String {
    match language {
        Language::En => format!("You reach us here: {contact}."),
        Language::Es => format!("Nos encuentra aquí: {contact}."),
    }
}
