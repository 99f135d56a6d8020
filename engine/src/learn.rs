use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::boilerplate::{Boilerplate, WrittenBoilerplate};
use crate::evidence::{Evidence, KindEvidence, LATE_FROM, VoiceEvidence};
use crate::lags::{LAG_EDGES, STRETCHES, minutes_of};
use crate::learnt::{Learnt, Lesson, Numbers};
use crate::room::Room;
use crate::spread::Spread;
use crate::weights::Weights;
use crate::{Catalogue, Kind, Span, StatedAmount, Template, TemplateName};

/// Fewer messages of a voice say nothing, nor do more of them to fewer accounts on fewer days: what happened around them
/// happened around all of them at once …
const MESSAGES_MIN: u32 = 4;
/// … and so few only where all of them together make it so many nats more likely: odds of a million to one.
const NATS_MIN: f64 = 14.0;
/// A text's word for its kind stands where so many of a voice's texts say the same …
const TOLD_MIN: f64 = 0.6;
/// … and so many of them have such a transaction, beyond chance.
const BORNE_OUT_MIN: f64 = 0.5;
/// So many of a template's texts tell of something else that it is a wrapping.
const WRAPPED_SHARE_MIN: f64 = 0.05;
/// So many of a template's texts have a sentence that asserts something, and it is a wrapping too.
const WRAPPING_SHARE_MIN: f64 = 0.3;
/// What a voice is taken to assert has to be there this often, beyond chance.
const LIFT_MIN: f64 = 0.6;
/// … or this often, where so many cite it: many of the others may have gone out by mistake.
const LIFT_CITED_MIN: f64 = 0.3;
const CITED_MUCH_MIN: f64 = 0.25;
/// What comes before its transaction so often, and cites none, announces it: a code to confirm it with.
const ANNOUNCES_SHARE_MIN: f64 = 0.7;
const ANNOUNCES_CITED_MAX: f64 = 0.05;
/// A voice whose texts tell of a kind asserts nothing where it is there hardly more often than by chance …
const MISREAD_LIFT_MAX: f64 = 0.15;
/// … in so many messages at least, of which no day has more than its share: a faulty run is no habit.
const MISREAD_MESSAGES_MIN: u32 = 12;
const MISREAD_DAY_SHARE_MAX: f64 = 0.3;
/// A stretch of lags belongs to a voice where transactions fall in it so many times as often as by chance …
const DENSE: f64 = 3.0;
/// … and so often at least.
const DENSE_SHARE_MIN: f64 = 0.005;
/// Mail is slow where so much of it is: what comes late more rarely is a fault.
const SLOW_SHARE_MIN: f64 = 0.05;
/// So much of what a voice says it has said days before, on so many days at least, if it is meant to remind.
const REPEATS_SHARE_MIN: f64 = 0.12;
const REPEAT_DAYS_MIN: usize = 5;
/// So many messages of a voice cite something else than what their texts tell of, and so few that …
const CITED_INSTEAD_MIN: f64 = 0.5;
const TOLD_CITED_MAX: f64 = 0.1;
/// So many accounts, and one in so many of all, are told the same over so many days, if it means nothing: what a faulty
/// run tells, it tells at once.
const COMMON_ACCOUNTS_MIN: u32 = 5;
const COMMON_SHARE: u32 = 50;
const COMMON_DAYS_MIN: i64 = 14;
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
    /// The stretch in which the middle one of its messages comes.
    middle: usize,
    repeats: bool,
    /// Whether the messages come before what they speak of.
    announces: bool,
}

impl Evidence {
    /// What it teaches beyond what a catalogue says and texts tell.
    pub fn learn(&self, catalogue: &Catalogue) -> Learnt {
        let lesson_of_template = |(name, evidence): (&TemplateName, &VoiceEvidence)| {
            let lesson = match catalogue.template(name) {
                Some(listed) => evidence.lesson_on_time(listed, catalogue),
                None => evidence.lesson(catalogue, Trust::Template),
            };
            Some((name.clone(), lesson?))
        };
        let of_sentence = |it: &VoiceEvidence| it.lesson(catalogue, Trust::Sentence);
        let wordings = self.wordings.iter().map(|(wording, it)| Some((*wording, of_sentence(it)?)));
        let telling = self.telling.iter();
        let telling = telling.map(|(kind, it)| Some((kind.clone(), it.lesson(catalogue, Trust::Telling)?)));
        let mut learnt = Learnt {
            templates: self.templates.iter().filter_map(lesson_of_template).collect(),
            telling: telling.flatten().collect(),
            wordings: wordings.flatten().collect(),
            worded: BTreeMap::new(),
            boilerplate: self.boilerplate(catalogue.boilerplate()),
            // Fitted a second time, they would be the same.
            weights: if *catalogue.weights() == Weights::DEFAULT { self.pairs.fit() } else { None },
        };
        self.learn_wordings(&mut learnt, catalogue);
        learnt
    }

    /// What accounts are told day after day that none of them has anything of.
    fn boilerplate(&self, known: &Boilerplate) -> WrittenBoilerplate {
        let accounts_min = COMMON_ACCOUNTS_MIN.max(self.accounts / COMMON_SHARE);
        let is_common = |spread: &Spread| {
            spread.accounts >= accounts_min && spread.last - spread.first >= COMMON_DAYS_MIN
        };
        let texts = |spreads: &Room<Box<str>, Spread>, is_known: &dyn Fn(&str) -> bool| {
            let common = spreads.iter().filter(|(text, spread)| is_common(spread) && !is_known(text));
            let mut texts: Vec<String> = common.map(|(text, _)| text.to_string()).collect();
            texts.sort_unstable();
            texts
        };
        let amounts = self.amounts.iter().filter(|(_, spread)| is_common(spread));
        let amounts = amounts.map(|(amount, _)| StatedAmount::new(*amount, None));
        let mut amounts: Vec<_> = amounts.filter(|amount| !known.has_amount(*amount)).collect();
        amounts.sort_unstable_by_key(|amount| amount.magnitude());
        WrittenBoilerplate {
            lines: texts(&self.lines, &|digits| known.has_line(digits)),
            references: texts(&self.references, &|cited| known.has_reference(cited)),
            amounts: amounts.iter().map(ToString::to_string).collect(),
        }
    }

    /// A message without a template that is written in a template's words is taken for one of that.
    fn learn_wordings(&self, learnt: &mut Learnt, catalogue: &Catalogue) {
        self.forget_wrappings(learnt);
        for (wording, used) in self.uses.iter().filter(|(_, used)| used.untemplated > 0) {
            let all: u32 = used.templates.iter().map(|(_, count)| count).sum();
            let most = used.templates.iter().max_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
            let Some((template, count)) = most else {
                continue;
            };
            let is_known = catalogue.template(template).is_some() || learnt.templates.contains_key(template);
            if is_known && *count >= OWN_WORDS_MIN && share_of(*count, all) >= OWN_WORDS_SHARE_MIN {
                learnt.worded.insert(*wording, template.clone());
            }
        }
        learnt.wordings.retain(|wording, _| !learnt.worded.contains_key(wording));
    }

    /// A template of which many messages have sentences that assert something does not assert nothing: it wraps them.
    fn forget_wrappings(&self, learnt: &mut Learnt) {
        let mut asserting: FxHashMap<&TemplateName, u32> = FxHashMap::default();
        for (wording, _) in learnt.wordings.iter().filter(|(_, lesson)| lesson.asserts.is_some()) {
            for (template, count) in self.uses.get(wording).into_iter().flat_map(|used| &used.templates) {
                *asserting.entry(template).or_default() += count;
            }
        }
        learnt.templates.retain(|template, lesson| {
            let messages = lesson.evidence.messages;
            let share = asserting.get(template).map_or(0.0, |count| share_of(*count, messages));
            lesson.asserts.is_some() || share < WRAPPING_SHARE_MIN
        });
    }
}

/// What it is of which the messages are of one voice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// A template has one purpose.
    Template,
    /// A sentence may stand in the small print of everything.
    Sentence,
    /// What texts tell of is what they mean, mostly.
    Telling,
}

impl Trust {
    /// Where what the texts tell of is not there so much more often than by chance, they tell of nothing.
    fn believed_above(self) -> f64 {
        match self {
            Self::Template | Self::Telling => MISREAD_LIFT_MAX,
            Self::Sentence => BORNE_OUT_MIN,
        }
    }
}

/// How often a template has to use a wording, and before others, for it to be the template's own.
const OWN_WORDS_MIN: u32 = 2;
const OWN_WORDS_SHARE_MIN: f64 = 0.9;

impl VoiceEvidence {
    fn lesson(&self, catalogue: &Catalogue, trust: Trust) -> Option<Lesson> {
        if self.are_few() {
            return None;
        }
        let mut fits: Vec<Fit> = self.kinds.iter().map(|(kind, evidence)| self.fit(kind, evidence)).collect();
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.kind.cmp(b.kind)));
        let told = self.told_mostly();
        let borne_out = told.and_then(|(kind, share)| {
            let fit = fits.iter().find(|fit| fit.kind == kind && fit.lift >= BORNE_OUT_MIN)?;
            Some((fit, share))
        });
        let best = fits.first();
        if let Some((fit, share)) = borne_out
            && !best.is_some_and(|best| best.is_cited_instead_of(fit))
        {
            return self.confirmed(fit, share, &fits, catalogue);
        }
        let likely = |fit: &&Fit| {
            let many_cite = trust == Trust::Template && fit.numbers.cited >= CITED_MUCH_MIN;
            fit.lift >= if many_cite { LIFT_CITED_MIN } else { LIFT_MIN }
                && fit.score * f64::from(self.messages) >= NATS_MIN
        };
        if let Some(best) = best.filter(likely) {
            return Some(if best.announces { self.nothing() } else { best.lesson(self, catalogue) });
        }
        self.is_misread(&fits, trust.believed_above()).then(|| self.nothing())
    }

    /// Whether they say nothing because there are too few, or they were all sent as one.
    fn are_few(&self) -> bool {
        let days = u32::try_from(self.days.len()).unwrap_or(u32::MAX);
        self.messages.min(self.accounts.max(days)) < MESSAGES_MIN
    }

    /// That they assert nothing.
    fn nothing(&self) -> Lesson {
        let evidence = Numbers { messages: self.messages, found: 0.0, chance: 0.0, cited: 0.0 };
        Lesson { asserts: None, after: None, repeats: false, evidence }
    }

    /// Whether most of the texts tell again of what was told before: then the rule for reminders serves them.
    fn reminds(&self) -> bool {
        share_of(self.reminders, self.messages) > TOLD_MIN
    }

    /// Whether texts tell of something, day after day, and it hardly ever happens around them.
    fn is_misread(&self, fits: &[Fit], believed_above: f64) -> bool {
        let busiest = self.days.values().max().map_or(0, |count| *count);
        let habit = self.messages >= MISREAD_MESSAGES_MIN
            && share_of(busiest, self.messages) <= MISREAD_DAY_SHARE_MAX;
        let told: Vec<&Kind> = self.told.keys().flatten().collect();
        let happens = |fit: &Fit| told.contains(&fit.kind) && fit.lift > believed_above;
        habit && !told.is_empty() && !fits.iter().any(happens)
    }

    /// The kind that most of the texts tell of, and how many do.
    fn told_mostly(&self) -> Option<(&Kind, f64)> {
        let told = self.told.iter().filter_map(|(kind, count)| Some((kind.as_ref()?, *count)));
        let (kind, count) = told.max_by_key(|(kind, count)| (*count, std::cmp::Reverse(*kind)))?;
        let share = share_of(count, self.messages);
        (share >= TOLD_MIN).then_some((kind, share))
    }

    /// What the texts say is so. It is a lesson where some texts don't say it, or where the mail takes long or repeats.
    fn confirmed(&self, fit: &Fit, share: f64, fits: &[Fit], catalogue: &Catalogue) -> Option<Lesson> {
        // A template that tells of several things that happen wraps them all.
        let wraps = self.told.iter().any(|(kind, count)| {
            let share = share_of(*count, self.messages);
            let other = fits.iter().find(|fit| Some(fit.kind) == kind.as_ref());
            share >= WRAPPED_SHARE_MIN
                && other.is_some_and(|other| other.kind != fit.kind && other.lift >= share / 2.0)
        });
        let lesson = fit.lesson(self, catalogue);
        (lesson.has_rule() || (share < 1.0 && !wraps)).then_some(lesson)
    }

    /// How long the mail of a template takes that the catalogue has, and whether it repeats.
    fn lesson_on_time(&self, listed: &Template, catalogue: &Catalogue) -> Option<Lesson> {
        let kind = listed.asserts.as_ref().filter(|_| !listed.has_rule() && !self.are_few())?;
        let fit = self.fit(kind, self.kinds.get(kind)?);
        let lesson = fit.lesson(self, catalogue);
        // Which kind it is, is known: then what agrees is it.
        let lift = fit.lift.max(share_of(self.kinds.get(kind)?.agreed, self.messages));
        Some(lesson).filter(|lesson| lift >= BORNE_OUT_MIN && lesson.has_rule())
    }

    fn fit<'a>(&self, kind: &'a Kind, evidence: &KindEvidence) -> Fit<'a> {
        let messages = f64::from(self.messages);
        let per_hour = evidence.per_hour / messages;
        let cited_share = share_of(evidence.cited, self.messages);
        let (mut score, mut found, mut chance, mut longest) = (0.0, 0.0, 0.0, Span::ZERO);
        let mut elsewhere = (1.0, 1.0);
        for stretch in 0..STRETCHES {
            let (from, to) = (LAG_EDGES[stretch], LAG_EDGES[stretch + 1]);
            #[expect(clippy::cast_precision_loss, reason = "a month's minutes")]
            let expected = 1.0 - (-per_hour * (to - from) as f64 / 60.0).exp();
            let expected = expected.max(1e-6);
            let share = f64::from(evidence.lags[stretch]) / messages;
            // What is cited, or agrees, did not come there by chance.
            let sure = f64::from(evidence.sure_lags[stretch]) / messages;
            let is_habit = from < minutes_of(LATE_FROM) || evidence.is_late_on_many_days();
            if share >= SLOW_SHARE_MIN && sure >= share * SURE_OF_STRETCH_MIN && is_habit {
                longest = Span::minutes(to.max(0));
            }
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
        score += CITED * cited_share + AGREED * share_of(evidence.agreed, self.messages);
        let lift = if chance < 1.0 { ((found - chance) / (1.0 - chance)).max(0.0) } else { 0.0 };
        let numbers = Numbers { messages: self.messages, found, chance: chance.min(1.0), cited: cited_share };
        Fit {
            kind,
            score,
            numbers,
            lift: lift.max(cited_share),
            longest,
            middle: middle_of(&evidence.lags),
            announces: cited_share <= ANNOUNCES_CITED_MAX
                && share_of(evidence.ahead(), evidence.lags.iter().sum()) >= ANNOUNCES_SHARE_MIN,
            repeats: share_of(evidence.repeats, self.messages) >= REPEATS_SHARE_MIN
                && evidence.repeat_days.len() >= REPEAT_DAYS_MIN,
        }
    }
}

/// So much of what comes in a stretch of lags is cited or agrees where it is the voice's.
const SURE_OF_STRETCH_MIN: f64 = 0.5;

/// The stretch that the middle one falls in.
fn middle_of(lags: &[u32; STRETCHES]) -> usize {
    let all: u32 = lags.iter().sum();
    let mut seen = 0;
    let reaches_half = |count: &u32| {
        seen += count;
        seen * 2 >= all
    };
    lags.iter().position(reaches_half).unwrap_or(0)
}

/// What a cited reference and an agreeing amount or device add, in nats: they agree by chance in one message in some
/// thousand, and in one in twenty.
const CITED: f64 = 7.0;
const AGREED: f64 = 3.0;

impl Fit<'_> {
    fn lesson(&self, voice: &VoiceEvidence, catalogue: &Catalogue) -> Lesson {
        let rule =
            if voice.reminds() { catalogue.reminder_rule(self.kind) } else { catalogue.rule(self.kind) };
        let longer = (self.longest > rule.after).then(|| self.longest.times(AFTER_FACTOR));
        Lesson {
            asserts: Some(self.kind.clone()),
            after: longer,
            repeats: self.repeats && !rule.repeats,
            evidence: self.numbers.clone(),
        }
    }

    /// Whether messages cite this kind, which happens no longer before them than the other, of which they tell by their
    /// texts alone: a bill that thanks for the last payment.
    fn is_cited_instead_of(&self, told: &Self) -> bool {
        self.kind != told.kind
            && self.numbers.cited >= CITED_INSTEAD_MIN
            && told.numbers.cited <= TOLD_CITED_MAX
            && self.middle <= told.middle
    }
}

fn share_of(count: u32, of: u32) -> f64 {
    f64::from(count) / f64::from(of.max(1))
}
