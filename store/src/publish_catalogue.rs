use std::collections::BTreeSet;

use engine::Kind;

use crate::queue_accounts::queue_all;
use crate::{Store, StoreError, StoreTransaction, on_both};

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
const KINDS: &str = "kinds";

impl Store {
    /// Keeps the catalogue that accounts are judged by. Where it is another, every account is to be judged again; tells
    /// whether it is.
    pub async fn publish_catalogue(&self, catalogue: &PublishedCatalogue) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let templates =
            keep_setting(&mut work, TEMPLATES, catalogue.templates.as_deref().unwrap_or("")).await?;
        let rules = keep_setting(&mut work, RULES, catalogue.rules.as_deref().unwrap_or("")).await?;
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

    /// Keeps that the books hold these kinds. A kind that is new to them gives texts a new meaning, so every account is to
    /// be judged again.
    pub async fn keep_kinds(&self, kinds: &BTreeSet<Kind>) -> Result<(), StoreError> {
        if kinds.is_subset(&self.read_kinds().await?) {
            return Ok(());
        }
        let mut work = self.write().await?;
        let all: BTreeSet<Kind> = &parse_kinds(read_setting(&mut work, KINDS).await?)? | kinds;
        let names: Vec<&str> = all.iter().map(Kind::as_str).collect();
        if keep_setting(&mut work, KINDS, &names.join(" ")).await? {
            queue_all(&mut work).await?;
        }
        work.commit().await
    }

    /// The kinds that the books hold or held.
    pub async fn read_kinds(&self) -> Result<BTreeSet<Kind>, StoreError> {
        let mut work = self.begin_jobs().await?;
        parse_kinds(read_setting(&mut work, KINDS).await?)
    }
}

fn parse_kinds(kept: Option<String>) -> Result<BTreeSet<Kind>, StoreError> {
    let kept = kept.unwrap_or_default();
    let kinds =
        kept.split_whitespace().map(|kind| kind.parse().map_err(|_| StoreError::Unreadable("setting")));
    kinds.collect()
}

async fn read_setting(work: &mut StoreTransaction, name: &str) -> Result<Option<String>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_scalar("select value from settings where name = $1")
            .bind(name)
            .fetch_optional(connection)
            .await?
    }))
}

/// Keeps a setting; tells whether it is another than before.
async fn keep_setting(work: &mut StoreTransaction, name: &str, value: &str) -> Result<bool, StoreError> {
    if read_setting(&mut *work, name).await?.unwrap_or_default() == value {
        return Ok(false);
    }
    on_both!(work, |connection| {
        sqlx::query(
            "insert into settings (name, value) values ($1, $2)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(connection)
        .await?;
    });
    Ok(true)
}
