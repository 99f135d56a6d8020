//! Made-up operators with every fault at a known rate, and the truth about each message: for benchmarks and tests.
//!
//! Their wordings are written apart from the engine's lexicons: a judge that is tried on its own vocabulary proves
//! nothing.

mod facts;
mod life;
mod operator;
mod person;
mod spoil;
mod truth;
mod write;

use std::path::Path;

use clap::Args;
use engine::Instant;

use life::Life;
use operator::Operator;
use write::Writer;

/// What a world is like. Each share is from 0 to 1.
#[derive(Clone, Debug, Args)]
pub struct WorldSettings {
    /// How many accounts it has
    #[arg(long, default_value_t = 400)]
    pub accounts: u64,
    /// Another number makes another world
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many days are followed
    #[arg(long, default_value_t = 540)]
    pub days: i64,
    /// Which operator: carrier, bank or utility
    #[arg(long, default_value = "carrier")]
    pub operator: String,
    /// The end of the days followed, at which to judge
    #[arg(long, default_value = "2026-04-20T12:00:00Z")]
    pub until: Instant,
    /// The share of each fault that has no share of its own
    #[arg(long, default_value_t = 0.002)]
    pub noise: f64,
    /// Transactions that the books learn of up to 40 hours late
    #[arg(long)]
    pub late: Option<f64>,
    /// Messages sent again
    #[arg(long)]
    pub duplicates: Option<f64>,
    /// Messages with another amount than their transaction
    #[arg(long)]
    pub amounts: Option<f64>,
    /// Messages about another account's transaction
    #[arg(long)]
    pub foreign: Option<f64>,
    /// Messages about something of long ago
    #[arg(long)]
    pub stale: Option<f64>,
    /// Messages about nothing at all
    #[arg(long)]
    pub phantoms: Option<f64>,
    /// References with a slip in them
    #[arg(long)]
    pub typos: Option<f64>,
    /// Transactions with a reference that an earlier one has
    #[arg(long)]
    pub reuse: Option<f64>,
    /// Transactions followed within minutes by another of their kind
    #[arg(long)]
    pub pairs: Option<f64>,
    /// Messages without the reference they would have
    #[arg(long)]
    pub missing: Option<f64>,
    /// Transactions whose time is written an hour or two late, as by another zone's clock
    #[arg(long)]
    pub zones: Option<f64>,
    /// Accounts that are written to in another language than English
    #[arg(long, default_value_t = 0.25)]
    pub languages: f64,
    /// Messages that name no template
    #[arg(long, default_value_t = 0.05)]
    pub untemplated: f64,
    /// Messages that name no account
    #[arg(long, default_value_t = 0.1)]
    pub unnamed: f64,
}

/// What a world came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorldSummary {
    /// Transactions written.
    pub transactions: u64,
    /// Messages written.
    pub messages: u64,
}

/// Writes a world's feed and its truth into a folder, which is made where it is not there.
pub fn write_world(settings: &WorldSettings, folder: &Path) -> anyhow::Result<WorldSummary> {
    let names = Operator::NAMES.join(", ");
    let operator = Operator::named(&settings.operator).ok_or_else(|| {
        anyhow::anyhow!("there is no operator `{}`: take one of {names}", settings.operator)
    })?;
    anyhow::ensure!((31..=3_660).contains(&settings.days), "a world has 31 to 3660 days");
    settings.check_shares()?;
    let mut writer = Writer::create(folder, &operator, settings)?;
    let mut neighbour = Life::of(&operator, settings, settings.accounts, None);
    for number in 0..settings.accounts {
        let life = Life::of(&operator, settings, number, Some(&neighbour));
        writer.write(&life)?;
        neighbour = life;
    }
    writer.finish()
}

impl WorldSettings {
    fn share(&self, own: Option<f64>) -> f64 {
        own.unwrap_or(self.noise)
    }

    fn check_shares(&self) -> anyhow::Result<()> {
        let own = [self.late, self.duplicates, self.amounts, self.foreign, self.stale, self.phantoms];
        let more = [self.typos, self.reuse, self.pairs, self.missing, self.zones];
        let shares = [self.noise, self.languages, self.untemplated, self.unnamed];
        let all = own.into_iter().chain(more).flatten().chain(shares);
        for share in all {
            anyhow::ensure!((0.0..=1.0).contains(&share), "{share} is not a share: say one from 0 to 1");
        }
        Ok(())
    }
}
