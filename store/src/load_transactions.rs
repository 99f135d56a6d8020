use std::collections::BTreeSet;

use engine::{AccountId, Instant, Kind, Money, Transaction, TransactionId};
use rustc_hash::FxHashMap;

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::hashed::{Hashed, unzip_hashed};
use crate::json_list::json_list;
use crate::known_tokens::{KnownToken, add_known, drop_known, tokens_of_transaction};
use crate::publish_catalogue::keep_kinds;
use crate::record_rows::TransactionRow;
use crate::sort_arrivals::{Arrived, Loaded, Version, sort_arrivals};
use crate::touched::{Change, Touched};
use crate::{Progress, Store, StoreError, StoreTransaction, on_both};

/// A transaction that stands from now on.
struct Standing<'a> {
    record: &'a Transaction,
    version: Version,
    first_seen_at: i64,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    transaction_id: String,
    revision: i64,
    content_hash: i64,
    first_seen_at: i64,
}

impl Store {
    /// Loads a batch of a feed's transactions and keeps how far the file is, both or neither.
    ///
    /// `now` is when they were first seen. The accounts they change are to be judged afterwards.
    pub async fn load_transactions(
        &self,
        progress: &Progress,
        transactions: Vec<impl Into<Hashed<Transaction>>>,
        now: Instant,
    ) -> Result<Loaded, StoreError> {
        let transactions = transactions.into_iter().map(Into::into).collect();
        let (mut work, mut touched) = (self.write_bulk().await?, Touched::default());
        let outcomes = self.take_transactions(&mut work, transactions, now, &mut touched).await?;
        progress.end(self, work, touched).await?;
        Ok(Loaded::of(outcomes))
    }

    /// Takes transactions, first seen at `now`; what became of each, in their order.
    pub(crate) async fn take_transactions(
        &self,
        work: &mut StoreTransaction,
        transactions: Vec<Hashed<Transaction>>,
        now: Instant,
        touched: &mut Touched,
    ) -> Result<Vec<Arrived>, StoreError> {
        let kinds: BTreeSet<Kind> =
            transactions.iter().map(|transaction| transaction.record.kind.clone()).collect();
        let outcomes = self.take_transactions_of_known_kinds(work, transactions, now, touched).await?;
        keep_kinds(work, &kinds.iter().collect(), touched).await?;
        Ok(outcomes)
    }

    /// The same of those whose kinds give no text a new meaning.
    pub(crate) async fn take_transactions_of_known_kinds(
        &self,
        work: &mut StoreTransaction,
        transactions: Vec<Hashed<Transaction>>,
        now: Instant,
        touched: &mut Touched,
    ) -> Result<Vec<Arrived>, StoreError> {
        let (transactions, versions) = unzip_hashed(transactions);
        let known = read_known(work, &transactions).await?;
        let first_seen: FxHashMap<&str, i64> =
            known.iter().map(|row| (row.transaction_id.as_str(), row.first_seen_at)).collect();
        let mut known_versions =
            known.iter().map(|row| (row.transaction_id.clone(), row.version())).collect();
        let arrivals = transactions.iter().map(|transaction| transaction.id.as_str()).zip(versions);
        let (outcomes, places) = sort_arrivals(arrivals, &mut known_versions);
        let standing: Vec<Standing> = (places.into_iter().map(|place| &transactions[place]))
            .map(|record| Standing {
                record,
                version: known_versions[record.id.as_str()],
                first_seen_at: first_seen.get(record.id.as_str()).copied().unwrap_or(now.micros()),
            })
            .collect();
        self.write_transactions(work, &standing, touched).await?;
        Ok(outcomes)
    }

    async fn write_transactions(
        &self,
        work: &mut StoreTransaction,
        standing: &[Standing<'_>],
        touched: &mut Touched,
    ) -> Result<(), StoreError> {
        let corrected = take_corrected(work, standing).await?;
        write_ids(work, standing).await?;
        write_rows(work, standing).await?;
        let tokens = |record| tokens_of_transaction(record, self.token_key());
        let added: BTreeSet<KnownToken> = alive(standing).flat_map(|row| tokens(row.record)).collect();
        let gone: BTreeSet<KnownToken> = corrected.iter().flat_map(tokens).collect();
        add_known(work, &added, touched).await?;
        drop_known(work, &gone.difference(&added).cloned().collect(), self.token_key(), touched).await?;
        let former: FxHashMap<&TransactionId, &AccountId> =
            corrected.iter().map(|record| (&record.id, &record.account)).collect();
        for Standing { record, first_seen_at, .. } in standing {
            let moved_from = former.get(&record.id).filter(|former| ***former != record.account);
            touched.extend(moved_from.map(|account| account.as_str()));
            touched.add(record.account.as_str(), || {
                let recorded_at = record.recorded_at.unwrap_or(Instant::from_micros(*first_seen_at));
                let recorded_at = Some(recorded_at);
                Change::Transaction(Box::new(Transaction { recorded_at, ..(*record).clone() }))
            });
        }
        Ok(())
    }
}

impl KnownRow {
    fn version(&self) -> Version {
        Version { revision: self.revision, content_hash: self.content_hash, body_hash: 0 }
    }
}

fn alive<'a, 'b>(standing: &'b [Standing<'a>]) -> impl Iterator<Item = &'b Standing<'a>> {
    standing.iter().filter(|row| !row.record.deleted)
}

async fn read_known(
    work: &mut StoreTransaction,
    transactions: &[Transaction],
) -> Result<Vec<KnownRow>, StoreError> {
    let ids = json_list(transactions.iter().map(|transaction| &transaction.id));
    let known = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select transaction_id, revision, content_hash, first_seen_at from transaction_ids
             where transaction_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(known)
}

/// Takes away the rows in whose place others stand, and gives them.
async fn take_corrected(
    work: &mut StoreTransaction,
    standing: &[Standing<'_>],
) -> Result<Vec<Transaction>, StoreError> {
    let ids = json_list(standing.iter().map(|row| &row.record.id));
    let rows: Vec<TransactionRow> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "delete from transactions where (account_id, occurred_at, transaction_id) in
             (select account_id, occurred_at, transaction_id from transaction_ids
              where transaction_id in ({texts}) and deleted = 0)
             returning account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list, amount_minor,
                       currency, imei, model, line, summary",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    rows.into_iter().map(TransactionRow::into_transaction).collect()
}

async fn write_ids(work: &mut StoreTransaction, standing: &[Standing<'_>]) -> Result<(), StoreError> {
    let rows = standing.iter().map(|Standing { record, version, first_seen_at }| {
        let deleted = i64::from(record.deleted);
        let at = record.occurred_at.micros();
        (&record.id, &record.account, at, version.revision, version.content_hash, deleted, first_seen_at)
    });
    let statement = "insert into transaction_ids
         (transaction_id, account_id, occurred_at, revision, content_hash, deleted, first_seen_at)
     select value ->> 0, value ->> 1, cast(value ->> 2 as bigint), cast(value ->> 3 as bigint),
            cast(value ->> 4 as bigint), cast(value ->> 5 as bigint), cast(value ->> 6 as bigint)
     from {rows} where true
     on conflict (transaction_id) do update set
         account_id = excluded.account_id, occurred_at = excluded.occurred_at, revision = excluded.revision,
         content_hash = excluded.content_hash, deleted = excluded.deleted";
    execute_rows(work, statement, rows).await
}

async fn write_rows(work: &mut StoreTransaction, standing: &[Standing<'_>]) -> Result<(), StoreError> {
    let mut sorted: Vec<&Standing> = alive(standing).collect();
    sorted.sort_by_key(|row| (&row.record.account, row.record.occurred_at, &row.record.id));
    let rows = sorted.into_iter().map(|Standing { record, first_seen_at, .. }| {
        let references = serde_json::to_string(&record.references).expect("references are texts");
        let device = record.device.as_ref();
        let (amount, currency) = (record.amount.map(Money::minor), record.amount.map(Money::currency));
        let (imei, model) = (device.map(|device| device.imei), device.map(|device| &device.model));
        let recorded_at = record.recorded_at.map_or(*first_seen_at, Instant::micros);
        let (account, at, id) = (&record.account, record.occurred_at.micros(), &record.id);
        let (status, line, summary) = (&record.status, &record.line, &record.summary);
        (
            account,
            at,
            id,
            &record.kind,
            recorded_at,
            status,
            references,
            amount,
            currency,
            imei,
            model,
            line,
            summary,
        )
    });
    let statement = "insert into transactions
         (account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list,
          amount_minor, currency, imei, model, line, summary)
     select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, value ->> 3, cast(value ->> 4 as bigint),
            value ->> 5, value ->> 6, cast(value ->> 7 as bigint), value ->> 8, value ->> 9, value ->> 10,
            value ->> 11, value ->> 12
     from {rows}";
    execute_rows(work, statement, rows).await
}
