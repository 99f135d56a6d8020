//! The catalogue that an operator's store is judged by.

use std::sync::Arc;

use engine::{Catalogue, CatalogueError, Evidence, Instant, Reader};
use store::{Judging, PublishedCatalogue, Store, StoreError};

use crate::clock::now;
use crate::import_feed::ImportError;

/// Another process may change the catalogue while one judges by it, and then judging begins again, so many times: each is
/// by a later catalogue.
pub const CATALOGUES_MAX: usize = 10;

/// By what the store's accounts are judged at a time: the built-in rules, the operator's list of templates, what was
/// learnt, the operator's own catalogue over all, and a rule for each kind that the books hold.
pub async fn stored_judging(store: &Store, at: Instant) -> Result<Judging, ImportError> {
    let kept = store.read_catalogue().await?;
    let said = parse_catalogue(&kept.published)?.with_kinds(&kept.kinds);
    // Who hands in a catalogue has said what there is to say.
    let learns = kept.published.rules.is_none();
    let catalogue = if learns { said.clone().with_toml(&kept.learnt)? } else { said.clone() };
    Ok(Judging {
        reader: Arc::new(Reader::new(said)),
        catalogue: Arc::new(catalogue),
        version: kept.version,
        at,
        books_until: store.books_until(at).await?,
        learns,
    })
}

/// Whether the judging of accounts showed about as much as what was learnt rests on.
pub async fn is_worth_learning(
    store: &Store,
    judging: &Judging,
    evidence: &Evidence,
) -> Result<bool, ImportError> {
    const SHARE: u64 = 2;
    let known_from = store.read_catalogue().await?.learnt_from;
    Ok(judging.learns && evidence.messages() > 0 && evidence.messages() * SHARE >= known_from)
}

/// Keeps what the judging of all accounts showed; tells whether accounts are to be judged again for it.
pub async fn keep_learnt(store: &Store, judging: &Judging, evidence: &Evidence) -> Result<bool, ImportError> {
    let learnt = evidence.learn(judging.reader.catalogue());
    let toml = if learnt.is_empty() { String::new() } else { learnt.to_toml() };
    Ok(store.keep_learnt(&toml, evidence.messages()).await?)
}

/// Learns from the histories of all accounts; tells whether accounts are to be judged again for it.
pub async fn learn_again(store: &Store, at: Instant) -> Result<bool, ImportError> {
    let judging = stored_judging(store, at).await?;
    if !judging.learns {
        return Ok(false);
    }
    let evidence = store.show_evidence(&judging).await?;
    keep_learnt(store, &judging, &evidence).await
}

/// The catalogue that an operator's texts make.
pub fn parse_catalogue(published: &PublishedCatalogue) -> Result<Catalogue, CatalogueError> {
    let mut catalogue = Catalogue::builtin();
    if let Some(templates) = &published.templates {
        catalogue = catalogue.with_template_list(templates)?;
    }
    match &published.rules {
        Some(rules) => catalogue.with_toml(rules),
        None => Ok(catalogue),
    }
}

/// Has the store judged by other texts from now on, once they are seen to make a catalogue.
pub async fn publish_catalogue(store: &Store, published: &PublishedCatalogue) -> Result<(), ImportError> {
    parse_catalogue(published)?;
    let changed: Result<bool, StoreError> = store.publish_catalogue(published, now()).await;
    if changed? {
        tracing::info!("the catalogue changed: every account is judged again");
    }
    Ok(())
}
