use std::collections::BTreeMap;

use engine::Kind;
use serde::Deserialize;

/// What a made-up operator does, and in which words it tells of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operator {
    pub brand: String,
    pub currency: String,
    pub sender: String,
    pub sms_sender: String,
    pub event: Vec<Event>,
    pub notice: Vec<Notice>,
}

/// Something that happens on accounts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub kind: Kind,
    #[serde(default)]
    pub per_year: f64,
    /// How its references look: `#` a digit, `@` a letter; none where empty.
    pub reference: String,
    /// The least and the greatest, in whole units; none where empty.
    pub amount: Vec<f64>,
    pub device: bool,
    pub line: bool,
    /// The kind that it follows, with that one's reference and amount.
    pub follows: String,
    #[serde(default)]
    pub follows_after_hours: [f64; 2],
    pub template: Vec<Template>,
}

/// What messages of an event are written from.
#[derive(Debug, Deserialize)]
pub(super) struct Template {
    pub name: String,
    /// Whether the operator's list of templates has it.
    pub listed: bool,
    pub channel: String,
    /// From the transaction to the message.
    pub lag_minutes: [i64; 2],
    pub fields: Vec<String>,
    #[serde(flatten)]
    pub wording: BTreeMap<String, Wording>,
}

/// A message that tells of nothing that happened.
#[derive(Debug, Deserialize)]
pub(super) struct Notice {
    pub name: String,
    pub listed: bool,
    pub channel: String,
    pub per_year: f64,
    #[serde(flatten)]
    pub wording: BTreeMap<String, Wording>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub subject: String,
    pub texts: Vec<String>,
}

impl Operator {
    /// The operators there are, by name.
    pub(super) const NAMES: [&str; 3] = ["carrier", "bank", "utility"];

    /// One of them.
    pub(super) fn named(name: &str) -> Option<Self> {
        let text = match name {
            "carrier" => include_str!("carrier.toml"),
            "bank" => include_str!("bank.toml"),
            "utility" => include_str!("utility.toml"),
            _ => return None,
        };
        Some(toml::from_str(text).expect("the built-in operators are valid"))
    }

    /// The operator's list of templates, as a feed has it.
    pub(super) fn templates_json(&self) -> String {
        let events = self.event.iter().flat_map(|event| {
            let listed = event.template.iter().filter(|template| template.listed);
            listed.map(|template| (&template.name, Some(&event.kind)))
        });
        let notices = self.notice.iter().filter(|notice| notice.listed).map(|notice| (&notice.name, None));
        let entries: Vec<_> = events
            .chain(notices)
            .map(|(template, asserts)| serde_json::json!({"template": template, "asserts": asserts}))
            .collect();
        serde_json::to_string_pretty(&entries).expect("names are JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_speaks_every_language() {
        for name in Operator::NAMES {
            let operator = Operator::named(name).unwrap();
            let templates = operator.event.iter().flat_map(|event| &event.template);
            let wordings = templates.map(|template| &template.wording);
            for wording in wordings.chain(operator.notice.iter().map(|notice| &notice.wording)) {
                assert_eq!(wording.keys().collect::<Vec<_>>(), ["de", "en", "es", "pt"]);
            }
        }
    }
}
