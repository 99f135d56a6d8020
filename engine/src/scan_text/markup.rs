use std::borrow::Cow;

/// Elements whose content no reader sees, and those that end a line.
const UNSEEN: [&str; 5] = ["script", "style", "head", "title", "template"];
const BLOCKS: [&str; 12] = ["p", "br", "div", "tr", "td", "th", "li", "h1", "h2", "h3", "table", "hr"];

const ENTITIES: [(&str, &str); 14] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("euro", "€"),
    ("pound", "£"),
    ("aacute", "á"),
    ("eacute", "é"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("ntilde", "ñ"),
];
const ENTITY_CHARS_MAX: usize = 10;

/// The text that a reader of an HTML body sees, near enough to say what it claims.
pub fn visible_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_decoded(&mut text, &rest[..start]);
        let tag = &rest[start..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = tag.find('>') else {
            rest = "";
            break;
        };
        let name = tag_name(&tag[1..end]);
        text.push(if BLOCKS.contains(&name.trim_start_matches('/')) { '\n' } else { ' ' });
        rest = &tag[end + 1..];
        if UNSEEN.contains(&&*name) {
            rest = behind_closing(rest, &name);
        }
    }
    push_decoded(&mut text, rest);
    text
}

fn tag_name(tag: &str) -> String {
    tag.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn behind_closing<'a>(rest: &'a str, name: &str) -> &'a str {
    let closing = format!("</{name}");
    let found = rest
        .as_bytes()
        .windows(closing.len())
        .position(|window| window.eq_ignore_ascii_case(closing.as_bytes()));
    found.map_or("", |start| rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]))
}

fn push_decoded(into: &mut String, text: &str) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        into.push_str(&rest[..start]);
        let (decoded, taken) = decode(&rest[start..]);
        into.push_str(&decoded);
        rest = &rest[start + taken..];
    }
    into.push_str(rest);
}

/// The character an entity at the text's start stands for, and its length; an ampersand alone for anything else.
fn decode(text: &str) -> (Cow<'static, str>, usize) {
    let alone = (Cow::Borrowed("&"), 1);
    let Some(end) = text.bytes().take(ENTITY_CHARS_MAX).position(|byte| byte == b';') else { return alone };
    let name = &text[1..end];
    if let Some((_, stands_for)) = ENTITIES.iter().find(|(entity, _)| *entity == name) {
        return (Cow::Borrowed(stands_for), end + 1);
    }
    let code = match name.strip_prefix(['#']) {
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => None,
    };
    match code.and_then(char::from_u32) {
        Some(c) => (Cow::Owned(c.to_string()), end + 1),
        None => alone,
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
    fn broken_markup_is_no_trouble() {
        for html in ["<", "a<b", "<script>", "&", "&#xZZ;", "&;", "<!--", "a & b <p", "&#9999999999;é"] {
            visible_text(html);
        }
    }
}
