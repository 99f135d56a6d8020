use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::evidence::{Evidence, KindEvidence, LAG_EDGES, STRETCHES, Voice, VoiceEvidence};
use crate::{Catalogue, Kind, Span, Template, TemplateName, Wording};

/// What was learnt from an operator's own history: what its messages assert where their texts alone don't say it, or say
/// it wrongly, and how long its mail takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learnt {
    templates: BTreeMap<TemplateName, Lesson>,
    telling: BTreeMap<Kind, Lesson>,
    wordings: BTreeMap<Wording, Lesson>,
    /// In which template's words messages without one are written.
    worded: BTreeMap<Wording, TemplateName>,
}

/// What was learnt of the messages of one voice.
#[derive(Clone, Debug, PartialEq)]
struct Lesson {
    /// The kind they assert; `None`: they assert nothing.
    asserts: Option<Kind>,
    /// How long after their transactions they come, where that is longer than the rule has it.
    after: Option<Span>,
    evidence: Numbers,
}

/// The figures on which a lesson rests.
#[derive(Clone, Debug, PartialEq)]
struct Numbers {
    messages: u32,
    /// What share of them has such a transaction in the time in which they come.
    found: f64,
    /// What share would by chance.
    chance: f64,
    /// What share cites it.
    cited: f64,
}

/// Fewer messages of a voice say nothing …
const MESSAGES_MIN: u32 = 4;
/// … and so few only where all of them together make it so many nats more likely: odds of a million to one.
const NATS_MIN: f64 = 14.0;
/// A text's word for its kind stands where so many of a voice's texts say the same …
const TOLD_MIN: f64 = 0.6;
/// … and so many of them have such a transaction, beyond chance.
const BORNE_OUT_MIN: f64 = 0.5;
/// So many of a template's texts tell of something else that it is a wrapping.
const WRAPPED_SHARE_MIN: f64 = 0.05;
/// What a voice is taken to assert has to be there this often, beyond chance.
const LIFT_MIN: f64 = 0.6;
/// A voice whose texts tell of a kind asserts nothing where it is there hardly more often than by chance …
const MISREAD_LIFT_MAX: f64 = 0.15;
/// … in so many messages at least, of which no day has more than its share: a faulty run is no habit.
const MISREAD_MESSAGES_MIN: u32 = 30;
const MISREAD_DAY_SHARE_MAX: f64 = 0.3;
/// A stretch of lags belongs to a voice where transactions fall in it so many times as often as by chance …
const DENSE: f64 = 3.0;
/// … and so often at least.
const DENSE_SHARE_MIN: f64 = 0.005;
/// Mail is slow where so much of it is: what comes late more rarely is a fault.
const SLOW_SHARE_MIN: f64 = 0.05;
/// How much more a learnt time allows than was seen.
const AFTER_FACTOR: i64 = 2;

/// How a kind stands to a voice.
struct Fit<'a> {
    kind: &'a Kind,
    /// In nats a message: how much more likely the transactions around the messages are if these are about them.
    score: f64,
    numbers: Numbers,
    /// Beyond chance: 0 where it is as by chance, 1 where every message has one.
    lift: f64,
    /// The end of the last stretch that much of the voice's mail comes in.
    longest: Span,
}

impl Evidence {
    /// What it teaches beyond what a catalogue says and texts tell.
    pub fn learn(&self, catalogue: &Catalogue) -> Learnt {
        let mut learnt = Learnt::default();
        for (voice, evidence) in &self.voices {
            let listed = match voice {
                Voice::Template(name) => catalogue.template(name),
                _ => None,
            };
            let lesson = match listed {
                Some(listed) => evidence.lesson_on_time(listed, catalogue),
                None => evidence.lesson(catalogue),
            };
            let Some(lesson) = lesson else { continue };
            match voice {
                Voice::Template(name) => {
                    learnt.templates.insert(name.clone(), lesson);
                }
                Voice::Wording(wording) => {
                    learnt.wordings.insert(*wording, lesson);
                }
                Voice::Telling(kind) => {
                    learnt.telling.insert(kind.clone(), lesson);
                }
            }
        }
        self.learn_wordings(&mut learnt);
        learnt
    }

    /// A message without a template that is written in a template's words is taken for one of that.
    fn learn_wordings(&self, learnt: &mut Learnt) {
        for (wording, used) in self.wordings.iter().filter(|(_, used)| used.untemplated > 0) {
            let all: u32 = used.templates.values().sum();
            let Some((template, count)) = used.templates.iter().max_by_key(|(name, count)| (*count, *name))
            else {
                continue;
            };
            if *count < OWN_WORDS_MIN || share_of(*count, all) < OWN_WORDS_SHARE_MIN {
                continue;
            }
            learnt.worded.insert(*wording, template.clone());
        }
        learnt.wordings.retain(|wording, _| !learnt.worded.contains_key(wording));
    }
}

/// How often a template has to use a wording, and before others, for it to be the template's own.
const OWN_WORDS_MIN: u32 = 2;
const OWN_WORDS_SHARE_MIN: f64 = 0.9;

impl VoiceEvidence {
    fn lesson(&self, catalogue: &Catalogue) -> Option<Lesson> {
        if self.messages < MESSAGES_MIN || share_of(self.reminders, self.messages) > TOLD_MIN {
            return None;
        }
        let mut fits: Vec<Fit> = self.kinds.iter().map(|(kind, evidence)| self.fit(kind, evidence)).collect();
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.kind.cmp(b.kind)));
        let told = self.told_mostly();
        let borne_out = told.and_then(|(kind, share)| {
            let fit = fits.iter().find(|fit| fit.kind == kind && fit.lift >= BORNE_OUT_MIN)?;
            Some((fit, share))
        });
        if let Some((fit, share)) = borne_out {
            return self.confirmed(fit, share, &fits, catalogue);
        }
        let likely = |fit: &&Fit| fit.lift >= LIFT_MIN && fit.score * f64::from(self.messages) >= NATS_MIN;
        if let Some(best) = fits.first().filter(likely) {
            return Some(best.lesson(catalogue));
        }
        self.is_misread(&fits).then_some(Lesson {
            asserts: None,
            after: None,
            evidence: Numbers { messages: self.messages, found: 0.0, chance: 0.0, cited: 0.0 },
        })
    }

    /// Whether texts tell of something, day after day, and hardly anything ever happens around them.
    fn is_misread(&self, fits: &[Fit]) -> bool {
        let told = self.told.keys().any(Option::is_some);
        let busiest = self.days.values().max().map_or(0, |count| *count);
        let habit = self.messages >= MISREAD_MESSAGES_MIN
            && share_of(busiest, self.messages) <= MISREAD_DAY_SHARE_MAX;
        told && habit && fits.iter().all(|fit| fit.lift <= MISREAD_LIFT_MAX)
    }

    /// The kind that most of the texts tell of, and how many do.
    fn told_mostly(&self) -> Option<(&Kind, f64)> {
        let told = self.told.iter().filter_map(|(kind, count)| Some((kind.as_ref()?, *count)));
        let (kind, count) = told.max_by_key(|(kind, count)| (*count, std::cmp::Reverse(*kind)))?;
        let share = share_of(count, self.messages);
        (share >= TOLD_MIN).then_some((kind, share))
    }

    /// What the texts say is so. It is a lesson where some texts don't say it, or where the mail takes long.
    fn confirmed(&self, fit: &Fit, share: f64, fits: &[Fit], catalogue: &Catalogue) -> Option<Lesson> {
        // A template that tells of several things that happen wraps them all.
        let wraps = self.told.iter().any(|(kind, count)| {
            let share = share_of(*count, self.messages);
            let other = fits.iter().find(|fit| Some(fit.kind) == kind.as_ref());
            share >= WRAPPED_SHARE_MIN
                && other.is_some_and(|other| other.kind != fit.kind && other.lift >= share / 2.0)
        });
        let lesson = fit.lesson(catalogue);
        (lesson.after.is_some() || (share < 1.0 && !wraps)).then_some(lesson)
    }

    /// How long the mail of a template takes that the catalogue has.
    fn lesson_on_time(&self, listed: &Template, catalogue: &Catalogue) -> Option<Lesson> {
        let kind = listed.asserts.as_ref().filter(|_| !listed.has_rule() && self.messages >= MESSAGES_MIN)?;
        if share_of(self.reminders, self.messages) > TOLD_MIN {
            return None;
        }
        let fit = self.fit(kind, self.kinds.get(kind)?);
        Some(fit.lesson(catalogue)).filter(|lesson| fit.lift >= BORNE_OUT_MIN && lesson.after.is_some())
    }

    fn fit<'a>(&self, kind: &'a Kind, evidence: &KindEvidence) -> Fit<'a> {
        let messages = f64::from(self.messages);
        let per_hour = evidence.per_hour / messages;
        let (mut score, mut found, mut chance, mut longest) = (0.0, 0.0, 0.0, Span::ZERO);
        let mut elsewhere = (1.0, 1.0);
        for stretch in 0..STRETCHES {
            let (from, to) = (LAG_EDGES[stretch], LAG_EDGES[stretch + 1]);
            #[expect(clippy::cast_precision_loss, reason = "a month's minutes")]
            let expected = 1.0 - (-per_hour * (to - from) as f64 / 60.0).exp();
            let expected = expected.max(1e-6);
            let share = f64::from(evidence.lags[stretch]) / messages;
            if share < expected * DENSE || share < DENSE_SHARE_MIN {
                continue;
            }
            score += share * (share / expected).ln();
            found += share;
            chance += expected;
            elsewhere = (elsewhere.0 - share, elsewhere.1 - expected);
            if share >= SLOW_SHARE_MIN {
                longest = Span::minutes(to.max(0));
            }
        }
        let rest: (f64, f64) = (elsewhere.0.max(1e-6), elsewhere.1.max(1e-6));
        score += rest.0 * (rest.0 / rest.1).ln();
        let (cited, agreed) =
            (share_of(evidence.cited, self.messages), share_of(evidence.agreed, self.messages));
        score += CITED * cited + AGREED * agreed;
        let lift = if chance < 1.0 { ((found - chance) / (1.0 - chance)).max(0.0) } else { 0.0 };
        let numbers = Numbers { messages: self.messages, found, chance: chance.min(1.0), cited };
        Fit { kind, score, numbers, lift, longest }
    }
}

/// What a cited reference and an agreeing amount or device add, in nats: they agree by chance in one message in some
/// thousand, and in one in twenty.
const CITED: f64 = 7.0;
const AGREED: f64 = 3.0;

impl Fit<'_> {
    fn lesson(&self, catalogue: &Catalogue) -> Lesson {
        let after = catalogue.rule(self.kind).after;
        let longer = (self.longest > after).then(|| self.longest.times(AFTER_FACTOR));
        Lesson { asserts: Some(self.kind.clone()), after: longer, evidence: self.numbers.clone() }
    }
}

fn share_of(count: u32, of: u32) -> f64 {
    f64::from(count) / f64::from(of.max(1))
}

impl Learnt {
    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
            && self.telling.is_empty()
            && self.wordings.is_empty()
            && self.worded.is_empty()
    }

    /// As a catalogue that a person can read, correct and keep.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# Learnt from the operator's own messages and books. Correct what is wrong: what stands here is kept to.\n",
        );
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

impl Lesson {
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
    }
}

/// A text as TOML writes it. JSON's escapes are TOML's too, but for one character that JSON lets stand.
fn toml_text(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON").replace('\u{7f}', "\\u007F")
}
