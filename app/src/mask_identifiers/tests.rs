use proptest::prelude::*;

use super::{DOTS, Mask, identifier, number, recipient, tells_code};

fn masked(text: &str) -> String {
    Mask::of(["TI-4482917", "W 4471", "+12065550123", "353918051234567", "LK-30411"]).text(text, false)
}

#[test]
fn of_an_identifier_the_end_stays() {
    for (given, shown) in [
        ("TI-4482917", "••••2917"),
        ("353918051234567", "••••4567"),
        ("+12065550123", "••••0123"),
        ("(206) 555-0123", "••••0123"),
        ("AB-1234", "••••234"),
        ("1234", "••••34"),
        ("x", "••••"),
        ("", "••••"),
    ] {
        assert_eq!(identifier(given), shown, "{given}");
    }
    assert_eq!(number("4567"), "4567");
    assert_eq!(number("12345"), "••••45");
}

#[test]
fn where_a_message_went_is_told_by_its_end_or_its_domain() {
    for (given, shown) in [
        ("maya.okonkwo@example.com", "m••••@example.com"),
        ("7maya@example.com", "••••@example.com"),
        ("+12065550123", "••••0123"),
        ("Maya Okonkwo, 12 Elm St, Fort Collins CO 80521", "••••0521"),
        ("Maya <maya@example.com>", "••••ecom"),
    ] {
        assert_eq!(recipient(given), shown, "{given}");
    }
}

#[test]
fn identifiers_in_a_text_are_masked_however_they_are_written() {
    for (given, shown) in [
        ("Confirmation TI-4482917.", "Confirmation ••••2917."),
        ("trade-in ti 448 2917, thank you", "trade-in ••••2917, thank you"),
        ("Ticket W-4471 is open", "Ticket ••••71 is open"),
        ("account LK-30411", "account ••••411"),
        ("IMEI 35 391805 123456 7, mint", "IMEI ••••4567, mint"),
        ("IMEI ending in 4567", "IMEI ending in 4567"),
        ("Call (206) 555-0123 today", "Call ••••0123 today"),
        ("Call +1 206.555.0177 today", "Call ••••0177 today"),
        ("card 4111-1111-1111-1234", "card ••••1234"),
        ("write to maya.okonkwo+x@example.com.", "write to m••••@example.com."),
        ("https://x.example/?to=maya%40example.com&n=1", "https://x.example/?to=m••••@example.com&n=1"),
        ("see https://x.example/t/9f8e7d6c5b4a", "see https://x.example/t/••••5b4a"),
        ("order W-98231 and RCP_55_1234", "order ••••231 and ••••1234"),
        ("número ١٢٣٤٥٦٧٨", "número ••••٥٦٧٨"),
        ("a@1234567890.example", "a••••@••••7890.example"),
    ] {
        assert_eq!(masked(given), shown, "{given}");
    }
}

#[test]
fn what_names_nobody_stays() {
    for text in [
        "Your payment of $1,250.00 went through on April 10, 2026, with your card ending in 4821.",
        "On 2026-04-10 at 14:30 you paid 86.40 USD; due 10.04.2026 or 04/10/2026.",
        "Pixel 9 Pro, 5000MB, 80% of 24 months, SM-G991B, iPhone 15, 1-3 days, 9 a.m. to 1 p.m.",
        "Bill 12345. 30 days, Q1-2026, 10-Apr-2026. Call 611.",
        "Hola Inés: 1.250,00 €, 12 de abril de 2026",
        "@larkspur on 5 @ 10",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn a_code_is_hidden_whole_and_its_message_is_known_by_its_words() {
    for (given, shown) in [
        (
            "482913 is your sign-in code. It works for ten minutes.",
            "•••• is your sign-in code. It works for ten minutes.",
        ),
        ("Tu código: 4829-1377", "Tu código: ••••"),
        ("Your PIN is 482 913", "Your PIN is ••••"),
        ("G-482913 is your verification number", "•••• is your verification number"),
        ("otp: A1B2C3", "otp: ••••"),
        (
            "PIN changed on April 10, 2026 (RQ-88213). Call 611.",
            "PIN changed on April 10, 2026 (••••). Call 611.",
        ),
        ("Contraseña cambiada el 10 de abril de 2026", "Contraseña cambiada el 10 de abril de 2026"),
        ("The code went to +1 206 555 0177", "The code went to ••••0177"),
    ] {
        assert!(tells_code([given]), "{given}");
        assert_eq!(Mask::default().text(given, true), shown, "{given}");
    }
    for text in ["Your bill of $86.40 is ready", "Thanks for shopping at Stanton", "Spinach, 2 pins"] {
        assert!(!tells_code([text]), "{text}");
    }
}

#[test]
fn a_text_that_breaks_off_gives_no_beginning_away() {
    for (given, shown) in [
        ("IMEI 35 391805…", "IMEI ••••…"),
        ("Call (206)…", "Call (••••…"),
        ("order TI-448…", "order ••••…"),
        ("We received 12…", "We received 12…"),
        ("Thank you…", "Thank you…"),
    ] {
        assert_eq!(masked(given), shown, "{given}");
    }
}

#[test]
fn what_is_known_is_known_however_it_is_written() {
    let mask = Mask::of(["billing@example.com"]).and(["TI-4482917"]);
    assert!(mask.knows("Billing@example.com") && mask.knows("ti4482917"));
    assert!(!mask.knows("other@example.com") && !Mask::of(["1"]).knows("1"));
}

/// The longest row of digits that nothing is between.
fn longest_run(text: &str) -> usize {
    text.split(|c: char| !c.is_numeric()).map(|digits| digits.chars().count()).max().unwrap_or(0)
}

proptest! {
    #[test]
    fn no_run_of_seven_digits_survives(text in "[0-9a-zA-Z@%.,:;()+_/# \n…-]{0,80}", has_code: bool) {
        let shown = Mask::default().text(&text, has_code);
        prop_assert!(longest_run(&shown) < 7, "{shown}");
    }

    #[test]
    fn a_number_in_groups_keeps_its_last_four_digits_alone(
        groups in prop::collection::vec("[0-9]{3,4}", 3..6),
        between in prop::sample::select(vec![" ", "-", ".", "\u{a0}", "–", " - ", ""]),
    ) {
        let written = groups.join(between);
        let shown = Mask::default().text(&format!("Call {written}, please"), false);
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let end = &digits[digits.len() - 4..];
        prop_assert_eq!(shown, format!("Call {DOTS}{end}, please"));
    }

    #[test]
    fn what_is_known_is_nowhere_whole(
        known in "[A-Z]{2}-?[0-9]{3,9}",
        before in "[a-z ,.]{0,10}",
        behind in "[a-z ,.]{0,10}",
    ) {
        let text = format!("{before} {known} {behind}");
        let shown = Mask::of([known.as_str()]).text(&text, false);
        prop_assert!(!shown.contains(&known), "{shown}");
        prop_assert!(shown.starts_with(&before) && shown.ends_with(&behind));
    }

    #[test]
    fn any_text_can_be_masked(text in any::<String>(), has_code: bool) {
        let shown = Mask::of([text.as_str()]).text(&text, has_code);
        prop_assert!(longest_run(&shown) < 7, "{shown}");
    }
}
