use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Activity on your account", "Actividad en su cuenta");
pub(crate) const FACTS: Text = text("What your account has of it", "Lo que consta en su cuenta");
pub(crate) const OCCURRED: Text = text("Happened", "Ocurrió");
pub(crate) const RECORDED: Text = text("In our records since", "En nuestros registros desde");
pub(crate) const AMOUNT: Text = text("Amount", "Importe");
pub(crate) const NUMBER: Text = text("Our number", "Nuestro número");
pub(crate) const TOLD: Text = text("What we told you about it", "Lo que le dijimos de esto");
pub(crate) const NOT_COMPARED: Text = text(
    "We have not compared this with our messages to you yet, and will by ourselves.",
    "Aún no lo hemos comparado con los mensajes que le enviamos; lo haremos sin que usted haga nada.",
);
pub(crate) const MORE: Text = text(
    "There are more messages about this than fit here: your history has them all.",
    "Hay más mensajes sobre esto de los que caben aquí: su historial los tiene todos.",
);
pub(crate) const OPEN: Text = text("All about this activity", "Todo sobre esta actividad");

/// How often one was told of it, above the messages.
pub(crate) fn told_times(messages: usize, language: Language) -> String {
    match (language, messages) {
        (Language::En, 1) => "One message is about this.".to_owned(),
        (Language::En, _) => format!("{messages} messages are about this."),
        (Language::Es, 1) => "Un mensaje trata de esto.".to_owned(),
        (Language::Es, _) => format!("{messages} mensajes tratan de esto."),
    }
}
