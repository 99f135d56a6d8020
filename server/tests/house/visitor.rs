//! Somebody with a browser: its cookies, and what it says of where a request comes from.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::net::SocketAddr;

use reqwest::header::{ACCEPT, HeaderMap, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, StatusCode};

pub struct Visitor {
    client: Client,
    origin: String,
}

/// An answer, all of it.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// The most pages that a history is turned in these tests.
const PAGES_MAX: usize = 50;

impl Visitor {
    pub fn of(address: SocketAddr) -> Self {
        let client =
            Client::builder().cookie_store(true).redirect(Policy::none()).no_proxy().build().unwrap();
        Self { client, origin: format!("http://{address}") }
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.asking(path)).await
    }

    /// Asks for a page with this cookie and no other.
    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Answer {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        send(
            client.get(format!("{}{path}", self.origin)).header(ACCEPT, "text/html").header("cookie", cookie),
        )
        .await
    }

    /// The first of an answer that goes on.
    pub async fn beginning_of(&self, path: &str, cookie: &str) -> Answer {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let request = client.get(format!("{}{path}", self.origin)).header("cookie", cookie);
        let mut response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let first = response.chunk().await.unwrap().unwrap_or_default();
        Answer { status, headers, body: String::from_utf8(first.to_vec()).unwrap() }
    }

    /// Sends a form from one of our own pages with this cookie and no other.
    pub async fn post_with_cookie(&self, path: &str, form: &[(&str, &str)], cookie: &str) -> Answer {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let request = client.post(format!("{}{path}", self.origin)).header(ACCEPT, "text/html").form(form);
        send(request.header("sec-fetch-site", "same-origin").header("cookie", cookie)).await
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        send(self.form(path, form).header("sec-fetch-site", "same-origin").header(ORIGIN, &self.origin)).await
    }

    /// Where the pages are.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A request that says nothing of where it comes from.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin)).header(ACCEPT, "text/html")
    }

    /// A form that says nothing of where it comes from.
    pub fn form(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let request =
            self.client.post(format!("{}{path}", self.origin)).header(ACCEPT, "text/html").form(form);
        request.header(REFERER, format!("{}/sign-in", self.origin))
    }

    pub async fn try_sign_in(&self, sign_in: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("sign_in_name", sign_in), ("password", password)]).await
    }

    /// Signs in, and gives the session's cookie.
    pub async fn sign_in(&self, sign_in: &str, password: &str) -> String {
        self.sign_in_to(sign_in, password, "/history").await
    }

    /// Signs in, and is led to an address.
    pub async fn sign_in_to(&self, sign_in: &str, password: &str, address: &str) -> String {
        let answer = self.try_sign_in(sign_in, password).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, address));
        answer.session_cookie().expect("a session begins")
    }

    pub async fn is_signed_in(&self) -> bool {
        self.get("/history").await.status == StatusCode::OK
    }

    /// Every page of a history, turned to its end.
    pub async fn turn_all(&self, path: &str) -> Vec<Answer> {
        let mut pages = vec![self.get(path).await];
        let history = path.split('?').next().expect("a path");
        while let Some(earlier) = pages.last().and_then(|page| page.earlier(history)) {
            assert!(pages.len() < PAGES_MAX, "the pages have no end");
            pages.push(self.get(&earlier).await);
        }
        assert!(pages.iter().all(|page| page.status == StatusCode::OK));
        pages
    }

    /// A request for a page, to be sent with more in it.
    pub fn asking(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.origin)).header(ACCEPT, "text/html")
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    let body = match headers.get("content-type") {
        Some(kind) if kind == "application/zip" => unzipped(&bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Answer { status, headers, body }
}

/// What stands before each file of a zip, and its name.
const FILE: &str = "\0file ";

/// The files of a zip, one behind the other.
fn unzipped(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole zip");
    let mut all = String::new();
    for place in 0..zip.len() {
        let file = zip.by_index(place).unwrap();
        all.extend([FILE, &file.name().unwrap(), "\n"]);
        all.push_str(&std::io::read_to_string(file).expect("UTF-8"));
    }
    all
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// A file of a zip.
    pub fn file(&self, name: &str) -> String {
        let begins = format!("{FILE}{name}\n");
        let (_, rest) = self.body.split_once(&begins).unwrap_or_else(|| panic!("no {name} in it"));
        rest.split(FILE).next().unwrap_or(rest).to_owned()
    }

    /// What a reader of the page sees.
    pub fn seen(&self) -> String {
        engine::visible_text(&self.body).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The session's cookie, as a request would carry it.
    pub fn session_cookie(&self) -> Option<String> {
        let cookies = self.headers.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let mut sessions = cookies.filter(|cookie| cookie.starts_with("counterfoil="));
        sessions.next().and_then(|cookie| cookie.split(';').next()).map(str::to_owned)
    }

    /// The ids of the messages that a history lists, copies too.
    pub fn messages(&self) -> BTreeSet<String> {
        let titles = self.values("slip-title\"><a href=\"/messages/");
        titles.chain(self.values("class=\"copy\"><a href=\"/messages/")).map(str::to_owned).collect()
    }

    /// The nonce under which the page's scripts may run.
    pub fn nonce(&self) -> &str {
        let policy = self.header("content-security-policy");
        let (_, nonce) = policy.split_once("'nonce-").unwrap_or_else(|| panic!("no nonce in `{policy}`"));
        nonce.split_once('\'').expect("a nonce ends").0
    }

    /// The page without what differs from one request to another: its nonce, and the address that was asked for.
    pub fn body_apart_from(&self, path: &str) -> String {
        self.body.replace(self.nonce(), "").replace(path, "")
    }

    fn earlier(&self, history: &str) -> Option<String> {
        let begins = format!("href=\"{history}?");
        let query = self.values(&begins).find(|query| query.contains("before="))?;
        Some(format!("{history}?{}", query.replace("&amp;", "&")))
    }

    /// What stands between each occurrence of a beginning and the next quotation mark.
    pub fn values<'a>(&'a self, begins: &'a str) -> impl Iterator<Item = &'a str> {
        self.body.split(begins).skip(1).map(|rest| rest.split('"').next().unwrap_or(rest))
    }
}
