use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use serde_json::Value;

/// Elements whose content no reader sees, those that end a line, and those that have no end.
const UNSEEN: [&[u8]; 4] = [b"script", b"style", b"title", b"template"];
const BLOCKS: [&[u8]; 12] =
    [b"p", b"br", b"div", b"tr", b"td", b"th", b"li", b"h1", b"h2", b"h3", b"table", b"hr"];
const VOID: [&[u8]; 9] = [b"area", b"base", b"br", b"col", b"hr", b"img", b"input", b"link", b"meta"];

/// Elements that go on in the middle of a word: the cents of a price stand in a `sup`.
const WITHIN_WORDS: [&[u8]; 8] = [b"b", b"strong", b"i", b"em", b"u", b"sup", b"sub", b"wbr"];

/// What stands in a text where an element begins or ends.
fn gap(name: &[u8]) -> Option<char> {
    if BLOCKS.contains(&name) { Some('\n') } else { (!WITHIN_WORDS.contains(&name)).then_some(' ') }
}

/// What an HTML body holds.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The text that a reader of it sees, near enough to say what it claims.
    pub text: String,
    /// What it says to machines, by schema.org: in JSON-LD and in microdata.
    pub things: Vec<Thing>,
}

/// A thing of schema.org with the properties that it and what belongs to it have, in their order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    /// `Order`, `ParcelDelivery`, `Invoice` …
    pub name: String,
    pub properties: Vec<(String, String)>,
}

/// The most properties that are read, and the deepest that they are nested; more is no message.
const PROPERTIES_MAX: usize = 256;
const DEPTH_MAX: usize = 16;

/// The text that a reader of an HTML body sees.
pub fn visible_text(html: &str) -> String {
    read_markup(html).text
}

/// Reads an HTML body.
pub(crate) fn read_markup(html: &str) -> Markup {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reading = MarkupReader::default();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => reading.open(&tag),
            Token::EndTag(tag) => reading.close(&tag.name),
            Token::String(text) => reading.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reading.markup
}

#[derive(Default)]
struct MarkupReader {
    markup: Markup,
    /// The element whose content is unseen, and how many of its name are open within.
    unseen: Option<(Vec<u8>, usize)>,
    /// Whether what is unseen is JSON-LD, and what of it has come.
    json: Option<String>,
    /// How many elements are open.
    depth: usize,
    /// At which depths things began: the innermost last, each with its place in `things`.
    scopes: Vec<(usize, usize)>,
    /// The property whose value is the text of the element at a depth.
    property: Option<(usize, String, String)>,
}

impl MarkupReader {
    fn open(&mut self, tag: &StartTag<()>) {
        if let Some((name, open)) = &mut self.unseen {
            *open += usize::from(*name == *tag.name);
            return;
        }
        self.markup.text.extend(gap(&tag.name.0));
        let has_end = !tag.self_closing && !VOID.contains(&&*tag.name.0);
        // These go on to their end tag, a slash in the tag or not.
        if UNSEEN.contains(&&*tag.name.0) {
            let is_json =
                attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
            self.json = is_json.then(String::new);
            self.unseen = Some((tag.name.0.clone(), 1));
            return;
        }
        self.depth += usize::from(has_end);
        self.read_microdata(tag, has_end);
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((unseen, open)) = &mut self.unseen {
            *open -= usize::from(*unseen == *name);
            if *open == 0 {
                self.unseen = None;
                if let Some(json) = self.json.take() {
                    read_json_ld(&json, &mut self.markup.things);
                }
            }
            return;
        }
        self.markup.text.extend(gap(name));
        if let Some((_, property, value)) = self.property.take_if(|(depth, _, _)| *depth >= self.depth) {
            self.add_property(property, value.trim().to_owned());
        }
        if self.scopes.last().is_some_and(|(depth, _)| *depth >= self.depth) {
            self.scopes.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) {
        match (&self.unseen, &mut self.json) {
            (Some(_), Some(json)) => json.push_str(text),
            (Some(_), None) => {}
            (None, _) => {
                self.markup.text.push_str(text);
                if let Some((_, _, value)) = &mut self.property {
                    value.push_str(text);
                }
            }
        }
    }

    fn read_microdata(&mut self, tag: &StartTag<()>, has_end: bool) {
        if attribute(tag, "itemscope").is_some() {
            if has_end {
                let outermost = self.scopes.first().map(|(_, place)| *place);
                let place = outermost.unwrap_or_else(|| {
                    let name = attribute(tag, "itemtype").map_or(String::new(), |name| last_word(&name));
                    self.markup.things.push(Thing { name, properties: Vec::new() });
                    self.markup.things.len() - 1
                });
                self.scopes.push((self.depth, place));
            }
            return;
        }
        let Some(property) = attribute(tag, "itemprop") else { return };
        let value =
            ["content", "datetime", "href", "value"].into_iter().find_map(|name| attribute(tag, name));
        match value {
            Some(value) => self.add_property(property, value),
            None if has_end => self.property = Some((self.depth, property, String::new())),
            None => {}
        }
    }

    fn add_property(&mut self, name: String, value: String) {
        let Some((_, place)) = self.scopes.last() else { return };
        self.markup.things[*place].add(name, value);
    }
}

impl Thing {
    fn add(&mut self, name: String, value: String) {
        if self.properties.len() < PROPERTIES_MAX {
            self.properties.push((name, value));
        }
    }

    fn add_json(&mut self, name: &str, value: &Value, depth: usize) {
        match value {
            _ if depth > DEPTH_MAX => {}
            Value::String(text) => self.add(name.to_owned(), text.clone()),
            Value::Number(number) => self.add(name.to_owned(), number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_json(name, item, depth + 1)),
            Value::Object(fields) => {
                for (name, value) in fields.iter().filter(|(name, _)| !name.starts_with('@')) {
                    self.add_json(name, value, depth + 1);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// `Order` of `http://schema.org/Order`.
pub(crate) fn last_word(name: &str) -> String {
    name.rsplit(['/', '#', ':']).next().unwrap_or(name).trim().to_owned()
}

/// The things of a JSON-LD text: one, a list of them, or a graph.
fn read_json_ld(json: &str, into: &mut Vec<Thing>) {
    if let Ok(value) = serde_json::from_str(json) {
        add_things(&value, into, 0);
    }
}

fn add_things(value: &Value, into: &mut Vec<Thing>, depth: usize) {
    match value {
        _ if depth > DEPTH_MAX || into.len() >= PROPERTIES_MAX => {}
        Value::Array(items) => items.iter().for_each(|item| add_things(item, into, depth + 1)),
        Value::Object(fields) => {
            let name = match fields.get("@type") {
                Some(Value::Array(names)) => names.first().and_then(Value::as_str),
                Some(name) => name.as_str(),
                None => None,
            };
            if let Some(name) = name {
                let mut thing = Thing { name: last_word(name), properties: Vec::new() };
                thing.add_json("", value, 0);
                into.push(thing);
            } else if let Some(graph) = fields.get("@graph") {
                add_things(graph, into, depth + 1);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_is_read() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><!-- $9 --><p>We received&nbsp;your \
                    payment of &#36;86.40 &amp; more.</p><script>var a = '$5';</script><td>Total</td></body>";
        let text = visible_text(html);
        assert_eq!(
            text.split_whitespace().collect::<Vec<_>>().join(" "),
            "We received your payment of $86.40 & more. Total"
        );
    }

    #[test]
    fn things_are_read_from_json_ld_and_microdata() {
        let thing = |name: &str, properties: &[(&str, &str)]| Thing {
            name: name.to_owned(),
            properties: properties
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let json = r#"<script type="application/ld+json">{"@context":"http://schema.org","@type":"ParcelDelivery",
            "trackingNumber":"1Z0295183447","partOfOrder":{"@type":"Order","orderNumber":"ORD-1"}}</script>"#;
        let expected =
            thing("ParcelDelivery", &[("orderNumber", "ORD-1"), ("trackingNumber", "1Z0295183447")]);
        assert_eq!(read_markup(json).things, [expected]);
        let microdata = r#"<div itemscope itemtype="http://schema.org/Invoice"><meta itemprop="confirmationNumber"
            content="PMT-7"><div itemprop="totalPaymentDue" itemscope><b itemprop="price">86.40</b>
            <meta itemprop="priceCurrency" content="USD"></div></div><i itemprop="price">1</i>"#;
        let properties = [("confirmationNumber", "PMT-7"), ("price", "86.40"), ("priceCurrency", "USD")];
        assert_eq!(read_markup(microdata).things, [thing("Invoice", &properties)]);
    }

    #[test]
    fn a_head_hides_no_body() {
        let html = "<html><head><title>x</title><body><p>Your bill is ready.<script/>var a = '$1'</script>";
        assert_eq!(visible_text(html).trim(), "Your bill is ready.");
        let json = r#"<head><script type="application/ld+json">{"@type":"Invoice"}</script></head>"#;
        assert_eq!(read_markup(json).things.len(), 1);
    }

    #[test]
    fn broken_markup_is_no_trouble() {
        for html in
            ["<", "a<b", "<script>", "&", "&#xZZ;", "&;", "<!--", "a & b <p", "&#9999999999;é", "</p></p>"]
        {
            read_markup(html);
        }
        read_markup(&format!("<script type=application/ld+json>{}", "[".repeat(10_000)));
        read_markup(&"<div itemscope itemprop=x>".repeat(10_000));
    }
}
