use std::borrow::Cow;

use leptos::prelude::*;
use store::{Fit, Found, Page, SearchPage, SearchedEntry, StoreError, TransactionView};

use super::Reading;
use crate::hide_devices::{hide_in_entries, hide_in_one};
use crate::locale::Locale;
use crate::search::{Match, Words, around};
use crate::words::kind;

/// What is marked in all that a reading shows.
pub(crate) struct Marked {
    words: Words,
    /// Whether what is near the words is marked too.
    forgiving: bool,
}

impl Reading<'_> {
    /// A page of what has the words in its customer's own history; from then on they are marked in what this shows. It is
    /// looked for in what they may see, so that nothing is found out by it. Staff have no search: of what is masked
    /// to them, a search could tell.
    pub(crate) async fn search(
        &mut self,
        words: Words,
        page: (&Page, usize),
        fit: Option<Fit>,
    ) -> Result<SearchPage, StoreError> {
        let mut look = Look { words: &words, locale: &self.locale, hides_devices: self.hides_devices(), fit };
        let store = &self.visit.context.store;
        let mut found = store.search_history(self.scope, page, fit, |entry| look.at(entry)).await?;
        if self.hides_devices() {
            hide_in_entries(&mut found.entries);
        }
        self.marked = Some(Marked { words, forgiving: found.fit == Fit::Nearly });
        Ok(found)
    }

    /// A text with what was looked for marked in it.
    pub(crate) fn marked(&self, text: &str) -> AnyView {
        let Some(Marked { words, forgiving }) = &self.marked else { return text.to_owned().into_any() };
        let mut parts = Vec::new();
        let mut shown = 0;
        for place in words.places(text, *forgiving) {
            parts.push(text[shown..place.start].to_owned().into_any());
            shown = place.end;
            parts.push(view! { <mark>{text[place].to_owned()}</mark> }.into_any());
        }
        parts.push(text[shown..].to_owned().into_any());
        parts.into_any()
    }
}

/// One look through a history.
struct Look<'a> {
    words: &'a Words,
    locale: &'a Locale,
    hides_devices: bool,
    fit: Option<Fit>,
}

impl Look<'_> {
    fn at(&mut self, entry: &SearchedEntry) -> Option<Found> {
        let said = entry.text.as_deref().filter(|text| !text.trim().is_empty());
        let mut texts: Vec<Cow<str>> = entry.subject.iter().map(|subject| subject.as_str().into()).collect();
        texts.extend(said.map(Cow::from));
        texts.extend(entry.kind.iter().map(|claimed| kind::title(claimed, self.locale.language).into()));
        texts.extend(entry.transaction.iter().flat_map(|transaction| self.shown(transaction)).map(Cow::from));
        let texts = texts.iter().map(|text| &**text);
        let found = self.words.look(texts, entry.html.as_deref(), self.is_forgiving())?;
        let fit = match found {
            Match::Exact => Fit::Exactly,
            Match::Near => Fit::Nearly,
        };
        if self.fit.is_none() && fit == Fit::Exactly {
            // Slips are of no account any more.
            self.fit = Some(Fit::Exactly);
        }
        let show = |body: &str| around(self.words, body, fit == Fit::Nearly);
        let seen = || entry.html.as_deref().map(engine::visible_text);
        let excerpt = said.map_or_else(|| seen().and_then(|seen| show(&seen)), show);
        Some(Found { fit, excerpt })
    }

    fn is_forgiving(&self) -> bool {
        self.fit != Some(Fit::Exactly)
    }

    /// What a transaction's slip says, and its words for itself.
    fn shown(&self, transaction: &TransactionView) -> Vec<String> {
        let mut transaction = Cow::Borrowed(transaction);
        if self.hides_devices && transaction.device.is_some() {
            hide_in_one(transaction.to_mut());
        }
        let mut texts = vec![kind::title(&transaction.kind, self.locale.language)];
        texts.extend(
            transaction
                .amount
                .map(|amount| format!("{} {}", self.locale.money(amount), amount.currency().as_str())),
        );
        texts.extend(transaction.device.iter().flat_map(|device| {
            [Some(self.locale.imei(&device.imei)), device.model.clone()].into_iter().flatten()
        }));
        texts.extend(transaction.line.iter().flat_map(|line| [self.locale.phone(line), line.clone()]));
        texts.extend(transaction.references.iter().cloned());
        texts.extend(transaction.summary.clone());
        texts
    }
}
