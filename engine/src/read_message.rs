use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use serde_json::Value;

use crate::candidate::Judged;
use crate::catalogue::{Catalogue, Voice};
use crate::lexicon::{Lexicon, Understanding, fold};
use crate::scan_text::{DayOrder, Stated, StatedDevice, StatedLine, Thing, is_a_day, kind_of, read_markup};
use crate::wording::Wordings;
use crate::{
    Account, Channel, Citation, E164, Imei, Instant, Kind, MergeValue, Message, MessageId, Reference, Rule,
    StatedAmount, TemplateName, Wording,
};

/// Reads messages: what each claims, by the catalogue where its template is there, by its text elsewhere.
#[derive(Clone, Debug)]
pub struct Reader {
    catalogue: Catalogue,
    lexicon: Lexicon,
}

/// A message as it is judged: its envelope, and of its body what that says.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The operator's own id.
    pub id: MessageId,
    /// How it travelled.
    pub channel: Channel,
    /// Where it went.
    pub recipient: Recipient,
    /// What it was written from.
    pub template: Option<TemplateName>,
    /// When it left.
    pub sent_at: Instant,
    /// What it says.
    pub reading: Reading,
}

/// An address or number to which messages go, as a hash: that two went to the same is all that judging asks. Case does
/// not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recipient(u64);

/// What a message says. It depends on the message, the catalogue and the account's locale alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The kind of transaction that its text tells of, if of any, where the operator does not list its template.
    pub tells_of: Option<Kind>,
    /// Whether it begins by saying that it tells again of what was told before.
    pub reminder: bool,
    /// Whether the sentence says so that tells of the kind.
    pub tells_again: bool,
    /// What it is written in.
    pub wording: Option<Wording>,
    /// What its sentences are written in; the first few.
    pub sentences: Box<[Wording]>,
    /// What the sentence is written in that tells of the kind; the whole, where no sentence does alone.
    pub told_in: Option<Wording>,
    /// The facts it states.
    pub stated: Stated,
}

/// What a message asserts to have happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'a> {
    /// The kind of transaction.
    pub kind: &'a Kind,
    /// The rule by which that is judged.
    pub rule: &'a Rule,
    /// The facts by which it names the transaction.
    pub stated: &'a Stated,
    /// The template that it names, or in whose words it is written.
    pub template: Option<&'a TemplateName>,
    /// In which words it claims that, where there is no template.
    pub wording: Option<Wording>,
    /// By which it is read.
    pub catalogue: &'a Catalogue,
}

impl Recipient {
    /// The recipient at an address or number.
    pub fn of(address: &str) -> Self {
        Self(FxBuildHasher.hash_one(address.trim().to_lowercase()))
    }
}

/// A citation that is shorter, or has fewer digits, is a word that happens to be somebody's reference.
const CITED_CHARS_MIN: usize = 6;
const CITED_DIGITS_MIN: usize = 4;

impl Reader {
    /// A reader by a catalogue.
    pub fn new(catalogue: Catalogue) -> Self {
        let lexicon = Lexicon::new(catalogue.kinds());
        Self { catalogue, lexicon }
    }

    /// The catalogue it reads by.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What a message says to an account with a locale.
    pub fn read(&self, message: &Message, locale: &str) -> Sent {
        Sent {
            id: message.id.clone(),
            channel: message.channel,
            recipient: Recipient::of(&message.recipient),
            template: message.template.clone(),
            sent_at: message.sent_at,
            reading: self.reading(message, locale),
        }
    }

    fn reading(&self, message: &Message, locale: &str) -> Reading {
        let template = message.template.as_ref().and_then(|name| self.catalogue.template(name));
        let markup = message.html.as_deref().map(read_markup).unwrap_or_default();
        let body = message.text.as_deref().unwrap_or(&markup.text);
        let said = match &message.subject {
            Some(subject) => Cow::Owned(format!("{subject}\n{body}")),
            None => Cow::Borrowed(body),
        };
        let Wordings { whole: wording, sentences } = Wordings::of(&said);
        if template.is_some_and(|template| template.asserts.is_none()) {
            return Reading { wording, sentences: first_few(&sentences), ..Reading::default() };
        }
        let mut folded = String::with_capacity(said.len() + 16);
        fold(&said, &mut folded);
        let Understanding { kind, sentence, reminder, tells_again } = self.lexicon.understand(&folded);
        // What is said to machines is said without offers and figures of speech.
        let said_to_machines = kind_of(&markup.things);
        let told_by_text = kind.as_ref().filter(|_| said_to_machines.is_none());
        let told_in =
            told_by_text.and_then(|_| sentence.and_then(|place| *sentences.get(place)?).or(wording));
        let tells_of = said_to_machines.or(kind);
        let reading = Reading {
            reminder,
            wording,
            sentences: first_few(&sentences),
            stated: stated(message, body, &markup.things, locale),
            ..Reading::default()
        };
        match template.and_then(|template| template.asserts.as_ref()) {
            // What a listed template asserts is known.
            Some(asserts) => {
                Reading { tells_again: tells_again && tells_of.as_ref() == Some(asserts), ..reading }
            }
            None => Reading { tells_of, tells_again, told_in, ..reading },
        }
    }
}

/// The most sentences of a message that are looked at: what comes behind is small print.
const SENTENCES_MAX: usize = 16;

fn first_few(sentences: &[Option<Wording>]) -> Box<[Wording]> {
    let mut few: Vec<Wording> = Vec::with_capacity(sentences.len().min(SENTENCES_MAX));
    for wording in sentences.iter().flatten() {
        if few.len() < SENTENCES_MAX && !few.contains(wording) {
            few.push(*wording);
        }
    }
    few.into_boxed_slice()
}

fn stated(message: &Message, body: &str, things: &[Thing], locale: &str) -> Stated {
    let order = DayOrder::of_locale(locale);
    let mut stated = Stated::default();
    for (name, value) in &message.data {
        match value {
            MergeValue::Text(text) => read_field(&mut stated, name, text),
            MergeValue::Other(value) => read_value(&mut stated, name, value, 0),
        }
    }
    stated.read_things(things);
    if let Some(subject) = &message.subject {
        stated.read(subject, order);
    }
    stated.read(body, order);
    stated.shrink();
    stated
}

/// What a merge field of several parts states: each by its own name and those around it.
fn read_value(stated: &mut Stated, name: &str, value: &Value, depth: usize) {
    const DEPTH_MAX: usize = 4;
    match value {
        _ if depth > DEPTH_MAX => {}
        Value::String(text) => read_field(stated, name, text),
        Value::Number(number) => read_field(stated, name, &number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| read_value(stated, name, item, depth + 1)),
        Value::Object(fields) => {
            for (inner, value) in fields {
                read_value(stated, &format!("{name}.{inner}"), value, depth + 1);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// What a merge field states: by its value where that is plain, by its name where it is not.
fn read_field(stated: &mut Stated, name: &str, value: &str) {
    const AMOUNT_NAMES: [&str; 12] = [
        "amount", "amt", "total", "price", "due", "balance", "credit", "importe", "monto", "value", "cost",
        "sum",
    ];
    let name = name.to_ascii_lowercase();
    if let Ok(line) = value.parse::<E164>() {
        stated.lines.push(StatedLine { digits: line.digits().into(), international: true });
    } else if let Ok(imei) = value.parse::<Imei>()
        && (name.contains("imei") || name.contains("device") || value.len() == 15)
    {
        stated.devices.push(StatedDevice::Whole(imei));
    } else if let Some(amount) = StatedAmount::from_decimal(value)
        && AMOUNT_NAMES.iter().any(|part| name.contains(part))
    {
        stated.amounts.push(amount);
    } else if !is_a_day(value) {
        stated.add_reference(value);
    }
}

impl Sent {
    /// What it claims by a catalogue; `None`: nothing.
    pub(crate) fn claim<'a>(&'a self, catalogue: &'a Catalogue) -> Option<Claim<'a>> {
        let Voice { template, wording, kind, rule } =
            catalogue.voice(self.template.as_ref(), &self.reading)?;
        Some(Claim { kind, rule, stated: &self.reading.stated, template, wording, catalogue })
    }

    /// What it cites that could be known on some account: to be asked of the store before judging.
    pub fn citations(&self, account: &Account, catalogue: &Catalogue) -> Vec<Citation> {
        let Some(Claim { stated, .. }) = self.claim(catalogue) else { return Vec::new() };
        let references =
            stated.references.iter().map(Reference::normalised).filter(|reference| may_be_cited(reference));
        let devices = stated.devices.iter().filter_map(|device| match device {
            StatedDevice::Whole(imei) => Some(Citation::of_device(imei)),
            StatedDevice::Ending(_) => None,
        });
        let lines = stated.lines.iter().filter_map(|line| line.citation(account));
        references
            .map(|reference| Citation::Reference(reference.into()))
            .chain(devices)
            .chain(lines)
            .collect()
    }
}

impl<'a> Claim<'a> {
    /// The lines that it names: not those to call.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &'a StatedLine> + use<'a> {
        let boilerplate = self.catalogue.boilerplate();
        self.stated.lines.iter().filter(move |line| !boilerplate.has_line(&line.digits))
    }

    /// The references that it may cite.
    pub(crate) fn references(&self) -> impl Iterator<Item = &'a Reference> + use<'a> {
        let boilerplate = self.catalogue.boilerplate();
        let citable = |cited: &&Reference| may_be_cited(cited.normalised());
        let references = self.stated.references.iter().filter(citable);
        references.filter(move |cited| !boilerplate.has_reference(cited.normalised()))
    }
}

impl<'a> Judged<'a> {
    /// A message, where it claims something by a catalogue.
    pub(crate) fn of(message: &'a Sent, catalogue: &'a Catalogue) -> Option<Self> {
        Some(Self { message, claim: message.claim(catalogue)? })
    }
}

impl StatedLine {
    /// The line as the books would write it: a national number gets the country code of the account's own.
    pub(crate) fn citation(&self, account: &Account) -> Option<Citation> {
        if self.international {
            return Some(Citation::Line(self.digits.clone()));
        }
        let own = account.lines.iter().map(|line| &line.number).chain(&account.phones);
        let longer = own.map(E164::digits).find(|own| own.len() > self.digits.len())?;
        let country = &longer[..longer.len() - self.digits.len()];
        Some(Citation::Line(format!("{country}{}", self.digits.trim_start_matches('0')).into()))
    }
}

/// Whether a token can be taken for a reference wherever it is known.
pub(crate) fn may_be_cited(reference: &str) -> bool {
    reference.len() >= CITED_CHARS_MIN
        && reference.bytes().filter(u8::is_ascii_digit).count() >= CITED_DIGITS_MIN
}
