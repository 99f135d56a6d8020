use engine::Language;

use super::Locale;

impl Locale {
    /// `a, b or c`; Spanish `ningún a, ningún b ni ningún c`, as what follows a negation.
    pub(crate) fn none_of(&self, names: &[&str]) -> String {
        match self.language {
            Language::En => joined(names, "or"),
            Language::Es => joined(names, "ni"),
        }
    }

    /// `a, b and c`.
    pub(crate) fn all_of(&self, names: &[&str]) -> String {
        let last_begins_with_i = names.last().is_some_and(|name| name.to_lowercase().starts_with(['i', 'í']));
        match self.language {
            Language::En => joined(names, "and"),
            Language::Es => joined(names, if last_begins_with_i { "e" } else { "y" }),
        }
    }
}

fn joined(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::denver;
    use engine::Language;

    #[test]
    fn lists_end_as_their_language_has_it() {
        assert_eq!(denver(Language::En).all_of(&["a Pixel 7", "a Galaxy S24"]), "a Pixel 7 and a Galaxy S24");
        assert_eq!(denver(Language::Es).all_of(&["Pixel 7", "iPhone 11"]), "Pixel 7 e iPhone 11");
        assert_eq!(denver(Language::En).none_of(&["payment", "bill", "refund"]), "payment, bill or refund");
        assert_eq!(denver(Language::Es).none_of(&["ningún pago"]), "ningún pago");
    }
}
