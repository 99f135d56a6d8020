use engine::Language;

/// The last weeks in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lately {
    pub(crate) days: i64,
    /// All messages.
    pub(crate) messages: u64,
    pub(crate) flagged: u64,
    pub(crate) waiting: u64,
    pub(crate) unchecked: u64,
    /// Transactions that the customer was not told of, or too late.
    pub(crate) untold: u64,
}

impl Lately {
    /// The messages of which it is known whether they match.
    pub(crate) fn checked(self) -> u64 {
        self.messages - self.waiting - self.unchecked
    }
}

/// A sentence with a link in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) before: String,
    pub(crate) link: Option<String>,
    pub(crate) after: &'static str,
}

impl Said {
    fn plain(text: String) -> Self {
        Self { before: text, link: None, after: "" }
    }
}

/// Whether what was sent lately matches the account.
pub(crate) fn sentence(lately: Lately, language: Language) -> Said {
    let Lately { days, messages, flagged, .. } = lately;
    let (checked, is_all) = (lately.checked(), lately.checked() == messages);
    match (messages, checked) {
        (0, _) => Said::plain(match language {
            Language::En => format!("We sent you nothing in the last {days} days."),
            Language::Es => format!("No le enviamos nada en los últimos {days} días."),
        }),
        (_, 0) => Said::plain(none_checked(days, messages, language)),
        _ if flagged == checked => none_matches(lately, is_all, language),
        _ => {
            let before = matches(days, is_all, language);
            if flagged == 0 {
                return Said::plain(before + ".");
            }
            let except = match language {
                Language::En => ", except ",
                Language::Es => ", salvo ",
            };
            Said { before: before + except, link: Some(count(flagged, language)), after: "." }
        }
    }
}

fn matches(days: i64, is_all: bool, language: Language) -> String {
    match (language, is_all) {
        (Language::En, true) => {
            format!("Everything we sent you in the last {days} days matches your account")
        }
        (Language::En, false) => {
            format!("Everything we have checked from the last {days} days matches your account")
        }
        (Language::Es, true) => {
            format!("Todo lo que le enviamos en los últimos {days} días coincide con su cuenta")
        }
        (Language::Es, false) => {
            format!("Todo lo que hemos comprobado de los últimos {days} días coincide con su cuenta")
        }
    }
}

fn none_checked(days: i64, messages: u64, language: Language) -> String {
    let sent = count(messages, language);
    match (language, messages) {
        (Language::En, 1) => format!("We sent you {sent} in the last {days} days. It is not checked yet."),
        (Language::En, _) => format!("We sent you {sent} in the last {days} days. None is checked yet."),
        (Language::Es, 1) => {
            format!("Le enviamos {sent} en los últimos {days} días. Aún no está comprobado.")
        }
        (Language::Es, _) => {
            format!("Le enviamos {sent} en los últimos {days} días. Aún no está comprobado ninguno.")
        }
    }
}

fn none_matches(lately: Lately, is_all: bool, language: Language) -> Said {
    let (days, flagged) = (lately.days, lately.flagged);
    let sent = count(flagged, language);
    let (before, link) = match (language, flagged) {
        (Language::En, 1) => {
            ("The ", format!("{sent} that we {} in the last {days} days", done(is_all, language)))
        }
        (Language::En, _) => {
            ("None of the ", format!("{sent} that we {} in the last {days} days", done(is_all, language)))
        }
        (Language::Es, 1) => {
            ("El único mensaje que ", format!("{} en los últimos {days} días", done(is_all, language)))
        }
        (Language::Es, _) => {
            ("Ninguno de los ", format!("{sent} que {} en los últimos {days} días", done(is_all, language)))
        }
    };
    let after = match (language, flagged) {
        (Language::En, 1) => " does not match your account.",
        (Language::En, _) => " matches your account.",
        (Language::Es, 1) => " no coincide con su cuenta.",
        (Language::Es, _) => " coincide con su cuenta.",
    };
    Said { before: before.to_owned(), link: Some(link), after }
}

fn done(is_all: bool, language: Language) -> &'static str {
    match (language, is_all) {
        (Language::En, true) => "sent you",
        (Language::En, false) => "have checked",
        (Language::Es, true) => "le enviamos",
        (Language::Es, false) => "hemos comprobado",
    }
}

fn count(messages: u64, language: Language) -> String {
    match (language, messages) {
        (Language::En, 1) => "1 message".to_owned(),
        (Language::En, _) => format!("{messages} messages"),
        (Language::Es, 1) => "1 mensaje".to_owned(),
        (Language::Es, _) => format!("{messages} mensajes"),
    }
}

/// What the customer had to be told of and was not, or too late.
pub(crate) fn untold(things: u64, language: Language) -> String {
    match (language, things) {
        (Language::En, 1) => {
            "1 thing happened on your account that we did not tell you about in time".to_owned()
        }
        (Language::En, _) => {
            format!("{things} things happened on your account that we did not tell you about in time")
        }
        (Language::Es, 1) => "Pasó 1 cosa en su cuenta de la que no le avisamos a tiempo".to_owned(),
        (Language::Es, _) => {
            format!("Pasaron {things} cosas en su cuenta de las que no le avisamos a tiempo")
        }
    }
}

pub(crate) fn waiting(messages: u64, language: Language) -> String {
    match (language, messages) {
        (Language::En, 1) => {
            "1 more waits for your account to update. We check it again by ourselves.".to_owned()
        }
        (Language::En, _) => {
            format!("{messages} more wait for your account to update. We check them again by ourselves.")
        }
        (Language::Es, 1) => {
            "Otro mensaje espera a que su cuenta se actualice. Lo comprobaremos solos.".to_owned()
        }
        (Language::Es, _) => {
            format!(
                "Otros {messages} mensajes esperan a que su cuenta se actualice. Los comprobaremos solos."
            )
        }
    }
}

/// What could not be checked, and how far the books are complete where they are behind.
pub(crate) fn unchecked(messages: u64, behind: Option<&str>, language: Language) -> Option<String> {
    let sent = count(messages, language);
    let text = match (language, behind, messages) {
        (_, None, 0) => return None,
        (Language::En, None, _) => format!("{sent} could not be checked yet."),
        (Language::En, Some(until), 0) => {
            format!("Our records are complete until {until}; what came later is not checked yet.")
        }
        (Language::En, Some(until), _) => {
            format!("Our records are complete until {until}; {sent} could not be checked yet.")
        }
        (Language::Es, None, 1) => format!("Aún no se pudo comprobar {sent}."),
        (Language::Es, None, _) => format!("Aún no se pudieron comprobar {sent}."),
        (Language::Es, Some(until), 0) => format!(
            "Nuestros registros están completos hasta el {until}; lo posterior aún no está comprobado."
        ),
        (Language::Es, Some(until), _) => {
            format!("Nuestros registros están completos hasta el {until}; quedan {sent} por comprobar.")
        }
    };
    Some(text)
}

/// Something older is flagged.
pub(crate) fn older(entries: u64, language: Language) -> String {
    match (language, entries) {
        (Language::En, 1) => "1 older entry needs your attention".to_owned(),
        (Language::En, _) => format!("{entries} older entries need your attention"),
        (Language::Es, 1) => "1 entrada anterior requiere su atención".to_owned(),
        (Language::Es, _) => format!("{entries} entradas anteriores requieren su atención"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(messages: u64, flagged: u64, waiting: u64, unchecked: u64) -> [String; 2] {
        let lately = Lately { days: 90, messages, flagged, waiting, unchecked, untold: 0 };
        [Language::En, Language::Es].map(|language| {
            let Said { before, link, after } = sentence(lately, language);
            let link = link.map(|link| format!("[{link}]")).unwrap_or_default();
            format!("{before}{link}{after}")
        })
    }

    #[test]
    fn the_sentence_is_true_of_every_account() {
        let cases = [
            (
                (0, 0, 0, 0),
                "We sent you nothing in the last 90 days.",
                "No le enviamos nada en los últimos 90 días.",
            ),
            (
                (31, 0, 0, 0),
                "Everything we sent you in the last 90 days matches your account.",
                "Todo lo que le enviamos en los últimos 90 días coincide con su cuenta.",
            ),
            (
                (31, 2, 0, 0),
                "Everything we sent you in the last 90 days matches your account, except [2 messages].",
                "Todo lo que le enviamos en los últimos 90 días coincide con su cuenta, salvo [2 mensajes].",
            ),
            (
                (31, 1, 3, 0),
                "Everything we have checked from the last 90 days matches your account, except [1 message].",
                "Todo lo que hemos comprobado de los últimos 90 días coincide con su cuenta, salvo [1 mensaje].",
            ),
            (
                (3, 0, 1, 2),
                "We sent you 3 messages in the last 90 days. None is checked yet.",
                "Le enviamos 3 mensajes en los últimos 90 días. Aún no está comprobado ninguno.",
            ),
            (
                (1, 1, 0, 0),
                "The [1 message that we sent you in the last 90 days] does not match your account.",
                "El único mensaje que [le enviamos en los últimos 90 días] no coincide con su cuenta.",
            ),
            (
                (4, 2, 2, 0),
                "None of the [2 messages that we have checked in the last 90 days] matches your account.",
                "Ninguno de los [2 mensajes que hemos comprobado en los últimos 90 días] coincide con su cuenta.",
            ),
        ];
        for ((messages, flagged, waiting, unchecked), english, spanish) in cases {
            assert_eq!(said(messages, flagged, waiting, unchecked), [english, spanish]);
        }
    }
}
