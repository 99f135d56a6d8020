use std::net::IpAddr;

use engine::{AccountId, Instant};

use crate::report::ReportId;
use crate::scope_of_lookup::open_rows;
use crate::staff_of_session::staff_of_session;
use crate::{
    FoundBy, LookupBudget, LookupId, OpenLookupError, Search, SessionKey, Store, StoreError,
    StoreTransaction, on_both,
};

impl Store {
    /// Opens the account of a report for one of the staff, with the report as the reason: watched, counted and seen by the
    /// customer as every lookup is. Where they have it open already, that lookup is gone on with.
    pub async fn open_report(
        &self,
        key: &SessionKey,
        report: &ReportId,
        client: Option<IpAddr>,
        budget: LookupBudget,
        now: Instant,
    ) -> Result<LookupId, OpenLookupError> {
        let mut work = self.write_audited().await?;
        let staff = staff_of_session(&mut work, key, now).await?.ok_or(OpenLookupError::NotAllowed)?;
        let (account, number) = account_of(&mut work, report).await?.ok_or(OpenLookupError::Nothing)?;
        let open = open_rows(&mut work, &staff.user_id, None, now).await?;
        if let Some(open) = open.into_iter().find(|open| open.account_id == account.as_str()) {
            return Ok(open.id()?);
        }
        let reason = reason_of(number);
        let search = Search { finds: &[], reason: &reason, client, budget };
        let opened = self.open_account(work, &staff, &search, (&account, FoundBy::Report), now).await?;
        Ok(opened.id)
    }
}

/// The reason of a lookup that a report is opened by, in the words of the desk. Pages say it in their reader's language.
fn reason_of(number: i64) -> String {
    format!("Report {number}")
}

/// Whose a report is, and its number.
async fn account_of(
    work: &mut StoreTransaction,
    report: &ReportId,
) -> Result<Option<(AccountId, i64)>, StoreError> {
    let found: Option<(String, i64)> = on_both!(work, |connection| {
        sqlx::query_as(
            "select reports.account_id, reports.number from reports
             join accounts on accounts.account_id = reports.account_id
             where reports.report_id = $1 and accounts.deleted = 0",
        )
        .bind(report.as_str())
        .fetch_optional(connection)
        .await?
    });
    let Some((account, number)) = found else { return Ok(None) };
    Ok(Some((account.parse().map_err(|_| StoreError::Unreadable("report"))?, number)))
}
