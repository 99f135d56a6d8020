//! Words our own mail for the store, which has no words.

use std::sync::Arc;

use store::{MailAsked, MailDesk, MailText};

use crate::words::mail as words;

/// Who words mail for an operator, and whom it comes from.
pub fn mail_desk(sender: String, brand: Arc<str>, contact: Option<Arc<str>>, public_url: &str) -> MailDesk {
    let check = format!("{}/check", public_url.trim_end_matches('/'));
    let word = move |asked: &MailAsked| MailText {
        subject: words::subject(asked.kind, asked.language).to_owned(),
        text: words::body(asked, &brand, contact.as_deref(), &check),
        link_left_out: words::LINK_LEFT_OUT.in_language(asked.language),
    };
    MailDesk { sender, word: Arc::new(word) }
}

#[cfg(test)]
mod tests {
    use engine::{CounterfoilNumber, Language};
    use store::{LINK_PLACE, MailKind};

    use super::*;

    #[test]
    fn each_mail_says_whose_it_is_and_only_some_have_a_link() {
        let desk = mail_desk(
            "no-reply@larkspur.example".to_owned(),
            "Larkspur Mobile".into(),
            Some("1-800-555-0142".into()),
            "https://messages.larkspur.example/",
        );
        let number = CounterfoilNumber::from_bits(7);
        for language in [Language::En, Language::Es] {
            for kind in [
                MailKind::Link,
                MailKind::Invitation,
                MailKind::PasswordSet,
                MailKind::PasswordChanged,
                MailKind::ContactChanged,
            ] {
                let has_link = matches!(kind, MailKind::Link | MailKind::Invitation);
                let asked = MailAsked { kind, language, name: "Maya Okonkwo".to_owned(), number };
                let MailText { subject, text, link_left_out } = (desk.word)(&asked);
                assert!(!subject.is_empty() && !link_left_out.contains("http"));
                for said in ["Maya Okonkwo", "Larkspur Mobile", &number.to_string(), "larkspur.example/check"]
                {
                    assert!(text.contains(said), "{kind:?} {language:?}: {said}");
                }
                assert_eq!(text.contains(LINK_PLACE), has_link);
                assert_eq!(text.contains("1-800-555-0142"), !has_link);
            }
        }
    }
}
