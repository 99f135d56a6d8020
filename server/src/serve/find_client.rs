use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use app::request::ClientAddress;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName};
use serde::Deserialize;

/// A proxy that is believed when it says for whom it asks: an address, or a network of them as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TrustedProxy {
    network: IpAddr,
    prefix_bits: u8,
}

/// Why a text is no such address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no proxy's address: write 10.0.0.5, or a network as 10.0.0.0/8")]
pub struct TrustedProxyError(String);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Finds out whose a request is, for those who hold clients to a rate.
pub(super) async fn find_client(
    State(proxies): State<Arc<[TrustedProxy]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if let Some(peer) = peer {
        let client = client(peer, request.headers(), &proxies);
        request.extensions_mut().insert(ClientAddress(client));
    }
    next.run(request).await
}

/// The last address in `X-Forwarded-For` that is not one of the trusted proxies', where the peer is one of them. What
/// stands before it is whatever the client wrote.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[TrustedProxy]) -> IpAddr {
    let is_trusted = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    let mut nearest = peer.to_canonical();
    let values = headers.get_all(FORWARDED_FOR).into_iter().map(|value| value.to_str().unwrap_or(""));
    let forwarded: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    for address in forwarded.into_iter().rev() {
        if !is_trusted(nearest) {
            break;
        }
        let Some(address) = address_of(address) else { break };
        nearest = address;
    }
    nearest
}

/// An address, with a port or without.
fn address_of(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse::<IpAddr>().ok().or_else(with_port).map(|address| address.to_canonical())
}

impl TrustedProxy {
    fn contains(self, address: IpAddr) -> bool {
        match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.prefix_bits);
                (network.to_bits() ^ address.to_bits()).checked_shr(shift).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.prefix_bits);
                (network.to_bits() ^ address.to_bits()).checked_shr(shift).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl FromStr for TrustedProxy {
    type Err = TrustedProxyError;

    fn from_str(text: &str) -> Result<Self, TrustedProxyError> {
        let refused = || TrustedProxyError(text.chars().take(60).collect());
        let (network, prefix) =
            text.split_once('/').map_or((text, None), |(network, bits)| (network, Some(bits)));
        let network: IpAddr = network.trim().parse().map_err(|_| refused())?;
        let bits_max = if network.is_ipv4() { 32 } else { 128 };
        let prefix_bits = match prefix {
            Some(bits) => bits.trim().parse().map_err(|_| refused())?,
            None => bits_max,
        };
        if prefix_bits > bits_max { Err(refused()) } else { Ok(Self { network, prefix_bits }) }
    }
}

impl TryFrom<String> for TrustedProxy {
    type Error = TrustedProxyError;

    fn try_from(text: String) -> Result<Self, TrustedProxyError> {
        text.parse()
    }
}

impl fmt::Display for TrustedProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix_bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&'static str], proxies: &[&str]) -> String {
        let headers = forwarded.iter().map(|value| (FORWARDED_FOR, value.parse().unwrap())).collect();
        let proxies: Vec<TrustedProxy> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_for_whom_it_asks() {
        let proxies = &["10.0.0.0/8", "2001:db8::5"][..];
        for (peer, forwarded, client) in [
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["203.0.113.9"], "192.0.2.1"),
            ("10.1.2.3", &["203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["203.0.113.9, 10.9.9.9"], "203.0.113.9"),
            ("10.1.2.3", &["203.0.113.9:4711"], "203.0.113.9"),
            ("2001:db8::5", &["[2001:db8:9::1]:443"], "2001:db8:9::1"),
            ("::ffff:10.1.2.3", &["203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["203.0.113.9, unknown"], "10.1.2.3"),
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &["10.9.9.9"], "10.9.9.9"),
        ] {
            assert_eq!(found(peer, forwarded, proxies), client, "{peer} {forwarded:?}");
            assert_eq!(found("192.0.2.1", forwarded, &[]), "192.0.2.1");
        }
        assert_eq!(found("10.1.2.3", &["203.0.113.9"], &["0.0.0.0/0"]), "203.0.113.9");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for bad in ["", "proxy", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "10.0.0/8"] {
            assert_eq!(bad.parse::<TrustedProxy>(), Err(TrustedProxyError(bad.to_owned())));
        }
        assert_eq!("10.0.0.0/8".parse::<TrustedProxy>().unwrap().to_string(), "10.0.0.0/8");
    }
}
