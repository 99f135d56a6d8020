//! The pages served from a place that the demonstration's operator fills.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::clock::Clock;
use axum::Router;
use engine::{Account, AccountId, Message, TimeZone, Transaction};
use server::canary::PagesState;
use server::fill_demo::{DemoSignIn, DemoSignIns, DemoStaff, fill_demo};
use server::serve::{ConnectionBounds, Mailer, Metrics, answer_connections, router_around};
use server::settings::{SecretUrl, ServeSettings};
use server::v1::Inflow;
use store::{LookupBudget, Store};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::feed::{as_of, small_operator};
use crate::place::Place;
use crate::visitor::Visitor;

/// A server that runs until its test ends.
pub struct House {
    pub touched: DemoSignIn,
    pub untouched: DemoSignIn,
    pub member: DemoSignIn,
    pub agent: DemoStaff,
    pub supervisor: DemoStaff,
    pub auditor: DemoStaff,
    pub accounts: Vec<Account>,
    pub transactions: Vec<Transaction>,
    pub messages: Vec<Message>,
    /// The messages that went wrong, each with the code of its reason.
    pub faults: Vec<(String, &'static str)>,
    address: SocketAddr,
    site: TempDir,
}

/// Twenty seconds.
const MAIL_WAITS_MAX: usize = 400;

/// The two who sign in, and some of whom they must see nothing.
const ACCOUNTS: usize = 6;

impl House {
    pub async fn open(place: &Place) -> Self {
        let operator = small_operator(ACCOUNTS);
        let (accounts, messages) = (operator.accounts.clone(), operator.messages.clone());
        let transactions = operator.transactions.clone();
        let faults = operator.faults.iter().map(|(message, code)| (message.to_string(), *code)).collect();
        let store = place.store().await;
        let sign_ins = fill_demo(&store, operator, as_of()).await.unwrap();
        let DemoSignIns { touched, untouched, member, agent, supervisor, auditor, .. } = sign_ins;
        let (address, site) = serve(store).await;
        Self {
            touched,
            untouched,
            member,
            agent,
            supervisor,
            auditor,
            accounts,
            transactions,
            messages,
            faults,
            address,
            site,
        }
    }

    /// Somebody with a browser of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor::of(self.address)
    }

    pub async fn signed_in(&self, as_whom: &DemoSignIn) -> Visitor {
        let visitor = self.visitor();
        visitor.sign_in(&as_whom.customer.sign_in, as_whom.password).await;
        visitor
    }

    /// Somebody of the staff at the desk.
    pub async fn at_desk(&self, staff: &DemoStaff) -> Visitor {
        let visitor = self.visitor();
        visitor.sign_in_to(staff.sign_in, staff.password, "/desk").await;
        visitor
    }

    /// The auditor at the audit log.
    pub async fn at_audit(&self) -> Visitor {
        let visitor = self.visitor();
        visitor.sign_in_to(self.auditor.sign_in, self.auditor.password, "/desk/audit").await;
        visitor
    }

    pub fn account(&self, id: &AccountId) -> &Account {
        self.accounts.iter().find(|account| account.id == *id).expect("an account of the feed")
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The mails that were sent, as soon as there are so many, by when they were.
    pub async fn mails(&self, count: usize) -> Vec<String> {
        for _ in 0..MAIL_WAITS_MAX {
            let folder = std::fs::read_dir(self.site.path().join("mail"));
            let files = folder.into_iter().flatten().map(|file| file.unwrap().path());
            let mut mails: Vec<_> = (files.filter(|path| path.extension().is_some_and(|end| end == "eml")))
                .map(|path| {
                    (path.metadata().unwrap().modified().unwrap(), std::fs::read_to_string(&path).unwrap())
                })
                .collect();
            if mails.len() >= count {
                mails.sort();
                return mails.into_iter().map(|(_, mail)| mail).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("there are not {count} mails");
    }

    /// The ids of an account's messages.
    pub fn messages_of(&self, account: &AccountId) -> Vec<String> {
        let theirs = self.messages.iter().filter(|message| message.account.as_ref() == Some(account));
        theirs.map(|message| message.id.to_string()).collect()
    }

    /// The ids of the messages to an account that went wrong.
    pub fn faults_of(&self, account: &AccountId) -> Vec<(String, &'static str)> {
        let theirs = self.messages_of(account);
        self.faults.iter().filter(|(message, _)| theirs.contains(message)).cloned().collect()
    }

    pub fn message(&self, id: &str) -> &Message {
        self.messages.iter().find(|message| message.id.as_str() == id).expect("a message of the feed")
    }
}

/// Serves a store until the test ends.
pub async fn serve(store: Store) -> (SocketAddr, TempDir) {
    serve_all(store, (None, None), PagesState::default(), |pages| pages).await
}

/// The same, as if people came by a URL of their own.
pub async fn serve_as(store: Store, public_url: &str) -> (SocketAddr, TempDir) {
    serve_all(store, (Some(public_url), None), PagesState::default(), |pages| pages).await
}

/// The same with something around the pages, within what watches over them.
pub async fn serve_around(
    store: Store,
    state: PagesState,
    around: impl FnOnce(Router) -> Router,
) -> (SocketAddr, TempDir) {
    serve_all(store, (None, None), state, around).await
}

/// The same with a mail server.
pub async fn serve_with(store: Store, smtp_url: Option<SecretUrl>) -> (SocketAddr, TempDir) {
    serve_all(store, (None, smtp_url), PagesState::default(), |pages| pages).await
}

async fn serve_all(
    store: Store,
    (public_url, smtp_url): (Option<&str>, Option<SecretUrl>),
    state: PagesState,
    around: impl FnOnce(Router) -> Router,
) -> (SocketAddr, TempDir) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let site = site_directory();
    let settings = ServeSettings {
        address,
        public_url: public_url.map_or_else(|| format!("http://{address}"), str::to_owned),
        brand: "Larkspur Mobile".to_owned(),
        contact: None,
        time_zone: TimeZone::default(),
        metrics_address: Some(address),
        site_dir: Some(site.path().to_owned()),
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        canary_seconds: 0,
        lookup_budget: LookupBudget::DEFAULT,
        dkim_dir: None,
        smtp_url,
        mail_from: "no-reply@larkspur.example".to_owned(),
        mail_dir: site.path().join("mail"),
    };
    let metrics = Metrics::new(store.clone());
    let inflow = Arc::new(Inflow::new(metrics.clone()));
    let mailer = Mailer::new(store.clone(), &settings, Arc::clone(&inflow)).unwrap();
    tokio::spawn(mailer.run());
    let clock = Clock::Fixed(as_of());
    let router = router_around(store, &settings, clock, &metrics, inflow, state, around).unwrap();
    let (bounds, never) = (ConnectionBounds::default(), std::future::pending());
    tokio::spawn(answer_connections(listener, router, bounds, never));
    (address, site)
}

/// A few files of each kind that pages ask for.
pub fn site_directory() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    for (name, content) in SITE {
        let path = site.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).unwrap();
        std::fs::write(path, content.repeat(REPEATS)).unwrap();
    }
    site
}

/// Enough that compressing makes them smaller.
const REPEATS: usize = 40;

const SITE: [(&str, &str); 7] = [
    ("pkg/counterfoil.css", "body { src: url(\"/fonts/public-sans-latin-wght-normal.woff2\") }\n"),
    ("pkg/counterfoil.js", "export const counterfoil = 'a counterfoil';\n"),
    ("pkg/counterfoil_bg.wasm", "not read by anybody here\n"),
    ("pkg/install.js", "register('/service-worker.js');\n"),
    ("fonts/public-sans-latin-wght-normal.woff2", "not read either\n"),
    ("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("robots.txt", "User-agent: *\nDisallow: /\n"),
];
