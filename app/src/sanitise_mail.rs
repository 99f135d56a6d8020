//! An HTML mail as it may be shown: how it looked, with nothing in it that runs, loads, leads away or covers anything.
//!
//! Two passes. The first keeps the elements, attributes and styles that are named here and drops all others. The second
//! writes the result out again, with the place that a link leads to beside its text and a picture's words instead of it.

mod begin_readably;
mod inline_style;
mod write_out;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, Url, UrlRelative};

use begin_readably::begin_readably;
use inline_style::{PROPERTIES, harmless_style};
use write_out::write_out;

/// As much of a body as is shown as HTML: twice of what large mail programs show of one.
const HTML_BYTES_MAX: usize = 200 << 10;

/// What a mail is laid out with.
const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
];
const MORE_ELEMENTS: [&str; 5] = ["th", "thead", "tr", "u", "ul"];
/// Elements that go with all that is in them.
const WITH_CONTENT: [&str; 14] = [
    "script", "style", "title", "template", "svg", "math", "iframe", "object", "noscript", "noembed",
    "noframes", "xmp", "textarea", "select",
];
/// What any element may have. Names and classes are not among it: the frame's own style goes by classes.
const ATTRIBUTES: [&str; 9] =
    ["align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"];
/// The kinds of pictures that a mail may bring along: none that could hold more than a picture.
const PICTURES: [&str; 4] = [
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];
/// The places that a link may name.
const PLACES: [&str; 4] = ["http", "https", "mailto", "tel"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// A mail as it is shown: HTML for the inside of a `body`, and whether more of it came than is shown.
pub(crate) struct ShownMail {
    pub(crate) html: String,
    /// Whether anything of it can be seen.
    pub(crate) is_empty: bool,
}

/// What is shown of an HTML body; of a long one its beginning.
pub(crate) fn show_mail(html: &str) -> ShownMail {
    let (html, has_content) = write_out(&clean(begin_readably(html)));
    ShownMail { html, is_empty: !has_content }
}

/// Whether a body is longer than what is shown of it.
pub(crate) fn is_cut(html: &str) -> bool {
    begin_readably(html).len() < html.len()
}

/// The first pass, done twice: what is made of some broken HTML is read otherwise once it is written out, and only what is
/// read as it was written is known.
fn clean(html: &str) -> String {
    let once = CLEANER.clean(html).to_string();
    CLEANER.clean(&once).to_string()
}

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(MORE_ELEMENTS).collect())
        .clean_content_tags(HashSet::from(WITH_CONTENT))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt", "border"])),
            ("font", HashSet::from(["color", "face", "size"])),
            ("table", HashSet::from(["border", "cellpadding", "cellspacing"])),
            ("td", HashSet::from(["colspan", "rowspan", "nowrap"])),
            ("th", HashSet::from(["colspan", "rowspan", "nowrap", "scope"])),
            ("ol", HashSet::from(["start", "type"])),
            ("ul", HashSet::from(["type"])),
            ("col", HashSet::from(["span"])),
        ]))
        .url_schemes(PLACES.into_iter().chain(["data"]).collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .filter_style_properties(HashSet::from(PROPERTIES))
        .attribute_filter(harmless_value);
    builder
}

/// An attribute's value, as far as it only says how something looks or what it is called.
fn harmless_value<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    match (element, attribute) {
        ("a", "href") => place(value).map(|url| Cow::Owned(url.to_string())),
        ("img", "src") => is_picture(value).then_some(Cow::Borrowed(value)),
        (_, "alt" | "title") => Some(Cow::Borrowed(value)),
        (_, "style") => harmless_style(value).map(Cow::Owned),
        _ => is_plain(value).then_some(Cow::Borrowed(value)),
    }
}

/// Where a link leads, if it is one of those that may be named.
fn place(href: &str) -> Option<Url> {
    Url::parse(href).ok().filter(|url| PLACES.contains(&url.scheme()))
}

fn is_picture(src: &str) -> bool {
    let bytes = PICTURES.iter().find_map(|begins| src.strip_prefix(begins));
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    bytes.is_some_and(|bytes| bytes.bytes().all(is_base64))
}

/// Whether a value is a number, a colour, a name: `100%`, `#0b5a54`, `middle`, `Arial, sans-serif`.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '#' | '%' | '.' | ',' | '-'))
}

#[cfg(test)]
mod tests;
