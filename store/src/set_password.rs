use engine::{Instant, Language};

use crate::act::{ActWork, Concerned, PasswordSet};
use crate::append_audit::append_audit;
use crate::hash_password::HashedPassword;
use crate::member_part::member_at;
use crate::offer_link::read_record;
use crate::pace_sign_in::{Subject, forget_tries_of};
use crate::record_rows::account_id;
use crate::write_mail::NewMail;
use crate::write_online::OnlineWrite;
use crate::{
    Act, Actor, AuditNote, LinkToken, MailKind, Preferences, Role, SignedIn, StoreError, StoreTransaction,
    UserId, on_both,
};

#[derive(sqlx::FromRow)]
struct LinkRow {
    account_id: String,
    sign_in: String,
    name: String,
    member: Option<String>,
}

impl OnlineWrite<'_> {
    /// Uses a link up, for the password of its person. Whoever was signed in as them is signed out, and every device is
    /// a stranger's again: the password may have been reset because somebody else knew it.
    pub(crate) async fn set_password(
        &mut self,
        token: &LinkToken,
        password: &HashedPassword,
        language: Language,
        work: &mut ActWork<'_>,
    ) -> Result<PasswordSet, StoreError> {
        let now = work.post.now;
        let Some(link) = use_link(&mut self.work, token, now).await? else {
            return Ok(PasswordSet::LinkGone);
        };
        let account = account_id(&link.account_id)?;
        let concerned = Concerned { account, member: link.member, sign_in: link.sign_in, name: link.name };
        if !join(&mut self.work, &concerned, now).await? {
            return Ok(PasswordSet::LinkGone);
        }
        let Some(user) = write_user(&mut self.work, &concerned, password, now).await? else {
            return Ok(PasswordSet::LinkGone);
        };
        let person = SignedIn {
            user_id: user.clone(),
            role: Role::Customer,
            name: concerned.name.clone(),
            account: Some(concerned.account.clone()),
            preferences: Preferences::default(),
        };
        let note = AuditNote::new(now, Actor::user(&person), Act::PasswordChanged);
        append_audit(&mut self.work, note.of_account(&concerned.account)).await?;
        let subject = Subject::sign_in(&concerned.sign_in, self.store.token_key());
        forget_tries_of(&mut self.work, &subject).await?;
        let mail = NewMail {
            kind: MailKind::PasswordSet,
            account: &concerned.account,
            recipient: &concerned.sign_in,
            name: &concerned.name,
            language,
            link_id: None,
        };
        self.store.write_mail(&mut self.work, &mail, work.post, &mut work.touched).await?;
        work.has_mail = true;
        Ok(PasswordSet::For(user))
    }
}

/// Marks a link as used, if it may be; of two who use it at once, one is told that it is gone.
async fn use_link(
    work: &mut StoreTransaction,
    token: &LinkToken,
    now: Instant,
) -> Result<Option<LinkRow>, StoreError> {
    let link = on_both!(work, |connection| {
        sqlx::query_as(
            "update sign_in_links set used_at = $2
             where token_hash = $1 and expires_at > $2 and used_at is null
             returning account_id, sign_in, name, member",
        )
        .bind(token.hash())
        .bind(now.micros())
        .fetch_optional(connection)
        .await?
    });
    Ok(link)
}

/// Notes that a member has come by their invitation; `false` where the record lists them no longer, or the invitation was
/// withdrawn. A holder needs none.
async fn join(work: &mut StoreTransaction, concerned: &Concerned, now: Instant) -> Result<bool, StoreError> {
    let Some(member) = &concerned.member else { return Ok(true) };
    let record = read_record(work, &concerned.account).await?;
    if record.is_none_or(|record| member_at(&record, member).is_none()) {
        return Ok(false);
    }
    let joined = on_both!(work, |connection| {
        sqlx::query(
            "update member_invitations set joined_at = coalesce(joined_at, $3)
             where account_id = $1 and member = $2 and withdrawn_at is null",
        )
        .bind(concerned.account.as_str())
        .bind(member)
        .bind(now.micros())
        .execute(connection)
        .await?
        .rows_affected()
    });
    Ok(joined > 0)
}

/// Adds the person, or gives the one who signs in so the new password. `None` where that is one of the staff.
async fn write_user(
    work: &mut StoreTransaction,
    concerned: &Concerned,
    password: &HashedPassword,
    now: Instant,
) -> Result<Option<UserId>, StoreError> {
    let drawn = UserId::draw()?;
    let user: Option<String> = on_both!(work, |connection| {
        // Where the address was of another account's holder before, it is this one's now, and so is the sign-in.
        sqlx::query_scalar(
            "insert into users (user_id, sign_in, name, password_hash, role, account_id, created_at, member)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (sign_in) do update set
                 password_hash = excluded.password_hash, account_id = excluded.account_id, name = excluded.name,
                 member = excluded.member
             where users.role = excluded.role
             returning user_id",
        )
        .bind(drawn.as_str())
        .bind(&concerned.sign_in)
        .bind(&concerned.name)
        .bind(password.as_str())
        .bind(Role::Customer.as_str())
        .bind(concerned.account.as_str())
        .bind(now.micros())
        .bind(concerned.member.as_deref())
        .fetch_optional(&mut *connection)
        .await?
    });
    let Some(user) = user else { return Ok(None) };
    on_both!(work, |connection| {
        for statement in
            ["delete from sessions where user_id = $1", "delete from known_devices where user_id = $1"]
        {
            sqlx::query(statement).bind(&user).execute(&mut *connection).await?;
        }
    });
    user.parse().map(Some).map_err(|_| StoreError::Unreadable("user"))
}
