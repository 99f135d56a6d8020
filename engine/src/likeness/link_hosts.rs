use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};

use super::held_words::host_of;

/// More than any message has.
const HOSTS_MAX: usize = 64;

/// What stands in place of an HTML body's pictures for whoever does not see them.
pub(super) fn alternatives(html: &str) -> Vec<String> {
    let pictures = Tokenizer::new(html).flatten().filter_map(|token| match token {
        Token::StartTag(tag) if &tag.name[..] == b"img" => {
            let text = tag.attributes.get(&b"alt"[..])?;
            Some(String::from_utf8_lossy(text).trim().to_owned())
        }
        _ => None,
    });
    pictures.filter(|text| !text.is_empty()).take(HOSTS_MAX).collect()
}

/// Where the links of an HTML body lead: its `a`, `area` and `form`.
pub(super) fn link_hosts(html: &str) -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    for token in Tokenizer::new(html).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let attribute: &[u8] = match &tag.name[..] {
            b"a" | b"area" => b"href",
            b"form" => b"action",
            _ => continue,
        };
        let Some(link) = tag.attributes.get(attribute) else { continue };
        let link = String::from_utf8_lossy(link).trim().to_lowercase();
        let leads_away = link.starts_with("http:") || link.starts_with("https:") || link.starts_with("//");
        if leads_away && hosts.len() < HOSTS_MAX {
            hosts.insert(host_of(link.trim_start_matches("//")).to_owned());
        }
    }
    hosts
}
