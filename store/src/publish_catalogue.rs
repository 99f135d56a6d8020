use std::collections::BTreeSet;

use engine::Kind;

use crate::queue_accounts::queue_all;
use crate::setting::{keep_setting, read_setting};
use crate::{Store, StoreError, StoreTransaction};

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

impl Store {
    /// Keeps the catalogue that accounts are judged by. Where it is another, every account is to be judged again; tells
    /// whether it is.
    pub async fn publish_catalogue(&self, catalogue: &PublishedCatalogue) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let templates =
            change_setting(&mut work, TEMPLATES, catalogue.templates.as_deref().unwrap_or("")).await?;
        let rules = change_setting(&mut work, RULES, catalogue.rules.as_deref().unwrap_or("")).await?;
        if templates || rules {
            queue_all(&mut work).await?;
        }
        work.commit().await?;
        Ok(templates || rules)
    }

    /// The catalogue that accounts are judged by.
    pub async fn read_catalogue(&self) -> Result<PublishedCatalogue, StoreError> {
        let mut work = self.begin_jobs().await?;
        let templates = read_setting(&mut work, TEMPLATES).await?.filter(|text| !text.is_empty());
        let rules = read_setting(&mut work, RULES).await?.filter(|text| !text.is_empty());
        Ok(PublishedCatalogue { templates, rules })
    }

    /// Keeps what was learnt (TOML) from so many messages, in place of what was. Where it says something else, every account
    /// is to be judged again; tells whether it does.
    pub async fn keep_learnt(&self, learnt: &str, messages: u64) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let known = read_setting(&mut work, LEARNT).await?.unwrap_or_default();
        keep_setting(&mut work, LEARNT, learnt).await?;
        keep_setting(&mut work, LEARNT_FROM, &messages.to_string()).await?;
        let changed = lessons(&known) != lessons(learnt);
        if changed {
            queue_all(&mut work).await?;
        }
        work.commit().await?;
        Ok(changed)
    }

    /// What was learnt (TOML), and from how many messages; nothing from none at first.
    pub async fn read_learnt(&self) -> Result<(String, u64), StoreError> {
        let mut work = self.begin_jobs().await?;
        let learnt = read_setting(&mut work, LEARNT).await?.unwrap_or_default();
        let messages = read_setting(&mut work, LEARNT_FROM).await?;
        let messages = messages.map(|count| count.parse().map_err(|_| StoreError::Unreadable("setting")));
        Ok((learnt, messages.transpose()?.unwrap_or(0)))
    }

    /// The kinds that the books hold or held.
    pub async fn read_kinds(&self) -> Result<BTreeSet<Kind>, StoreError> {
        let mut work = self.begin_jobs().await?;
        parse_kinds(read_setting(&mut work, KINDS).await?)
    }
}

/// Keeps that the books hold these kinds. A kind that is new to them gives texts a new meaning, so every account is to be
/// judged again.
pub(crate) async fn keep_kinds(
    work: &mut StoreTransaction,
    kinds: &BTreeSet<&Kind>,
) -> Result<(), StoreError> {
    let mut all = parse_kinds(read_setting(work, KINDS).await?)?;
    let known = all.len();
    all.extend(kinds.iter().map(|kind| (*kind).clone()));
    if all.len() == known {
        return Ok(());
    }
    let names: Vec<&str> = all.iter().map(Kind::as_str).collect();
    keep_setting(work, KINDS, &names.join(" ")).await?;
    queue_all(work).await
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
