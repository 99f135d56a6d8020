//! Characters that nobody sees and that change what is seen: those that turn the direction of what follows, and controls.

/// A text in a line or block of its own, without them. Directions then are what its letters make them.
pub(crate) fn without_unseen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

/// A part of a text that is shown as it was sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// A character that nobody sees, by its name in Unicode: `U+202E`.
    Unseen(String),
}

/// A text in pieces, with a name in place of each character that nobody sees.
pub(crate) fn with_unseen_named(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for c in text.chars() {
        match pieces.last_mut() {
            _ if is_unseen(c) => pieces.push(Piece::Unseen(format!("U+{:04X}", u32::from(c)))),
            Some(Piece::Text(text)) => text.push(c),
            _ => pieces.push(Piece::Text(c.to_string())),
        }
    }
    pieces
}

/// Marks of direction, controls, and what has no width but joins nothing. The joiners stay: scripts and emoji need them.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{061c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    ) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_direction_is_named_and_turns_nothing() {
        let sent = "invoice\u{202e}fdp.exe";
        assert_eq!(without_unseen(sent), "invoicefdp.exe");
        let pieces = [
            Piece::Text("invoice".to_owned()),
            Piece::Unseen("U+202E".to_owned()),
            Piece::Text("fdp.exe".to_owned()),
        ];
        assert_eq!(with_unseen_named(sent), pieces);
    }

    #[test]
    fn letters_of_any_script_and_emoji_stay() {
        for text in
            ["שלום, דנה", "مرحبا", "👩\u{200d}👩\u{200d}👧", "می\u{200c}خواهم", "two\nlines\tand a tab"]
        {
            assert_eq!(without_unseen(text), text);
        }
        assert_eq!(without_unseen("\u{0}a\u{7f}b\u{85}"), "ab");
    }
}
