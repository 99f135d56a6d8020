use std::collections::BTreeSet;

use engine::{Account, AccountId, Instant, Language, Span};

use crate::act::{ActWork, Concerned};
use crate::add_user::SIGN_IN_CHARS_MAX;
use crate::address::{Address, Owner, owner_at};
use crate::invite_member::{INVITATION_TIME, member_of};
use crate::record_rows::account_of_record;
use crate::resolve_messages::read_address_book;
use crate::sign_in_link::LINK_TIME;
use crate::user::kept_sign_in;
use crate::write_online::OnlineWrite;
use crate::{LinkToken, MailKind, StoreError, StoreTransaction, on_both};

/// Links that one address gets in [`LINKS_SPAN`]: enough for a mail that was lost, and too few to annoy somebody with.
pub(crate) const LINKS_MAX: i64 = 5;
pub(crate) const LINKS_SPAN: Span = Span::hours(24);

impl OnlineWrite<'_> {
    /// Has a link sent to an address, where it is on file as that of the holder of one account, or of a member whom the
    /// holder has invited, and of nobody of the staff. To another address nothing is sent at all.
    pub(crate) async fn offer_link(&mut self, typed: &str, work: &mut ActWork<'_>) -> Result<(), StoreError> {
        let Some((concerned, language)) = self.find_person(typed, work).await? else { return Ok(()) };
        let now = work.post.now;
        if links_since(&mut self.work, &concerned.sign_in, now.minus(LINKS_SPAN)).await? >= LINKS_MAX {
            return Ok(());
        }
        self.send_link(&concerned, (MailKind::Link, LINK_TIME), language, work).await
    }

    /// Whose an address is now, and how they are spoken to.
    async fn find_person(
        &mut self,
        typed: &str,
        work: &ActWork<'_>,
    ) -> Result<Option<(Concerned, Language)>, StoreError> {
        let sign_in = kept_sign_in(typed);
        let is_address =
            sign_in.contains('@') && !sign_in.contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_address || sign_in.chars().count() > SIGN_IN_CHARS_MAX {
            return Ok(None);
        }
        let token = self.store.token_key().recipient_token(&sign_in).get();
        let book = read_address_book(&mut self.work, &BTreeSet::from([token])).await?;
        let addresses: Vec<&Address> = book.values().flatten().collect();
        let Owner::One(account) = owner_at(addresses.iter().copied(), work.post.at) else { return Ok(None) };
        let Some(record) = read_record(&mut self.work, account).await? else { return Ok(None) };
        let Some(language) = spoken_language(&mut self.work, &sign_in, &record).await? else {
            return Ok(None);
        };
        if is_holders(&record, &sign_in) {
            let name = record.name.clone().unwrap_or_else(|| sign_in.clone());
            let concerned = Concerned { account: account.clone(), member: None, sign_in, name };
            return Ok(Some((concerned, language)));
        }
        // A member's address is on the account too, and it is the holder who lets them in.
        let since = work.post.now.minus(INVITATION_TIME);
        if !is_invited(&mut self.work, account, &sign_in, since).await? {
            return Ok(None);
        }
        Ok(member_of(&record, sign_in).map(|concerned| (concerned, language)))
    }
}

/// Whether a member signs in, or was invited to since a moment.
async fn is_invited(
    work: &mut StoreTransaction,
    account: &AccountId,
    member: &str,
    since: Instant,
) -> Result<bool, StoreError> {
    let invited: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select cast(1 as bigint) from member_invitations
             where account_id = $1 and member = $2 and withdrawn_at is null
               and (joined_at is not null or invited_at > $3)",
        )
        .bind(account.as_str())
        .bind(member)
        .bind(since.micros())
        .fetch_optional(connection)
        .await?
    });
    Ok(invited.is_some())
}

fn is_holders(account: &Account, sign_in: &str) -> bool {
    account.emails.iter().any(|email| kept_sign_in(email) == sign_in)
}

/// The record of an account that is not deleted.
pub(crate) async fn read_record(
    work: &mut StoreTransaction,
    account: &AccountId,
) -> Result<Option<Account>, StoreError> {
    let record: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar("select record from accounts where account_id = $1 and deleted = 0")
            .bind(account.as_str())
            .fetch_optional(connection)
            .await?
    });
    record.map(|record| account_of_record(&record)).transpose()
}

/// The language that a person chose, else their account's; `None` where the address is one of the staff's, whose sign-in
/// no link of a customer's changes.
async fn spoken_language(
    work: &mut StoreTransaction,
    sign_in: &str,
    account: &Account,
) -> Result<Option<Language>, StoreError> {
    let known: Option<(String, Option<String>)> = on_both!(work, |connection| {
        sqlx::query_as("select role, language from users where sign_in = $1")
            .bind(sign_in)
            .fetch_optional(connection)
            .await?
    });
    Ok(match known {
        Some((role, _)) if role != "customer" => None,
        Some((_, Some(tag))) => Some(Language::of_locale(&tag)),
        _ => Some(account.language()),
    })
}

pub(crate) async fn links_since(
    work: &mut StoreTransaction,
    sign_in: &str,
    since: Instant,
) -> Result<i64, StoreError> {
    let links = on_both!(work, |connection| {
        sqlx::query_scalar("select count(*) from sign_in_links where sign_in = $1 and made_at > $2")
            .bind(sign_in)
            .bind(since.micros())
            .fetch_one(connection)
            .await?
    });
    Ok(links)
}

/// Keeps a link. Earlier ones of the same address end: one that lies in an old mail is of no use.
pub(crate) async fn insert_link(
    work: &mut StoreTransaction,
    token: &LinkToken,
    concerned: &Concerned,
    (now, time): (Instant, Span),
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("update sign_in_links set expires_at = $2 where sign_in = $1 and expires_at > $2")
            .bind(&concerned.sign_in)
            .bind(now.micros())
            .execute(&mut *connection)
            .await?;
        sqlx::query(
            "insert into sign_in_links (token_hash, account_id, sign_in, name, made_at, expires_at, member)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(token.hash())
        .bind(concerned.account.as_str())
        .bind(&concerned.sign_in)
        .bind(&concerned.name)
        .bind(now.micros())
        .bind(now.plus(time).micros())
        .bind(concerned.member.as_deref())
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}
