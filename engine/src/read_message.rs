use crate::catalogue::Catalogue;
use crate::lexicon::{Lexicon, Understanding, fold};
use crate::scan_text::{DayOrder, Stated, StatedDevice, StatedLine, Thing, kind_of, read_markup};
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
    /// The address or number it went to.
    pub recipient: Box<str>,
    /// What it was written from.
    pub template: Option<TemplateName>,
    /// When it left.
    pub sent_at: Instant,
    /// What it says.
    pub reading: Reading,
}

/// What a message says. It depends on the message, the catalogue and the account's locale alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The kind of transaction that its text tells of, if of any.
    pub tells_of: Option<Kind>,
    /// Whether it tells again of what was told before.
    pub reminder: bool,
    /// What it is written in.
    pub wording: Option<Wording>,
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
            recipient: message.recipient.as_str().into(),
            template: message.template.clone(),
            sent_at: message.sent_at,
            reading: self.reading(message, locale),
        }
    }

    fn reading(&self, message: &Message, locale: &str) -> Reading {
        let template = message.template.as_ref().and_then(|name| self.catalogue.template(name));
        let markup = message.html.as_deref().map(read_markup).unwrap_or_default();
        let body = message.text.as_deref().unwrap_or(&markup.text);
        let wording = Wording::of(message.subject.as_deref(), body);
        if template.is_some_and(|template| template.asserts.is_none()) {
            return Reading { wording, ..Reading::default() };
        }
        let mut folded = String::with_capacity(body.len() + 64);
        if let Some(subject) = &message.subject {
            fold(subject, &mut folded);
            folded.push('\n');
        }
        fold(body, &mut folded);
        let Understanding { kind, reminder } = self.lexicon.understand(&folded);
        // What is said to machines is said without offers and figures of speech.
        let tells_of = kind_of(&markup.things).or(kind);
        Reading { tells_of, reminder, wording, stated: stated(message, body, &markup.things, locale) }
    }
}

fn stated(message: &Message, body: &str, things: &[Thing], locale: &str) -> Stated {
    let order = DayOrder::of_locale(locale);
    let mut stated = Stated::default();
    for (name, value) in &message.data {
        if let MergeValue::Text(text) = value {
            read_field(&mut stated, name, text);
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

/// What a merge field states: by its value where that is plain, by its name where it is not.
fn read_field(stated: &mut Stated, name: &str, value: &str) {
    const AMOUNT_NAMES: [&str; 10] =
        ["amount", "total", "price", "due", "balance", "credit", "importe", "monto", "value", "cost"];
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
    } else {
        stated.add_reference(value);
    }
}

impl Sent {
    /// What it claims by a catalogue; `None`: nothing.
    pub(crate) fn claim<'a>(&'a self, catalogue: &'a Catalogue) -> Option<Claim<'a>> {
        let (kind, rule) = catalogue.claimed(self.template.as_ref(), &self.reading)?;
        Some(Claim { kind, rule, stated: &self.reading.stated })
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
