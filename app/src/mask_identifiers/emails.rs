use super::{DOTS, Keep, Mask, Part};

/// An `@` as it stands in a text, and in a link.
const ATS: [&[char]; 2] = [&['@'], &['%', '4', '0']];

/// Every e-mail address in a text.
pub(super) fn find(chars: &[char]) -> Vec<Part> {
    let mut parts = Vec::new();
    for at in 0..chars.len() {
        let Some(length) = at_sign(&chars[at..]) else { continue };
        let before = chars[..at].iter().rev().take_while(|c| is_local(**c)).count();
        let behind = chars[at + length..].iter().take_while(|c| is_domain(**c)).count();
        let behind = chars[at + length..at + length + behind]
            .iter()
            .rposition(|c| c.is_alphanumeric())
            .map_or(0, |last| last + 1);
        if before > 0 && behind > 0 {
            parts.push(Part { from: at - before, to: at + length + behind, keep: Keep::Domain });
        }
    }
    parts
}

/// An address with the first letter of its name and the place where it is: `m••••@example.com`.
pub(super) fn written(address: &[char]) -> String {
    let at = (0..address.len()).rev().find_map(|at| Some((at, at_sign(&address[at..])?)));
    let Some((at, length)) = at else { return DOTS.to_owned() };
    let domain: String = address[at + length..].iter().collect();
    let first = address.iter().take(1).filter(|first| first.is_alphabetic());
    let name: String = first.copied().chain(DOTS.chars()).collect();
    format!("{name}@{}", Mask::default().text(&domain, false))
}

fn at_sign(chars: &[char]) -> Option<usize> {
    ATS.iter().find(|at| chars.starts_with(at)).map(|at| at.len())
}

/// What the name before the `@` is made of (RFC 5322, `atext`), but for what a link puts around it.
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'' | '!' | '#' | '$' | '*' | '~')
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}
