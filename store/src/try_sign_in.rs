use std::net::IpAddr;
use std::time::Duration;

use engine::{Instant, Span};

use crate::pace_sign_in::{Subject, Turn};
use crate::{Admission, DeviceToken, Password, SignInProof, SignedIn, Store, StoreError};

/// A try to sign in.
#[derive(Debug)]
pub struct SignInTry<'a> {
    /// What was typed to say who it is.
    pub sign_in: &'a str,
    /// What was typed to prove it.
    pub password: &'a Password,
    /// From where.
    pub client: IpAddr,
    /// What the browser shows that was signed in with before.
    pub device: Option<&'a DeviceToken>,
}

/// What became of it. Of whoever is not known it is the same, and takes as long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriedSignIn {
    /// It is they, and this is what their browser is known by from now on.
    Proved(SignedIn, SignInProof, DeviceToken),
    /// The two don't belong together.
    Refused,
    /// They are who they say, and are suspended.
    Suspended,
    /// They are who they say, and a member of their account no longer.
    NotListed,
    /// The password was not looked at: too many were wrong. One will be looked at after this.
    TooSoon(Span),
}

impl Store {
    /// Looks at a password when its turn comes. Wrong ones are followed by growing pauses, for the sign-in and for the
    /// address they come from; a browser that its owner has signed in with before has turns of its own.
    pub async fn try_sign_in(&self, tried: &SignInTry<'_>, now: Instant) -> Result<TriedSignIn, StoreError> {
        let subjects = self.subjects_of(tried, now).await?;
        let waited = match self.take_turn(&subjects, now).await? {
            Turn::In(wait) => wait,
            Turn::TooSoon(wait) => return Ok(TriedSignIn::TooSoon(wait)),
        };
        tokio::time::sleep(Duration::from_micros(waited.micros().unsigned_abs())).await;
        let now = now.plus(waited);
        let admission = self.sign_in(tried.sign_in, tried.password, Some(tried.client), now).await;
        if admission.is_err() {
            self.give_back_try(&subjects).await?;
        }
        let (user, proof) = match admission? {
            Admission::Admitted(user, proof) => (user, proof),
            Admission::NotListed => return Ok(TriedSignIn::NotListed),
            Admission::Suspended => return Ok(TriedSignIn::Suspended),
            Admission::Refused => return Ok(TriedSignIn::Refused),
        };
        self.take_back_tries(&subjects, now).await?;
        let device = self.keep_device(tried.device, &user.user_id, now).await?;
        Ok(TriedSignIn::Proved(user, proof, device))
    }

    async fn subjects_of(&self, tried: &SignInTry<'_>, now: Instant) -> Result<Vec<Subject>, StoreError> {
        let key = self.token_key();
        if let Some(device) = tried.device
            && self.knows_device(device, tried.sign_in, now).await?
        {
            return Ok(vec![Subject::device(device, key)]);
        }
        Ok(vec![Subject::sign_in(tried.sign_in, key), Subject::client(tried.client, key)])
    }
}
