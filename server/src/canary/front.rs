use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::serve::PAGE_BYTES_MAX;

/// The house as customers reach it: by its public address, and through whatever stands before it.
pub struct Front {
    url: String,
    way: Way,
}

enum Way {
    Plain(Client<HttpConnector, Empty<Bytes>>),
    Secured(Client<HttpsConnector<HttpConnector>, Empty<Bytes>>),
}

/// What was answered.
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Longer than any page takes, and shorter than the pause between two probes.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);

impl Front {
    /// The front at a URL without a path.
    pub fn at(url: &str) -> anyhow::Result<Self> {
        let url = url.trim_end_matches('/').to_owned();
        let client = Client::builder(TokioExecutor::new());
        let way = match url.split_once("://") {
            Some(("http", _)) => Way::Plain(client.build_http()),
            Some(("https", _)) => {
                let secured = HttpsConnectorBuilder::new().with_native_roots();
                let secured = secured.context("this machine has no certificates to trust")?;
                Way::Secured(client.build(secured.https_only().enable_http1().build()))
            }
            _ => bail!("{url} is no address of a house: http://… or https://…"),
        };
        Ok(Self { url, way })
    }

    /// Asks for a page, with a cookie where there is one.
    pub(super) async fn get(&self, path: &str, cookie: Option<&str>) -> anyhow::Result<Answer> {
        let mut request = Request::get(format!("{}{path}", self.url)).header(header::ACCEPT, "text/html");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Empty::new())?;
        tokio::time::timeout(ANSWER_TIME_MAX, self.send(request)).await.context("no answer in time")?
    }

    async fn send(&self, request: Request<Empty<Bytes>>) -> anyhow::Result<Answer> {
        let response = match &self.way {
            Way::Plain(client) => client.request(request).await?,
            Way::Secured(client) => client.request(request).await?,
        };
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, PAGE_BYTES_MAX).collect().await;
        let body = body.map_err(|error| anyhow::anyhow!("the page broke off: {error}"))?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}
