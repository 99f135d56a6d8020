//! How a person wants to be told things.

use std::collections::BTreeSet;

use engine::{Channel, Instant, TimeZone};
use jiff::civil::Weekday;

/// What the operator writes of, as a person chooses by which ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Changes of passwords, SIMs, numbers and addresses.
    Security,
    /// Bills, payments, and the account itself.
    Billing,
    /// Orders, deliveries and trade-ins.
    Orders,
    /// How the service works, outages, appointments.
    Service,
    /// Offers and news.
    Marketing,
}

/// How often a person gets a summary by mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digest {
    /// Never.
    #[default]
    Off,
    /// Every morning.
    Daily,
    /// On Monday mornings.
    Weekly,
}

/// How a person wants to be told things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notices {
    /// By which ways they do without what.
    pub off: BTreeSet<(Category, Channel)>,
    /// Whether they are told by mail when a message to them is flagged.
    pub alert_flagged: bool,
    /// Whether they are told by mail when somebody of the staff opens their account.
    pub alert_lookup: bool,
    /// How often they get a summary.
    pub digest: Digest,
}

/// What a person may not choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bills have to come by email or by letter")]
pub struct NoWayForBills;

/// In the morning, before most people's work.
const DIGEST_HOUR: i8 = 8;

impl Default for Notices {
    /// As everybody begins: every way is open, and they are told what they may want to act on.
    fn default() -> Self {
        Self { off: BTreeSet::new(), alert_flagged: true, alert_lookup: true, digest: Digest::Off }
    }
}

impl Notices {
    /// The same where it may be so: what the law has the operator send can't be done without.
    pub fn checked(self) -> Result<Self, NoWayForBills> {
        let is_off = |channel| self.off.contains(&(Category::Billing, channel));
        if is_off(Channel::Email) && is_off(Channel::Letter) {
            return Err(NoWayForBills);
        }
        let off = self.off.into_iter().filter(|(category, _)| !category.is_fixed()).collect();
        Ok(Self { off, ..self })
    }
}

impl Notices {
    /// The same with the ways of bills as others have them, which may be so.
    #[must_use]
    pub fn with_bills_of(mut self, kept: &Self) -> Self {
        let is_of_bills = |(category, _): &(Category, Channel)| *category == Category::Billing;
        self.off.retain(|way| !is_of_bills(way) && !way.0.is_fixed());
        self.off.extend(kept.off.iter().filter(|way| is_of_bills(way)));
        self
    }
}

impl Category {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 5] = [Self::Security, Self::Billing, Self::Orders, Self::Service, Self::Marketing];

    /// Its name in the store, in forms and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Billing => "billing",
            Self::Orders => "orders",
            Self::Service => "service",
            Self::Marketing => "marketing",
        }
    }

    /// The category of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == name)
    }

    /// Whether nobody may do without it: a carrier has to tell its customers at once of a change of what secures their
    /// account (47 CFR 64.2010(f)).
    pub fn is_fixed(self) -> bool {
        self == Self::Security
    }
}

impl Digest {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Off, Self::Daily, Self::Weekly];

    /// Its name in the store, in forms and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The one of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|digest| digest.as_str() == name)
    }

    /// The next morning on which it is due, in a zone; `None` where it never is.
    pub(crate) fn next(self, zone: &TimeZone, after: Instant) -> Option<Instant> {
        if self == Self::Off {
            return None;
        }
        let mut day = after.timestamp().to_zoned(zone.zone().clone()).date();
        // Within eight days there is a Monday whose morning has not begun.
        for _ in 0..=8 {
            let morning = day.at(DIGEST_HOUR, 0, 0, 0).to_zoned(zone.zone().clone()).ok()?;
            let at = Instant::from_micros(morning.timestamp().as_microsecond());
            if at > after && (self == Self::Daily || day.weekday() == Weekday::Monday) {
                return Some(at);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_due_in_the_morning_of_whoever_gets_it() {
        let zone: TimeZone = "America/Denver".to_owned().try_into().expect("a zone");
        let next = |digest: Digest, after: &str| {
            let after = after.parse().expect("a moment");
            digest.next(&zone, after).map(|at| at.to_string())
        };
        for (digest, after, due) in [
            (Digest::Daily, "2026-04-10T13:59:59Z", Some("2026-04-10T14:00:00Z")),
            (Digest::Daily, "2026-04-10T14:00:00Z", Some("2026-04-11T14:00:00Z")),
            // A Friday; and one before the clocks go back.
            (Digest::Weekly, "2026-04-10T12:00:00Z", Some("2026-04-13T14:00:00Z")),
            (Digest::Weekly, "2026-10-30T12:00:00Z", Some("2026-11-02T15:00:00Z")),
            (Digest::Weekly, "2026-04-13T14:00:00Z", Some("2026-04-20T14:00:00Z")),
            (Digest::Off, "2026-04-10T12:00:00Z", None),
        ] {
            assert_eq!(next(digest, after).as_deref(), due, "{digest:?} {after}");
        }
    }

    #[test]
    fn what_has_to_come_can_t_be_done_without() {
        let without = |off: &[(Category, Channel)]| Notices {
            off: off.iter().copied().collect(),
            ..Notices::default()
        };
        let bills = [(Category::Billing, Channel::Email), (Category::Billing, Channel::Letter)];
        assert_eq!(without(&bills).checked(), Err(NoWayForBills));
        assert!(without(&bills[..1]).checked().is_ok());
        let marketing = (Category::Marketing, Channel::Sms);
        let chosen = without(&[bills[0], bills[1], marketing]).with_bills_of(&without(&bills[1..]));
        assert_eq!(chosen, without(&[bills[1], marketing]));
        let security = without(&[(Category::Security, Channel::Sms), (Category::Marketing, Channel::Sms)]);
        let kept = security.checked().expect("it may be chosen");
        assert_eq!(kept.off.into_iter().collect::<Vec<_>>(), [(Category::Marketing, Channel::Sms)]);
    }
}
