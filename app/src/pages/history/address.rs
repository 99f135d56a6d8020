use std::fmt;

use engine::{Channel, Kind, Verdict};
use jiff::civil::Date;
use leptos_router::params::ParamsMap;
use store::{Cursor, Fit, HistoryFilter, Page, VerdictFilter};

/// Which part of a history an address asks for. Written again behind the history's path, it is the same address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) struct Address {
    pub(super) filter: HistoryFilter,
    pub(super) page: Page,
    /// The day to begin with, in the reader's zone.
    pub(super) on: Option<Date>,
    /// What was found of what the reader looks for, in place of what the filter leaves.
    pub(super) search: Option<Searched>,
}

/// Which page of what was found. What is looked for stands in no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Searched {
    First,
    /// One behind it, of what fits so.
    Behind(Fit),
}

/// What an address asks for, if it can be read.
pub(in crate::pages) type Asked = Result<Address, Unreadable>;

/// An address asks for what does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Unreadable;

/// The value of `show` that leaves what needs attention.
const FLAGGED: &str = "flagged";
/// The values of `search` behind the first page.
const EXACTLY: &str = "exactly";
const NEARLY: &str = "nearly";

impl Address {
    /// What a query asks for. An empty value asks for nothing, as a form's untouched field does.
    pub(super) fn read(query: &ParamsMap) -> Result<Self, Unreadable> {
        let value = |name: &str| query.get_str(name).filter(|value| !value.is_empty());
        let attention_only = match value("show") {
            None => false,
            Some(FLAGGED) => true,
            Some(_) => return Err(Unreadable),
        };
        let channel = value("channel").map(str::parse::<Channel>).transpose().map_err(|_| Unreadable)?;
        let kind = value("kind").map(str::parse::<Kind>).transpose().map_err(|_| Unreadable)?;
        let verdict =
            value("verdict").map(str::parse::<VerdictFilter>).transpose().map_err(|_| Unreadable)?;
        let on = value("on").map(str::parse::<Date>).transpose().map_err(|_| Unreadable)?;
        let search = match query.get_str("search") {
            None => None,
            Some("") => Some(Searched::First),
            Some(EXACTLY) => Some(Searched::Behind(Fit::Exactly)),
            Some(NEARLY) => Some(Searched::Behind(Fit::Nearly)),
            Some(_) => return Err(Unreadable),
        };
        let cursor = |text: &str| text.parse::<Cursor>().map_err(|_| Unreadable);
        let page = match (value("before"), value("after")) {
            (None, None) => Page::Newest,
            (Some(before), None) => Page::Before(cursor(before)?),
            (None, Some(after)) => Page::After(cursor(after)?),
            (Some(_), Some(_)) => return Err(Unreadable),
        };
        if on.is_some() && page != Page::Newest {
            return Err(Unreadable);
        }
        Ok(Self { filter: HistoryFilter { attention_only, channel, kind, verdict }, page, on, search })
    }

    /// The newest of what the filter leaves.
    pub(super) fn newest(&self) -> Self {
        Self { search: self.search.map(|_| Searched::First), ..Self::filtered(self.filter.clone()) }
    }

    pub(super) fn before(&self, cursor: Cursor) -> Self {
        Self { page: Page::Before(cursor), ..self.newest() }
    }

    pub(super) fn after(&self, cursor: Cursor) -> Self {
        Self { page: Page::After(cursor), ..self.newest() }
    }

    /// What was found behind a place.
    pub(super) fn found_before(fit: Fit, cursor: Cursor) -> Self {
        Self { search: Some(Searched::Behind(fit)), page: Page::Before(cursor), ..Self::default() }
    }

    /// With messages of every sort, and of the same kind.
    pub(super) fn of_every_sort(&self) -> Self {
        Self::filtered(HistoryFilter { kind: self.filter.kind.clone(), ..HistoryFilter::default() })
    }

    /// With only messages of which this became, or no longer so.
    pub(super) fn toggle_verdict(&self, verdict: Verdict) -> Self {
        let verdict =
            Some(VerdictFilter::Of(verdict)).filter(|verdict| self.filter.verdict != Some(*verdict));
        Self::filtered(HistoryFilter { verdict, ..self.filter.clone() })
    }

    /// With only what needs attention, or no longer so.
    pub(super) fn toggle_attention(&self) -> Self {
        let attention_only = !self.filter.attention_only;
        Self::filtered(HistoryFilter { attention_only, ..self.filter.clone() })
    }

    /// With only one channel, or no longer so.
    pub(super) fn toggle_channel(&self, channel: Channel) -> Self {
        let channel = (self.filter.channel != Some(channel)).then_some(channel);
        Self::filtered(HistoryFilter { channel, ..self.filter.clone() })
    }

    pub(super) fn is_filtered(&self) -> bool {
        self.filter != HistoryFilter::default()
    }

    pub(super) fn is_paged(&self) -> bool {
        self.page != Page::Newest || self.on.is_some()
    }

    /// Its query, without what is of the default.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        if self.filter.attention_only {
            query.push(("show", FLAGGED.to_owned()));
        }
        query.extend(self.filter.channel.map(|channel| ("channel", channel.to_string())));
        query.extend(self.filter.kind.as_ref().map(|kind| ("kind", kind.to_string())));
        query.extend(self.filter.verdict.map(|verdict| ("verdict", verdict.to_string())));
        query.extend(self.on.map(|day| ("on", day.to_string())));
        query.extend(self.search.map(|search| ("search", search.as_str().to_owned())));
        match &self.page {
            Page::Newest | Page::Until(_) => {}
            Page::Before(cursor) => query.push(("before", cursor.to_string())),
            Page::After(cursor) => query.push(("after", cursor.to_string())),
        }
        query
    }

    fn filtered(filter: HistoryFilter) -> Self {
        Self { filter, ..Self::default() }
    }
}

impl Searched {
    /// The fit of what it shows, where that is settled.
    pub(super) fn fit(self) -> Option<Fit> {
        match self {
            Self::First => None,
            Self::Behind(fit) => Some(fit),
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Behind(Fit::Exactly) => EXACTLY,
            Self::Behind(Fit::Nearly) => NEARLY,
        }
    }
}

/// What follows the path. No value needs escaping: they are letters, digits, dots, dashes and underscores.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, value)) in self.query().into_iter().enumerate() {
            write!(f, "{}{name}", if place == 0 { '?' } else { '&' })?;
            if !value.is_empty() {
                write!(f, "={value}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Result<Address, Unreadable> {
        Address::read(&pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    #[test]
    fn an_address_is_written_as_it_was_read() {
        let cursor = "0".repeat(32);
        let pairs = [
            ("show", "flagged"),
            ("channel", "sms"),
            ("kind", "payment.received"),
            ("before", cursor.as_str()),
        ];
        let address = read(&pairs).unwrap();
        assert_eq!(
            address.to_string(),
            format!("?show=flagged&channel=sms&kind=payment.received&before={cursor}")
        );
        assert_eq!(address.newest().to_string(), "?show=flagged&channel=sms&kind=payment.received");
        assert_eq!(address.of_every_sort().to_string(), "?kind=payment.received");
        assert_eq!(read(&[("show", ""), ("kind", "")]).unwrap(), Address::default());
    }

    #[test]
    fn a_filter_in_force_is_taken_off_by_its_own_link() {
        let address = read(&[("channel", "sms"), ("verdict", "matched")]).unwrap();
        assert_eq!(address.toggle_verdict(Verdict::Matched).to_string(), "?channel=sms");
        assert_eq!(address.toggle_verdict(Verdict::Waiting).to_string(), "?channel=sms&verdict=waiting");
        let address = read(&[("channel", "sms")]).unwrap();
        assert_eq!(address.toggle_channel(Channel::Sms), Address::default());
        assert_eq!(address.toggle_channel(Channel::Email).to_string(), "?channel=email");
        assert_eq!(address.toggle_attention().toggle_attention(), address);
    }

    #[test]
    fn a_day_and_what_was_found_are_addresses_too() {
        for pairs in
            [&[("on", "2026-04-10")][..], &[("search", "")], &[("search", "nearly")], &[("verdict", "none")]]
        {
            let address = read(pairs).unwrap();
            let (name, value) = pairs[0];
            let expected = if value.is_empty() { format!("?{name}") } else { format!("?{name}={value}") };
            assert_eq!(address.to_string(), expected);
        }
        let cursor = "0".repeat(32);
        assert_eq!(read(&[("on", "2026-04-10"), ("before", &cursor)]), Err(Unreadable));
        let found = Address::found_before(Fit::Nearly, cursor.parse().unwrap());
        assert_eq!(found.to_string(), format!("?search=nearly&before={cursor}"));
        assert_eq!(found.newest().to_string(), "?search");
    }

    #[test]
    fn what_does_not_exist_is_not_asked_for() {
        let bad = [
            ("show", "x"),
            ("channel", "fax"),
            ("kind", "Nothing!"),
            ("before", "yesterday"),
            ("after", "1"),
            ("on", "2026-02-30"),
            ("search", "my bill"),
            ("verdict", "fine"),
        ];
        for pair in bad {
            assert_eq!(read(&[pair]), Err(Unreadable), "{pair:?}");
        }
        let cursor = "0".repeat(32);
        assert_eq!(read(&[("before", &cursor), ("after", &cursor)]), Err(Unreadable));
    }
}
