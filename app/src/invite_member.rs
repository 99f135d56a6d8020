use leptos::prelude::*;
use store::{ActNotDone, MemberInvited};

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::step_up::{Then, session_of_request};

/// Sends a member of the account a link to set a password, once its holder has given their own again.
#[server(name = InviteMember, prefix = "", endpoint = "/settings/members")]
pub(crate) async fn invite_member(member: String) -> Result<(), AppError> {
    let Some((_, key)) = session_of_request() else { return stranger() };
    let acts = expect_context::<RequestContext>().acts;
    match store::invite_member(&acts, key, member).await {
        Ok(MemberInvited::Sent) => {
            see_other("/settings/members?done=invited");
            return Ok(());
        }
        Ok(MemberInvited::NotConfirmed) => see_other(&Then::Members.confirm_address()),
        Ok(MemberInvited::NotAMember) => see_other("/settings/members?__err=unknown"),
        Ok(MemberInvited::SignsIn) => see_other("/settings/members?__err=already"),
        Ok(MemberInvited::TooMany) => see_other("/settings/members?__err=many"),
        Err(not_done) => {
            see_other("/settings/members?__err=failed");
            return Err(if not_done == ActNotDone::Busy { AppError::Busy } else { AppError::Failed });
        }
    }
    Err(AppError::Refused)
}

/// Takes a member's sign-in away, once the holder has given their password again.
#[server(name = WithdrawMember, prefix = "", endpoint = "/settings/members/withdraw")]
pub(crate) async fn withdraw_member(member: String) -> Result<(), AppError> {
    let Some((_, key)) = session_of_request() else { return stranger() };
    let store = expect_context::<RequestContext>().store;
    let withdrawn = store.withdraw_member(&key, &member, Clock::System.now()).await;
    let withdrawn = withdrawn.map_err(|error| {
        tracing::error!(%error, "a member's sign-in could not be taken away");
        see_other("/settings/members?__err=failed");
        AppError::Failed
    })?;
    match withdrawn {
        Some(true) => {
            see_other("/settings/members?done=withdrawn");
            return Ok(());
        }
        Some(false) => see_other("/settings/members?__err=unknown"),
        None => see_other(&Then::Members.confirm_address()),
    }
    Err(AppError::Refused)
}

fn stranger() -> Result<(), AppError> {
    see_other("/sign-in");
    Err(AppError::Refused)
}
