//! An account as a page shows it: to whom, at which addresses, and how much of it.

mod look;

use engine::{AccountId, Instant, Language, MessageId, TransactionId};
use store::{
    AccountIncidents, AccountScope, AccountView, HistoryPage, HistoryQuery, HistorySummary, MessageView,
    OpenLookup, ReportId, ReportPage, ReportThread, ReportView, Reported, Says, StoreError,
    TransactionEntries,
};

use crate::hide_devices::{hide_in_account, hide_in_history, hide_in_message, hide_in_transaction};
use crate::locale::Locale;
use crate::mask_identifiers::Mask;
use crate::mask_views::{mask_account, mask_history, mask_message, mask_report, mask_transaction_entries};
use crate::visit::{Customer, REPORTS, Visit};

/// How much of an account is seen.
enum Sight {
    /// Its own customer sees all of it but the whole numbers of devices.
    Own,
    /// Its own customer, who has given their password again, sees those too.
    Whole,
    /// Staff see it with identifiers masked.
    Masked(Mask),
}

/// An account, read by somebody. What it gives is already as they may see it: a page has nothing to hide any more.
pub(crate) struct Reading<'a> {
    pub(crate) visit: &'a Visit,
    /// In the account's own zone, in the reader's language.
    pub(crate) locale: Locale,
    pub(crate) account: AccountView,
    scope: &'a AccountScope,
    sight: Sight,
    /// The address of its history.
    history: String,
    /// What comes before a message's id in its address.
    messages: String,
    /// What comes before a transaction's id in its address.
    transactions: String,
    /// What was looked for, and is marked in what is shown.
    marked: Option<look::Marked>,
    /// What comes before a report's id in its address.
    reports: String,
}

impl<'a> Reading<'a> {
    /// Their own, by a customer.
    pub(crate) fn own(visit: &'a Visit, customer: &'a Customer) -> Self {
        let mut account = customer.account.clone();
        hide_in_account(&mut account);
        Self { account, ..Self::whole(visit, customer, Sight::Own) }
    }

    /// Their own with the whole numbers of devices, by a customer who has given their password again.
    pub(crate) fn own_whole(visit: &'a Visit, customer: &'a Customer) -> Self {
        Self::whole(visit, customer, Sight::Whole)
    }

    fn whole(visit: &'a Visit, customer: &'a Customer, sight: Sight) -> Self {
        Self {
            visit,
            locale: visit.locale.clone(),
            account: customer.account.clone(),
            scope: &customer.scope,
            sight,
            history: "/history".to_owned(),
            messages: "/messages".to_owned(),
            transactions: "/transactions".to_owned(),
            marked: None,
            reports: REPORTS.to_owned(),
        }
    }

    /// A customer's, by one of the staff while a lookup is open.
    pub(crate) async fn by_lookup(visit: &'a Visit, lookup: &'a OpenLookup) -> Result<Self, StoreError> {
        let mut account = visit.context.store.read_account(&lookup.scope).await?;
        let mask = Mask::of_account(&account);
        mask_account(&mut account);
        let history = desk_address(lookup);
        Ok(Self {
            visit,
            locale: Locale::new(visit.language(), &account.locale, account.time_zone.clone()),
            account,
            scope: &lookup.scope,
            sight: Sight::Masked(mask),
            messages: format!("{history}/messages"),
            transactions: format!("{history}/transactions"),
            reports: format!("{history}/reports"),
            history,
            marked: None,
        })
    }

    /// Whether the reader may see more of devices' numbers, once they have given their password again.
    pub(crate) fn hides_devices(&self) -> bool {
        matches!(self.sight, Sight::Own)
    }

    /// Whether its own customer reads it.
    pub(crate) fn is_own(&self) -> bool {
        !matches!(self.sight, Sight::Masked(_))
    }

    pub(crate) fn language(&self) -> Language {
        self.locale.language
    }

    /// The address of a part of its history, by what follows the path.
    pub(crate) fn history_address(&self, query: impl std::fmt::Display) -> String {
        format!("{}{query}", self.history)
    }

    /// The same, with what is listed in view: above it stands what was read before.
    pub(crate) fn entries_address(&self, query: impl std::fmt::Display) -> String {
        format!("{}#entries", self.history_address(query))
    }

    pub(crate) fn message_address(&self, id: &MessageId) -> String {
        format!("{}/{id}", self.messages)
    }

    pub(crate) fn transaction_address(&self, id: &TransactionId) -> String {
        format!("{}/{id}", self.transactions)
    }

    pub(crate) fn report_address(&self, id: &ReportId) -> String {
        format!("{}/{id}", self.reports)
    }

    /// Where something is said of a message or transaction.
    pub(crate) fn report_form_address(&self, about: &Reported, says: Says) -> String {
        let this = match about {
            Reported::Message(id) => self.message_address(id),
            Reported::Transaction(id) => self.transaction_address(id),
        };
        format!("{this}/report?this={}", says.as_str())
    }

    /// The mark of a block that shows what is this account's.
    pub(crate) fn mark(&self, owner: &AccountId) -> String {
        self.visit.mark(owner)
    }

    pub(crate) async fn summary(&self, since: Instant) -> Result<HistorySummary, StoreError> {
        self.visit.context.store.read_summary(self.scope, since).await
    }

    /// The incidents of the account, which everybody may read of.
    pub(crate) async fn incidents(&self, since: Instant) -> Result<AccountIncidents, StoreError> {
        self.visit.context.store.read_account_incidents(self.scope, since).await
    }

    pub(crate) async fn history(&self, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        let mut page = self.visit.context.store.read_history(self.scope, query).await?;
        match &self.sight {
            Sight::Own => hide_in_history(&mut page),
            Sight::Whole => {}
            Sight::Masked(mask) => mask_history(&mut page, mask),
        }
        Ok(page)
    }

    /// Whether it is a member's part of the account that is read, and not all of it.
    pub(crate) fn is_members(&self) -> bool {
        self.scope.is_members()
    }

    /// How far the account's books are complete, where they are behind.
    pub(crate) async fn books_until(&self) -> Result<Option<Instant>, StoreError> {
        self.visit.context.store.books_until(self.visit.now).await
    }

    pub(crate) async fn message(&self, id: &MessageId) -> Result<Option<MessageView>, StoreError> {
        let mut message = self.visit.context.store.read_message(self.scope, id).await?;
        match (&self.sight, &mut message) {
            (Sight::Own, Some(message)) => hide_in_message(message),
            (Sight::Masked(mask), Some(message)) => mask_message(message, mask),
            (Sight::Whole, _) | (_, None) => {}
        }
        Ok(message)
    }

    pub(crate) async fn transaction(
        &self,
        id: &TransactionId,
    ) -> Result<Option<TransactionEntries>, StoreError> {
        let mut found = self.visit.context.store.read_transaction(self.scope, id).await?;
        match (&self.sight, &mut found) {
            (Sight::Own, Some(found)) => hide_in_transaction(found),
            (Sight::Masked(mask), Some(found)) => mask_transaction_entries(found, mask),
            (Sight::Whole, _) | (_, None) => {}
        }
        Ok(found)
    }

    pub(crate) async fn reports(&self, before: Option<&ReportId>) -> Result<ReportPage, StoreError> {
        self.visit.context.store.read_reports(self.scope, before).await
    }

    pub(crate) async fn report_about(&self, about: &Reported) -> Result<Option<ReportView>, StoreError> {
        self.visit.context.store.report_about(self.scope, about).await
    }

    pub(crate) async fn report(&self, id: &ReportId) -> Result<Option<ReportThread>, StoreError> {
        let mut thread = self.visit.context.store.read_report(self.scope, id).await?;
        if let (Sight::Masked(mask), Some(thread)) = (&self.sight, &mut thread) {
            mask_report(thread, mask);
        }
        Ok(thread)
    }
}

/// Where a lookup's account is shown: by the lookup, which names nobody.
pub(crate) fn desk_address(lookup: &OpenLookup) -> String {
    format!("/desk/accounts/{}", lookup.id)
}
