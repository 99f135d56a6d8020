use std::collections::BTreeSet;

use engine::{Account, AccountId, Instant, Language, Span};

use crate::act::{ActWork, Concerned};
use crate::address::{Address, Owner, owner_at};
use crate::append_audit::append_audit;
use crate::confirm_session::confirmed_user;
use crate::draw_id::draw_id;
use crate::member_part::member_at;
use crate::offer_link::{LINKS_MAX, LINKS_SPAN, insert_link, links_since, read_record};
use crate::open_scope::signed_in;
use crate::resolve_messages::read_address_book;
use crate::user::kept_sign_in;
use crate::write_mail::NewMail;
use crate::write_online::OnlineWrite;
use crate::{
    Act, Actor, AuditNote, LinkToken, MailKind, SessionKey, SignedIn, StoreError, StoreTransaction, on_both,
};

/// What became of a holder's wish that a member of their account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberInvited {
    /// A link is on its way to them.
    Sent,
    /// The session has ended, its password was not given again, or it is not a holder's.
    NotConfirmed,
    /// The account's record lists nobody whom it could be sent to: no member, more than one of its people, somebody of
    /// another account too, or somebody who may not sign in.
    NotAMember,
    /// They sign in already.
    SignsIn,
    /// They were sent as many links as anybody is in a day.
    TooMany,
}

/// How long the link of an invitation may be used: until its mail is read, as long as NIST lets a code by mail be good for
/// (SP 800-63A, 24 hours).
pub const INVITATION_LINK_TIME: Span = Span::hours(24);
/// How long somebody who was invited may ask for another link by themselves.
pub(crate) const INVITATION_TIME: Span = Span::days(14);

/// Somebody who signs in under an address already.
#[derive(sqlx::FromRow)]
struct KnownRow {
    role: String,
    account_id: Option<String>,
    member: Option<String>,
    suspended_at: Option<i64>,
}

impl OnlineWrite<'_> {
    /// Sends a member of the account whose holder's session this is a link to set a password, once the holder has given
    /// their own again.
    pub(crate) async fn invite_member(
        &mut self,
        key: &SessionKey,
        address: &str,
        work: &mut ActWork<'_>,
    ) -> Result<MemberInvited, StoreError> {
        let now = work.post.now;
        let Some((holder, account)) = confirmed_holder(&mut self.work, key, now).await? else {
            return Ok(MemberInvited::NotConfirmed);
        };
        let Some((concerned, language)) = self.find_member(&account, address, work.post.at).await? else {
            return Ok(MemberInvited::NotAMember);
        };
        match known(&mut self.work, &concerned.sign_in).await? {
            Some(known) if known.role != "customer" || known.suspended_at.is_some() => {
                return Ok(MemberInvited::NotAMember);
            }
            Some(known)
                if known.member.is_some() && known.account_id.as_deref() == Some(account.as_str()) =>
            {
                return Ok(MemberInvited::SignsIn);
            }
            _ => {}
        }
        if links_since(&mut self.work, &concerned.sign_in, now.minus(LINKS_SPAN)).await? >= LINKS_MAX {
            return Ok(MemberInvited::TooMany);
        }
        keep_invitation(&mut self.work, &account, &concerned.sign_in, now).await?;
        let note = AuditNote::new(now, Actor::user(&holder), Act::MemberInvited);
        append_audit(&mut self.work, note.of_account(&account)).await?;
        self.send_link(&concerned, (MailKind::Invitation, INVITATION_LINK_TIME), language, work).await?;
        Ok(MemberInvited::Sent)
    }

    /// Makes a link for somebody, and writes the mail with it.
    pub(crate) async fn send_link(
        &mut self,
        concerned: &Concerned,
        (kind, time): (MailKind, Span),
        language: Language,
        work: &mut ActWork<'_>,
    ) -> Result<(), StoreError> {
        let link_id = draw_id()?;
        let token = LinkToken::of(&link_id, self.store.token_key());
        insert_link(&mut self.work, &token, concerned, (work.post.now, time)).await?;
        let mail = NewMail {
            kind,
            account: &concerned.account,
            recipient: &concerned.sign_in,
            name: &concerned.name,
            language,
            link_id: Some(&link_id),
        };
        self.store.write_mail(&mut self.work, &mail, work.post, &mut work.touched).await?;
        work.has_mail = true;
        Ok(())
    }

    /// The member whom an account's record lists under an address that is nobody else's, of no other account either.
    async fn find_member(
        &mut self,
        account: &AccountId,
        typed: &str,
        at: Instant,
    ) -> Result<Option<(Concerned, Language)>, StoreError> {
        let sign_in = kept_sign_in(typed);
        let Some(record) = read_record(&mut self.work, account).await? else { return Ok(None) };
        let token = self.store.token_key().recipient_token(&sign_in).get();
        let book = read_address_book(&mut self.work, &BTreeSet::from([token])).await?;
        let addresses: Vec<&Address> = book.values().flatten().collect();
        if owner_at(addresses.iter().copied(), at) != Owner::One(account) {
            return Ok(None);
        }
        Ok(member_of(&record, sign_in).map(|concerned| (concerned, record.language())))
    }
}

/// A member of an account, as links are sent to them.
pub(crate) fn member_of(record: &Account, sign_in: String) -> Option<Concerned> {
    let member = member_at(record, &sign_in)?;
    let name = member.name.clone().unwrap_or_else(|| sign_in.clone());
    Some(Concerned { account: record.id.clone(), member: Some(sign_in.clone()), sign_in, name })
}

/// The holder of an account whose live session this is, if their password was given again in it.
pub(crate) async fn confirmed_holder(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<(SignedIn, AccountId)>, StoreError> {
    let Some(user) = confirmed_user(work, key, now).await? else { return Ok(None) };
    let Some(holder) = signed_in(work, key, now).await? else { return Ok(None) };
    let account: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select accounts.account_id from users join accounts on accounts.account_id = users.account_id
             where user_id = $1 and role = 'customer' and member is null and accounts.deleted = 0",
        )
        .bind(user.as_str())
        .fetch_optional(connection)
        .await?
    });
    account
        .map(|account| Ok((holder, account.parse().map_err(|_| StoreError::Unreadable("account"))?)))
        .transpose()
}

async fn known(work: &mut StoreTransaction, sign_in: &str) -> Result<Option<KnownRow>, StoreError> {
    let known = on_both!(work, |connection| {
        sqlx::query_as("select role, account_id, member, suspended_at from users where sign_in = $1")
            .bind(sign_in)
            .fetch_optional(connection)
            .await?
    });
    Ok(known)
}

async fn keep_invitation(
    work: &mut StoreTransaction,
    account: &AccountId,
    member: &str,
    now: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into member_invitations (account_id, member, invited_at) values ($1, $2, $3)
             on conflict (account_id, member) do update
             set invited_at = excluded.invited_at, joined_at = null, withdrawn_at = null",
        )
        .bind(account.as_str())
        .bind(member)
        .bind(now.micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}
