//! The pages served from a place that the demonstration's operator fills.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::clock::Clock;
use engine::{Account, AccountId, Message, Transaction};
use server::fill_demo::{DemoSignIn, DemoSignIns, DemoStaff, fill_demo};
use server::serve::{Mailer, Metrics, router};
use server::settings::{SecretUrl, ServeSettings};
use server::v1::Inflow;
use store::Store;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::feed::{as_of, small_operator};
use crate::place::Place;
use crate::visitor::Visitor;

/// A server that runs until its test ends.
pub struct House {
    pub touched: DemoSignIn,
    pub untouched: DemoSignIn,
    pub agent: DemoStaff,
    pub supervisor: DemoStaff,
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
        let DemoSignIns { touched, untouched, agent, supervisor, .. } = sign_ins;
        let (address, site) = serve(store).await;
        Self {
            touched,
            untouched,
            agent,
            supervisor,
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
    serve_with(store, None).await
}

/// The same with a mail server.
pub async fn serve_with(store: Store, smtp_url: Option<SecretUrl>) -> (SocketAddr, TempDir) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let site = site_directory();
    let settings = ServeSettings {
        address,
        public_url: format!("http://{address}"),
        brand: "Larkspur Mobile".to_owned(),
        contact: None,
        metrics_address: Some(address),
        site_dir: Some(site.path().to_owned()),
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        smtp_url,
        mail_from: "no-reply@larkspur.example".to_owned(),
        mail_dir: site.path().join("mail"),
    };
    let metrics = Metrics::new(store.clone());
    let inflow = Arc::new(Inflow::new(metrics.clone()));
    let mailer = Mailer::new(store.clone(), &settings, Arc::clone(&inflow)).unwrap();
    tokio::spawn(mailer.run());
    let router = router(store, &settings, Clock::Fixed(as_of()), &metrics, inflow).unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
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

const SITE: [(&str, &str); 6] = [
    ("pkg/counterfoil.css", "body { src: url(\"/fonts/public-sans-latin-wght-normal.woff2\") }\n"),
    ("pkg/counterfoil.js", "export const counterfoil = 'a counterfoil';\n"),
    ("pkg/counterfoil_bg.wasm", "not read by anybody here\n"),
    ("fonts/public-sans-latin-wght-normal.woff2", "not read either\n"),
    ("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("robots.txt", "User-agent: *\nDisallow: /\n"),
];
