//! Words our own mail for the store, which has no words.

use std::sync::Arc;

use store::{MailAsked, MailDesk, MailText};

use crate::words::alert_mail::Ways;
use crate::words::mail as words;

/// Who words mail for an operator, and whom it comes from.
pub fn mail_desk(sender: String, brand: Arc<str>, contact: Option<Arc<str>>, public_url: &str) -> MailDesk {
    let public_url = public_url.trim_end_matches('/').to_owned();
    let word = move |asked: &MailAsked| MailText {
        subject: words::subject(asked.kind, asked.language).to_owned(),
        text: words::body(asked, contact.as_deref(), &Ways { public_url: &public_url, brand: &brand }),
        link_left_out: words::LINK_LEFT_OUT.in_language(asked.language),
    };
    MailDesk { sender, word: Arc::new(word) }
}

#[cfg(test)]
mod tests {
    use engine::{CounterfoilNumber, Language};
    use store::{Digest, LINK_PLACE, MailKind};

    use super::*;

    const KINDS: [MailKind; 7] = [
        MailKind::Link,
        MailKind::Invitation,
        MailKind::PasswordSet,
        MailKind::PasswordChanged,
        MailKind::ContactChanged,
        MailKind::ReportReceived,
        MailKind::ReportAnswered,
    ];

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
            let summary = MailKind::Digest { digest: Digest::Daily, messages: 3, attention: 1 };
            let alerts = [MailKind::Flagged { messages: 2 }, MailKind::LookedAt { times: 1 }, summary];
            for kind in KINDS.into_iter().chain(alerts) {
                let asked = MailAsked { kind, language, name: "Maya Okonkwo".to_owned(), number };
                let MailText { subject, text, link_left_out } = (desk.word)(&asked);
                assert!(!subject.is_empty() && !link_left_out.contains("http"));
                for said in ["Maya Okonkwo", "Larkspur Mobile", &number.to_string(), "larkspur.example/check"]
                {
                    assert!(text.contains(said), "{kind:?} {language:?}: {said}");
                }
                let has_link = matches!(kind, MailKind::Link | MailKind::Invitation);
                assert_eq!(text.contains(LINK_PLACE), has_link);
                let is_alert = alerts.contains(&kind);
                assert_eq!(text.contains("1-800-555-0142"), !has_link && !is_alert);
                assert_eq!(
                    text.contains("https://messages.larkspur.example/settings\n"),
                    is_alert,
                    "the way to turn it off"
                );
            }
        }
    }
}
