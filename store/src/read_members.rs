use std::collections::BTreeMap;

use engine::{Account, AccountId, Instant};

use crate::member_part::member_at;
use crate::record_rows::account_of_record;
use crate::user::kept_sign_in;
use crate::{AccountScope, Store, StoreError, StoreTransaction, on_both};

/// One of an account's members, as its holder sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberAccess {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// The person's name.
    pub name: Option<String>,
    /// The address under which they may be invited; `None` where the record lists none that is theirs alone.
    pub address: Option<String>,
    /// Their lines, in international form.
    pub lines: Vec<String>,
    /// Whether they sign in.
    pub state: MemberState,
}

/// Whether a member signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// They were never invited.
    NoSignIn,
    /// They were invited then, and have set no password yet.
    Invited(Instant),
    /// They do, since then.
    SignsIn(Instant),
    /// Their sign-in was taken away then.
    Withdrawn(Instant),
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    member: String,
    invited_at: i64,
    joined_at: Option<i64>,
    withdrawn_at: Option<i64>,
}

impl Store {
    /// The members whom the account's record lists, in its order.
    ///
    /// # Errors
    /// [`StoreError::HoldersAlone`] for a member: of the others they are told nothing.
    pub async fn read_members(&self, scope: &AccountScope) -> Result<Vec<MemberAccess>, StoreError> {
        let account = scope.whole()?;
        let mut work = self.begin_scoped(account).await?;
        let record: Option<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select record from accounts where account_id = $1 and deleted = 0")
                .bind(account.as_str())
                .fetch_optional(connection)
                .await?
        });
        let Some(record) = record.as_deref().map(account_of_record).transpose()? else {
            return Ok(Vec::new());
        };
        let invitations = invitations_of(&mut work, account).await?;
        Ok(members_of(&record, &invitations))
    }
}

async fn invitations_of(
    work: &mut StoreTransaction,
    account: &AccountId,
) -> Result<BTreeMap<String, MemberState>, StoreError> {
    let rows: Vec<InvitationRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select member, invited_at, joined_at, withdrawn_at from member_invitations where account_id = $1",
        )
        .bind(account.as_str())
        .fetch_all(connection)
        .await?
    });
    Ok(rows.into_iter().map(|row| (row.member.clone(), row.state())).collect())
}

fn members_of(account: &Account, invitations: &BTreeMap<String, MemberState>) -> Vec<MemberAccess> {
    let access = |member: &engine::Member| {
        let own = member.emails.iter().map(|email| kept_sign_in(email));
        let own: Vec<String> = own.filter(|email| member_at(account, email).is_some()).collect();
        // The address that they sign in with, where they do; else the first.
        let address = own.iter().find(|email| invitations.contains_key(*email)).or(own.first()).cloned();
        let state = address.as_ref().and_then(|address| invitations.get(address)).copied();
        MemberAccess {
            owner: account.id.clone(),
            name: member.name.clone(),
            address,
            lines: member.lines.iter().map(ToString::to_string).collect(),
            state: state.unwrap_or(MemberState::NoSignIn),
        }
    };
    account.members.iter().map(access).collect()
}

impl InvitationRow {
    fn state(&self) -> MemberState {
        match (self.withdrawn_at, self.joined_at) {
            (Some(at), _) => MemberState::Withdrawn(Instant::from_micros(at)),
            (None, Some(at)) => MemberState::SignsIn(Instant::from_micros(at)),
            (None, None) => MemberState::Invited(Instant::from_micros(self.invited_at)),
        }
    }
}
