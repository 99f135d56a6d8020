use engine::Instant;

use crate::user::UserRow;
use crate::{SessionKey, SignedIn, StoreError, StoreTransaction, on_both};

/// Whoever is signed in with a live session and may look accounts up: an agent or a supervisor, by the role that they
/// have at this moment. An auditor reads what others did, and looks nobody up.
pub(crate) async fn staff_of_session(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let row: Option<UserRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select users.user_id, users.role, users.name, users.account_id, users.language, users.time_zone
             from sessions
             join users on users.user_id = sessions.user_id
             where session_hash = $1 and expires_at > $2 and ends_at > $2
               and users.role in ('agent', 'supervisor')",
        )
        .bind(key.hash())
        .bind(now.micros())
        .fetch_optional(connection)
        .await?
    });
    row.map(UserRow::into_signed_in).transpose()
}
