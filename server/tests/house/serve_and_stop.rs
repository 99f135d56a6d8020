//! The binary as it serves, from its start to its end.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStderr, Command};

use reqwest::StatusCode;
use tempfile::TempDir;

use crate::feed::AS_OF;
use crate::house::site_directory;
use crate::place::{Place, on_both_databases, refusal, run, text};
use crate::visitor::Visitor;

/// `counterfoil serve` on a port that was free.
pub struct Serving {
    child: Child,
    log: Option<BufReader<ChildStderr>>,
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    _site: TempDir,
}

impl Serving {
    pub fn begin(place: &Place) -> Self {
        Self::begin_with(place, &[])
    }

    pub fn begin_with(place: &Place, more: &[&str]) -> Self {
        let site = site_directory();
        let site_path = text(site.path()).to_owned();
        Self::begin_in(place, &[&["--site-dir", &site_path], more].concat(), site)
    }

    /// With what the binary itself has, in a folder with nothing in it.
    pub fn begin_without_site(place: &Place) -> Self {
        Self::begin_in(place, &[], tempfile::tempdir().unwrap())
    }

    fn begin_in(place: &Place, more: &[&str], folder: TempDir) -> Self {
        let arguments = [&["serve", "--address", "127.0.0.1:0", "--as-of", AS_OF], more].concat();
        let mut command = place.counterfoil(&arguments);
        let mut child = command.env("COUNTERFOIL_LOG", "info").current_dir(folder.path()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().expect("its log is piped"));
        let mut metrics_address = None;
        let address = loop {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it served");
            let line: serde_json::Value =
                serde_json::from_str(&line).expect("a log that nobody watches is JSON");
            let address = || line["fields"]["address"].as_str().unwrap().parse().unwrap();
            match line["fields"]["message"].as_str() {
                Some("serving") => break address(),
                Some("serving metrics") => metrics_address = Some(address()),
                _ => {}
            }
        };
        Self { child, log: Some(log), address, metrics_address, _site: folder }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::of(self.address)
    }

    pub fn metrics_visitor(&self) -> Visitor {
        Visitor::of(self.metrics_address.expect("it serves metrics"))
    }

    /// Where it listens; what it logs is read and forgotten from here on, so that it never waits for a reader.
    pub fn listens_at(&mut self) -> SocketAddr {
        let mut log = self.log.take().expect("its log is not read yet");
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        self.address
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and gives what it logged meanwhile.
    pub fn stop(mut self) -> String {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let mut log = String::new();
        for line in self.log.take().expect("its log is not read yet").lines() {
            log.push_str(&line.unwrap());
            log.push('\n');
        }
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

on_both_databases!(it_serves_until_it_is_told_to_stop, |place| {
    let serving = Serving::begin(place);
    let visitor = serving.visitor();
    assert_eq!(visitor.get("/health/ready").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/messages/M-secret?show=M-secret").await.status, StatusCode::SEE_OTHER);
    visitor.try_sign_in("maya.okonkwo@example.com", "mallow in the hedgerow").await;
    drop(visitor);
    let address = serving.address.to_string();
    place.succeed(&["health", "--address", &address]);
    place.run_sql("delete from _sqlx_migrations").await;
    let said = refusal(&run(&mut place.counterfoil(&["health", "--address", &address])));
    assert!(said.contains("is not ready"), "{said}");
    let log = serving.stop();
    let said = refusal(&run(&mut place.counterfoil(&["health", "--address", &address])));
    assert!(said.contains("no server answers"), "{said}");
    assert!(log.contains("\"stopped\"") && log.contains("/health/ready"), "{log}");
    for personal in ["M-secret", "maya", "mallow", "counterfoil="] {
        assert!(!log.contains(personal), "a log names nobody: {log}");
    }
});
