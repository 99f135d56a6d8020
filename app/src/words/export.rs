use engine::Language;

use super::{Text, text};

/// Where in a column's head the name of the zone is to stand.
pub(crate) const ZONE_PLACE: &str = "{zone}";
const SENT: Text = text("Sent ({zone})", "Enviado ({zone})");
const WHEN: Text = text("When ({zone})", "Cuándo ({zone})");
const MESSAGE_NUMBER: Text = text("Message number", "Número del mensaje");
const TRANSACTION_NUMBER: Text = text("Transaction number", "Número de la operación");
const VERDICT: Text = text("Verdict", "Resultado");

pub(crate) const MESSAGES: [Text; 13] = [
    SENT,
    text("Channel", "Canal"),
    text("Subject", "Asunto"),
    text("To", "Para"),
    text("From", "De"),
    VERDICT,
    text("Why", "Por qué"),
    text("What it is about", "De qué trata"),
    TRANSACTION_NUMBER,
    text("Counterfoil number", "Número de matriz"),
    MESSAGE_NUMBER,
    text("Template", "Plantilla"),
    text("Text", "Texto"),
];
pub(crate) const TRANSACTIONS: [Text; 13] = [
    WHEN,
    text("What", "Qué"),
    text("Amount", "Importe"),
    text("Currency", "Moneda"),
    text("References", "Referencias"),
    text("Device", "Dispositivo"),
    text("IMEI", "IMEI"),
    text("Line", "Línea"),
    text("Summary", "Resumen"),
    text("Status", "Estado"),
    text("In our records since ({zone})", "En nuestros registros desde ({zone})"),
    text("Were you told?", "¿Se le avisó?"),
    TRANSACTION_NUMBER,
];
pub(crate) const PAST_VERDICTS: [Text; 5] = [
    MESSAGE_NUMBER,
    text("From ({zone})", "Desde ({zone})"),
    text("Until ({zone})", "Hasta ({zone})"),
    VERDICT,
    TRANSACTION_NUMBER,
];
pub(crate) const LOOKUPS: [Text; 6] = [
    text("Opened ({zone})", "Abierta ({zone})"),
    text("Closed ({zone})", "Cerrada ({zone})"),
    text("Who", "Quién"),
    text("Role", "Función"),
    text("Reason", "Motivo"),
    text("Found by", "Encontrada por"),
];
pub(crate) const REPORTS: [Text; 8] = [
    text("Report", "Reporte"),
    WHEN,
    text("What you said", "Lo que dijo usted"),
    text("Message or activity", "Mensaje o actividad"),
    text("Its number", "Su número"),
    text("State", "Estado"),
    text("Since ({zone})", "Desde ({zone})"),
    text("What was said", "Lo que se ha dicho"),
];
pub(crate) const SECURITY: [Text; 4] =
    [WHEN, text("What", "Qué"), text("By whom", "Quién"), text("From address", "Desde la dirección")];
pub(crate) const TOLD: Text = text("A message tells of it", "Un mensaje lo cuenta");
pub(crate) const NO_MESSAGE: Text = text("No message tells of it", "Ningún mensaje lo cuenta");

pub(crate) const TITLE: Text = text("Take it along", "Llevarse una copia");
pub(crate) const HEADING: Text = text("Take everything along", "Llévese todo");
pub(crate) const WHAT: Text = text("One file with everything", "Un archivo con todo");
pub(crate) const CONTENTS: [Text; 7] = [
    text(
        "Every message whole, with its verdict and why, and the verdicts it had before",
        "Cada mensaje entero, con su resultado y el motivo, y los resultados que tuvo antes",
    ),
    text("Every transaction, and whether we told you of it", "Cada operación, y si se la comunicamos"),
    text(
        "Your account: people, addresses, lines, and devices with their whole numbers",
        "Su cuenta: personas, direcciones, líneas y dispositivos con sus números completos",
    ),
    text(
        "Who of our staff looked at it, when and why",
        "Quién de nuestro personal la consultó, cuándo y por qué",
    ),
    text("What you reported, and what we answered", "Lo que usted reportó y lo que respondimos"),
    text(
        "Your sign-ins and changes of password, your sessions and your settings",
        "Sus accesos y cambios de contraseña, sus sesiones y sus ajustes",
    ),
    text("A README that explains each file", "Un archivo README que explica los demás"),
];
pub(crate) const FORMATS: Text = text(
    "Each list comes twice: as a table (CSV) that spreadsheets open, and whole for programs (JSON). All in one zip.",
    "Cada lista viene dos veces: como tabla (CSV) para hojas de cálculo, y entera para programas (JSON). Todo en un zip.",
);
pub(crate) const DOWNLOAD: Text = text("Download the file", "Descargar el archivo");
pub(crate) const KEEP_SAFE: Text =
    text("Keep it where only you get at it", "Guárdelo donde solo usted lo alcance");
pub(crate) const KEEP_SAFE_WHY: Text = text(
    "Whoever has the file has all of this. Delete it from a computer that others use. Nobody of us ever asks you for it.",
    "Quien tenga el archivo tiene todo esto. Bórrelo de un equipo que usen otros. Nadie de nosotros se lo pedirá nunca.",
);
pub(crate) const RECORDED: Text = text(
    "That you downloaded it is written down, and is in the next file you take.",
    "Queda anotado que lo descargó, y figura en el siguiente archivo que se lleve.",
);
pub(crate) const STATEMENT: Text = text("Do you need it on paper?", "¿Lo necesita en papel?");
pub(crate) const STATEMENT_WHAT: Text = text(
    "A statement of a period is one document, to print or save as PDF: for a bank, an insurer or the police.",
    "Un extracto de un período es un solo documento, para imprimir o guardar como PDF: para un banco, un seguro o la \
     policía.",
);
pub(crate) const TO_STATEMENT: Text = text("Make a statement", "Hacer un extracto");
pub(crate) const BUSY: Text =
    text("Others are downloading theirs", "Otras personas están descargando el suyo");
pub(crate) const BUSY_THEN: Text =
    text("Wait a minute, then try again.", "Espere un minuto e inténtelo de nuevo.");
pub(crate) const TOO_MANY: Text = text("That is enough for one day", "Es suficiente por un día");
pub(crate) const TOO_MANY_THEN: Text = text(
    "The file was made many times today. Tomorrow it can be made again.",
    "El archivo se hizo muchas veces hoy. Mañana podrá hacerse de nuevo.",
);

pub(crate) fn lead(brand: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("All that {brand} keeps here about you and your account, as it is at this moment.")
        }
        Language::Es => {
            format!("Todo lo que {brand} guarda aquí de usted y de su cuenta, tal como está ahora.")
        }
    }
}

pub(crate) fn good_until(time: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("You gave your password a moment ago: until {time} you can download without it.")
        }
        Language::Es => format!("Acaba de dar su contraseña: hasta las {time} puede descargar sin ella."),
    }
}

/// What the README is about.
pub(crate) struct Readme<'a> {
    pub(crate) brand: &'a str,
    pub(crate) holder: &'a str,
    pub(crate) account: &'a str,
    pub(crate) made: &'a str,
    pub(crate) check: &'a str,
}

/// What is in the files, and how to read them.
pub(crate) fn readme(of: &Readme<'_>, language: Language) -> String {
    let Readme { brand, holder, account, made, check } = of;
    match language {
        Language::En => format!(
            "Everything that {brand} keeps about this account in its record of messages\n\n\
             Account  {account}\n\
             Holder   {holder}\n\
             Made     {made}\n\n\
             Keep these files where only you get at them. Nobody of {brand} ever asks you for them.\n\n\
             THE FILES\n\n\
             account.json        The account, how you sign in, your sessions and settings.\n\
             messages            Every message, with its verdict and why.\n\
             transactions        Everything that happened on the account, and whether a message told you of it.\n\
             past-verdicts       Verdicts that others took the place of, from when to when they stood.\n\
             lookups             Who of our staff opened the account, when and why.\n\
             reports             What you reported, and what we answered.\n\
             security            Sign-ins, refused ones too, changes of password, and copies like this one.\n\n\
             A .csv is a table for spreadsheets (UTF-8, commas). Its times are your clock’s. A cell that a spreadsheet \
             would take for a formula begins with an apostrophe, which is not part of the text. Long texts are cut there.\n\
             A .json is whole, for programs. Its times are in UTC.\n\n\
             THE VERDICTS\n\n\
             matched        Something on the account is what the message says.\n\
             waiting        Nothing is yet, and it is too early to tell.\n\
             unmatched      Nothing was found that the message could be about.\n\
             differs        It is about something of which a fact is another.\n\
             duplicate      An earlier message told of the same.\n\
             ambiguous      Several things fit equally well.\n\
             informational  The message says nothing that could be looked up.\n\
             unchecked      Our records were behind.\n\n\
             WHETHER A MESSAGE IS OURS\n\n\
             Anybody can check a message by its counterfoil number, without signing in: {check}\n"
        ),
        Language::Es => format!(
            "Todo lo que {brand} guarda de esta cuenta en su registro de mensajes\n\n\
             Cuenta   {account}\n\
             Titular  {holder}\n\
             Hecho    {made}\n\n\
             Guarde estos archivos donde solo usted los alcance. Nadie de {brand} se los pedirá nunca.\n\n\
             LOS ARCHIVOS\n\n\
             account.json        La cuenta, su acceso, sus sesiones y sus ajustes.\n\
             messages            Cada mensaje, con su resultado y el motivo.\n\
             transactions        Todo lo que pasó en la cuenta, y si un mensaje se lo contó.\n\
             past-verdicts       Resultados que otros sustituyeron, y de cuándo a cuándo valieron.\n\
             lookups             Quién de nuestro personal abrió la cuenta, cuándo y por qué.\n\
             reports             Lo que usted reportó y lo que respondimos.\n\
             security            Accesos, también los rechazados, cambios de contraseña y copias como esta.\n\n\
             Un .csv es una tabla para hojas de cálculo (UTF-8, comas). Sus horas son las de su reloj. Una celda que una \
             hoja de cálculo tomaría por una fórmula empieza con un apóstrofo, que no es parte del texto. Los textos largos \
             se cortan ahí.\n\
             Un .json está entero, para programas. Sus horas son UTC.\n\n\
             LOS RESULTADOS\n\n\
             matched        Algo en la cuenta es lo que dice el mensaje.\n\
             waiting        Todavía no hay nada, y es pronto para saberlo.\n\
             unmatched      No se encontró nada de lo que pueda tratar el mensaje.\n\
             differs        Trata de algo cuyos datos son otros.\n\
             duplicate      Un mensaje anterior contó lo mismo.\n\
             ambiguous      Varias cosas encajan por igual.\n\
             informational  El mensaje no dice nada que pueda buscarse.\n\
             unchecked      Nuestros registros iban atrasados.\n\n\
             SI UN MENSAJE ES NUESTRO\n\n\
             Cualquiera puede comprobar un mensaje por su número de matriz, sin iniciar sesión: {check}\n"
        ),
    }
}
