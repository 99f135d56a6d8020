use engine::Language;
use store::PASSWORD_CHARS_MIN;

pub(crate) use super::security::NEW_PASSWORD;
use super::{Text, text};

pub(crate) const TITLE: Text = text("Set your password", "Ponga su contraseña");
pub(crate) const EMAIL: Text = text("Your email address", "Su dirección de correo");
pub(crate) const EMAIL_HINT: Text = text(
    "The one that we already send messages to. We have no other way of reaching you here: not by text, and not by what \
     you could tell us about yourself.",
    "La misma a la que ya le enviamos mensajes. Aquí no tenemos otra forma de llegar a usted: ni por SMS ni por lo que \
     pueda contarnos de sí.",
);
pub(crate) const SEND: Text = text("Send me a link", "Enviarme un enlace");
pub(crate) const SENT: Text = text("Look in your mail", "Mire su correo");
pub(crate) const SENT_WHAT: Text = text(
    "If that address is on an account, a link is on its way to it. It works once, for 30 minutes.",
    "Si esa dirección está en una cuenta, un enlace va en camino. Sirve una vez, durante 30 minutos.",
);
pub(crate) const NOTHING_CAME: Text = text("Nothing came?", "¿No llegó nada?");
pub(crate) const NOTHING_CAME_POINTS: [Text; 3] = [
    text(
        "Wait a few minutes, and look among the unwanted mail.",
        "Espere unos minutos, y mire entre el correo no deseado.",
    ),
    text(
        "Ask again with the address that your bill or last message went to.",
        "Pídalo otra vez con la dirección a la que llegó su factura o su último mensaje.",
    ),
    text(
        "We send at most five links a day to one address. Only the latest of them works.",
        "Enviamos como mucho cinco enlaces al día a una dirección. Solo sirve el último.",
    ),
];
pub(crate) const HOW: Text = text("How it works", "Cómo funciona");
pub(crate) const HOW_POINTS: [Text; 3] = [
    text(
        "We send a link to the address, if it is the one of an account’s holder.",
        "Enviamos un enlace a la dirección, si es la del titular de una cuenta.",
    ),
    text(
        "With the link you choose a password. From then on you sign in with it and your address.",
        "Con el enlace usted elige una contraseña. Desde entonces inicia sesión con ella y su dirección.",
    ),
    text(
        "It is the same whether you are here for the first time or forgot your password.",
        "Es lo mismo si viene por primera vez o si olvidó su contraseña.",
    ),
];
pub(crate) const UNREADABLE: Text =
    text("That is no email address. It has an @ in it.", "Eso no es una dirección de correo. Lleva una @.");
pub(crate) const BUSY: Text = text("Too much at once", "Demasiado a la vez");
pub(crate) const BUSY_WHAT: Text = text(
    "More people ask than we can answer at this moment. Try again in half a minute.",
    "Preguntan más personas de las que podemos atender ahora. Inténtelo de nuevo en medio minuto.",
);
pub(crate) const TO_SIGN_IN: Text = text("Back to sign-in", "Volver a iniciar sesión");

pub(crate) const FIRST_TIME: Text = text("First time here?", "¿Es su primera vez aquí?");
pub(crate) const FORGOTTEN: Text = text("Forgot your password?", "¿Olvidó su contraseña?");
pub(crate) const GET_LINK: Text =
    text("Have a link sent to set your password", "Pida un enlace para poner su contraseña");

pub(crate) const CHOOSE: Text = text("Choose your password", "Elija su contraseña");
pub(crate) const SAVE: Text = text("Set it and sign in", "Ponerla e iniciar sesión");
pub(crate) const PASSWORD_LONG: Text = text(
    "That is longer than we can take. Leave some of it out.",
    "Es más larga de lo que admitimos. Quite una parte.",
);
pub(crate) const PASSWORD_COMMON: Text = text(
    "That is among the first that are guessed. Take words that have nothing to do with each other, or with you.",
    "Es de las primeras que se adivinan. Tome palabras que no tengan que ver entre sí ni con usted.",
);
pub(crate) const GOOD: Text = text("A good password", "Una buena contraseña");
pub(crate) const GOOD_POINTS: [Text; 3] = [
    text(
        "Four or five words in a row are easy to keep in mind, and hard to guess.",
        "Cuatro o cinco palabras seguidas son fáciles de recordar y difíciles de adivinar.",
    ),
    text(
        "Any letters, signs and spaces will do. None of them is asked for.",
        "Sirven cualesquiera letras, signos y espacios. Ninguno es obligatorio.",
    ),
    text(
        "Paste it from a password manager, if you have one.",
        "Péguela desde un gestor de contraseñas, si lo tiene.",
    ),
];

pub(crate) const LINK_GONE: Text = text("This link works no longer", "Este enlace ya no sirve");
pub(crate) const LINK_GONE_WHY: Text = text(
    "A link works once, for 30 minutes, and ends when a newer one is sent. Nothing was changed.",
    "Un enlace sirve una vez, durante 30 minutos, y acaba cuando se envía otro más nuevo. No se cambió nada.",
);
pub(crate) const ASK_AGAIN: Text = text("Have a new link sent", "Pedir un enlace nuevo");
pub(crate) const NOT_USED: Text = text("You did not use it?", "¿Usted no lo usó?");
pub(crate) const NOT_USED_WHY: Text = text(
    "If your password was set without you, you got a mail that says so. Have a new link sent, and tell us.",
    "Si se puso su contraseña sin usted, recibió un correo que lo dice. Pida un enlace nuevo, y avísenos.",
);

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!("You are a customer of {brand} already. All you need here is a password."),
        Language::Es => format!("Usted ya es cliente de {brand}. Aquí solo necesita una contraseña."),
    }
}

pub(crate) fn for_whom(sign_in: &str, language: Language) -> String {
    match language {
        Language::En => format!("For {sign_in}. You sign in with this address and your password."),
        Language::Es => format!("Para {sign_in}. Usted inicia sesión con esta dirección y su contraseña."),
    }
}

pub(crate) fn at_least(language: Language) -> String {
    match language {
        Language::En => format!("At least {PASSWORD_CHARS_MIN} characters: a few words, for instance."),
        Language::Es => format!("Al menos {PASSWORD_CHARS_MIN} caracteres: unas palabras, por ejemplo."),
    }
}

pub(crate) fn too_short(language: Language) -> String {
    match language {
        Language::En => format!("That is too short: it takes at least {PASSWORD_CHARS_MIN} characters."),
        Language::Es => format!("Es demasiado corta: hacen falta al menos {PASSWORD_CHARS_MIN} caracteres."),
    }
}
