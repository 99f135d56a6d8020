//! The log tells of nobody, however much is logged.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::thread::JoinHandle;

use reqwest::Client;
use server::fill_demo::{DemoSignIns, fill_demo};
use store::Store;

use crate::desk::{REASON, look_up, search};
use crate::feed::{AS_OF, as_of, small_operator};
use crate::house::site_directory;
use crate::place::{Place, on_both_databases, text};
use crate::visitor::{Visitor, send};

const CANARIES: [&str; 6] = [
    "canary-of-a-search@example.org",
    "canary-of-a-name@example.org",
    "canary of a password",
    "canary of a subject",
    "canary of a text",
    "canary looked for",
];
/// What the log is to have: it shows that the search finds what is there.
const REQUEST_ID: &str = "canary-that-is-logged";

/// `counterfoil serve` that logs everything there is to log.
struct Traced {
    child: Child,
    address: SocketAddr,
    log: JoinHandle<String>,
}

impl Traced {
    fn begin(place: &Place, site: &str) -> Self {
        let arguments = ["serve", "--address", "127.0.0.1:0", "--as-of", AS_OF, "--site-dir", site];
        let mut child = place.counterfoil(&arguments).env("COUNTERFOIL_LOG", "trace").spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().expect("its log is piped")).lines();
        let (found, address) = mpsc::channel();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            for line in lines.map_while(Result::ok) {
                let parsed: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                if parsed["fields"]["message"] == "serving" {
                    let address = parsed["fields"]["address"].as_str().and_then(|it| it.parse().ok());
                    found.send(address.expect("it says where")).expect("it is waited for");
                }
                log.push_str(&line);
                log.push('\n');
            }
            log
        });
        let address = address.recv().expect("it serves");
        Self { child, address, log }
    }

    fn stop(mut self) -> String {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success());
        self.log.join().unwrap()
    }
}

/// Everything that people and systems do; gives the cookies that it took.
async fn live(address: SocketAddr, sign_ins: &DemoSignIns, message: &str, key: &str) -> Vec<String> {
    let mut cookies = Vec::new();
    let customer = Visitor::of(address);
    let DemoSignIns { touched, agent, supervisor, auditor, .. } = sign_ins;
    cookies.push(customer.sign_in(&touched.customer.sign_in, touched.password).await);
    let known = customer.asking("/history").header("x-request-id", REQUEST_ID);
    assert_eq!(send(known).await.status, reqwest::StatusCode::OK);
    for path in [format!("/messages/{message}"), "/account".to_owned(), "/settings/lookups".to_owned()] {
        customer.get(&path).await;
    }
    customer.try_sign_in(CANARIES[1], CANARIES[2]).await;
    customer.post("/check", &[("number", "7K3M-Q9TX-2HRC")]).await;
    customer.post("/history", &[("search", CANARIES[5])]).await;
    assert!(customer.get("/history?search").await.body.contains(CANARIES[5]));
    customer
        .post(
            "/settings",
            &[
                ("language", "es"),
                ("time_zone", "Europe/Madrid"),
                ("digest", "off"),
                ("ways[]", "billing.email"),
            ],
        )
        .await;

    for staff in [agent, supervisor] {
        let desk = Visitor::of(address);
        cookies.push(desk.sign_in_to(staff.sign_in, staff.password, "/desk").await);
        for typed in [touched.customer.sign_in.as_str(), touched.customer.account.as_str(), message] {
            let account = look_up(&desk, typed).await;
            desk.get(&format!("{account}/messages/{message}")).await;
        }
        search(&desk, CANARIES[0], REASON).await;
        desk.get("/desk").await;
        desk.post("/sign-out", &[]).await;
    }
    let audit = Visitor::of(address);
    cookies.push(audit.sign_in_to(auditor.sign_in, auditor.password, "/desk/audit").await);
    let account = touched.customer.account.as_str();
    let asked = [("act", ""), ("actor", agent.sign_in), ("account", account), ("from", ""), ("until", "")];
    audit.post("/desk/audit", &asked).await;
    assert!(audit.get("/desk/audit").await.body.contains(account));
    audit.post("/desk/audit/export", &[("format", "csv")]).await;
    audit.post("/desk/seen", &[("by", agent.sign_in), ("days", "")]).await;
    audit.get("/desk/seen").await;

    let handed = serde_json::json!({
        "id": "M-canary", "account": account, "channel": "email", "recipient": touched.customer.sign_in,
        "sent_at": AS_OF, "subject": CANARIES[3], "text": CANARIES[4],
    });
    let client = Client::builder().no_proxy().build().unwrap();
    let handed = client.post(format!("http://{address}/v1/messages")).bearer_auth(key).json(&handed);
    assert_eq!(handed.send().await.unwrap().status(), reqwest::StatusCode::OK);
    cookies
}

async fn key(store: &Store) -> String {
    let now = server::clock::now();
    store.add_ingest_key("billing", now.plus(engine::Span::days(1)), now).await.unwrap().reveal()
}

on_both_databases!(a_log_of_everything_names_nobody, |place| {
    let operator = small_operator(6);
    let (accounts, messages) = (operator.accounts.clone(), operator.messages.clone());
    let store = place.store().await;
    let sign_ins = fill_demo(&store, operator, as_of()).await.unwrap();
    let key = key(&store).await;
    let own = &sign_ins.touched.customer.account;
    let message =
        messages.iter().find(|message| message.account.as_ref() == Some(own)).unwrap().id.to_string();
    let site = site_directory();
    let traced = Traced::begin(place, text(site.path()));
    let cookies = live(traced.address, &sign_ins, &message, &key).await;
    let log = traced.stop();

    assert!(log.contains(REQUEST_ID), "what is logged is found");
    for level in ["\"TRACE\"", "\"DEBUG\"", "\"INFO\""] {
        assert!(log.contains(level), "everything is logged: no {level}");
    }
    let mut personal: Vec<String> = CANARIES.map(str::to_owned).into();
    personal.extend(cookies.iter().map(|cookie| cookie.split_once('=').unwrap().1.to_owned()));
    personal.extend([message, key, "07070707070707070707070707070707".to_owned(), REASON.to_owned()]);
    personal.extend(
        [sign_ins.touched.password, sign_ins.agent.password, sign_ins.auditor.password].map(str::to_owned),
    );
    personal.extend([sign_ins.agent.sign_in, sign_ins.auditor.sign_in].map(str::to_owned));
    for account in &accounts {
        personal.push(account.id.to_string());
        personal.extend(account.name.clone());
        personal.extend(account.emails.clone());
        personal.extend(account.lines.iter().map(|line| line.number.digits().to_owned()));
        personal.extend(account.devices.iter().map(|device| device.imei.identity().to_owned()));
    }
    for text in personal {
        let line = log.lines().find(|line| line.contains(&text));
        assert!(line.is_none(), "the log tells `{text}`: {}", line.unwrap_or_default());
    }
});
