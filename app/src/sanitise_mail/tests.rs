use std::collections::BTreeSet;

use html5gum::{StartTag, Token, Tokenizer};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// What the browser's test opens, too.
const CORPUS: &str = include_str!("../../../end2end/xss-corpus.json");

fn corpus() -> Vec<String> {
    let corpus: Value = serde_json::from_str(CORPUS).expect("the corpus is JSON");
    let cases = corpus["cases"].as_array().expect("it has cases");
    let html = |case: &Value| case["html"].as_str().expect("a case has HTML").to_owned();
    cases.iter().map(html).collect()
}

fn tags(html: &str) -> Vec<StartTag<()>> {
    let Ok(tokens) = Tokenizer::new(html).collect::<Result<Vec<_>, _>>();
    let tag = |token| if let Token::StartTag(tag) = token { Some(tag) } else { None };
    tokens.into_iter().filter_map(tag).collect()
}

/// What in some HTML could do anything.
fn harm(html: &str) -> Vec<String> {
    let known: BTreeSet<&str> = ELEMENTS.into_iter().chain(MORE_ELEMENTS).collect();
    let mut harm = Vec::new();
    for tag in tags(html) {
        let element = String::from_utf8_lossy(&tag.name).into_owned();
        if !known.contains(&*element) {
            harm.push(format!("<{element}"));
        }
        for (name, value) in &tag.attributes {
            let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            let folded = value.to_lowercase();
            let is_words = matches!(&*name, "alt" | "title");
            let is_ours = name == "class" && matches!(&*value, "link" | "place" | "picture");
            let is_ours = is_ours || (element == "img" && name == "src" && is_picture(&value));
            let runs = name.starts_with("on") || folded.contains("script:") || folded.contains("expression");
            let loads = folded.contains("url(") || folded.contains("://") || folded.contains("@import");
            let names =
                ["href", "src", "srcset", "data-owner", "class", "id", "name", "action", "background"];
            if !is_words && !is_ours && (runs || loads || names.contains(&&*name)) {
                harm.push(format!("<{element} {name}={value}"));
            }
        }
    }
    harm
}

#[test]
fn nothing_of_the_corpus_is_left_that_could_do_anything() {
    let corpus = corpus();
    assert!(corpus.len() >= 300, "{}", corpus.len());
    for html in &corpus {
        let shown = show_mail(html);
        assert_eq!(harm(&shown.html), [""; 0], "{html:?} became {:?}", shown.html);
        assert!(!shown.html.to_lowercase().contains("<script"), "{html:?}");
    }
    let raw = corpus.iter().filter(|html| !harm(html).is_empty()).count();
    assert!(raw > 500, "there is harm to be found in {raw} of them as they came");
}

#[test]
fn what_is_clean_stays_as_it_is() {
    for html in corpus() {
        let once = clean(&html);
        assert_eq!(clean(&once), once, "{html:?}");
    }
}

proptest! {
    #[test]
    fn no_two_cases_make_harm_together(one in 0..1_000_usize, other in 0..1_000_usize, cut in 0..200_usize) {
        let corpus = corpus();
        let (one, other) = (&corpus[one % corpus.len()], &corpus[other % corpus.len()]);
        let cut = one.floor_char_boundary(cut.min(one.len()));
        let html = format!("{}{other}{}", &one[..cut], &one[cut..]);
        prop_assert_eq!(harm(&show_mail(&html).html), [""; 0]);
    }

    #[test]
    fn no_letters_make_harm(html in "[<>/=\"'a-z0-9 &;:#!\\-\u{0}\u{202e}]{0,200}") {
        prop_assert_eq!(harm(&show_mail(&html).html), [""; 0]);
    }
}

#[test]
fn a_mail_looks_as_it_did_without_what_could_act() {
    let mail = "<html><head><style>p{}</style></head><body bgcolor=\"#ffffff\"><table width=\"600\" cellpadding=\"0\"><tr><td \
                style=\"padding:24px;font-family:Arial;position:absolute\"><img src=\"https://cdn.example/logo.png\" \
                alt=\"Northwave\"><h1>Thank you</h1><a class=\"button\" href=\"https://northwave.example/track?id=7\" \
                style=\"background-color:#0b5a54;color:#fff\">Track your order</a></td></tr></table></body></html>";
    insta::assert_snapshot!(show_mail(mail).html, @r##"<table cellpadding="0" width="600"><tbody><tr><td style="padding:24px;font-family:Arial"><span class="picture">Northwave</span><h1>Thank you</h1><span class="link" style="background-color:#0b5a54;color:#fff">Track your order</span> <bdi class="place">[northwave.example]</bdi></td></tr></tbody></table>"##);
}

#[test]
fn a_link_says_where_it_really_leads() {
    for (link, place) in [
        ("<a href='https://evil.example/https://northwave.example'>northwave.example</a>", "[evil.example]"),
        ("<a href='https://northwave.example@evil.example/'>northwave.example</a>", "[evil.example]"),
        ("<a href='http://evil.example:8080/'>x</a>", "[evil.example:8080]"),
        ("<a href='https://n\u{43e}rthwave.example/'>northwave</a>", "[xn--nrthwave-nbh.example]"),
        ("<a href='mailto:help@northwave.example?subject=x'>write</a>", "[help@northwave.example]"),
        ("<a href='tel:+12065550123'>call</a>", "[+12065550123]"),
    ] {
        let shown = show_mail(link).html;
        assert!(shown.contains(place), "{link} became {shown}");
        assert!(!shown.contains("href"), "{shown}");
    }
    for link in ["<a href='javascript:x'>x</a>", "<a href='/relative'>x</a>", "<a name=x>x</a>"] {
        assert!(!show_mail(link).html.contains("place"), "{link}");
    }
}

#[test]
fn a_picture_is_its_words_unless_the_mail_brought_it() {
    assert_eq!(
        show_mail("<img src='//a.example/x.png' alt=' A <b> '>").html,
        "<span class=\"picture\">A &lt;b&gt;</span>"
    );
    assert_eq!(show_mail("<img src='//a.example/x.png' width=1 height=1 alt=''>").html, "");
    let own = "<img alt=\"dot\" src=\"data:image/png;base64,iVBORw0KGgo=\">";
    assert_eq!(show_mail(own).html, own);
    assert!(!show_mail("<img src='data:image/svg+xml;base64,PHN2Zz4='>").html.contains("src"));
}

#[test]
fn a_mail_with_nothing_to_be_seen_says_so() {
    assert!(show_mail("<div><img src='https://a.example/all.png'></div><script>x</script>").is_empty);
    assert!(show_mail(" \n ").is_empty);
    assert!(!show_mail("<p>x</p>").is_empty);
    assert!(!show_mail("<img src='https://a.example/all.png' alt='Our offer'>").is_empty);
}

#[test]
fn no_direction_is_turned() {
    assert_eq!(show_mail("<p dir=\"rtl\">\u{202e}שלום\u{202c}</p>").html, "<p dir=\"rtl\">שלום</p>");
}

#[test]
fn a_long_mail_is_cut_and_any_is_read_soon() {
    let long = "é<p>x".repeat(HTML_BYTES_MAX);
    assert!(is_cut(&long) && !is_cut("<p>x</p>"));
    assert!(show_mail(&long).html.len() < long.len());
    for part in [
        "<b>",
        "<div>",
        "<a href='https://a.example/'>",
        "<table><tr><td>",
        "<font color=red>",
        "<p>x",
        "<!--",
        "<i><p>",
    ] {
        let shown = show_mail(&part.repeat(HTML_BYTES_MAX / part.len() + 1)).html;
        assert_eq!(harm(&shown), [""; 0]);
    }
}
