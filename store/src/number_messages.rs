use engine::{CounterfoilNumber, MessageId, TokenKey};
use hmac::{Hmac, KeyInit, Mac};
use rustc_hash::FxHashMap;
use sha2::Sha256;

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows_counted;
use crate::json_list::json_list;
use crate::setting::{drop_setting, keep_setting, read_setting};
use crate::{Store, StoreError, StoreTransaction, on_both};

/// What the key is used for here, and for nothing else.
const PURPOSE: &[u8] = b"counterfoil number\0";
/// Numbers tried for a message. At a billion messages one in two billion finds its first number taken, and to find two
/// taken is that once more.
const ATTEMPTS: u32 = 4;
/// Messages from before there were numbers that get theirs in one transaction: few enough that others hardly wait.
const STEP_MESSAGES: i64 = 10_000;
/// Fresh numbers that are moved to the others at once. A number's place is random, and among millions nearly each of a
/// batch changes a page of its own: SQLite kept 10,000 a second so among three million. Moved together and in their
/// order they share pages, and it keeps three times as many, whatever is there.
const FRESH_MAX: i64 = 500_000;
/// One message in so many has the fresh numbers counted, whatever the size of its batch: that reads all of them.
const COUNTED_ONE_IN: i64 = 1 << 14;
const SETTLED: &str = "select number, message_id from counterfoil_numbers where number in ({integers})";
const FRESH: &str = "select number, message_id from fresh_numbers where number in ({integers})";
const BOTH: &str = "select number, message_id from counterfoil_numbers where number in ({integers})
     union all
     select number, message_id from fresh_numbers where number in ({integers})";
/// Up to which message's id those have a number that were here before numbers were; gone when all have.
const SETTING: &str = "numbered_until";

/// A message's candidates for its number: a keyed pseudo-random function (HMAC-SHA-256) of its id and of how many were
/// taken. So the same message gets the same number whenever and in whatever order it is loaded.
pub(crate) struct NumberKey(Hmac<Sha256>);

impl NumberKey {
    pub(crate) fn of(key: &TokenKey) -> Self {
        let keyed = Hmac::<Sha256>::new_from_slice(key.secret()).expect("HMAC takes keys of any length");
        Self(keyed.chain_update(PURPOSE))
    }

    /// The number that a message has, unless that is another's.
    pub(crate) fn first(&self, message: &str) -> CounterfoilNumber {
        self.candidate(message, 0)
    }

    fn candidate(&self, message: &str, attempt: u32) -> CounterfoilNumber {
        let hashed = self.0.clone().chain_update(attempt.to_be_bytes()).chain_update(message).finalize();
        let bytes = hashed.into_bytes();
        let first: [u8; 8] = bytes[..8].try_into().expect("a hash of 32 bytes has eight");
        CounterfoilNumber::from_bits(u64::from_be_bytes(first))
    }
}

impl Store {
    /// The numbers of messages, in the order in which they are asked for; `None` for one that is not known.
    pub async fn counterfoil_numbers_of(
        &self,
        messages: &[MessageId],
    ) -> Result<Vec<Option<CounterfoilNumber>>, StoreError> {
        let mut work = self.begin_jobs().await?;
        counterfoil_numbers_of(&mut work, self.token_key(), messages.iter().map(MessageId::as_str)).await
    }

    /// Gives their numbers to the messages that were here before numbers were. Stopped at any moment, it goes on from
    /// there the next time.
    pub(crate) async fn number_earlier_messages(&self) -> Result<(), StoreError> {
        let pending = read_setting(&mut self.begin_jobs().await?, SETTING).await?.is_some();
        while pending && self.number_step().await? {}
        Ok(())
    }

    /// Numbers some more of them; whether any are left.
    async fn number_step(&self) -> Result<bool, StoreError> {
        let mut work = self.write_bulk().await?;
        let Some(until) = read_setting(&mut work, SETTING).await? else { return Ok(false) };
        let messages: Vec<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select message_id from message_ids where message_id > $1 order by message_id limit $2",
            )
            .bind(until)
            .bind(STEP_MESSAGES)
            .fetch_all(connection)
            .await?
        });
        give_numbers(&mut work, self.token_key(), messages.iter().map(String::as_str)).await?;
        if let Some(last) = messages.last() {
            keep_setting(&mut work, SETTING, last).await?;
        } else {
            settle_numbers(&mut work).await?;
            drop_setting(&mut work, SETTING).await?;
        }
        work.commit().await?;
        Ok(!messages.is_empty())
    }
}

/// Gives each message its number, where it has none yet. What finds its number taken by another message takes its next.
pub(crate) async fn give_numbers(
    work: &mut StoreTransaction,
    key: &TokenKey,
    messages: impl IntoIterator<Item = &str>,
) -> Result<(), StoreError> {
    let key = NumberKey::of(key);
    let mut without: Vec<&str> = messages.into_iter().collect();
    for attempt in 0..ATTEMPTS {
        // In their order, so that each page is changed once a batch.
        let mut rows: Vec<(i64, &str)> =
            without.iter().map(|message| (kept(key.candidate(message, attempt)), *message)).collect();
        rows.sort_unstable();
        if attempt == 0 && rows.iter().any(|(number, _)| number % COUNTED_ONE_IN == 0) {
            settle_if_many(work).await?;
        }
        without = insert_rows(work, rows).await?;
        if without.is_empty() {
            return Ok(());
        }
    }
    Err(StoreError::NumbersTaken)
}

/// Keeps numbers as these messages'; gives the messages of which the number is another's.
async fn insert_rows<'m>(
    work: &mut StoreTransaction,
    rows: Vec<(i64, &'m str)>,
) -> Result<Vec<&'m str>, StoreError> {
    let numbers = || rows.iter().map(|(number, _)| *number);
    let settled = whose(work, SETTLED, numbers()).await?;
    let fresh = || rows.iter().filter(|(number, _)| !settled.contains_key(number));
    let statement = "insert into fresh_numbers (number, message_id)
         select cast(value ->> 0 as bigint), value ->> 1 from {rows} where true
         on conflict (number) do nothing";
    let inserted = execute_rows_counted(work, statement, fresh()).await?;
    if inserted == rows.len() as u64 {
        return Ok(Vec::new());
    }
    // Some have theirs since before, and of others another message has it.
    let fresh = whose(work, FRESH, numbers()).await?;
    let is_another_s = |(number, message): &(i64, &str)| {
        settled.get(number).or_else(|| fresh.get(number)).is_none_or(|of| of != message)
    };
    Ok(rows.iter().filter(|row| is_another_s(row)).map(|(_, message)| *message).collect())
}

/// Moves the fresh numbers to the others where they have become many.
async fn settle_if_many(work: &mut StoreTransaction) -> Result<(), StoreError> {
    let fresh: i64 = on_both!(&mut *work, |connection| {
        sqlx::query_scalar("select count(*) from fresh_numbers").fetch_one(connection).await?
    });
    if fresh < FRESH_MAX { Ok(()) } else { settle_numbers(work).await }
}

/// Moves the fresh numbers to the others.
async fn settle_numbers(work: &mut StoreTransaction) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into counterfoil_numbers (number, message_id)
             select number, message_id from fresh_numbers order by number",
        )
        .execute(&mut *connection)
        .await?;
        sqlx::query("delete from fresh_numbers").execute(&mut *connection).await?;
    });
    Ok(())
}

/// The numbers of messages, in their order; `None` for one that has none.
pub(crate) async fn counterfoil_numbers_of(
    work: &mut StoreTransaction,
    key: &TokenKey,
    messages: impl IntoIterator<Item = &str>,
) -> Result<Vec<Option<CounterfoilNumber>>, StoreError> {
    let key = NumberKey::of(key);
    let messages: Vec<&str> = messages.into_iter().collect();
    let mut numbers = vec![None; messages.len()];
    for attempt in 0..ATTEMPTS {
        let places = (0..messages.len()).filter(|place| numbers[*place].is_none());
        let asked: Vec<(usize, CounterfoilNumber)> =
            places.map(|place| (place, key.candidate(messages[place], attempt))).collect();
        if asked.is_empty() {
            break;
        }
        let taken = whose(work, BOTH, asked.iter().map(|(_, number)| kept(*number))).await?;
        for (place, number) in asked {
            if taken.get(&kept(number)).is_some_and(|of| of == messages[place]) {
                numbers[place] = Some(number);
            }
        }
    }
    Ok(numbers)
}

/// Whose some numbers are, by one of the statements for that.
async fn whose(
    work: &mut StoreTransaction,
    statement: &'static str,
    numbers: impl Iterator<Item = i64>,
) -> Result<FxHashMap<i64, String>, StoreError> {
    let numbers = json_list(numbers);
    let rows: Vec<(i64, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(statement)).bind(numbers).fetch_all(connection).await?
    });
    Ok(rows.into_iter().collect())
}

/// A number as it is kept.
pub(crate) fn kept(number: CounterfoilNumber) -> i64 {
    i64::try_from(number.bits()).expect("60 bits fit")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(key: u8, message: &str, attempt: u32) -> String {
        NumberKey::of(&TokenKey::new([key; 16])).candidate(message, attempt).to_string()
    }

    #[test]
    fn a_number_follows_from_key_id_and_attempt() {
        let first = candidate(7, "M-1", 0);
        assert_eq!(first, candidate(7, "M-1", 0));
        for (key, message, attempt) in [(8, "M-1", 0), (7, "M-2", 0), (7, "M-1", 1)] {
            assert_ne!(candidate(key, message, attempt), first, "{key} {message} {attempt}");
        }
        // What was once printed in a message must be found for ever.
        assert_eq!(first, "D9RY-VXN8-583Q");
    }
}
