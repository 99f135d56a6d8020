use super::*;

const WHOLE: &str = r#"
slug = "trade-in-mail"
published_at = 2026-04-11T23:40:00Z

[covers]
batches = ["archive-restore-20260411"]
messages = ["M-1"]

[[covers.templates]]
name = "tradein_confirm_2017"
from = 2026-04-11T00:00:00-06:00
until = "2026-04-12T00:00:00Z"

[disclosed]
accounts = ["A-7"]

[en]
title = "We sent trade-in confirmations by mistake"
happened = """
A restored archive wrote to people.

It stood still for an hour."""
touched = "People who have our trade-in."
what_to_do = "You can ignore it."

[es]
title = "Enviamos confirmaciones por error"
happened = "Un archivo restaurado."
touched = "Algunas personas."
what_to_do = "Puede ignorarlo."
"#;

#[test]
fn a_whole_statement_is_read() {
    let incident = Incident::from_toml(WHOLE).unwrap();
    assert_eq!(incident.slug.as_str(), "trade-in-mail");
    assert_eq!((incident.revision, incident.began_at), (1, None));
    assert_eq!(incident.published_at.to_string(), "2026-04-11T23:40:00Z");
    let template = &incident.covers.templates[0];
    assert_eq!(
        template.from.to_string(),
        "2026-04-11T06:00:00Z",
        "with an offset, and without quotation marks"
    );
    assert_eq!(template.until.to_string(), "2026-04-12T00:00:00Z");
    assert_eq!(incident.disclosed.len(), 1);
    let english = incident.said.in_language(Language::En);
    assert_eq!(Statement::paragraphs(&english.happened).count(), 2);
    assert_eq!(incident.said.in_language(Language::Es).what_to_do, "Puede ignorarlo.");
}

#[test]
fn what_can_t_be_shown_is_refused_with_what_to_do() {
    let long = format!("happened = \"{}\"", "x".repeat(4_001));
    for (written, instead, said) in [
        ("slug = \"trade-in-mail\"", "slug = \"Trade in\"", "use 1 to 60 of the letters a to z"),
        ("published_at = 2026-04-11T23:40:00Z", "", "missing field `published_at`"),
        ("published_at = 2026-04-11T23:40:00Z", "published_at = 2026-04-11", "write it as RFC 3339"),
        ("slug = \"trade-in-mail\"", "slug = \"x\"\nrevision = 0", "give the first statement 1"),
        ("slug = \"trade-in-mail\"", "slug = \"x\"\nbegan_at = 2027-01-01T00:00:00Z", "before it began"),
        ("what_to_do = \"Puede ignorarlo.\"", "", "missing field `what_to_do`"),
        ("what_to_do = \"Puede ignorarlo.\"", "what_to_do = \" \"", "es.what_to_do is empty"),
        (
            "happened = \"Un archivo restaurado.\"",
            long.as_str(),
            "es.happened has 4001 characters, and may have 4000",
        ),
        (
            "title = \"Enviamos confirmaciones por error\"",
            "title = \"a\\nb\"",
            "es.title has more than one line",
        ),
        (
            "touched = \"Algunas personas.\"",
            "touched = \"a\\u0007b\"",
            "es.touched has a character that is no plain text",
        ),
        (
            "touched = \"Algunas personas.\"",
            "touched = \"a\\u202Eb\"",
            "es.touched has a character that is no plain text",
        ),
        ("until = \"2026-04-12T00:00:00Z\"", "until = \"2026-04-01T00:00:00Z\"", "ends before it begins"),
        ("slug = \"trade-in-mail\"", "slug = \"x\"\nwhom = 1", "line 3: unknown field `whom`"),
    ] {
        assert!(WHOLE.contains(written), "{written}");
        let error = Incident::from_toml(&WHOLE.replacen(written, instead, 1)).unwrap_err().to_string();
        assert!(error.contains(said), "{instead}: {error}");
    }
}

#[test]
fn a_statement_is_about_something_and_says_since_when() {
    let bare = WHOLE.replace("[covers]\nbatches = [\"archive-restore-20260411\"]\nmessages = [\"M-1\"]", "");
    let (start, rest) = bare.split_once("[[covers.templates]]").unwrap();
    let (_, rest) = rest.split_once("[disclosed]").unwrap();
    let disclosed_alone = format!("{start}[disclosed]{rest}");
    let error = Incident::from_toml(&disclosed_alone).unwrap_err().to_string();
    assert!(error.contains("set began_at"), "{error}");
    let dated = disclosed_alone.replace("published_at", "began_at = 2026-04-11T20:06:00Z\npublished_at");
    assert!(Incident::from_toml(&dated).unwrap().covers.is_empty());
    let error = Incident::from_toml(&dated.replace("\"A-7\"", "")).unwrap_err().to_string();
    assert!(error.contains("covers no message and names no account"), "{error}");
    let many: Vec<String> = (0..5_000).map(|number| format!("\"A-{number}\"")).collect();
    let error = Incident::from_toml(&WHOLE.replace("\"A-7\"", &many.join(","))).unwrap_err().to_string();
    assert!(error.contains("may list 5000"), "{error}");
}
