//! Made-up readers ask for everything that there is, their own and others', many at once, some going away before the
//! answer and the server starting anew in between; whatever comes back has nothing in it of an account that is not theirs.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::map_response;
use axum::response::Response;
use engine::{Account, FeedRecord, Incident, Message, Transaction};
use leptos::server_fn;
use reqwest::StatusCode;
use server::canary::PagesState;
use server::import_feed::judge_waiting;
use store::{NewUser, Password, Progress, Role, Store};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::desk::look_up;
use crate::export::{EXPORT, FILE};
use crate::feed::as_of;
use crate::house::serve_around;
use crate::place::on_both_databases;
use crate::reports::report;
use crate::visitor::{Answer, Visitor};

const ACCOUNTS: u32 = 500;
/// To each account's holder, and to its member one; as many transactions.
const MESSAGES: u32 = 2;
const CUSTOMERS: u32 = 10;
/// Of the same accounts as the first customers.
const MEMBERS: u32 = 4;
/// On each database. Most hunt behind a cache: `behind_nginx.rs`.
const REQUESTS: usize = 3_000;
const TOGETHER: usize = 12;
/// How often the server starts anew.
const SERVERS: usize = 4;
const PASSWORD: &str = "larkspur in the long grass";

/// What stands in every text of an account that is its holder's, and in no other's.
fn canary(account: u32) -> String {
    format!("cnry{account:04}z")
}

/// The same of what is its member's.
fn members_canary(account: u32) -> String {
    format!("cnrm{account:04}z")
}

fn parse<R: FeedRecord>(line: &str) -> R {
    R::from_line(line.as_bytes()).unwrap()
}

pub async fn fill(store: &Store) {
    let loaded = |lines_done| Progress { feed: "hunt".to_owned(), file: "hunt".to_owned(), lines_done };
    let (mut accounts, mut transactions, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    for account in 0..ACCOUNTS {
        let (c, m) = (canary(account), members_canary(account));
        let (phone, line) = (format!("+1206555{account:04}"), format!("+1206556{account:04}"));
        accounts.push(parse::<Account>(&format!(
            r#"{{"id":"A-{account}","name":"{c}","emails":["{c}@leak.example"],"phones":["{phone}"],"lines":[{{"number":"{phone}"}},{{"number":"{line}"}}],"members":[{{"name":"{m}","emails":["{m}@leak.example"],"lines":["{line}"]}}],"devices":[{{"imei":"35693803564380","model":"{c} phone"}}]}}"#
        )));
        let people = (0..MESSAGES).map(|number| (number, &c, &phone));
        for (number, c, line) in people.chain([(MESSAGES, &m, &line)]) {
            let hour = 9 + number;
            transactions.push(parse::<Transaction>(&format!(
                r#"{{"id":"T-{account}-{number}","account":"A-{account}","kind":"payment.received","occurred_at":"2026-04-10T{hour:02}:00:00Z","recorded_at":"2026-04-10T{hour:02}:00:00Z","references":["{c}{number}"],"line":"{line}","amount":{{"value":"{number}.40","currency":"USD"}},"summary":"{c} paid","status":"{c}"}}"#
            )));
            messages.push(parse::<Message>(&format!(
                r#"{{"id":"M-{account}-{number}","account":"A-{account}","channel":"email","recipient":"{c}@leak.example","sender":"{c}@sender.example","sent_at":"2026-04-10T{hour:02}:30:00Z","template":"payment_received","batch":"{c}","subject":"Thank you, {c}","text":"We received your payment of ${number}.40, {c}. Reference {c}{number}.","html":"<p>{c}</p>","data":{{"name":"{c}"}}}}"#
            )));
        }
    }
    store.load_accounts(&loaded(1), accounts, as_of()).await.unwrap();
    store.load_transactions(&loaded(2), transactions, as_of()).await.unwrap();
    store.load_messages(&loaded(3), messages, as_of()).await.unwrap();
    judge_waiting(store, as_of()).await.unwrap();
    store.publish_incident(&hunted(), as_of()).await.unwrap();
}

/// A statement about one account's messages, which everybody reads.
fn hunted() -> Incident {
    let last = ACCOUNTS - 1;
    let said = "title = \"x\"\nhappened = \"x\"\ntouched = \"x\"\nwhat_to_do = \"x\"\n";
    Incident::from_toml(&format!(
        "slug = \"hunted\"\npublished_at = \"{}\"\n[covers]\nmessages = [\"M-{last}-0\"]\n[disclosed]\naccounts = [\"A-0\"]\n\
         [en]\n{said}[es]\n{said}",
        as_of()
    ))
    .unwrap()
}

/// Somebody who asks, by how they come to be here, and whose data they may see.
#[derive(Clone)]
struct Reader {
    cookie: Option<String>,
    owns: Option<u32>,
    /// A member sees their own of it, the holder all.
    is_member: bool,
    /// The address of an open lookup.
    desk: Option<String>,
    /// A report of theirs.
    report: Option<String>,
}

fn new_user(sign_in: &str, role: Role, account: Option<u32>) -> NewUser {
    NewUser {
        sign_in: sign_in.to_owned(),
        name: "Somebody who hunts".to_owned(),
        role,
        account: account.map(|account| format!("A-{account}").parse().unwrap()),
        password: Password::new(PASSWORD),
    }
}

/// A customer with their password given again, so that they may take everything along, and with a report of their own.
async fn customer(store: &Store, address: SocketAddr, account: u32, is_member: bool) -> Reader {
    let (sign_in, about, own) = if is_member {
        (format!("{}@leak.example", members_canary(account)), MESSAGES, members_canary(account))
    } else {
        (format!("customer-{account}@hunt.example"), 0, canary(account))
    };
    let user = new_user(&sign_in, Role::Customer, Some(account));
    if is_member {
        store.add_member(user, as_of()).await.unwrap();
    } else {
        store.add_user(user, as_of()).await.unwrap();
    }
    let visitor = Visitor::of(address);
    visitor.sign_in(&sign_in, PASSWORD).await;
    let form = [("password", PASSWORD), ("then", EXPORT)];
    let confirmed = visitor.post("/settings/security/confirm", &form).await;
    let cookie = confirmed.session_cookie().expect("the session has another id");
    let (about, note) = (format!("M-{account}-{about}"), format!("It was {own}"));
    let report = report(&visitor, ("message", &about), "not_me", &note).await;
    Reader { cookie: Some(cookie), owns: Some(account), is_member, desk: None, report: Some(report) }
}

async fn readers(store: &Store, address: SocketAddr) -> Vec<Reader> {
    let mut readers = vec![Reader { cookie: None, owns: None, is_member: false, desk: None, report: None }];
    for account in 0..CUSTOMERS {
        readers.push(customer(store, address, account, false).await);
    }
    for account in 0..MEMBERS {
        readers.push(customer(store, address, account, true).await);
    }
    for (name, role, begins, looks) in [
        ("agent", Role::Agent, "/desk", Some(CUSTOMERS)),
        ("supervisor", Role::Supervisor, "/desk", Some(CUSTOMERS + 1)),
        ("auditor", Role::Auditor, "/desk/audit", None),
    ] {
        let visitor = Visitor::of(address);
        let sign_in = format!("{name}@hunt.example");
        store.add_user(new_user(&sign_in, role, None), as_of()).await.unwrap();
        let cookie = visitor.sign_in_to(&sign_in, PASSWORD, begins).await;
        let desk = match looks {
            Some(account) => Some(look_up(&visitor, &format!("A-{account}")).await),
            None => None,
        };
        readers.push(Reader { cookie: Some(cookie), owns: looks, is_member: false, desk, report: None });
    }
    readers
}

/// A request, by a roll of dice: whose it is, what it asks for, and whether it goes away before the answer.
struct Asked {
    reader: Reader,
    path: String,
    posts: bool,
    patience: Option<Duration>,
}

/// All that may be asked for: every page and function, as the router knows them, and the rest by name.
struct Matrix {
    pages: Vec<String>,
    functions: Vec<&'static str>,
}

/// It has no end of its own: its beginning is looked at.
const LIVE: &str = "/history/live";

const OTHERS: [&str; 18] = [
    "/health/live",
    "/health/ready",
    "/metrics",
    "/robots.txt",
    "/favicon.svg",
    "/v1/openapi.json",
    "/v1/messages",
    "/v1/accounts",
    "/v1/transactions",
    "/v1/books",
    "/desk/audit/export",
    "/incidents.atom",
    LIVE,
    "/offline",
    "/manifest.webmanifest",
    "/service-worker.js",
    FILE,
    "/nowhere",
];

/// Where an HTML mail is: no page of Leptos, so its list of routes does not have it.
const FRAME: &str = "/messages/{id}/frame";

/// What would end its reader's session is asked for without one: else nobody would be signed in before long.
const ENDS_SESSIONS: [&str; 2] = ["/sign-out", "/settings/security/confirm"];

impl Matrix {
    fn of_router() -> Self {
        let routes = leptos_axum::generate_route_list(app::pages::App);
        let functions: BTreeSet<&'static str> =
            server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
        let pages = routes.iter().map(|route| route.path().to_owned());
        Self { pages: pages.chain([FRAME.to_owned()]).collect(), functions: functions.into_iter().collect() }
    }

    fn roll(&self, readers: &[Reader], dice: &mut Dice) -> Asked {
        let reader = readers[dice.below(readers.len())].clone();
        // Half of the time their own, if they have anything.
        let account = match reader.owns {
            Some(own) if dice.below(2) == 0 => own,
            _ => u32::try_from(dice.below(ACCOUNTS as usize)).unwrap(),
        };
        let (path, posts) = match dice.below(10) {
            0 => {
                let path = OTHERS[dice.below(OTHERS.len())];
                (path.to_owned(), path == FILE)
            }
            1 => (self.functions[dice.below(self.functions.len())].to_owned(), true),
            _ => (self.page(&reader, readers, account, dice), false),
        };
        let patience = (dice.below(5) == 0).then(|| Duration::from_micros(dice.below(4_000) as u64));
        Asked { reader, path, posts, patience }
    }

    fn page(&self, reader: &Reader, readers: &[Reader], account: u32, dice: &mut Dice) -> String {
        let route = &self.pages[dice.below(self.pages.len())];
        let number = dice.below(MESSAGES as usize + 2);
        let lookups: Vec<&String> = readers.iter().filter_map(|reader| reader.desk.as_ref()).collect();
        let lookup =
            reader.desk.as_ref().filter(|_| dice.below(2) == 0).unwrap_or(lookups[dice.below(lookups.len())]);
        let reports: Vec<&String> = readers.iter().filter_map(|reader| reader.report.as_ref()).collect();
        let report = reader
            .report
            .as_ref()
            .filter(|_| dice.below(2) == 0)
            .unwrap_or(reports[dice.below(reports.len())]);
        let id = if route.contains("transactions") {
            format!("T-{account}-{number}")
        } else {
            format!("M-{account}-{number}")
        };
        let path = route
            .replace("{lookup}", lookup.rsplit('/').next().unwrap())
            .replace("{id}", &id)
            .replace("{report}", report.rsplit('/').next().unwrap())
            .replace("{token}", "0")
            .replace("{slug}", "hunted");
        assert!(!path.contains('{'), "{route} has a part that is not in the matrix");
        match dice.below(4) {
            0..=2 if path == "/statement" => format!("{path}?from=2026-04-01&to=2026-04-30&show=all"),
            0 if route.ends_with("history") || route.ends_with("{lookup}") => format!("{path}?show=flagged"),
            _ => path,
        }
    }
}

/// A sequence that is the same each time (a linear congruential generator, Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

async fn ask(address: SocketAddr, asked: &Asked) -> Option<Answer> {
    let visitor = Visitor::of(address);
    let answer = async {
        let ends = ENDS_SESSIONS.contains(&asked.path.as_str());
        let cookie = asked.reader.cookie.as_deref().filter(|_| !ends).unwrap_or("");
        if asked.posts {
            visitor.post_with_cookie(&asked.path, &[("email", "x"), ("password", "x")], cookie).await
        } else if asked.path == LIVE {
            visitor.beginning_of(&asked.path, cookie).await
        } else {
            visitor.get_with_cookie(&asked.path, cookie).await
        }
    };
    match asked.patience {
        Some(patience) => tokio::time::timeout(patience, answer).await.ok(),
        None => Some(answer.await),
    }
}

/// The canaries that are an answer's reader's.
fn own(reader: &Reader) -> Vec<String> {
    let Some(account) = reader.owns else { return Vec::new() };
    if reader.is_member {
        return vec![members_canary(account)];
    }
    vec![canary(account), members_canary(account)]
}

/// The canaries that stand in an answer, its headers too, and are not its reader's.
fn foreign(answer: &Answer, reader: &Reader) -> Vec<String> {
    let all = format!("{:?} {}", answer.headers, answer.body).to_lowercase();
    let found = all.match_indices("cnr").map(|(at, _)| all[at..].chars().take(9).collect::<String>());
    // A nonce may begin like one.
    let is_canary = |found: &String| {
        (0..ACCOUNTS).any(|account| [canary(account), members_canary(account)].contains(found))
    };
    let own = own(reader);
    found.filter(is_canary).filter(|found| !own.contains(found)).collect()
}

#[derive(Default)]
pub struct Hunted {
    pub answers: usize,
    pages: usize,
    pub own: usize,
    /// Answers to members with something of their own in it.
    members: usize,
    exports: usize,
    pub leaks: Vec<String>,
    /// Answers that a cache gave, as nginx says in `x-cache`.
    pub cached: usize,
}

impl Hunted {
    fn take(&mut self, asked: &Asked, answer: Option<Answer>) {
        let Some(answer) = answer else { return };
        self.answers += 1;
        self.pages += usize::from(answer.status == StatusCode::OK);
        self.cached += usize::from(answer.headers.get("x-cache").is_some_and(|cache| cache == "HIT"));
        self.exports += usize::from(answer.headers.contains_key("content-disposition"));
        let is_own = own(&asked.reader).iter().any(|canary| answer.body.contains(canary));
        self.own += usize::from(is_own);
        self.members += usize::from(is_own && asked.reader.is_member);
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", asked.path);
        self.leaks.extend(
            foreign(&answer, &asked.reader).into_iter().map(|found| format!("{} has {found}", asked.path)),
        );
    }
}

/// What the hunters ask: the server itself, or what stands in front of it while it runs.
pub trait Front {
    type Stands;
    fn before(&self, server: SocketAddr) -> (SocketAddr, Self::Stands);
}

struct Nothing;

impl Front for Nothing {
    type Stands = ();

    fn before(&self, server: SocketAddr) -> (SocketAddr, ()) {
        (server, ())
    }
}

pub async fn hunt(store: &Store, requests: usize, around: fn(Router) -> Router, front: impl Front) -> Hunted {
    let matrix = Arc::new(Matrix::of_router());
    let mut dice = Dice(7);
    let mut hunted = Hunted::default();
    let mut server: (SocketAddr, TempDir) = serve_around(store.clone(), PagesState::default(), around).await;
    let readers = Arc::new(readers(store, server.0).await);
    for _ in 0..SERVERS {
        let (address, _stands) = front.before(server.0);
        let mut under_way = JoinSet::new();
        for _ in 0..requests / SERVERS {
            if under_way.len() >= TOGETHER {
                let (asked, answer) = under_way.join_next().await.unwrap().unwrap();
                hunted.take(&asked, answer);
            }
            let asked = matrix.roll(&readers, &mut dice);
            under_way.spawn(async move {
                let answer = ask(address, &asked).await;
                (asked, answer)
            });
        }
        while let Some(done) = under_way.join_next().await {
            let (asked, answer) = done.unwrap();
            hunted.take(&asked, answer);
        }
        server = serve_around(store.clone(), PagesState::default(), around).await;
    }
    hunted
}

on_both_databases!(whoever_asks_for_whatever_is_told_nothing_of_another, |place| {
    let store = place.store().await;
    fill(&store).await;
    let hunted = hunt(&store, REQUESTS, |pages| pages, Nothing).await;
    assert!(hunted.leaks.is_empty(), "{:?}", hunted.leaks);
    assert!(
        hunted.answers > REQUESTS / 2 && hunted.pages > REQUESTS / 5,
        "{} {}",
        hunted.answers,
        hunted.pages
    );
    // One in some hundred asks for it, and some wait for others to have theirs.
    assert!(hunted.exports > REQUESTS / 1_000, "{}", hunted.exports);
    assert!(hunted.own > REQUESTS / 20, "their own is there to be found: {}", hunted.own);
    assert!(hunted.members > REQUESTS / 100, "members' own too: {}", hunted.members);
});

/// Tells of another account where no mark looks: in a header.
async fn planted(mut response: Response) -> Response {
    response.headers_mut().insert("x-planted", canary(ACCOUNTS - 1).parse().unwrap());
    response
}

on_both_databases!(what_is_planted_is_found, |place| {
    let store = place.store().await;
    fill(&store).await;
    let hunted = hunt(&store, 100, |pages| pages.layer(map_response(planted)), Nothing).await;
    assert!(hunted.leaks.len() > 20, "{}", hunted.leaks.len());
});
