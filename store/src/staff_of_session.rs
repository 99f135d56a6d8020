use engine::Instant;

use crate::open_scope::signed_in;
use crate::{Role, SessionKey, SignedIn, StoreError, StoreTransaction};

/// Whoever is signed in with a live session and may look accounts up: an agent or a supervisor, by the role that they
/// have at this moment. An auditor reads what others did, and looks nobody up.
pub(crate) async fn staff_of_session(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let user = signed_in(work, key, now).await?;
    Ok(user.filter(|user| matches!(user.role, Role::Agent | Role::Supervisor)))
}
