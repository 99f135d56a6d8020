use engine::Language;

use super::{Text, text};

pub(crate) const HEADING: Text = text("Members", "Miembros");
pub(crate) const LEAD: Text = text(
    "The people of your account besides you. Each may have a sign-in of their own, if you invite them.",
    "Las personas de su cuenta además de usted. Cada una puede tener su propio acceso, si usted la invita.",
);
pub(crate) const NONE: Text =
    text("Your account lists no members.", "En su cuenta no figura ningún miembro.");
pub(crate) const NO_NAME: Text = text("Member without a name", "Miembro sin nombre");
pub(crate) const NO_ADDRESS: Text = text(
    "No email address of their own is on file, so no invitation can be sent.",
    "No consta ninguna dirección de correo propia, así que no se puede enviar una invitación.",
);
pub(crate) const NO_SIGN_IN: Text = text("No sign-in yet", "Aún sin acceso");
pub(crate) const INVITE: Text = text("Invite", "Invitar");
pub(crate) const INVITE_AGAIN: Text = text("Send another link", "Enviar otro enlace");
pub(crate) const WITHDRAW: Text = text("Take sign-in away", "Retirar el acceso");
pub(crate) const SIGN_INS: Text = text("Who else may sign in", "Quién más puede entrar");
pub(crate) const CHANGE: Text = text("Manage sign-in", "Gestionar el acceso");
pub(crate) const SEE: Text = text("What a member sees", "Qué ve un miembro");
pub(crate) const SEE_WHAT: Text = text(
    "The messages to their own addresses and numbers, and what happened on their own lines. Nothing of yours, and \
     nothing of the other members.",
    "Los mensajes a sus propias direcciones y números, y lo que ocurrió en sus propias líneas. Nada de lo suyo de usted, \
     y nada de los demás miembros.",
);
pub(crate) const WHO: Text = text("Who is a member", "Quién es miembro");
pub(crate) const WHO_WHAT: Text = text(
    "The account says so, not this page. Whoever is taken off the account sees nothing from that moment on.",
    "Lo dice la cuenta, no esta página. Quien deja de figurar en la cuenta no ve nada desde ese momento.",
);
pub(crate) const ASIDE: Text = text(
    "Which people of your account sign in, and which may.",
    "Qué personas de su cuenta tienen acceso, y cuáles pueden tenerlo.",
);

pub(crate) const INVITED: Text = text("The invitation is on its way", "La invitación está en camino");
pub(crate) const INVITED_WHAT: Text = text(
    "They get a link by email, with which they set a password of their own. It works once, for 24 hours.",
    "Recibirán un enlace por correo para poner su propia contraseña. Sirve una vez, durante 24 horas.",
);
pub(crate) const WITHDRAWN: Text = text("The sign-in is taken away", "El acceso está retirado");
pub(crate) const WITHDRAWN_WHAT: Text = text(
    "Wherever they were signed in, they are signed out. Only another invitation lets them in again.",
    "Se cerraron todas sus sesiones. Solo otra invitación les da acceso de nuevo.",
);
pub(crate) const UNKNOWN: Text = text("Nothing was sent or changed", "No se envió ni cambió nada");
pub(crate) const UNKNOWN_WHAT: Text = text(
    "Your account lists no member whom that could be done for. An address has to be one person’s alone.",
    "En su cuenta no figura ningún miembro para quien pueda hacerse. Una dirección tiene que ser de una sola persona.",
);
pub(crate) const ALREADY: Text = text("They sign in already", "Ya tiene acceso");
pub(crate) const ALREADY_WHAT: Text = text(
    "Who forgot their password has a link sent from the sign-in page.",
    "Quien olvidó su contraseña pide un enlace en la página de inicio de sesión.",
);
pub(crate) const MANY: Text = text("Enough links for today", "Suficientes enlaces por hoy");
pub(crate) const MANY_WHAT: Text = text(
    "So that nobody is bothered, an address gets five a day. The last one may still be on its way.",
    "Para no molestar a nadie, una dirección recibe cinco al día. El último puede estar aún en camino.",
);

pub(crate) const ENDED: Text =
    text("You are no longer listed on this account", "Usted ya no figura en esta cuenta");
pub(crate) const ENDED_WHY: Text = text(
    "Your password is right, and the account does not list you as its member any more. Ask its holder, or the operator.",
    "Su contraseña es correcta, y en la cuenta ya no figura usted como miembro. Pregunte a su titular, o al operador.",
);
pub(crate) const WITHHELD: Text = text("Not shown to members", "No se muestra a los miembros");
pub(crate) const WITHHELD_WHY: Text = text(
    "What this message is about is on the account, and not on a line of yours. The account’s holder sees it.",
    "Aquello de lo que trata este mensaje está en la cuenta, y no en una línea suya. Lo ve el titular de la cuenta.",
);

pub(crate) fn invited(when: &str, language: Language) -> String {
    match language {
        Language::En => format!("Invited {when}"),
        Language::Es => format!("Invitación enviada: {when}"),
    }
}

pub(crate) fn signs_in(when: &str, language: Language) -> String {
    match language {
        Language::En => format!("Signs in since {when}"),
        Language::Es => format!("Con acceso desde: {when}"),
    }
}

pub(crate) fn withdrawn(when: &str, language: Language) -> String {
    match language {
        Language::En => format!("Sign-in taken away {when}"),
        Language::Es => format!("Acceso retirado: {when}"),
    }
}
