use std::collections::BTreeSet;

use engine::{Account, AccountId, Instant, Language, Span};

use crate::act::{ActWork, Concerned};
use crate::add_user::SIGN_IN_CHARS_MAX;
use crate::address::{Address, Owner, owner_at};
use crate::draw_id::draw_id;
use crate::record_rows::account_of_record;
use crate::resolve_messages::read_address_book;
use crate::sign_in_link::LINK_TIME;
use crate::user::kept_sign_in;
use crate::write_mail::NewMail;
use crate::write_online::OnlineWrite;
use crate::{LinkToken, MailKind, StoreError, StoreTransaction, on_both};

/// Links that one address gets in [`LINKS_SPAN`]: enough for a mail that was lost, and too few to annoy somebody with.
const LINKS_MAX: i64 = 5;
const LINKS_SPAN: Span = Span::hours(24);

impl OnlineWrite<'_> {
    /// Has a link sent to an address, where it is on file as that of the holder of one account, and of nobody of the
    /// staff. To another address nothing is sent at all.
    pub(crate) async fn offer_link(&mut self, typed: &str, work: &mut ActWork<'_>) -> Result<(), StoreError> {
        let Some((concerned, language)) = self.find_holder(typed, work).await? else { return Ok(()) };
        let now = work.post.now;
        if links_since(&mut self.work, &concerned.sign_in, now.minus(LINKS_SPAN)).await? >= LINKS_MAX {
            return Ok(());
        }
        let link_id = draw_id()?;
        let token = LinkToken::of(&link_id, self.store.token_key());
        insert_link(&mut self.work, &token, &concerned, now).await?;
        let mail = NewMail {
            kind: MailKind::Link,
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

    /// Whose an address is now, and how they are spoken to.
    async fn find_holder(
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
        // A member's address is on the account too, and a whole account is not theirs to see.
        if !is_holders(&record, &sign_in) {
            return Ok(None);
        }
        let Some(language) = spoken_language(&mut self.work, &sign_in, &record).await? else {
            return Ok(None);
        };
        let name = record.name.clone().unwrap_or_else(|| sign_in.clone());
        Ok(Some((Concerned { account: account.clone(), sign_in, name }, language)))
    }
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

async fn links_since(work: &mut StoreTransaction, sign_in: &str, since: Instant) -> Result<i64, StoreError> {
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
async fn insert_link(
    work: &mut StoreTransaction,
    token: &LinkToken,
    concerned: &Concerned,
    now: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("update sign_in_links set expires_at = $2 where sign_in = $1 and expires_at > $2")
            .bind(&concerned.sign_in)
            .bind(now.micros())
            .execute(&mut *connection)
            .await?;
        sqlx::query(
            "insert into sign_in_links (token_hash, account_id, sign_in, name, made_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(token.hash())
        .bind(concerned.account.as_str())
        .bind(&concerned.sign_in)
        .bind(&concerned.name)
        .bind(now.micros())
        .bind(now.plus(LINK_TIME).micros())
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}
