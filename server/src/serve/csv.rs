//! Tables as files (RFC 4180) that no spreadsheet runs anything of.

/// What begins a formula in some spreadsheet; those that are as wide as an ideograph do so in East Asian ones.
const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell of a table. What a spreadsheet would run as a formula is text behind an apostrophe.
pub(super) fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(BEGINS_FORMULA) || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', ';', '\r', '\n', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A line of a table, with its end.
pub(super) fn line(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut line = cells.into_iter().map(|it| cell(it.as_ref())).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_stands_in_it() {
        for (text, written) in [
            ("Ada", "Ada"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("a; b", "\"a; b\""),
            ("say \"when\"", "\"say \"\"when\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            (" =1+1", "\"' =1+1\""),
            ("\u{a0}=1+1", "\"'\u{a0}=1+1\""),
            ("＝1+1", "\"'＝1+1\""),
            ("+1 206", "\"'+1 206\""),
            ("-2", "\"'-2\""),
            ("@sum", "\"'@sum\""),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("2-1", "2-1"),
        ] {
            assert_eq!(cell(text), written);
        }
        assert_eq!(line(["a", "=b"]), "a,\"'=b\"\r\n");
    }
}
