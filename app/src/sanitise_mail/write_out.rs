use html5gum::{StartTag, Token, Tokenizer};

use super::place;
use crate::unseen_characters::is_unseen;

/// Writes out what the first pass left: no link can be followed, and no picture is fetched.
///
/// Also says whether any of it can be seen.
pub(super) fn write_out(clean: &str) -> (String, bool) {
    let mut out = WritingOut { html: String::with_capacity(clean.len() * 2), ..WritingOut::default() };
    let Ok(tokens) = Tokenizer::new(clean).collect::<Result<Vec<_>, _>>();
    for token in &tokens {
        match token {
            Token::StartTag(tag) => out.open(tag),
            Token::EndTag(tag) => out.close(&tag.name),
            Token::String(text) => out.text(&String::from_utf8_lossy(text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    (out.html, out.is_seen)
}

#[derive(Default)]
struct WritingOut {
    html: String,
    is_seen: bool,
    /// Where the links that are open lead.
    links: Vec<Option<String>>,
}

impl WritingOut {
    fn open(&mut self, tag: &StartTag<()>) {
        match &*tag.name.0 {
            b"a" => {
                self.links.push(attribute(tag, "href").as_deref().and_then(where_to));
                self.html.push_str("<span class=\"link\"");
                self.attributes(tag, &["href"]);
            }
            b"img" if tag.attributes.contains_key(&b"src"[..]) => {
                self.is_seen = true;
                self.element(tag);
            }
            b"img" => self.picture(&attribute(tag, "alt").unwrap_or_default()),
            _ => self.element(tag),
        }
    }

    fn close(&mut self, name: &[u8]) {
        if name != b"a" {
            self.html.push_str("</");
            self.html.push_str(&String::from_utf8_lossy(name));
            self.html.push('>');
            return;
        }
        self.html.push_str("</span>");
        if let Some(place) = self.links.pop().flatten() {
            self.html.push_str(" <bdi class=\"place\">[");
            self.escaped(&place);
            self.html.push_str("]</bdi>");
        }
    }

    fn text(&mut self, text: &str) {
        self.is_seen |= !text.trim().is_empty();
        self.escaped(text);
    }

    fn element(&mut self, tag: &StartTag<()>) {
        self.html.push('<');
        self.html.push_str(&String::from_utf8_lossy(&tag.name));
        self.attributes(tag, &[]);
    }

    fn attributes(&mut self, tag: &StartTag<()>, apart_from: &[&str]) {
        for (name, value) in &tag.attributes {
            let name = String::from_utf8_lossy(name);
            if !apart_from.contains(&&*name) {
                self.html.push(' ');
                self.html.push_str(&name);
                self.html.push_str("=\"");
                self.escaped(&String::from_utf8_lossy(value));
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    /// The words that stand for a picture. One without words is an ornament, or counts who looks.
    fn picture(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.is_seen = true;
            self.html.push_str("<span class=\"picture\">");
            self.escaped(words.trim());
            self.html.push_str("</span>");
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                _ if is_unseen(c) => {}
                _ => self.html.push(c),
            }
        }
    }
}

/// The host of a link in the letters of the web's own names, so that one that only looks like another is told from it; or
/// the address or number that it writes to or calls.
fn where_to(href: &str) -> Option<String> {
    let url = place(href)?;
    match url.host_str() {
        Some(host) => Some(match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }),
        None => Some(url.path().to_owned()).filter(|path| !path.is_empty()),
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}
