//! The incidents as an Atom feed (RFC 4287), for whoever follows them without looking at the pages.

use std::fmt::Write;

use engine::{Instant, Language, Statement};
use store::IncidentView;

use crate::words::incident as words;

/// The feed in one language, of incidents that are the newest first.
pub fn incident_feed(
    incidents: &[IncidentView],
    brand: &str,
    public_url: &str,
    language: Language,
) -> String {
    let public_url = public_url.trim_end_matches('/');
    let epoch = Instant::from_micros(0);
    let updated = incidents.iter().map(|incident| incident.kept_at).max().unwrap_or(epoch);
    let address = match language {
        Language::En => "/incidents.atom",
        Language::Es => "/incidents.atom?language=es",
    };
    let title = format!("{brand}: {}", words::TITLE.in_language(language));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
         <id>{id}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <author><name>{brand}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{id}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{pages}\"/>\n",
        tag = language.tag(),
        id = escaped(&format!("{public_url}{address}")),
        title = escaped(&title),
        brand = escaped(brand),
        pages = escaped(&format!("{public_url}/incidents")),
    );
    for incident in incidents {
        feed.push_str(&entry(incident, public_url, language));
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry(incident: &IncidentView, public_url: &str, language: Language) -> String {
    let said = incident.in_language(language);
    let address = escaped(&format!("{public_url}/incidents/{}", incident.slug));
    let parts = [
        (words::HAPPENED, &said.happened),
        (words::TOUCHED, &said.touched),
        (words::WHAT_TO_DO, &said.what_to_do),
    ];
    let mut content = String::new();
    for (heading, text) in parts {
        // Escaped twice: it is HTML, within XML.
        write!(content, "<h2>{}</h2>", escaped(heading.in_language(language))).expect("a String takes all");
        for paragraph in Statement::paragraphs(text) {
            write!(content, "<p>{}</p>", escaped(paragraph)).expect("a String takes all");
        }
    }
    format!(
        "<entry>\n<id>{address}</id>\n<title>{}</title>\n<published>{}</published>\n<updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
         <summary>{}</summary>\n<content type=\"html\">{}</content>\n</entry>\n",
        escaped(&said.title),
        incident.published_at,
        incident.kept_at,
        escaped(Statement::paragraphs(&said.what_to_do).next().unwrap_or_default()),
        escaped(&content),
    )
}

/// A text within an element or an attribute of XML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // What XML 1.0 can't write at all.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
