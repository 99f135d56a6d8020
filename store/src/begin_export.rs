//! Taking an account along: that it is done is written down first, and then all of it is read as it is at one moment.

use std::net::IpAddr;

use engine::{AccountId, Instant, Span, TokenKey};

use crate::append_audit::append_audit;
use crate::confirm_session::confirmed_user;
use crate::keep_preferences::notices_of;
use crate::read_account::read_account_of;
use crate::{
    AccountScope, AccountView, Act, Actor, AuditNote, Notices, SessionKey, SignedIn, SignedInScope, Store,
    StoreError, StoreTransaction, on_both,
};

/// How often an account may be taken along in [`EXPORTS_SPAN`]: more than anybody needs, and too few to keep a server busy
/// with.
const EXPORTS_MAX: i64 = 20;
const EXPORTS_SPAN: Span = Span::hours(24);

/// An account as it is at one moment, for its own customer to take along.
pub struct AccountExport {
    pub(crate) work: StoreTransaction,
    pub(crate) scope: AccountScope,
    pub(crate) token_key: TokenKey,
    account: AccountView,
    sign_in: SignInView,
}

/// How a customer signs in, as they see it themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInView {
    /// The address that they type.
    pub address: String,
    /// Since when they may.
    pub since: Instant,
    /// They.
    pub user: SignedIn,
    /// How they want to be told things.
    pub notices: Notices,
}

/// What came of asking for an export.
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and it is mostly the large one")]
pub enum ExportAsked {
    /// It may be read out.
    Begun(AccountExport),
    /// The password is to be given again first.
    Unconfirmed,
    /// No customer is signed in.
    SignedOut,
    /// It was done too often within a day.
    TooMany,
}

impl Store {
    /// Begins to read out all that the customer may see whose live session this is, if their password was given again in
    /// it. That they take it along is in the audit log before any of it is read.
    pub async fn begin_export(
        &self,
        key: &SessionKey,
        client: Option<IpAddr>,
        now: Instant,
    ) -> Result<ExportAsked, StoreError> {
        let Some(SignedInScope { scope, user }) = self.scope_of_session(key, now).await? else {
            return Ok(ExportAsked::SignedOut);
        };
        let mut work = self.write_audited().await?;
        if confirmed_user(&mut work, key, now).await?.as_ref() != Some(&user.user_id) {
            return Ok(ExportAsked::Unconfirmed);
        }
        if exports_since(&mut work, scope.account(), now.minus(EXPORTS_SPAN)).await? >= EXPORTS_MAX {
            return Ok(ExportAsked::TooMany);
        }
        let (address, since) = sign_in_of(&mut work, &user).await?;
        let notices = notices_of(&mut work, &user).await?;
        let note = AuditNote::new(now, Actor::user(&user), Act::AccountExported);
        append_audit(&mut work, note.of_account(scope.account()).from(client)).await?;
        work.commit().await?;
        let sign_in = SignInView { address, since, user, notices };
        self.open_export(scope, sign_in).await.map(ExportAsked::Begun)
    }

    async fn open_export(
        &self,
        scope: AccountScope,
        sign_in: SignInView,
    ) -> Result<AccountExport, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        // The first read settles which moment it is.
        let account = read_account_of(&mut work, &scope).await?;
        Ok(AccountExport { work, scope, token_key: self.token_key().clone(), account, sign_in })
    }
}

impl AccountExport {
    /// The account.
    pub fn account(&self) -> &AccountView {
        &self.account
    }

    /// How whoever takes it along signs in.
    pub fn sign_in(&self) -> &SignInView {
        &self.sign_in
    }
}

async fn exports_since(
    work: &mut StoreTransaction,
    account: &AccountId,
    since: Instant,
) -> Result<i64, StoreError> {
    let exports = on_both!(work, |connection| {
        sqlx::query_scalar("select count(*) from audit_log where account_id = $1 and at > $2 and act = $3")
            .bind(account.as_str())
            .bind(since.micros())
            .bind(Act::AccountExported.as_str())
            .fetch_one(connection)
            .await?
    });
    Ok(exports)
}

async fn sign_in_of(work: &mut StoreTransaction, user: &SignedIn) -> Result<(String, Instant), StoreError> {
    let (address, since): (String, i64) = on_both!(work, |connection| {
        sqlx::query_as("select sign_in, created_at from users where user_id = $1")
            .bind(user.user_id.as_str())
            .fetch_one(connection)
            .await?
    });
    Ok((address, Instant::from_micros(since)))
}
