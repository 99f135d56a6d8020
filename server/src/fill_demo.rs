//! Fills a store with the demonstration's operator.

use engine::Instant;
use store::{NewUser, Password, Progress, PublishedCatalogue, Role, Store};

use crate::catalogue::publish_catalogue;
use crate::demo_operator::{DemoCustomer, DemoOperator};
use crate::import_feed::judge_touched;

/// How to sign in as one of the demonstration's customers.
pub struct DemoSignIn {
    /// Who.
    pub customer: DemoCustomer,
    /// Their password. It protects nothing: everything in the demonstration is made up.
    pub password: &'static str,
}

const PASSWORDS: [&str; 2] = ["larkspur in the rain", "larkspur in the sun"];

/// Loads the operator's feed, judges it, and adds the two customers. Returns whom the incident touched first.
pub async fn fill_demo(
    store: &Store,
    operator: DemoOperator,
    at: Instant,
) -> anyhow::Result<[DemoSignIn; 2]> {
    publish_catalogue(store, &PublishedCatalogue { templates: Some(operator.templates_json), rules: None })
        .await?;
    let progress = |file: &str| Progress { feed: "demo".to_owned(), file: file.to_owned(), lines_done: 0 };
    store.load_accounts(&progress("accounts"), operator.accounts, at).await?;
    store.load_transactions(&progress("transactions"), operator.transactions, at).await?;
    store.load_messages(&progress("messages"), operator.messages, at).await?;
    judge_touched(store, at).await?;
    let [touched, untouched] = PASSWORDS;
    Ok([
        add(store, operator.touched, touched, at).await?,
        add(store, operator.untouched, untouched, at).await?,
    ])
}

async fn add(
    store: &Store,
    customer: DemoCustomer,
    password: &'static str,
    at: Instant,
) -> anyhow::Result<DemoSignIn> {
    let user = NewUser {
        sign_in: customer.sign_in.clone(),
        name: customer.name.clone(),
        role: Role::Customer,
        account: Some(customer.account.clone()),
        password: Password::new(password),
    };
    store.add_user(user, at).await?;
    Ok(DemoSignIn { customer, password })
}
