//! The catalogue that an operator's store is judged by.

use engine::{Catalogue, CatalogueError};
use store::{PublishedCatalogue, Store, StoreError};

use crate::import_feed::ImportError;

/// The catalogue that the store's accounts are judged by: the built-in rules, the operator's list of templates, the
/// operator's own catalogue over both, and a rule for each kind that the books hold.
pub async fn stored_catalogue(store: &Store) -> Result<Catalogue, ImportError> {
    let published = store.read_catalogue().await?;
    let kinds = store.read_kinds().await?;
    Ok(parse_catalogue(&published)?.with_kinds(&kinds))
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
    let changed: Result<bool, StoreError> = store.publish_catalogue(published).await;
    if changed? {
        tracing::info!("the catalogue changed: every account is judged again");
    }
    Ok(())
}
