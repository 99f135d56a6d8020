use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::boilerplate::{Boilerplate, WrittenBoilerplate};
use crate::rule::{BARE, RulePart};
use crate::weights::{Weights, WrittenWeights};
use crate::{Kind, Learnt, Reading, Rule, TemplateName, Wording};

/// The operator's templates, each with what it claims, and the rule by which each kind of claim is judged.
#[derive(Clone, Debug)]
pub struct Catalogue {
    version: u32,
    /// What everyone's rule, a reminder's, and each kind's say, an operator's word over the built-in one.
    everyone: RulePart,
    reminder: RulePart,
    parts: FxHashMap<Kind, RulePart>,
    /// What comes of them.
    default: JudgedKind,
    kinds: FxHashMap<Kind, JudgedKind>,
    templates: FxHashMap<TemplateName, Template>,
    /// What messages without a known template assert, by what their texts tell of.
    telling: FxHashMap<Kind, Template>,
    /// What messages that name no template are taken for, by their wording.
    wordings: FxHashMap<Wording, Worded>,
    weights: Weights,
    boilerplate: Boilerplate,
}

/// What a message that names no template is taken for.
#[derive(Clone, Debug)]
enum Worded {
    /// One of a template, in whose words it is written.
    As(TemplateName),
    /// One of a template that has no name.
    Own(Template),
}

/// What a message claims, and what it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'a> {
    /// The template that it names, or in whose words it is written.
    pub template: Option<&'a TemplateName>,
    /// In which words it claims that, where there is no template.
    pub wording: Option<Wording>,
    pub kind: &'a Kind,
    pub rule: &'a Rule,
}

#[derive(Clone, Debug)]
struct JudgedKind {
    rule: Rule,
    reminder: Rule,
}

/// What a template claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The kind it asserts; `None`: it asserts nothing.
    pub asserts: Option<Kind>,
    /// Its own rule, where its kind's does not serve.
    rule: Option<Rule>,
}

/// Why a catalogue can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not TOML of a catalogue's fields.
    #[error("the catalogue is not valid")]
    Toml(#[from] toml::de::Error),
    /// Not a list of templates.
    #[error("the list of templates is not valid")]
    Templates(#[from] serde_json::Error),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCatalogue {
    #[serde(default)]
    version: Option<u32>,
    #[serde(default)]
    rule: RulePart,
    #[serde(default)]
    reminder: RulePart,
    #[serde(default)]
    kind: BTreeMap<Kind, RulePart>,
    #[serde(default)]
    template: BTreeMap<TemplateName, WrittenTemplate>,
    #[serde(default)]
    telling: BTreeMap<Kind, WrittenTemplate>,
    #[serde(default)]
    wording: BTreeMap<Wording, WrittenWording>,
    #[serde(default)]
    boilerplate: WrittenBoilerplate,
    #[serde(default)]
    weights: WrittenWeights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTemplate {
    asserts: Option<Kind>,
    rule: Option<RulePart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWording {
    template: Option<TemplateName>,
    asserts: Option<Kind>,
    rule: Option<RulePart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedTemplate {
    template: TemplateName,
    asserts: Option<Kind>,
}

impl Template {
    /// Whether it is judged by a rule of its own.
    pub(crate) fn has_rule(&self) -> bool {
        self.rule.is_some()
    }
}

impl Catalogue {
    /// The rules that every operator starts from, and no template.
    pub fn builtin() -> Self {
        let bare = Self {
            version: 0,
            everyone: RulePart::default(),
            reminder: RulePart::default(),
            parts: FxHashMap::default(),
            default: JudgedKind { rule: BARE, reminder: BARE },
            kinds: FxHashMap::default(),
            templates: FxHashMap::default(),
            telling: FxHashMap::default(),
            wordings: FxHashMap::default(),
            weights: Weights::DEFAULT,
            boilerplate: Boilerplate::default(),
        };
        bare.with_toml(include_str!("../data/rules.toml")).expect("the built-in rules are valid")
    }

    /// This catalogue with what an operator's says differently.
    pub fn with_toml(mut self, text: &str) -> Result<Self, CatalogueError> {
        let written: WrittenCatalogue = toml::from_str(text)?;
        self.version = written.version.unwrap_or(self.version);
        self.everyone = written.rule.or(&self.everyone);
        self.reminder = written.reminder.or(&self.reminder);
        for (kind, part) in written.kind {
            let part = self.parts.get(&kind).map_or_else(|| part.clone(), |known| part.or(known));
            self.parts.insert(kind, part);
        }
        self.boilerplate.add(&written.boilerplate);
        self.weights = self.weights.with(&written.weights);
        self.resolve();
        for (name, template) in written.template {
            let template = self.template_of(template);
            self.templates.insert(name, template);
        }
        for (kind, telling) in written.telling {
            let telling = self.template_of(telling);
            self.telling.insert(kind, telling);
        }
        for (wording, WrittenWording { template, asserts, rule }) in written.wording {
            let worded = match template {
                Some(template) => Worded::As(template),
                None => Worded::Own(self.template_of(WrittenTemplate { asserts, rule })),
            };
            self.wordings.insert(wording, worded);
        }
        Ok(self)
    }

    /// This catalogue with what was learnt beyond it.
    #[must_use]
    pub fn with_learnt(self, learnt: &Learnt) -> Self {
        self.with_toml(&learnt.to_toml()).expect("what was learnt is written as a catalogue")
    }

    /// This catalogue with a feed's `templates.json`: a list of `{"template": …, "asserts": kind or null}`.
    pub fn with_template_list(mut self, json: &str) -> Result<Self, CatalogueError> {
        let listed: Vec<ListedTemplate> = serde_json::from_str(json)?;
        self.templates.extend(
            listed.into_iter().map(|entry| (entry.template, Template { asserts: entry.asserts, rule: None })),
        );
        Ok(self)
    }

    /// This catalogue with a rule of its own for each kind that a feed has and the catalogue does not name.
    #[must_use]
    pub fn with_kinds<'a>(mut self, kinds: impl IntoIterator<Item = &'a Kind>) -> Self {
        for kind in kinds {
            if !self.kinds.contains_key(kind) {
                self.kinds.insert(kind.clone(), self.default.clone());
            }
        }
        self
    }

    /// Which version of the operator's catalogue it is.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The kinds that have a rule.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.keys()
    }

    /// What the agreement of facts says.
    pub(crate) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What is known of a template.
    pub fn template(&self, name: &TemplateName) -> Option<&Template> {
        self.templates.get(name)
    }

    /// The kind that a message claims, and the rule by which that is judged.
    pub fn claimed<'a>(
        &'a self,
        template: Option<&'a TemplateName>,
        reading: &'a Reading,
    ) -> Option<(&'a Kind, &'a Rule)> {
        self.voice(template, reading).map(|voice| (voice.kind, voice.rule))
    }

    /// What a message claims and for what it is taken: by its template where that is known, else by its wording, else by
    /// the first of its sentences that asserts something, else by what its text tells of.
    pub(crate) fn voice<'a>(
        &'a self,
        template: Option<&'a TemplateName>,
        reading: &'a Reading,
    ) -> Option<Voice<'a>> {
        if let Some(known) = template.and_then(|name| self.templates.get(name)) {
            let kind = known.asserts.as_ref()?;
            return Some(self.voice_of(template, None, kind, known.rule.as_ref(), reading));
        }
        let asserting = |wording: &Wording| {
            Some((*wording, self.worded(*wording)?)).filter(|it| it.1.1.asserts.is_some())
        };
        let whole = reading.wording.and_then(|wording| Some((wording, self.worded(wording)?)));
        let known = whole.or_else(|| reading.sentences.iter().find_map(asserting));
        if let Some((wording, (taken_for, known))) = known {
            let template = template.or(taken_for);
            let kind = known.asserts.as_ref()?;
            return Some(self.voice_of(template, Some(wording), kind, known.rule.as_ref(), reading));
        }
        let tells_of = reading.tells_of.as_ref()?;
        let told_in = reading.told_in.and_then(|wording| self.worded(wording)).map(|(_, known)| known);
        let (kind, rule) = match told_in.or_else(|| self.telling.get(tells_of)) {
            Some(known) => (known.asserts.as_ref()?, known.rule.as_ref()),
            None => (tells_of, None),
        };
        Some(self.voice_of(template, reading.told_in.or(reading.wording), kind, rule, reading))
    }

    fn voice_of<'a>(
        &'a self,
        template: Option<&'a TemplateName>,
        wording: Option<Wording>,
        kind: &'a Kind,
        rule: Option<&'a Rule>,
        reading: &Reading,
    ) -> Voice<'a> {
        let judged = self.kinds.get(kind).unwrap_or(&self.default);
        let rule = rule.unwrap_or(if self.reminds(reading, kind) { &judged.reminder } else { &judged.rule });
        Voice { template, wording: wording.filter(|_| template.is_none()), kind, rule }
    }

    /// Whether a message reminds of a kind: small print that is about something else does not make it.
    fn reminds(&self, reading: &Reading, kind: &Kind) -> bool {
        let is_small_print = |wording: Wording| self.worded(wording).is_some_and(|it| it.1.asserts.is_none());
        let tells_again = reading.tells_again && reading.tells_of.as_ref().is_none_or(|told| told == kind);
        reading.reminder || (tells_again && !reading.told_in.is_some_and(is_small_print))
    }

    /// What is known of messages or sentences in some words, and the template that they are taken for.
    fn worded(&self, wording: Wording) -> Option<(Option<&TemplateName>, &Template)> {
        match self.wordings.get(&wording)? {
            Worded::As(template) => Some((Some(template), self.templates.get(template)?)),
            Worded::Own(template) => Some((None, template)),
        }
    }

    /// The rule for messages that claim a kind.
    pub fn rule(&self, kind: &Kind) -> &Rule {
        &self.kinds.get(kind).unwrap_or(&self.default).rule
    }

    /// The rule for messages that remind of a kind.
    pub(crate) fn reminder_rule(&self, kind: &Kind) -> &Rule {
        &self.kinds.get(kind).unwrap_or(&self.default).reminder
    }

    /// What stands in messages whatever they are about.
    pub(crate) fn boilerplate(&self) -> &Boilerplate {
        &self.boilerplate
    }

    fn template_of(&self, written: WrittenTemplate) -> Template {
        let WrittenTemplate { asserts, rule } = written;
        let base = asserts.as_ref().map_or(&self.default.rule, |kind| self.rule(kind));
        Template { rule: rule.map(|part| part.over(base)), asserts }
    }

    fn resolve(&mut self) {
        let everyone = self.everyone.over(&BARE);
        let judged = |rule: Rule| JudgedKind { reminder: self.reminder.over(&rule), rule };
        self.kinds =
            self.parts.iter().map(|(kind, part)| (kind.clone(), judged(part.over(&everyone)))).collect();
        self.default = judged(everyone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn an_operator_says_only_what_is_different() {
        let catalogue = Catalogue::builtin()
            .with_toml(
                r#"
                version = 7
                [kind."sim.changed"]
                after = "5d"
                [template.port_notice]
                asserts = "number.ported_out"
                rule.grace = "1h"
                "#,
            )
            .unwrap();
        let sim = "sim.changed".parse().unwrap();
        assert_eq!(catalogue.version(), 7);
        assert_eq!(catalogue.rule(&sim).after, Span::days(5));
        assert_eq!(catalogue.rule(&sim).tell_within, Some(Span::hours(48)));
        let name: TemplateName = "port_notice".parse().unwrap();
        let port = "number.ported_out".parse().unwrap();
        assert_eq!(catalogue.claimed(Some(&name), &Reading::default()).unwrap().1.grace, Span::hours(1));
        assert_eq!(catalogue.rule(&port).grace, Span::hours(48));
    }

    #[test]
    fn everyones_rule_reaches_every_kind() {
        let catalogue =
            Catalogue::builtin().with_toml("[rule]\ngrace = \"12h\"\n[reminder]\nafter = \"30d\"").unwrap();
        let sim = "sim.changed".parse().unwrap();
        assert_eq!(catalogue.rule(&sim).grace, Span::hours(12));
        let reading = Reading { tells_of: Some(sim), reminder: true, ..Reading::default() };
        let (_, reminder) = catalogue.claimed(None, &reading).unwrap();
        assert_eq!((reminder.after, reminder.repeats), (Span::days(30), true));
    }

    #[test]
    fn a_wrong_field_is_named() {
        let error = Catalogue::builtin().with_toml("[rule]\nbefor = \"6h\"").unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("befor"), "{source}");
    }
}
