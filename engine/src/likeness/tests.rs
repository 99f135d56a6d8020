use proptest::prelude::*;

use super::*;

const SENT: &str = "Hello Maya,\n\nYour payment of $86.40 went through on April 10, with your card ending in 4417. We've put \
                    it toward your Larkspur account.\n\nSee it at https://larkspur.example/pay/1182 or call 303 555 0142.\n\n\
                    Receipt R-2204-881\n\nThe Larkspur Mobile team";

fn sent(text: &str) -> SentText<'_> {
    SentText { subject: Some("Thanks for your payment"), text: Some(text), html: None }
}

fn likeness(held: &str) -> Likeness {
    HeldText::of_text(held).likeness(sent(SENT))
}

fn is_same(held: &str) -> bool {
    let text = HeldText::of_text(held);
    text.nearness(sent(SENT)).is_some() && text.likeness(sent(SENT)).changes.is_empty()
}

#[test]
fn the_same_words_are_the_same_however_they_are_carried() {
    let quoted = format!("> {}\n", SENT.replace('\n', "\n> "));
    let wrapped = SENT.replace(' ', "\n");
    let smart = SENT.replace('\'', "’").replace(' ', "\u{a0}").replace("payment", "pay\u{ad}ment");
    let forwarded = format!(
        "---------- Forwarded message ---------\nFrom: Larkspur <pay@larkspur.example>\nDate: Fri, Apr 10, 2026\n\
         Subject: Thanks for your payment\nTo: Maya <maya@example.com>\n\n{SENT}"
    );
    let answered =
        format!("On Fri, Apr 10, 2026 at 2:06 PM Larkspur\n<pay@larkspur.example> wrote:\n\n{quoted}");
    let spanish = format!("El vie, 10 abr 2026, Larkspur escribió:\n{quoted}");
    let shouted = SENT.to_uppercase().replace("HTTPS://LARKSPUR.EXAMPLE", "www.larkspur.example");
    let part = "Your payment of $86.40 went through on April 10, with your card ending in 4417.";
    for held in [SENT, &quoted, &wrapped, &smart, &forwarded, &answered, &spanish, &shouted, part] {
        assert!(is_same(held), "{held}\n{:?}", likeness(held));
    }
}

#[test]
fn what_was_changed_is_named() {
    use ChangedFact::{Amount, Email, Link, Number, Phone, Wording};
    for (from, to, fact, was, is) in [
        (
            "larkspur.example/pay",
            "larkspur-pay.example/pay",
            Link,
            Some("larkspur.example"),
            Some("larkspur-pay.example"),
        ),
        (
            "https://larkspur.example",
            "https://larkspur.example@evil.test",
            Link,
            Some("larkspur.example"),
            Some("evil.test"),
        ),
        (
            "pay/1182",
            "pay/9999",
            Link,
            Some("https://larkspur.example/pay/1182"),
            Some("https://larkspur.example/pay/9999"),
        ),
        ("$86.40", "$864.00", Amount, Some("$86.40"), Some("$864.00")),
        ("303 555 0142", "900 555 0199", Phone, None, None),
        ("R-2204-881", "R-2204-882", Number, Some("R-2204-881"), Some("R-2204-882")),
        ("went through", "did not go through", Wording, None, None),
        ("or call", "or write to help@evil.test or call", Email, None, Some("write to help@evil.test or")),
    ] {
        let changes = likeness(&SENT.replace(from, to)).changes;
        let change = changes.iter().find(|change| change.fact == fact);
        let change = change.unwrap_or_else(|| panic!("{from} → {to}: {changes:?}"));
        if let Some(was) = was {
            assert_eq!(change.sent.as_deref(), Some(was), "{from} → {to}");
        }
        if let Some(is) = is {
            assert_eq!(change.held.as_deref(), Some(is), "{from} → {to}");
        }
    }
}

#[test]
fn what_stands_around_it_is_told_apart() {
    let more = format!("Look what I got!\n\n{SENT}\n\nReply with your PIN to keep your account.");
    let found = likeness(&more);
    assert!(found.changes.is_empty(), "{found:?}");
    assert_eq!(found.around, ["Look what I got", "Reply with your PIN to keep your account"]);
    let leads = format!("{SENT}\n\nConfirm at http://evil.test/login now.");
    assert_eq!(likeness(&leads).changes[0].held.as_deref(), Some("evil.test"));
}

#[test]
fn a_link_may_lead_elsewhere_than_it_says() {
    let html = "<p>Hello Maya, see your bill at <a href='https://larkspur.example/bill'>larkspur.example</a> today.</p>";
    let sent = SentText { subject: None, text: None, html: Some(html) };
    let same = HeldText::of_mail(None, None, Some(html));
    assert!(same.likeness(sent).changes.is_empty());
    let copy = html.replace("https://larkspur.example/bill", "HTTPS://evil.test/bill");
    let changes = HeldText::of_mail(None, None, Some(&copy)).likeness(sent).changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].held.as_deref(), Some("evil.test"));
}

#[test]
fn a_mail_pasted_as_it_looks_is_the_same() {
    let text =
        "Dear Maya,\n\nThis confirms that we received your trade-in: Moto Z3 Play. Confirmation SW-559.";
    let html = "<img src='x' alt='Larkspur Trade-In Center'><p>Dear Maya,</p><p>This confirms that we received your trade-in: \
                Moto Z3 Play. Confirmation SW-559.</p><a href='https://click.larkspur.example/t/1'>Track my trade-in</a>\
                <p>Larkspur Mobile, 215 Linden Street</p>";
    let sent = SentText { subject: Some("Trade-in confirmation SW-559"), text: Some(text), html: Some(html) };
    let looks = "Trade-in confirmation SW-559\nLarkspur Trade-In Center\nDear Maya,\nThis confirms that we received your \
                 trade-in: Moto Z3 Play. Confirmation SW-559.\nTrack my trade-in\n[click.larkspur.example]\nLarkspur Mobile, \
                 215 Linden Street";
    let found = HeldText::of_text(looks).likeness(sent);
    assert_eq!(found, Likeness { changes: Vec::new(), around: Vec::new() });
    let copied = looks.replace("click.larkspur.example", "https://larkspur-click.test/t/1");
    let changes = HeldText::of_text(&copied).likeness(sent).changes;
    let change = TextChange {
        fact: ChangedFact::Link,
        sent: Some("click.larkspur.example".to_owned()),
        held: Some("larkspur-click.test".to_owned()),
    };
    assert_eq!(changes, [change]);
}

#[test]
fn another_message_is_another() {
    let other =
        "Larkspur: the SIM for +1 303 555 0142 was replaced on April 10. Not you? Call 611 right away.";
    assert_eq!(HeldText::of_text(other).nearness(sent(SENT)), None);
    assert!(HeldText::of_text("Hello Maya").is_short() && !HeldText::of_text(other).is_short());
}

#[test]
fn the_nearest_of_one_template_is_the_one_that_is_meant() {
    let april = SENT;
    let may =
        SENT.replace("April 10", "May 11").replace("$86.40", "$91.10").replace("R-2204-881", "R-2205-112");
    let held = HeldText::of_text(&may);
    assert!(held.nearness(sent(&may)) > held.nearness(sent(april)));
    assert!(held.nearness(sent(april)).is_some());
}

fn told(account: &'static str, name: &str, day: u32) -> CommonText<'static> {
    let text = format!(
        "Dear {name}, this confirms that we received your trade-in: Pixel, IMEI 35{day}. Thank you for trading in with us. \
         The secret of {name} is a {name} thing."
    );
    let html = Some("<a href='https://larkspur.example/trade'>Track it</a>");
    CommonText { account, text, html, personal: vec![name.to_owned()] }
}

#[test]
fn what_messages_have_in_common_is_found_again_and_is_nobody_s_own() {
    let texts = [told("A-1", "Maya", 1), told("A-2", "Ivo", 22), told("A-3", "Zoë", 333)];
    let shapes = common_shapes(&texts);
    assert_eq!(shapes.len(), 1);
    let of_another = told("A-9", "Somebody Else", 9).text;
    assert!(HeldText::of_text(&of_another).is_like(&shapes[0]));
    assert!(!HeldText::of_text(SENT).is_like(&shapes[0]));
    let strange =
        |held: &str| HeldText::of_text(&format!("{of_another} Track it: {held}")).strange_to(&shapes[0]);
    assert!(strange("https://www.larkspur.example/other").is_empty());
    assert_eq!(
        strange("https://larkspur-trade.test/x").into_iter().collect::<Vec<_>>(),
        ["larkspur-trade.test"]
    );
    let kept: Shape = serde_json::from_str(&serde_json::to_string(&shapes[0]).unwrap()).unwrap();
    assert_eq!(kept, shapes[0]);
    let of_earlier: Shape = serde_json::from_str("[1,2,3]").unwrap();
    assert!(
        HeldText::of_text("https://evil.test").strange_to(&of_earlier).is_empty(),
        "that was not kept then"
    );
    let alone = common_shapes(&texts[..1]);
    let names = HeldText::of_text("Maya Maya Maya thing. The secret of Maya is a Maya thing.");
    assert!(!names.is_like(&alone[0]));
    assert!(HeldText::of_text(&of_another).is_like(&alone[0]), "also where one alone is known");
}

proptest! {
    #[test]
    fn any_text_is_the_same_as_itself(text in "[a-zA-Z0-9 .,:$@/'\\-\\n>áéñ“”]{0,400}") {
        let sent = SentText { subject: None, text: Some(&text), html: None };
        let found = HeldText::of_text(&text).likeness(sent);
        prop_assert!(found.changes.is_empty() && found.around.is_empty(), "{:?}", found);
    }

    #[test]
    fn whatever_is_held_is_compared_without_fail(held in "\\PC{0,300}", text in "\\PC{0,300}") {
        let held = HeldText::of_mail(Some(&held), Some(&held), Some(&held));
        let sent = SentText { subject: Some(&text), text: Some(&text), html: Some(&text) };
        let _ = (held.is_short(), held.nearness(sent), held.likeness(sent));
    }

    #[test]
    fn a_changed_number_is_never_overlooked(at in 0..8usize, digit in 0..10u8) {
        let numbers: Vec<(usize, char)> = SENT.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
        let (place, was) = numbers[at * numbers.len() / 8];
        let is = char::from(b'0' + digit);
        prop_assume!(was != is);
        let mut held = SENT.to_owned();
        held.replace_range(place..=place, &is.to_string());
        prop_assert!(!likeness(&held).changes.is_empty(), "{}", held);
    }
}
