use leptos::prelude::*;
use store::{ActNotDone, ReportChange, ReportDone, ReportRefusal, ReportStep, Reported, Says, change_report};

use crate::error::AppError;
use crate::request::{RequestContext, client_address};
use crate::respond::see_other;
use crate::step_up::session_of_request;
use crate::visit::REPORTS;

/// Takes what a customer says of a message or transaction of theirs, and shows them the report.
#[server(name = MakeReport, prefix = "", endpoint = "/reports")]
pub(crate) async fn make_report(
    about: String,
    id: String,
    says: String,
    note: String,
) -> Result<(), AppError> {
    let (Ok(about), Ok(says)) = (Reported::read(&about, &id), says.parse::<Says>()) else {
        see_other(&refused(REPORTS, ReportRefusal::NotFound));
        return Err(AppError::Unreadable);
    };
    match take(ReportStep::Make { about, says, note }).await? {
        ReportDone::Kept(report) => {
            see_other(&format!("{REPORTS}/{report}?done=sent"));
            Ok(())
        }
        ReportDone::Refused(refusal) => refuse(&refused(REPORTS, refusal), refusal),
    }
}

/// Takes what a customer adds to a report of theirs.
#[server(name = NoteReport, prefix = "", endpoint = "/reports/note")]
pub(crate) async fn note_report(report: String, note: String) -> Result<(), AppError> {
    let Ok(report) = report.parse::<store::ReportId>() else {
        see_other(&refused(REPORTS, ReportRefusal::NotFound));
        return Err(AppError::Unreadable);
    };
    let address = format!("{REPORTS}/{report}");
    match take(ReportStep::Note { report, note }).await? {
        ReportDone::Kept(_) => {
            see_other(&format!("{address}?done=noted"));
            Ok(())
        }
        ReportDone::Refused(refusal) => refuse(&refused(&address, refusal), refusal),
    }
}

/// Has a step done for whoever's session the request is of.
pub(crate) async fn take(step: ReportStep) -> Result<ReportDone, AppError> {
    let Some((_, key)) = session_of_request() else {
        return Ok(ReportDone::Refused(ReportRefusal::NotAllowed));
    };
    let acts = expect_context::<RequestContext>().acts;
    let change = ReportChange { key, client: client_address(), step };
    change_report(&acts, change).await.map_err(|failed| match failed {
        ActNotDone::Busy => AppError::Busy,
        ActNotDone::Failed => AppError::Failed,
    })
}

/// An address with why nothing was kept, in a word that tells nothing of anybody.
pub(crate) fn refused(address: &str, refusal: ReportRefusal) -> String {
    let why = match refusal {
        ReportRefusal::NotAllowed => return "/sign-in".to_owned(),
        ReportRefusal::NotFound => "gone",
        ReportRefusal::Empty => "empty",
        ReportRefusal::Long => "long",
        ReportRefusal::TooMany => "many",
        ReportRefusal::Full => "full",
        ReportRefusal::Unanswered => "unanswered",
    };
    format!("{address}?__err={why}")
}

/// Sends back to where that is said.
pub(crate) fn refuse(address: &str, refusal: ReportRefusal) -> Result<(), AppError> {
    see_other(address);
    Err(match refusal {
        ReportRefusal::Empty | ReportRefusal::Long => AppError::Unreadable,
        _ => AppError::Refused,
    })
}
