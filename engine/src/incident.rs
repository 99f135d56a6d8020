use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::parsed::parsed;
use crate::{AccountId, BatchName, Instant, Language, MessageId, TemplateName};

/// A published statement: what went wrong, whom it touched, what they are to do, and which messages it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// What it is known by in its address.
    pub slug: Slug,
    /// A correction has a higher one than what it corrects; 1 or more.
    pub revision: i64,
    /// When it began; `None`: when the first of its messages was sent.
    pub began_at: Option<Instant>,
    /// When it was first made known.
    pub published_at: Instant,
    /// What is said of it.
    pub said: Said,
    /// The messages that were sent by mistake.
    pub covers: Covers,
    /// The accounts whose identifiers appeared in others' messages, or were shown to others.
    pub disclosed: Vec<AccountId>,
}

/// What is said of an incident, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    en: Statement,
    es: Statement,
}

/// What is said of an incident in one language: plain text, whose paragraphs an empty line divides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// It in one sentence.
    pub title: String,
    /// What happened.
    pub happened: String,
    /// Whom it touched.
    pub touched: String,
    /// What those are to do whom it touched.
    pub what_to_do: String,
}

/// Which messages an incident is about, whenever they are recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covers {
    /// All of these batches.
    #[serde(default)]
    pub batches: Vec<BatchName>,
    /// All of these templates that were sent within a span.
    #[serde(default)]
    pub templates: Vec<CoveredTemplate>,
    /// These messages.
    #[serde(default)]
    pub messages: Vec<MessageId>,
}

/// A template's messages of a span.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveredTemplate {
    /// The template.
    pub name: TemplateName,
    /// From when on.
    #[serde(deserialize_with = "moment")]
    pub from: Instant,
    /// Until when; what is sent at this moment is not of it.
    #[serde(deserialize_with = "moment")]
    pub until: Instant,
}

/// What an incident is known by in its address: 1 to 60 characters of `a` to `z`, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

/// Why a text is no slug.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no slug: use 1 to 60 of the letters a to z, digits and dashes, such as trade-in-mail-of-april"
)]
pub struct SlugError(String);

/// Why a statement can't be published as it is.
#[derive(Debug, thiserror::Error)]
pub enum IncidentError {
    /// Not TOML of an incident's fields.
    #[error("line {line}: {what}")]
    Toml {
        /// Where.
        line: usize,
        /// What the parser says.
        what: String,
    },
    /// A revision is counted from 1.
    #[error("revision is {0}: give the first statement 1, and each correction a higher number")]
    Revision(i64),
    /// A text is missing.
    #[error("{0} is empty: say it in both languages, in plain text")]
    Empty(&'static str),
    /// A text is longer than anybody reads.
    #[error("{part} has {chars} characters, and may have {max}: say it shorter")]
    Long {
        /// Which.
        part: &'static str,
        /// What it has.
        chars: usize,
        /// What it may have.
        max: usize,
    },
    /// A text that is not plain.
    #[error("{0} has a character that is no plain text: leave it out")]
    Control(&'static str),
    /// A title is one line.
    #[error("{0} has more than one line: say it in one sentence")]
    Lines(&'static str),
    /// It is about nothing.
    #[error(
        "it covers no message and names no account: name batches, templates with a span, messages, or accounts that were disclosed"
    )]
    AboutNothing,
    /// A span that holds no moment.
    #[error("the span of the template `{0}` ends before it begins: give `from` the earlier time")]
    Span(TemplateName),
    /// It is about too much to be listed.
    #[error(
        "it lists {0} batches, templates, messages and accounts, and may list {LISTED_MAX}: cover them by their batch, or by their template with a span"
    )]
    Listed(usize),
    /// Nothing says when it began.
    #[error("it covers no message, so nothing says when it began: set began_at")]
    BeganUnknown,
    /// It was made known before it began.
    #[error("published_at is before it began")]
    BeganLater,
}

/// As long as a line of a list holds.
const TITLE_CHARS_MAX: usize = 140;
/// Two pages of print.
const PART_CHARS_MAX: usize = 4_000;
const SLUG_CHARS_MAX: usize = 60;
/// Covers are looked through for every message that comes in.
const LISTED_MAX: usize = 5_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIncident {
    slug: Slug,
    #[serde(default = "first")]
    revision: i64,
    #[serde(default, deserialize_with = "optional_moment")]
    began_at: Option<Instant>,
    #[serde(deserialize_with = "moment")]
    published_at: Instant,
    en: Statement,
    es: Statement,
    #[serde(default)]
    covers: Covers,
    #[serde(default)]
    disclosed: Disclosed,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disclosed {
    #[serde(default)]
    accounts: Vec<AccountId>,
}

fn first() -> i64 {
    1
}

/// A time as TOML has it, or as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenMoment {
    Time(toml::value::Datetime),
    Text(String),
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
    let text = match WrittenMoment::deserialize(deserializer)? {
        WrittenMoment::Time(time) => time.to_string(),
        WrittenMoment::Text(text) => text,
    };
    text.parse().map_err(serde::de::Error::custom)
}

fn optional_moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instant>, D::Error> {
    moment(deserializer).map(Some)
}

impl Incident {
    /// Reads a statement in TOML, and refuses one that can't be shown.
    pub fn from_toml(text: &str) -> Result<Self, IncidentError> {
        let written: WrittenIncident = toml::from_str(text).map_err(|error| IncidentError::Toml {
            line: error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1),
            what: error.message().to_owned(),
        })?;
        let WrittenIncident {
            slug,
            revision,
            began_at,
            published_at,
            en,
            es,
            covers,
            disclosed: Disclosed { accounts: disclosed },
        } = written;
        if revision < 1 {
            return Err(IncidentError::Revision(revision));
        }
        let said = Said { en: en.checked(&ENGLISH_PARTS)?, es: es.checked(&SPANISH_PARTS)? };
        covers.check(disclosed.len())?;
        if began_at.is_none() && covers.is_empty() {
            return Err(IncidentError::BeganUnknown);
        }
        if began_at.is_some_and(|began_at| began_at > published_at) {
            return Err(IncidentError::BeganLater);
        }
        Ok(Self { slug, revision, began_at, published_at, said, covers, disclosed })
    }
}

const ENGLISH_PARTS: [&str; 4] = ["en.title", "en.happened", "en.touched", "en.what_to_do"];
const SPANISH_PARTS: [&str; 4] = ["es.title", "es.happened", "es.touched", "es.what_to_do"];

impl Said {
    /// What is said in a language.
    pub fn in_language(&self, language: Language) -> &Statement {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }
}

impl Statement {
    /// A text's paragraphs.
    pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
        text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
    }

    fn checked(self, names: &[&'static str; 4]) -> Result<Self, IncidentError> {
        let [title, happened, touched, what_to_do] = *names;
        let title_text = plain(&self.title, title, TITLE_CHARS_MAX)?;
        if title_text.contains('\n') {
            return Err(IncidentError::Lines(title));
        }
        Ok(Self {
            title: title_text,
            happened: plain(&self.happened, happened, PART_CHARS_MAX)?,
            touched: plain(&self.touched, touched, PART_CHARS_MAX)?,
            what_to_do: plain(&self.what_to_do, what_to_do, PART_CHARS_MAX)?,
        })
    }
}

fn plain(text: &str, name: &'static str, max: usize) -> Result<String, IncidentError> {
    let text = text.trim().replace("\r\n", "\n");
    let chars = text.chars().count();
    if text.is_empty() {
        Err(IncidentError::Empty(name))
    } else if chars > max {
        Err(IncidentError::Long { part: name, chars, max })
    } else if text.chars().any(|c| c.is_control() && c != '\n' || turns_direction(c)) {
        Err(IncidentError::Control(name))
    } else {
        Ok(text)
    }
}

/// What makes a text read otherwise than it is written (Unicode's bidirectional controls).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Covers {
    /// Whether it covers no message.
    pub fn is_empty(&self) -> bool {
        self.batches.is_empty() && self.templates.is_empty() && self.messages.is_empty()
    }

    fn check(&self, disclosed: usize) -> Result<(), IncidentError> {
        let listed = self.batches.len() + self.templates.len() + self.messages.len() + disclosed;
        if listed == 0 {
            return Err(IncidentError::AboutNothing);
        }
        if listed > LISTED_MAX {
            return Err(IncidentError::Listed(listed));
        }
        match self.templates.iter().find(|template| template.from >= template.until) {
            Some(template) => Err(IncidentError::Span(template.name.clone())),
            None => Ok(()),
        }
    }
}

impl Slug {
    /// It as it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > SLUG_CHARS_MAX || !text.bytes().all(allowed) {
            return Err(SlugError(text.chars().take(SLUG_CHARS_MAX).collect()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests;
