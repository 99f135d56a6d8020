use std::collections::BTreeMap;

use anyhow::bail;
use clap::Args;
use engine::Instant;
use store::{AccountSample, CheckedVerdicts, Defect, Judging, Store};

use crate::catalogue::stored_judging;
use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct CheckCommand {
    /// How many accounts to look into, picked by chance
    #[arg(long, default_value_t = 100)]
    accounts: usize,
    /// Pick the same accounts as the run that printed this number
    #[arg(long)]
    seed: Option<u64>,
    /// Name the accounts and entries that are wrong
    #[arg(long)]
    show_ids: bool,
    /// Take this for the present, such as 2026-04-20T12:00:00Z, where `serve` was told so
    #[arg(long)]
    as_of: Option<Instant>,
}

/// The most ids that are printed.
const SHOWN_MAX: usize = 1_000;

/// What was looked at, and what is wrong with it.
struct Part {
    name: &'static str,
    looked_at: String,
    wrong: Vec<String>,
}

pub(super) async fn run(command: &CheckCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_existing().await?;
    let mut failed = 0;
    let mut report = |part: &Part| {
        println!(
            "{:<10} {:<5} {}",
            part.name,
            if part.wrong.is_empty() { "ok" } else { "WRONG" },
            part.looked_at
        );
        part.wrong.iter().for_each(|line| println!("           {line}"));
        failed += usize::from(!part.wrong.is_empty());
    };
    report(&integrity(&store).await?);
    let schema = schema(&store).await;
    report(&schema);
    // Of tables of another shape nothing more can be asked.
    if schema.wrong.is_empty() {
        let seed = command.seed.unwrap_or_else(seed_by_chance);
        let sample = store.sample_accounts(command.accounts, seed).await?;
        report(&records(&store, &sample, command).await?);
        report(&verdicts(&store, &sample, command, seed).await?);
    }
    store.close().await;
    match failed {
        0 => Ok(()),
        1 => bail!("something is wrong: docs/OPERATIONS.md says what to do"),
        parts => bail!("{parts} things are wrong: docs/OPERATIONS.md says what to do"),
    }
}

async fn integrity(store: &Store) -> anyhow::Result<Part> {
    let looked_at = match store {
        Store::Sqlite(_) => "every page, index and reference of the file",
        Store::Postgres(_) => "indexes, constraints, checksum failures, row-level security",
    };
    Ok(Part { name: "integrity", looked_at: looked_at.to_owned(), wrong: store.check_integrity().await? })
}

async fn schema(store: &Store) -> Part {
    let looked_at = "its migrations are this binary's".to_owned();
    let wrong = store.check_migrations().await.err().map(|error| error.to_string());
    Part { name: "schema", looked_at, wrong: wrong.into_iter().collect() }
}

async fn records(store: &Store, sample: &AccountSample, command: &CheckCommand) -> anyhow::Result<Part> {
    let defects = store.check_records(&sample.accounts).await?;
    let looked_at = format!("records of {} accounts, and what finds them again", sample.accounts.len());
    Ok(Part { name: "records", looked_at, wrong: told(defects, command.show_ids) })
}

async fn verdicts(
    store: &Store,
    sample: &AccountSample,
    command: &CheckCommand,
    seed: u64,
) -> anyhow::Result<Part> {
    let at = command.as_of.unwrap_or_else(now);
    let judging = Judging { learns: false, ..stored_judging(store, at).await? };
    let CheckedVerdicts { accounts, due, entries, defects } =
        store.check_verdicts(&sample.accounts, &judging).await?;
    let of = sample.of;
    let left_out = match due {
        0 => String::new(),
        due => format!("; {due} left out, about to be judged anyway"),
    };
    let looked_at =
        format!("{entries} entries of {accounts} of {of} accounts judged anew (--seed {seed}){left_out}");
    Ok(Part { name: "verdicts", looked_at, wrong: told(defects, command.show_ids) })
}

/// How often each kind of defect was met; the ids only for who asks for them.
fn told(mut defects: Vec<Defect>, show_ids: bool) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for defect in &defects {
        *counts.entry(defect.what).or_default() += 1;
    }
    let mut lines: Vec<String> = counts.iter().map(|(what, count)| format!("{count} × {what}")).collect();
    if show_ids {
        defects.sort();
        let shown = defects.iter().take(SHOWN_MAX);
        lines.extend(shown.map(|Defect { what, account, id }| format!("account {account} {id}: {what}")));
    }
    lines
}

/// Another one each time, and short enough to type.
fn seed_by_chance() -> u64 {
    const SEEDS: i64 = 1_000_000;
    now().micros().rem_euclid(SEEDS).unsigned_abs()
}
