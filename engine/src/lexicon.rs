use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Kind;
use crate::vocabulary::WrittenVocabulary;

/// The words by which a text tells what it claims, of all languages at once.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
    kinds: Vec<ClaimedKind>,
}

/// What a text says as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Understanding {
    /// The kind of transaction it tells of.
    pub kind: Option<Kind>,
    /// In which sentence, from 0, where one alone tells it.
    pub sentence: Option<usize>,
    /// Whether it begins by saying that it tells again of what it told before.
    pub reminder: bool,
    /// Whether the sentence says so that tells the kind.
    pub tells_again: bool,
}

#[derive(Clone, Debug)]
struct Phrase {
    any_ending: bool,
    uses: Vec<Use>,
}

#[derive(Clone, Copy, Debug)]
enum Use {
    /// An offer, a question, or what is still to come.
    NotTold,
    Code,
    Reminder,
    Group {
        kind: usize,
        group: u8,
    },
    Unless {
        kind: usize,
    },
}

#[derive(Clone, Debug)]
struct ClaimedKind {
    kind: Kind,
    /// A bit for each group: a kind's name has at most 32 words.
    all: u64,
}

#[derive(Deserialize)]
pub(crate) struct WrittenLanguage {
    #[serde(rename = "language")]
    _language: String,
    #[serde(default)]
    offer: Vec<String>,
    #[serde(default)]
    not_yet: Vec<String>,
    #[serde(default)]
    code: Vec<String>,
    #[serde(default)]
    reminder: Vec<String>,
    #[serde(default)]
    kind: Vec<WrittenKind>,
    #[serde(flatten)]
    pub vocabulary: WrittenVocabulary,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKind {
    kind: Kind,
    all: Vec<Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
}

const LANGUAGES: [&str; 6] = [
    include_str!("../data/en.toml"),
    include_str!("../data/es.toml"),
    include_str!("../data/pt.toml"),
    include_str!("../data/fr.toml"),
    include_str!("../data/de.toml"),
    include_str!("../data/it.toml"),
];

/// The built-in languages.
pub(crate) fn written_languages() -> impl Iterator<Item = WrittenLanguage> {
    LANGUAGES.iter().map(|text| toml::from_str(text).expect("the built-in languages are valid"))
}

impl Lexicon {
    /// The built-in lexicons, and for every other kind of the feed the words of its own name.
    pub(crate) fn new<'a>(feed_kinds: impl IntoIterator<Item = &'a Kind>) -> Self {
        let mut builder = Builder::default();
        for language in written_languages() {
            builder.add(&language);
        }
        let mut unnamed: Vec<&Kind> = feed_kinds
            .into_iter()
            .filter(|kind| !builder.kinds.iter().any(|known| known.kind == **kind))
            .collect();
        unnamed.sort();
        for kind in unnamed {
            builder.add_kind(&named_by_itself(kind));
        }
        builder.build()
    }

    /// What a text says. `folded` is lower case without accents (see [`fold`]).
    pub(crate) fn understand(&self, folded: &str) -> Understanding {
        let bytes = folded.as_bytes();
        let mut text = Tally::default();
        let mut sentence = Tally::default();
        let mut sentence_end = sentence_end_from(bytes, 0);
        let first_end = sentence_end;
        let mut reminds_first = false;
        let mut place = 0;
        let mut best: Option<Claimed> = None;
        for found in self.automaton.find_overlapping_iter(bytes) {
            let phrase = &self.phrases[found.pattern().as_usize()];
            if !stands_alone(bytes, found.start(), found.end(), phrase.any_ending) {
                continue;
            }
            while found.start() >= sentence_end {
                best = better(best, self.claimed(&sentence).map(|claimed| claimed.at(place)));
                place += 1;
                sentence.clear();
                sentence_end = sentence_end_from(bytes, sentence_end);
            }
            for &usage in &phrase.uses {
                sentence.count(usage, found.len());
                text.count(usage, found.len());
            }
            reminds_first |= sentence.reminder && found.start() < first_end;
        }
        best = better(best, self.claimed(&sentence).map(|claimed| claimed.at(place)));
        let claimed = if text.code { None } else { best.or_else(|| self.claimed(&text)) };
        // A footer that speaks of what is past due makes no reminder of a bill.
        Understanding {
            reminder: if claimed.is_some() { reminds_first } else { text.reminder },
            tells_again: claimed.as_ref().is_some_and(|claimed| claimed.reminder),
            sentence: claimed.as_ref().and_then(|claimed| claimed.sentence),
            kind: claimed.map(|claimed| self.kinds[claimed.kind].kind.clone()),
        }
    }

    /// The kind whose every group a tally has, the one with the most matched text first.
    fn claimed(&self, tally: &Tally) -> Option<Claimed> {
        if tally.tells_nothing {
            return None;
        }
        let complete =
            tally.kinds.iter().filter(|(kind, seen)| seen.groups == self.kinds[**kind].all && !seen.vetoed);
        let claims = complete.map(|(kind, seen)| Claimed {
            kind: *kind,
            sentence: None,
            matched: seen.matched,
            reminder: tally.reminder,
        });
        claims.max_by_key(|claim| (claim.matched, usize::MAX - claim.kind))
    }
}

/// A kind that a sentence claims.
struct Claimed {
    kind: usize,
    sentence: Option<usize>,
    /// How much text was matched.
    matched: usize,
    reminder: bool,
}

impl Claimed {
    fn at(self, sentence: usize) -> Self {
        Self { sentence: Some(sentence), ..self }
    }
}

/// Of two sentences' claims the one with the more matched text; the earlier where they are equal.
fn better(best: Option<Claimed>, next: Option<Claimed>) -> Option<Claimed> {
    match (best, next) {
        (Some(first), Some(second)) if second.matched > first.matched => Some(second),
        (None, next) => next,
        (first, _) => first,
    }
}

#[derive(Default)]
struct Tally {
    tells_nothing: bool,
    code: bool,
    reminder: bool,
    kinds: FxHashMap<usize, SeenKind>,
}

#[derive(Default)]
struct SeenKind {
    groups: u64,
    vetoed: bool,
    matched: usize,
}

impl Tally {
    fn count(&mut self, usage: Use, length: usize) {
        match usage {
            Use::NotTold => self.tells_nothing = true,
            Use::Code => self.code = true,
            Use::Reminder => self.reminder = true,
            Use::Unless { kind } => self.kinds.entry(kind).or_default().vetoed = true,
            Use::Group { kind, group } => {
                let seen = self.kinds.entry(kind).or_default();
                if seen.groups & (1 << group) == 0 {
                    seen.matched += length;
                }
                seen.groups |= 1 << group;
            }
        }
    }

    fn clear(&mut self) {
        *self = Self { kinds: std::mem::take(&mut self.kinds), ..Self::default() };
        self.kinds.clear();
    }
}

/// Where the sentence that `from` is in ends: after `.`, `!` or `?` before a space, or at a line's end.
pub(crate) fn sentence_end_from(bytes: &[u8], from: usize) -> usize {
    let ends = |place: usize| match bytes[place] {
        b'\n' => true,
        b'.' | b'!' | b'?' => bytes.get(place + 1).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    };
    (from..bytes.len()).find(|&place| ends(place)).map_or(usize::MAX, |place| place + 1)
}

fn stands_alone(bytes: &[u8], start: usize, end: usize, any_ending: bool) -> bool {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let begins = start == 0 || !in_word(&bytes[start - 1]);
    begins && (any_ending || bytes.get(end).is_none_or(|byte| !in_word(byte)))
}

/// A text in lower case and without the accents of Latin letters, as the lexicons are written.
pub(crate) fn fold(text: &str, into: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            into.push(c.to_ascii_lowercase());
            continue;
        }
        match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' => into.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => into.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => into.push('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => into.push('o'),
            'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => into.push('u'),
            'ñ' | 'Ñ' => into.push('n'),
            'ç' | 'Ç' => into.push('c'),
            '\u{2018}' | '\u{2019}' => into.push('\''),
            '\u{2010}'..='\u{2015}' => into.push('-'),
            '\u{a0}' | '\u{202f}' | '¿' | '¡' => into.push(' '),
            _ => into.extend(c.to_lowercase()),
        }
    }
}

/// `outage.started` is claimed by a sentence with "outage" and a form of "started".
fn named_by_itself(kind: &Kind) -> WrittenKind {
    let word = |word: &str| {
        let spaced = word.replace('_', " ");
        let stem =
            spaced.strip_suffix("ed").or_else(|| spaced.strip_suffix('e')).unwrap_or(&spaced).to_owned();
        let mut forms = vec![format!("{stem}*")];
        if spaced.contains(' ') {
            forms.push(format!("{}*", stem.replace(' ', "-")));
        }
        forms
    };
    WrittenKind { kind: kind.clone(), all: kind.as_str().split('.').map(word).collect(), unless: Vec::new() }
}

#[derive(Default)]
struct Builder {
    texts: Vec<String>,
    phrases: Vec<Phrase>,
    places: FxHashMap<String, usize>,
    kinds: Vec<ClaimedKind>,
}

impl Builder {
    fn add(&mut self, written: &WrittenLanguage) {
        written.offer.iter().chain(&written.not_yet).for_each(|phrase| self.add_phrase(phrase, Use::NotTold));
        written.code.iter().for_each(|phrase| self.add_phrase(phrase, Use::Code));
        written.reminder.iter().for_each(|phrase| self.add_phrase(phrase, Use::Reminder));
        written.kind.iter().for_each(|kind| self.add_kind(kind));
    }

    fn add_kind(&mut self, written: &WrittenKind) {
        let kind = self.kinds.len();
        self.kinds.push(ClaimedKind { kind: written.kind.clone(), all: (1 << written.all.len()) - 1 });
        for (group, phrases) in (0..).zip(&written.all) {
            for phrase in phrases {
                self.add_phrase(phrase, Use::Group { kind, group });
            }
        }
        written.unless.iter().for_each(|phrase| self.add_phrase(phrase, Use::Unless { kind }));
    }

    fn add_phrase(&mut self, phrase: &str, usage: Use) {
        let place = *self.places.entry(phrase.to_owned()).or_insert_with(|| {
            self.texts.push(phrase.trim_end_matches('*').to_owned());
            self.phrases.push(Phrase { any_ending: phrase.ends_with('*'), uses: Vec::new() });
            self.phrases.len() - 1
        });
        self.phrases[place].uses.push(usage);
    }

    fn build(self) -> Lexicon {
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&self.texts)
            .expect("some hundred phrases fit an automaton");
        Lexicon { automaton, phrases: self.phrases, kinds: self.kinds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(text: &str) -> String {
        let mut folded = String::new();
        fold(text, &mut folded);
        let outage: Kind = "outage.started".parse().unwrap();
        Lexicon::new([&outage])
            .understand(&folded)
            .kind
            .map_or_else(|| "nothing".to_owned(), |kind| kind.to_string())
    }

    #[test]
    fn a_text_claims_what_its_sentences_say() {
        for (text, kind) in [
            ("Thank you! We received your payment of $86.40 on April 14.", "payment.received"),
            ("Your payment of $86.40 did not go through. Update your card.", "payment.failed"),
            ("Payment received\nGracias", "payment.received"),
            ("We refunded $56.75 to your card. It can take 5 business days.", "payment.refunded"),
            ("We got your order ORD-1. Total: $5. We'll let you know when it ships.", "order.placed"),
            ("Good news! Your package left our warehouse with UPS.", "shipment.dispatched"),
            (
                "Your iPhone 11 arrived at our facility for trade-in TI-1. No further action is needed.",
                "trade_in.received",
            ),
            ("We applied a credit of $415.00 for your Pixel 8 Pro. Trade-in TI-1.", "trade_in.credited"),
            ("The SIM for +12065564423 was changed. If this wasn't you, call 611 now.", "sim.changed"),
            ("(206) 555-3296 was transferred to another carrier. Not you? Call 611.", "number.ported_out"),
            (
                "Your line is now on Connect 12GB. The change takes effect with your next bill.",
                "plan.changed",
            ),
            ("The mailing address on your account was updated on today.", "address.changed"),
            ("An outage has started in your area.", "outage.started"),
            ("Your one-time payment of $86.40 went through.", "payment.received"),
            ("Recibimos su pago de $20. Gracias.", "payment.received"),
            ("Recibimos tu pago y no debes nada más.", "payment.received"),
            ("Se activó una eSIM en su línea.", "sim.changed"),
            ("Se cambió la contraseña de su cuenta.", "credential.changed"),
            ("Su número fue transferido a otra compañía.", "number.ported_out"),
            ("Su factura ya está lista. Vence el 3 de abril.", "bill.issued"),
            ("Recibimos su equipo usado para el canje TI-1.", "trade_in.received"),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }

    #[test]
    fn a_footer_makes_no_reminder() {
        let reminds = |text: &str| {
            let understanding = Lexicon::new([]).understand(text);
            understanding.reminder || understanding.tells_again
        };
        assert!(reminds("reminder: your bill of $86.40 is due."));
        assert!(reminds("payment reminder\nyour bill of $86.40 is due."));
        assert!(!reminds("your new bill is ready: $86.40. avoid late fees: anything past due adds $5."));
    }

    #[test]
    fn an_offer_a_code_or_a_notice_claims_nothing() {
        for text in [
            "Trade in any phone and save $800. For a limited time, trade in an eligible device and get up to $800 off.",
            "784888 is your sign-in code. We received your request to change the password. Never share it.",
            "Tell us about your recent visit. It takes two minutes.",
            "We're upgrading towers near you. Service may be slow tonight.",
            "Ahorra hasta $500 con tu canje recibido en tienda.",
            "Your bill will be ready on May 14.",
            "Please confirm your appointment request; nothing is booked yet.",
            "AutoPay is on sale: $5 off when you turn it on.",
        ] {
            assert_eq!(kind_of(text), "nothing", "{text}");
        }
    }
}
