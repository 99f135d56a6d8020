use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use crate::settings::{ServeArguments, SettingArguments};

#[derive(Debug, Args)]
pub(super) struct HealthCommand {
    #[command(flatten)]
    serve: ServeArguments,
}

/// Longer than the server takes to say that the store does not answer.
const TIME_MAX: Duration = Duration::from_secs(4);
/// Of the answer only its first line counts.
const ANSWER_BYTES_MAX: u64 = 4 << 10;
const REQUEST: &[u8] = b"GET /health/ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

/// Asks the server on this machine whether it is ready: for containers, in which there is nothing else to ask with.
pub(super) fn run(command: &HealthCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let address = reachable(settings.resolve_serve(&command.serve)?.address);
    let answer = ask(address).with_context(|| format!("no server answers at {address}"))?;
    if !answer.starts_with("HTTP/1.1 200 ") {
        bail!("the server at {address} is not ready");
    }
    println!("ready");
    Ok(())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIME_MAX)?;
    stream.set_read_timeout(Some(TIME_MAX))?;
    stream.write_all(REQUEST)?;
    let mut answer = String::new();
    stream.take(ANSWER_BYTES_MAX).read_to_string(&mut answer)?;
    Ok(answer)
}

/// What listens everywhere can be asked here.
fn reachable(address: SocketAddr) -> SocketAddr {
    let here = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        other => other,
    };
    SocketAddr::new(here, address.port())
}
