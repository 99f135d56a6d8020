//! The hunt for leaks behind nginx with a cache that keeps whatever it may, though it is told to keep nothing.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::leak_hunt::{Front, fill, hunt};
use crate::place::on_both_databases;

const NGINX: [&str; 2] = ["/usr/sbin/nginx", "/usr/bin/nginx"];
/// On each database; `COUNTERFOIL_LEAK_REQUESTS` says otherwise.
const REQUESTS: usize = 10_000;
const PASSED_OVER: &str = "Cache-Control Expires Set-Cookie X-Accel-Expires";
/// Five seconds.
const STARTS_MAX: usize = 100;

/// A cache that outlives the servers behind it, and answers by the address alone.
struct CachingProxy {
    program: &'static str,
    folder: TempDir,
    /// Of the headers that say what may be kept, those that it passes over.
    passes_over: &'static str,
}

impl CachingProxy {
    fn passing_over(passes_over: &'static str) -> Option<Self> {
        let Some(program) = NGINX.into_iter().find(|program| Path::new(program).exists()) else {
            eprintln!("skipped: there is no nginx here");
            return None;
        };
        Some(Self { program, folder: tempfile::tempdir().unwrap(), passes_over })
    }

    fn configuration(&self, address: SocketAddr, server: SocketAddr) -> String {
        let Self { folder, passes_over, .. } = self;
        let folder = folder.path().display();
        format!(
            "daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
             events {{ worker_connections 256; }}
             http {{
               access_log off;
               client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
               fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
               proxy_cache_path {folder}/cache keys_zone=kept:10m;
               server {{
                 listen {address};
                 location / {{
                   proxy_pass http://{server};
                   proxy_set_header Host $http_host;
                   proxy_cache kept;
                   proxy_cache_key $request_uri;
                   proxy_cache_valid any 10m;
                   proxy_ignore_headers {passes_over};
                   add_header X-Cache $upstream_cache_status always;
                 }}
               }}
             }}"
        )
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Front for CachingProxy {
    type Stands = Running;

    fn before(&self, server: SocketAddr) -> (SocketAddr, Running) {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let settings = self.folder.path().join("nginx.conf");
        std::fs::write(&settings, self.configuration(address, server)).unwrap();
        let running = Running(
            Command::new(self.program)
                .arg("-c")
                .arg(&settings)
                .stderr(Stdio::null())
                .spawn()
                .expect("nginx starts"),
        );
        let stands = (0..STARTS_MAX).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            TcpStream::connect(address).is_ok()
        });
        let errors = std::fs::read_to_string(self.folder.path().join("errors")).unwrap_or_default();
        assert!(stands, "nginx does not answer: {errors}");
        (address, running)
    }
}

on_both_databases!(a_cache_that_passes_over_no_store_has_nothing_of_another, |place| {
    let Some(proxy) = CachingProxy::passing_over(PASSED_OVER) else { return };
    let store = place.store().await;
    fill(&store).await;
    let requests =
        std::env::var("COUNTERFOIL_LEAK_REQUESTS").map_or(REQUESTS, |count| count.parse().unwrap());
    let hunted = hunt(&store, requests, |pages| pages, proxy).await;
    assert!(hunted.leaks.is_empty(), "{:?}", hunted.leaks);
    assert!(hunted.own > requests / 20, "their own is there to be found: {}", hunted.own);
    assert!(hunted.cached > 20, "what is nobody's is kept: {}", hunted.cached);
});

on_both_databases!(what_a_cache_without_any_rule_has_of_another_is_found, |place| {
    let Some(proxy) = CachingProxy::passing_over("Cache-Control Expires Set-Cookie X-Accel-Expires Vary")
    else {
        return;
    };
    let store = place.store().await;
    fill(&store).await;
    let hunted = hunt(&store, 400, |pages| pages, proxy).await;
    assert!(hunted.leaks.len() > 20, "{}", hunted.leaks.len());
});
