//! Fills a store with the demonstration's operator.

use anyhow::Context;
use engine::{Instant, Message, Span, Transaction};
use store::{NewUser, Password, Progress, PublishedCatalogue, Role, Store};

use crate::catalogue::publish_catalogue;
use crate::demo_operator::{DemoCustomer, DemoOperator, JUDGED_BEFORE, statement};
use crate::import_feed::judge_touched;

/// How to sign in as one of the demonstration's customers.
pub struct DemoSignIn {
    /// Who.
    pub customer: DemoCustomer,
    /// Their password. It protects nothing: everything in the demonstration is made up.
    pub password: &'static str,
}

/// How to sign in as one of the demonstration's staff.
pub struct DemoStaff {
    /// What they are called.
    pub name: &'static str,
    /// The address that they sign in with.
    pub sign_in: &'static str,
    /// Their password.
    pub password: &'static str,
    /// What they are to the operator.
    pub role: Role,
}

/// Everybody to sign in as.
pub struct DemoSignIns {
    /// A customer whom the incident touched.
    pub touched: DemoSignIn,
    /// A customer with whom all is well.
    pub untouched: DemoSignIn,
    /// A member of the touched customer's account.
    pub member: DemoSignIn,
    /// Somebody who looks up and helps.
    pub agent: DemoStaff,
    /// Somebody who also releases holds and publishes incidents.
    pub supervisor: DemoStaff,
    /// Somebody who reads the audit log.
    pub auditor: DemoStaff,
    /// The addresses of holders who do not sign in yet, and may have a link sent.
    pub newcomers: Vec<String>,
}

const AGENT: DemoStaff = DemoStaff {
    name: "Ada Reyes",
    sign_in: "ada.reyes@larkspur.example",
    password: "larkspur at the desk",
    role: Role::Agent,
};
const SUPERVISOR: DemoStaff = DemoStaff {
    name: "Sol Lindqvist",
    sign_in: "sol.lindqvist@larkspur.example",
    password: "larkspur on the hill",
    role: Role::Supervisor,
};
const AUDITOR: DemoStaff = DemoStaff {
    name: "Noor Haddad",
    sign_in: "noor.haddad@larkspur.example",
    password: "larkspur by the ledger",
    role: Role::Auditor,
};
const PASSWORDS: [&str; 2] = ["larkspur in the rain", "larkspur in the sun"];
const MEMBERS_PASSWORD: &str = "larkspur on the porch";

/// As many as try things out beside each other.
const NEWCOMERS_MAX: usize = 12;

/// Loads the operator's feed as it came in, judges it then and at the present, publishes its incident, and adds the two customers, a member and three of the staff.
pub async fn fill_demo(store: &Store, operator: DemoOperator, at: Instant) -> anyhow::Result<DemoSignIns> {
    let newcomers = newcomers(&operator);
    let member = member(&operator)?;
    let statement = statement(&operator.messages, &operator.transactions);
    publish_catalogue(store, &PublishedCatalogue { templates: Some(operator.templates_json), rules: None })
        .await?;
    store.load_accounts(&progress("accounts"), operator.accounts, at).await?;
    let before = at.minus(JUDGED_BEFORE);
    let (early, late) = split(operator.transactions, |it| it.recorded_at.is_none_or(|at| at <= before));
    let (sent, still_to_send) = split(operator.messages, |it| it.sent_at <= before);
    load_and_judge(store, "before", early, sent, before).await?;
    load_and_judge(store, "since", late, still_to_send, at).await?;
    if let Some(incident) = statement {
        store.publish_incident(&incident, at).await?;
    }
    store.count_public_record(Span::ZERO, at).await?;
    let [touched, untouched] = PASSWORDS;
    Ok(DemoSignIns {
        touched: add(store, operator.touched, touched, at).await?,
        untouched: add(store, operator.untouched, untouched, at).await?,
        member: add_member(store, member, at).await?,
        agent: add_staff(store, AGENT, at).await?,
        supervisor: add_staff(store, SUPERVISOR, at).await?,
        auditor: add_staff(store, AUDITOR, at).await?,
        newcomers,
    })
}

fn progress(file: &str) -> Progress {
    Progress { feed: "demo".to_owned(), file: file.to_owned(), lines_done: 0 }
}

fn split<T>(all: Vec<T>, is_early: impl Fn(&T) -> bool) -> (Vec<T>, Vec<T>) {
    all.into_iter().partition(is_early)
}

/// What there was at a moment, judged then.
async fn load_and_judge(
    store: &Store,
    part: &str,
    transactions: Vec<Transaction>,
    messages: Vec<Message>,
    at: Instant,
) -> anyhow::Result<()> {
    store.load_transactions(&progress(&format!("transactions-{part}")), transactions, at).await?;
    store.load_messages(&progress(&format!("messages-{part}")), messages, at).await?;
    judge_touched(store, at).await?;
    Ok(())
}

fn newcomers(operator: &DemoOperator) -> Vec<String> {
    let signing_in = [&operator.touched.account, &operator.untouched.account];
    let others = operator.accounts.iter().filter(|account| !signing_in.contains(&&account.id));
    others.filter_map(|account| account.emails.first()).take(NEWCOMERS_MAX).cloned().collect()
}

/// The first member of the touched customer's account.
fn member(operator: &DemoOperator) -> anyhow::Result<DemoCustomer> {
    let account = operator.accounts.iter().find(|account| account.id == operator.touched.account);
    let member = account.and_then(|account| account.members.first()).context("the customer has a member")?;
    let sign_in = member.emails.first().context("the member has an address")?.clone();
    let name = member.name.clone().unwrap_or_default();
    Ok(DemoCustomer { account: operator.touched.account.clone(), name, sign_in })
}

async fn add_member(store: &Store, member: DemoCustomer, at: Instant) -> anyhow::Result<DemoSignIn> {
    store.add_member(new_customer(&member, MEMBERS_PASSWORD), at).await?;
    Ok(DemoSignIn { customer: member, password: MEMBERS_PASSWORD })
}

fn new_customer(customer: &DemoCustomer, password: &'static str) -> NewUser {
    NewUser {
        sign_in: customer.sign_in.clone(),
        name: customer.name.clone(),
        role: Role::Customer,
        account: Some(customer.account.clone()),
        password: Password::new(password),
    }
}

async fn add_staff(store: &Store, staff: DemoStaff, at: Instant) -> anyhow::Result<DemoStaff> {
    let user = NewUser {
        sign_in: staff.sign_in.to_owned(),
        name: staff.name.to_owned(),
        role: staff.role,
        account: None,
        password: Password::new(staff.password),
    };
    store.add_user(user, at).await?;
    Ok(staff)
}

async fn add(
    store: &Store,
    customer: DemoCustomer,
    password: &'static str,
    at: Instant,
) -> anyhow::Result<DemoSignIn> {
    store.add_user(new_customer(&customer, password), at).await?;
    Ok(DemoSignIn { customer, password })
}
