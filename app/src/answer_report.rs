use leptos::prelude::*;
use store::{LookupId, OpenLookupError, ReportDone, ReportId, ReportRefusal, ReportStep};

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_search::{KeptSearch, Refusal};
use crate::make_report::{refuse, refused, take};
use crate::open_lookup::raise;
use crate::request::{RequestContext, client_address};
use crate::respond::see_other;
use crate::step_up::session_of_request;
use crate::visit::{DESK, DESK_REPORTS};

/// Opens the account of a report for one of the staff, with the report as the reason, and shows them the report; or sends
/// them back to the queue, which says why not.
#[server(name = OpenReport, prefix = "", endpoint = "/desk/reports")]
pub(crate) async fn open_report(report: String) -> Result<(), AppError> {
    see_other(DESK_REPORTS);
    let (Some((session, key)), Ok(report)) = (session_of_request(), report.parse::<ReportId>()) else {
        return Err(AppError::Refused);
    };
    let context = expect_context::<RequestContext>();
    let (client, budget, now) = (client_address(), context.lookup_budget, Clock::System.now());
    let refusal = match context.store.open_report(&key, &report, client, budget, now).await {
        Ok(lookup) => {
            see_other(&desk_report_address(&lookup, &report));
            return Ok(());
        }
        Err(OpenLookupError::NotAllowed) => return Err(AppError::Refused),
        Err(refusal) => refusal,
    };
    raise(&refusal);
    if let Some(refusal) = Refusal::of(&refusal) {
        KeptSearch::keep(&session, "", "", refusal).await.map_err(|_| AppError::Failed)?;
    }
    Err(AppError::Refused)
}

/// Takes the desk's answer to a report.
#[server(name = AnswerReport, prefix = "", endpoint = "/desk/reports/answer")]
pub(crate) async fn answer_report(lookup: String, report: String, answer: String) -> Result<(), AppError> {
    let Some((lookup, report)) = read_ids(&lookup, &report) else { return nothing() };
    let address = desk_report_address(&lookup, &report);
    step(&address, "answered", ReportStep::Answer { lookup, report, answer }).await
}

/// Closes a report that is answered.
#[server(name = CloseReport, prefix = "", endpoint = "/desk/reports/close")]
pub(crate) async fn close_report(lookup: String, report: String) -> Result<(), AppError> {
    let Some((lookup, report)) = read_ids(&lookup, &report) else { return nothing() };
    let address = desk_report_address(&lookup, &report);
    step(&address, "closed", ReportStep::Close { lookup, report }).await
}

/// Where a report is shown at the desk: by the lookup that has its account open.
pub(crate) fn desk_report_address(lookup: &LookupId, report: &ReportId) -> String {
    format!("{DESK}/accounts/{lookup}/reports/{report}")
}

fn read_ids(lookup: &str, report: &str) -> Option<(LookupId, ReportId)> {
    Some((lookup.parse().ok()?, report.parse().ok()?))
}

fn nothing() -> Result<(), AppError> {
    see_other(DESK_REPORTS);
    Err(AppError::Unreadable)
}

/// Has it done, and shows the report, or why not. What is said where the lookup has closed, its page knows.
async fn step(address: &str, done: &'static str, step: ReportStep) -> Result<(), AppError> {
    match take(step).await? {
        ReportDone::Kept(_) => {
            see_other(&format!("{address}?done={done}"));
            Ok(())
        }
        ReportDone::Refused(refusal @ (ReportRefusal::NotAllowed | ReportRefusal::NotFound)) => {
            refuse(address, refusal)
        }
        ReportDone::Refused(refusal) => refuse(&refused(address, refusal), refusal),
    }
}
