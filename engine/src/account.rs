use serde::{Deserialize, Serialize};

use crate::{AccountId, Citation, Date, E164, Imei, Language};

/// A customer's account with the operator, as the feed has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The operator's own id.
    pub id: AccountId,
    /// The holder's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the account is in use.
    #[serde(default)]
    pub status: AccountStatus,
    /// The addresses at which its holder gets mail.
    #[serde(default)]
    pub emails: Vec<String>,
    /// The numbers at which its holder gets text messages.
    #[serde(default)]
    pub phones: Vec<E164>,
    /// A BCP 47 locale, `en-US`.
    #[serde(default = "default_locale")]
    pub locale: String,
    /// An IANA time zone, `America/Denver`; UTC where the feed gives none.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// The numbers it has or had.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// The devices it has or had.
    #[serde(default)]
    pub devices: Vec<AccountDevice>,
    /// Its people who are not its holder.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The greatest wins, in whatever order they arrive.
    #[serde(default)]
    pub revision: u64,
    /// A tombstone: the operator says that the record is no more.
    #[serde(default)]
    pub deleted: bool,
}

/// What the operator says of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountStatus {
    /// In use.
    #[default]
    Active,
    /// Held back, as for a bill that is overdue.
    Suspended,
    /// Ended; its former customer still sees it.
    Closed,
    /// Something else that the operator has a word for.
    #[serde(other)]
    Other,
}

/// A number that was the account's from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// The number.
    pub number: E164,
    /// Its first day; since ever where the feed gives none.
    #[serde(default)]
    pub from: Option<Date>,
    /// Its last day; `None` while it is in use.
    #[serde(default)]
    pub to: Option<Date>,
}

/// A device that was the account's from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountDevice {
    /// The device.
    pub imei: Imei,
    /// What it is called.
    #[serde(default)]
    pub model: Option<String>,
    /// Its first day.
    #[serde(default)]
    pub from: Option<Date>,
    /// Its last day; `None` while it is in use.
    #[serde(default)]
    pub to: Option<Date>,
}

/// A person of the account who is not its holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// The person's name.
    #[serde(default)]
    pub name: Option<String>,
    /// The addresses at which they get mail.
    #[serde(default)]
    pub emails: Vec<String>,
    /// The numbers at which they get text messages.
    #[serde(default)]
    pub phones: Vec<E164>,
    /// The lines that are theirs.
    #[serde(default)]
    pub lines: Vec<E164>,
}

/// An IANA time zone that is known to exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(jiff::tz::TimeZone);

impl Account {
    /// The language in which the account is spoken to.
    pub fn language(&self) -> Language {
        Language::of_locale(&self.locale)
    }

    /// The numbers it has or had, and those of its members.
    pub fn numbers(&self) -> impl Iterator<Item = &E164> {
        let members = self.members.iter().flat_map(|member| member.lines.iter().chain(&member.phones));
        self.lines.iter().map(|line| &line.number).chain(&self.phones).chain(members)
    }

    /// What its own record holds that a message could cite: devices and lines.
    pub fn holds(&self) -> impl Iterator<Item = Citation> {
        let devices = self.devices.iter().map(|device| Citation::of_device(&device.imei));
        devices.chain(self.numbers().map(Citation::of_line))
    }

    /// An account of which only the id is known.
    pub fn bare(id: AccountId) -> Self {
        Self {
            id,
            name: None,
            status: AccountStatus::Active,
            emails: Vec::new(),
            phones: Vec::new(),
            locale: default_locale(),
            time_zone: TimeZone::default(),
            lines: Vec::new(),
            devices: Vec::new(),
            members: Vec::new(),
            revision: 0,
            deleted: false,
        }
    }
}

impl TimeZone {
    /// The zone for calendars.
    pub fn zone(&self) -> &jiff::tz::TimeZone {
        &self.0
    }
}

impl Default for TimeZone {
    fn default() -> Self {
        Self(jiff::tz::TimeZone::UTC)
    }
}

impl TryFrom<String> for TimeZone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        jiff::tz::TimeZone::get(&name)
            .map(Self)
            .map_err(|_| format!("`{name}` is not an IANA time zone, such as America/Denver"))
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.0.iana_name().unwrap_or("UTC").to_owned()
    }
}

fn default_locale() -> String {
    "en-US".to_owned()
}
