use std::net::{IpAddr, Ipv6Addr};

use engine::{Instant, Span, TokenKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::user::kept_sign_in;
use crate::{DeviceToken, Store, StoreError, StoreTransaction, on_both};

/// For whom wrong passwords are counted, as a keyed hash: whether anybody signs in so makes no difference, and what was
/// typed is kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    hash: Vec<u8>,
    pace: &'static Pace,
}

/// How often passwords may be tried.
#[derive(Debug, PartialEq, Eq)]
struct Pace {
    /// Tries without a pause behind them.
    free: i64,
    /// The pauses behind those that follow; the last one holds from there on.
    pauses: &'static [Span],
    /// Tries within a day.
    tries_max: i64,
}

/// For one sign-in. Guessing at 20 a day takes a person's password in no lifetime, if it is not a common one.
const OF_SIGN_IN: Pace = Pace {
    free: 0,
    pauses: &[
        Span::seconds(1),
        Span::seconds(3),
        Span::seconds(5),
        Span::seconds(10),
        Span::seconds(30),
        Span::minutes(1),
        Span::minutes(5),
    ],
    tries_max: 20,
};
/// For one address: a household mistypes now and then, and so does an office behind one. It is never shut out, for it may
/// be the proxy's that everybody comes through.
const OF_CLIENT: Pace =
    Pace { free: 30, pauses: &[Span::seconds(1), Span::seconds(3), Span::seconds(5)], tries_max: i64::MAX };
/// Tries are counted by the day, from the first one on.
const DAY: Span = Span::hours(24);
/// What of a pause is waited for; whoever would have to wait for longer is told so.
const WAIT_MAX: Span = Span::seconds(5);
/// Sign-ins and addresses that are remembered, of a hundred bytes or so each.
const SUBJECTS_MAX: i64 = 1_000_000;
/// What the key is used for here, and for nothing else.
const PURPOSE: &[u8] = b"sign-in try\0";

/// When a password may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// After this.
    In(Span),
    /// Not now, and not before this.
    TooSoon(Span),
}

#[derive(sqlx::FromRow)]
struct TriesRow {
    began_at: i64,
    tries: i64,
    next_at: i64,
}

impl Subject {
    /// Whoever signs in as this.
    pub(crate) fn sign_in(typed: &str, key: &TokenKey) -> Self {
        Self::of(b's', kept_sign_in(typed).as_bytes(), key, &OF_SIGN_IN)
    }

    /// A browser that has been signed in with before: it is paced apart, so that nobody else's guesses keep it out.
    pub(crate) fn device(device: &DeviceToken, key: &TokenKey) -> Self {
        Self::of(b'd', &device.hash(), key, &OF_SIGN_IN)
    }

    /// Whoever asks from an address. Of IPv6, a network of 64 bits is what one subscriber has.
    pub(crate) fn client(address: IpAddr, key: &TokenKey) -> Self {
        let address = match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            address @ IpAddr::V4(_) => address,
        };
        Self::of(b'c', address.to_string().as_bytes(), key, &OF_CLIENT)
    }

    fn of(tag: u8, what: &[u8], key: &TokenKey, pace: &'static Pace) -> Self {
        let keyed = Hmac::<Sha256>::new_from_slice(key.secret()).expect("HMAC takes keys of any length");
        let hashed = keyed.chain_update(PURPOSE).chain_update([tag]).chain_update(what).finalize();
        Self { hash: hashed.into_bytes().to_vec(), pace }
    }
}

impl Pace {
    /// How long no other password is looked at after so many tries.
    fn pause_behind(&self, tries: i64) -> Span {
        let place = usize::try_from(tries - self.free - 1).ok();
        let pause = place.map(|place| self.pauses[place.min(self.pauses.len() - 1)]);
        pause.unwrap_or(Span::ZERO)
    }
}

impl Store {
    /// Gives a try its turn. It counts before the password is looked at, so that many at once are counted one by one; one
    /// that proves right is taken back.
    pub(crate) async fn take_turn(&self, subjects: &[Subject], now: Instant) -> Result<Turn, StoreError> {
        let mut work = self.write().await?;
        let mut wait = Span::ZERO;
        for subject in subjects {
            match take_turn_of(&mut work, subject, now).await? {
                Turn::In(of_subject) => wait = wait.max(of_subject),
                // Nothing is committed: what was not looked at is not counted.
                too_soon @ Turn::TooSoon(_) => return Ok(too_soon),
            }
        }
        work.commit().await?;
        Ok(Turn::In(wait))
    }

    /// Takes back what a right password was counted for: of the person all tries, of their address that one.
    pub(crate) async fn take_back_tries(&self, subjects: &[Subject], now: Instant) -> Result<(), StoreError> {
        let mut work = self.write().await?;
        for subject in subjects {
            if *subject.pace == OF_SIGN_IN {
                forget_tries_of(&mut work, subject).await?;
                continue;
            }
            on_both!(&mut work, |connection| {
                sqlx::query(
                    "update sign_in_tries set tries = tries - 1, next_at = $2
                     where subject_hash = $1 and tries > 0",
                )
                .bind(&subject.hash)
                .bind(now.micros())
                .execute(connection)
                .await?;
            });
        }
        work.commit().await
    }

    /// Takes one try back of each, as its password was not looked at.
    pub(crate) async fn give_back_try(&self, subjects: &[Subject]) -> Result<(), StoreError> {
        let mut work = self.write().await?;
        for Subject { hash, .. } in subjects {
            on_both!(&mut work, |connection| {
                sqlx::query(
                    "update sign_in_tries set tries = tries - 1 where subject_hash = $1 and tries > 0",
                )
                .bind(hash)
                .execute(connection)
                .await?;
            });
        }
        work.commit().await
    }

    /// Forgets the tries of days that are over, and the oldest where there are too many. How many subjects there were.
    pub async fn forget_sign_in_tries(&self, now: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            sqlx::query(
                "delete from sign_in_tries where began_at <= $1 or subject_hash in
                     (select subject_hash from sign_in_tries order by began_at desc limit $2 offset $3)",
            )
            .bind(now.minus(DAY).micros())
            .bind(SUBJECTS_MAX)
            .bind(SUBJECTS_MAX)
            .execute(connection)
            .await?
            .rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

/// Forgets what was tried for somebody.
pub(crate) async fn forget_tries_of(
    work: &mut StoreTransaction,
    subject: &Subject,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("delete from sign_in_tries where subject_hash = $1")
            .bind(&subject.hash)
            .execute(connection)
            .await?;
    });
    Ok(())
}

async fn take_turn_of(
    work: &mut StoreTransaction,
    subject: &Subject,
    now: Instant,
) -> Result<Turn, StoreError> {
    let pace = subject.pace;
    let kept = lock(work, subject, now).await?;
    let is_over = now.since(Instant::from_micros(kept.began_at)) >= DAY;
    let (began_at, tries, next_at) =
        if is_over { (now.micros(), 0, now.micros()) } else { (kept.began_at, kept.tries, kept.next_at) };
    if tries >= pace.tries_max {
        return Ok(Turn::TooSoon(Instant::from_micros(began_at).plus(DAY).since(now)));
    }
    let turn_at = Instant::from_micros(next_at).max(now);
    let wait = turn_at.since(now);
    if wait > WAIT_MAX {
        return Ok(Turn::TooSoon(wait));
    }
    on_both!(work, |connection| {
        sqlx::query(
            "update sign_in_tries set began_at = $2, tries = $3, next_at = $4 where subject_hash = $1",
        )
        .bind(&subject.hash)
        .bind(began_at)
        .bind(tries + 1)
        .bind(turn_at.plus(pace.pause_behind(tries + 1)).micros())
        .execute(connection)
        .await?;
    });
    Ok(Turn::In(wait))
}

/// What was tried for somebody, which nobody else reads until this transaction ends.
async fn lock(work: &mut StoreTransaction, subject: &Subject, now: Instant) -> Result<TriesRow, StoreError> {
    let row = on_both!(work, |connection| {
        // What changes nothing locks the row all the same.
        sqlx::query_as(
            "insert into sign_in_tries (subject_hash, began_at, tries, next_at) values ($1, $2, 0, $2)
             on conflict (subject_hash) do update set tries = sign_in_tries.tries
             returning began_at, tries, next_at",
        )
        .bind(&subject.hash)
        .bind(now.micros())
        .fetch_one(connection)
        .await?
    });
    Ok(row)
}
