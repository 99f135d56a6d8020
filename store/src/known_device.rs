use std::fmt;
use std::str::FromStr;

use engine::{Instant, Span};
use sha2::{Digest, Sha256};

use crate::draw_id::{draw_id, is_drawn};
use crate::user::kept_sign_in;
use crate::{Store, StoreError, StoreTransaction, UserId, on_both};

/// What a browser holds that somebody has signed in with: 128 random bits, of which only the hash is kept. It opens
/// nothing; it lets its people try their passwords while others guess at them.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(Box<str>);

/// Why a text is no device's token.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a device's token is 32 hexadecimal digits")]
pub struct DeviceTokenError;

/// How long a device stays known that is not signed in with.
pub const DEVICE_TIME: Span = Span::days(365);
/// Devices of one person; of more, those that were used the longest ago are strangers' again.
const DEVICES_MAX: i64 = 20;

impl DeviceToken {
    /// Its text, for the browser's cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl FromStr for DeviceToken {
    type Err = DeviceTokenError;

    fn from_str(text: &str) -> Result<Self, DeviceTokenError> {
        if is_drawn(text) { Ok(Self(text.into())) } else { Err(DeviceTokenError) }
    }
}

impl fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceToken(secret)")
    }
}

impl Store {
    /// Whether somebody has signed in so with this browser before.
    pub(crate) async fn knows_device(
        &self,
        device: &DeviceToken,
        sign_in: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.begin_jobs().await?;
        let known: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select cast(1 as bigint) from known_devices
                 join users on users.user_id = known_devices.user_id
                 where device_hash = $1 and users.sign_in = $2 and seen_at > $3",
            )
            .bind(device.hash())
            .bind(kept_sign_in(sign_in))
            .bind(now.minus(DEVICE_TIME).micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(known.is_some())
    }

    /// Keeps that somebody signed in with a browser. One that is not known gets a token of ours, whatever it shows.
    pub async fn keep_device(
        &self,
        shown: Option<&DeviceToken>,
        user: &UserId,
        now: Instant,
    ) -> Result<DeviceToken, StoreError> {
        let mut work = self.write().await?;
        let device = match shown {
            Some(shown) if is_known(&mut work, shown).await? => shown.clone(),
            _ => DeviceToken(draw_id()?),
        };
        on_both!(&mut work, |connection| {
            sqlx::query(
                "insert into known_devices (device_hash, user_id, seen_at) values ($1, $2, $3)
                 on conflict (device_hash, user_id) do update set seen_at = excluded.seen_at",
            )
            .bind(device.hash())
            .bind(user.as_str())
            .bind(now.micros())
            .execute(&mut *connection)
            .await?;
            sqlx::query(
                "delete from known_devices where user_id = $1 and seen_at <
                     (select min(seen_at) from
                         (select seen_at from known_devices where user_id = $1
                          order by seen_at desc limit $2) as latest)",
            )
            .bind(user.as_str())
            .bind(DEVICES_MAX)
            .execute(&mut *connection)
            .await?;
        });
        work.commit().await?;
        Ok(device)
    }

    /// Forgets the devices that were not signed in with for too long; how many there were.
    pub async fn forget_devices(&self, now: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            sqlx::query("delete from known_devices where seen_at <= $1")
                .bind(now.minus(DEVICE_TIME).micros())
                .execute(connection)
                .await?
                .rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

async fn is_known(work: &mut StoreTransaction, device: &DeviceToken) -> Result<bool, StoreError> {
    let known: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select cast(1 as bigint) from known_devices where device_hash = $1 limit 1")
            .bind(device.hash())
            .fetch_optional(connection)
            .await?
    });
    Ok(known.is_some())
}
