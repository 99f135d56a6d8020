use std::collections::BTreeSet;

use engine::{Instant, Kind};

use crate::append_audit::append_audit;
use crate::queue_accounts::queue_all;
use crate::setting::{keep_setting, read_number, read_setting};
use crate::touched::Touched;
use crate::{Act, Actor, AuditNote, Store, StoreError, StoreTransaction};

/// What an operator says of its templates and rules, as it was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedCatalogue {
    /// A feed's `templates.json`.
    pub templates: Option<String>,
    /// A catalogue in TOML.
    pub rules: Option<String>,
}

const TEMPLATES: &str = "catalogue_templates";
const RULES: &str = "catalogue_rules";
const LEARNT: &str = "catalogue_learnt";
const LEARNT_FROM: &str = "catalogue_learnt_from";
const KINDS: &str = "kinds";
const VERSION: &str = "catalogue_version";

/// All that a store's catalogue is made of, as of one moment.
#[derive(Clone, Debug, Default)]
pub struct KeptCatalogue {
    /// How often it has changed.
    pub version: i64,
    /// What the operator says.
    pub published: PublishedCatalogue,
    /// What was learnt (TOML).
    pub learnt: String,
    /// From how many messages.
    pub learnt_from: u64,
    /// The kinds that the books hold or held.
    pub kinds: BTreeSet<Kind>,
}

impl Store {
    /// Keeps the catalogue that accounts are judged by. Where it is another, every account is to be judged again; tells
    /// whether it is.
    pub async fn publish_catalogue(
        &self,
        catalogue: &PublishedCatalogue,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write_bulk().await?;
        let templates =
            change_setting(&mut work, TEMPLATES, catalogue.templates.as_deref().unwrap_or("")).await?;
        let rules = change_setting(&mut work, RULES, catalogue.rules.as_deref().unwrap_or("")).await?;
        if templates || rules {
            count_version(&mut work).await?;
            queue_all(&mut work).await?;
            let version = read_catalogue_version(&mut work).await?;
            let note = AuditNote::new(now, Actor::command("import"), Act::CataloguePublished);
            append_audit(&mut work, note.to(version.to_string())).await?;
        }
        work.commit().await?;
        Ok(templates || rules)
    }

    /// The catalogue that accounts are judged by.
    pub async fn read_catalogue(&self) -> Result<KeptCatalogue, StoreError> {
        let mut work = self.begin_jobs().await?;
        let text = |kept: Option<String>| kept.filter(|text| !text.is_empty());
        let templates = text(read_setting(&mut work, TEMPLATES).await?);
        let rules = text(read_setting(&mut work, RULES).await?);
        Ok(KeptCatalogue {
            version: read_catalogue_version(&mut work).await?,
            published: PublishedCatalogue { templates, rules },
            learnt: read_setting(&mut work, LEARNT).await?.unwrap_or_default(),
            learnt_from: read_number(&mut work, LEARNT_FROM).await?.unwrap_or(0),
            kinds: parse_kinds(read_setting(&mut work, KINDS).await?)?,
        })
    }

    /// Keeps what was learnt (TOML) from so many messages, in place of what was. Where it says something else, every account
    /// is to be judged again; tells whether it does.
    pub async fn keep_learnt(&self, learnt: &str, messages: u64) -> Result<bool, StoreError> {
        let mut work = self.write_bulk().await?;
        let known = read_setting(&mut work, LEARNT).await?.unwrap_or_default();
        keep_setting(&mut work, LEARNT, learnt).await?;
        keep_setting(&mut work, LEARNT_FROM, &messages.to_string()).await?;
        let changed = lessons(&known) != lessons(learnt);
        if changed {
            count_version(&mut work).await?;
            queue_all(&mut work).await?;
        }
        work.commit().await?;
        Ok(changed)
    }
}

/// How often the catalogue has changed.
pub(crate) async fn read_catalogue_version(work: &mut StoreTransaction) -> Result<i64, StoreError> {
    Ok(read_number(work, VERSION).await?.unwrap_or(0))
}

async fn count_version(work: &mut StoreTransaction) -> Result<(), StoreError> {
    let version = read_catalogue_version(work).await?;
    keep_setting(work, VERSION, &(version + 1).to_string()).await
}

/// Keeps that the books hold these kinds. A kind that is new to them gives texts a new meaning, so every account is touched.
pub(crate) async fn keep_kinds(
    work: &mut StoreTransaction,
    kinds: &BTreeSet<&Kind>,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let mut all = parse_kinds(read_setting(work, KINDS).await?)?;
    let known = all.len();
    all.extend(kinds.iter().map(|kind| (*kind).clone()));
    if all.len() == known {
        return Ok(());
    }
    let names: Vec<&str> = all.iter().map(Kind::as_str).collect();
    keep_setting(work, KINDS, &names.join(" ")).await?;
    count_version(work).await?;
    touched.add_every_account();
    Ok(())
}

/// Keeps a setting; tells whether it is another than before.
async fn change_setting(work: &mut StoreTransaction, name: &str, value: &str) -> Result<bool, StoreError> {
    if read_setting(work, name).await?.unwrap_or_default() == value {
        return Ok(false);
    }
    keep_setting(work, name, value).await?;
    Ok(true)
}

/// What was learnt without the figures that it rests on.
fn lessons(learnt: &str) -> Vec<&str> {
    learnt.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

fn parse_kinds(kept: Option<String>) -> Result<BTreeSet<Kind>, StoreError> {
    let kept = kept.unwrap_or_default();
    let kinds =
        kept.split_whitespace().map(|kind| kind.parse().map_err(|_| StoreError::Unreadable("setting")));
    kinds.collect()
}
