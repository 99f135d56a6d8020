/// What an element's own style may say: type, colours, borders, and room around and within. Nothing that places it over
/// something else, and nothing that loads.
pub(super) const PROPERTIES: [&str; 46] = [
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-width",
    "border-width",
    "color",
    "direction",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "width",
];

/// Declarations of one element that are read; a mail's has a dozen.
const DECLARATIONS_MAX: usize = 64;
/// The functions that a value may use: they write colours.
const FUNCTIONS: [&str; 4] = ["rgb", "rgba", "hsl", "hsla"];

/// The declarations of a style that are harmless, each written anew; `None` where none is.
///
/// Whatever has a character in it that only CSS needs which is not simple (an escape, a comment, a brace, an at-rule, a
/// priority) is left out as it stands, so that it need not be understood to be known as harmless.
pub(super) fn harmless_style(style: &str) -> Option<String> {
    let declarations = style.split(';').take(DECLARATIONS_MAX).filter_map(harmless_declaration);
    let harmless = declarations.collect::<Vec<_>>().join(";");
    (!harmless.is_empty()).then_some(harmless)
}

fn harmless_declaration(declaration: &str) -> Option<String> {
    let (property, value) = declaration.split_once(':')?;
    let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
    let is_harmless = PROPERTIES.contains(&&*property)
        && !value.is_empty()
        && value.chars().all(is_simple)
        && are_quotes_closed(value)
        && calls_only_colours(value)
        && !has_negative(value);
    is_harmless.then(|| format!("{property}:{value}"))
}

fn is_simple(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '#' | '%' | '.' | ',' | '-' | '(' | ')' | '"' | '\'')
}

fn are_quotes_closed(value: &str) -> bool {
    ['"', '\''].iter().all(|quote| value.matches(*quote).count().is_multiple_of(2))
}

fn calls_only_colours(value: &str) -> bool {
    value.split('(').rev().skip(1).all(|before| {
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        FUNCTIONS.contains(&&*name.to_ascii_lowercase())
    })
}

/// A negative length would draw something over its neighbour.
fn has_negative(value: &str) -> bool {
    let bytes = value.as_bytes();
    let begins = |at: usize| at == 0 || matches!(bytes[at - 1], b' ' | b',' | b'(');
    (0..bytes.len()).any(|at| {
        bytes[at] == b'-'
            && begins(at)
            && bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::harmless_style;

    #[test]
    fn a_style_says_how_something_looks_and_no_more() {
        for (style, kept) in [
            ("color: #333; font-size:14px", Some("color:#333;font-size:14px")),
            ("COLOR:red", Some("color:red")),
            ("font-family: 'Public Sans', Arial", Some("font-family:'Public Sans', Arial")),
            ("background-color: rgba(0, 0, 0, .5)", Some("background-color:rgba(0, 0, 0, .5)")),
            ("background:url(//a.example/x)", None),
            ("background-color:url(//a.example/x)", None),
            ("width:expression(alert(1))", None),
            ("width:\\65 xpression(alert(1))", None),
            ("color:red;position:fixed;top:0", Some("color:red")),
            ("color:/**/red", None),
            ("color:red!important", None),
            ("margin:-40px 0", None),
            ("margin:0 -.5em", None),
            ("text-align:-webkit-center", Some("text-align:-webkit-center")),
            ("font-family:'unclosed;color:red", Some("color:red")),
            ("width:calc(100% - var(--x))", None),
            ("@import 'x';color:red", Some("color:red")),
            ("} body { color:red", None),
            ("", None),
        ] {
            assert_eq!(harmless_style(style).as_deref(), kept, "{style}");
        }
    }
}
