use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::boilerplate::WrittenBoilerplate;
use crate::weights::Weights;
use crate::{Kind, Span, TemplateName, Wording};

/// What was learnt from an operator's own history: what its messages assert where their texts alone don't say it, or say
/// it wrongly, how long its mail takes, and which numbers are its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learnt {
    pub(crate) templates: BTreeMap<TemplateName, Lesson>,
    pub(crate) telling: BTreeMap<Kind, Lesson>,
    pub(crate) wordings: BTreeMap<Wording, Lesson>,
    /// In which template's words messages without one are written.
    pub(crate) worded: BTreeMap<Wording, TemplateName>,
    pub(crate) boilerplate: WrittenBoilerplate,
    /// What the agreement of facts says with this operator.
    pub(crate) weights: Option<Weights>,
}

/// What was learnt of the messages of one voice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lesson {
    /// The kind they assert; `None`: they assert nothing.
    pub asserts: Option<Kind>,
    /// How long after their transactions they come, where that is longer than the rule has it.
    pub after: Option<Span>,
    /// Whether they tell of the same again, days later, where the rule does not let them.
    pub repeats: bool,
    pub evidence: Numbers,
}

/// The figures on which a lesson rests.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Numbers {
    pub messages: u32,
    /// What share of them has such a transaction in the time in which they come.
    pub found: f64,
    /// What share would by chance.
    pub chance: f64,
    /// What share cites it.
    pub cited: f64,
}

impl Learnt {
    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
            && self.telling.is_empty()
            && self.wordings.is_empty()
            && self.worded.is_empty()
            && self.boilerplate.is_empty()
            && self.weights.is_none()
    }

    /// As a catalogue that a person can read, correct and keep.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# Learnt from the operator's own messages and books. Correct what is wrong: what stands here is kept to.\n",
        );
        self.write_boilerplate(&mut text);
        if let Some(weights) = &self.weights {
            let weights = weights.to_toml();
            write!(text, "\n# What it says, in nats, that a fact agrees: how much oftener than by chance.\n[weights]\n{weights}")
                .expect("a text takes any text");
        }
        let templates = self.templates.iter().map(|(name, lesson)| ("template", name.as_str(), lesson));
        let telling = self.telling.iter().map(|(kind, lesson)| ("telling", kind.as_str(), lesson));
        for (table, name, lesson) in templates.chain(telling) {
            lesson.write(table, name, &mut text);
        }
        for (wording, lesson) in &self.wordings {
            lesson.write("wording", &wording.to_string(), &mut text);
        }
        for (wording, template) in &self.worded {
            let template = toml_text(template.as_str());
            write!(text, "\n[wording.\"{wording}\"]\ntemplate = {template}\n")
                .expect("a text takes any text");
        }
        text
    }
}

impl Learnt {
    fn write_boilerplate(&self, text: &mut String) {
        if self.boilerplate.is_empty() {
            return;
        }
        let WrittenBoilerplate { lines, references, amounts } = &self.boilerplate;
        text.push_str("\n# Many accounts are told these, day after day, and none of them has anything of it.\n[boilerplate]\n");
        for (name, list) in [("lines", lines), ("references", references), ("amounts", amounts)] {
            let list: Vec<String> = list.iter().map(|entry| toml_text(entry)).collect();
            writeln!(text, "{name} = [{}]", list.join(", ")).expect("a text takes any text");
        }
    }
}

impl Lesson {
    /// Whether it says more than what is asserted.
    pub(crate) fn has_rule(&self) -> bool {
        self.after.is_some() || self.repeats
    }

    fn write(&self, table: &str, name: &str, text: &mut String) {
        let name = toml_text(name);
        let Numbers { messages, found, chance, cited } = self.evidence;
        let percent = |share: f64| (share * 100.0).round();
        let grounds = match &self.asserts {
            Some(_) => format!(
                "{messages} messages: {}% have such a transaction when they come, {}% would by chance; {}% cite it.",
                percent(found),
                percent(chance),
                percent(cited),
            ),
            None => {
                format!("{messages} messages on many days, and hardly anything ever happens around them.")
            }
        };
        write!(text, "\n# {grounds}\n[{table}.{name}]\n").expect("a text takes any text");
        if let Some(kind) = &self.asserts {
            writeln!(text, "asserts = \"{kind}\"").expect("a text takes any text");
        }
        if let Some(after) = self.after {
            writeln!(text, "rule.after = \"{after}\"").expect("a text takes any text");
        }
        if self.repeats {
            text.push_str("rule.repeats = true\n");
        }
    }
}

/// A text as TOML writes it. JSON's escapes are TOML's too, but for one character that JSON lets stand.
fn toml_text(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON").replace('\u{7f}', "\\u007F")
}
