use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use app::clock::Clock;
use clap::Args;
use engine::{Instant, Span, TimeZone};
use serde_json::json;

use crate::clock::now;
use crate::demo_operator::{BRAND, demo_operator, home_zone};
use crate::fill_demo::{DemoSignIns, fill_demo};
use crate::fill_demo_reports::fill_demo_reports;
use crate::serve::{Server, mail_desk_of};
use crate::settings::{ServeArguments, ServeSettings, SettingArguments, StoreSettings};

#[derive(Debug, Args)]
pub(super) struct DemoCommand {
    #[command(flatten)]
    serve: ServeArguments,
    /// Take this for the present, such as 2026-04-20T12:00:00Z
    #[arg(long)]
    as_of: Option<Instant>,
    /// Another number makes another operator
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fill the store, and leave serving it to whoever asked for that
    #[arg(long, hide = true)]
    fill_only: bool,
}

pub(super) async fn run(command: &DemoCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store_settings = settings.resolve()?;
    let mut serve_settings = settings.resolve_serve(&command.serve)?;
    if command.fill_only {
        return fill(command, &store_settings, &serve_settings).await;
    }
    serve_settings = demo_settings(serve_settings);
    // Nobody's numbers: they may be seen where the pages are.
    serve_settings.metrics_address.get_or_insert(serve_settings.address);
    forget_last_demo(store_settings.data_dir())?;
    let store = store_settings.open_store().await?;
    // The port first: whoever has to name another does so before waiting.
    let clock = command.as_of.map_or(Clock::System, Clock::Fixed);
    let checkpoint = store_settings.checkpoint_file(&store);
    let server = Server::bind(store, serve_settings, clock, checkpoint).await?;
    fill_apart()?;
    server.run().await
}

/// Fills the store in a process of its own. What it takes to make up and judge months of mail would stay with the process
/// that did so, and the server is to be as small as it is on anybody's records.
fn fill_apart() -> anyhow::Result<()> {
    let itself = std::env::current_exe().context("the binary's own path is not known")?;
    let filled = Command::new(itself).args(std::env::args_os().skip(1)).arg("--fill-only").status();
    if !filled.context("the binary can't be run a second time")?.success() {
        bail!("the store could not be filled");
    }
    Ok(())
}

async fn fill(
    command: &DemoCommand,
    settings: &StoreSettings,
    serve_settings: &ServeSettings,
) -> anyhow::Result<()> {
    let at = command.as_of.unwrap_or_else(now);
    let store = settings.open_store().await?;
    let sign_ins = fill_demo(&store, demo_operator(command.seed, at), at).await?;
    let wording = demo_settings(serve_settings.clone());
    fill_demo_reports(&store, &sign_ins, &mail_desk_of(&wording), (at, now())).await?;
    let key = store.add_ingest_key("demonstration", now().plus(KEY_TIME), now()).await?;
    store.close().await;
    write_sign_ins(settings.data_dir(), &sign_ins)?;
    print_sign_ins(&serve_settings.public_url, &sign_ins);
    print_newcomer(serve_settings, &sign_ins.newcomers);
    print_arrival(serve_settings, &sign_ins, &key.reveal(), at);
    Ok(())
}

/// The operator's name and number, unless others were given.
fn demo_settings(mut settings: ServeSettings) -> ServeSettings {
    if settings.brand == ServeArguments::DEFAULT_BRAND {
        BRAND.clone_into(&mut settings.brand);
    }
    settings.contact.get_or_insert_with(|| DEMO_CONTACT.to_owned());
    if settings.time_zone == TimeZone::default() {
        settings.time_zone = home_zone();
    }
    settings
}

/// Numbers that begin 555-01 are nobody's.
const DEMO_CONTACT: &str = "1-800-555-0142";

/// A demonstration's dates are those of the day it was made, so each run makes it anew. Only a file that a
/// demonstration made is taken away.
fn forget_last_demo(folder: &Path) -> anyhow::Result<()> {
    if !sign_ins_file(folder).exists() {
        return Ok(());
    }
    for name in ["counterfoil.sqlite", "counterfoil.sqlite-wal", "counterfoil.sqlite-shm", "audit.checkpoint"]
    {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} can't be removed", path.display()));
            }
            _ => {}
        }
    }
    // Its links open nothing any longer.
    let mail = folder.join("mail");
    match std::fs::remove_dir_all(&mail) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} can't be removed", mail.display()))
        }
        _ => Ok(()),
    }
}

/// Who has no password yet, and where the link to set one is found.
fn print_newcomer(settings: &ServeSettings, newcomers: &[String]) {
    let Some(newcomer) = newcomers.first() else { return };
    println!("Become a customer at {}/welcome with {newcomer}.", settings.public_url);
    println!("Mail is written to {}\n", settings.mail_dir.display());
}

/// As long as a demonstration may be shown.
const KEY_TIME: Span = Span::days(30);

/// How a message is sent while somebody has their history open.
fn print_arrival(settings: &ServeSettings, sign_ins: &DemoSignIns, key: &str, at: Instant) {
    let message = json!({
        "id": "DEMO-1", "account": sign_ins.touched.customer.account, "channel": "sms", "recipient": "+12065550123",
        "sent_at": at, "text": "Larkspur: our shop at Pike Street opens at nine tomorrow.",
    });
    println!("With the history open, have a message come (another one: another id):");
    println!("curl {}/v1/messages -H 'Authorization: Bearer {key}' \\", settings.public_url);
    println!("  -H 'Content-Type: application/json' -d '{message}'\n");
}

fn sign_ins_file(folder: &Path) -> PathBuf {
    folder.join("sign-ins.json")
}

fn write_sign_ins(folder: &Path, sign_ins: &DemoSignIns) -> anyhow::Result<()> {
    let path = sign_ins_file(folder);
    let one = |email: &str, password: &str| json!({ "email": email, "password": password });
    let DemoSignIns { touched, untouched, member, agent, supervisor, auditor, newcomers } = sign_ins;
    let text = json!({
        "touched": one(&touched.customer.sign_in, touched.password),
        "untouched": one(&untouched.customer.sign_in, untouched.password),
        "member": one(&member.customer.sign_in, member.password),
        "agent": one(agent.sign_in, agent.password),
        "supervisor": one(supervisor.sign_in, supervisor.password),
        "auditor": one(auditor.sign_in, auditor.password),
        "newcomers": newcomers,
    });
    let text = text.to_string();
    std::fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))
}

fn print_sign_ins(public_url: &str, sign_ins: &DemoSignIns) {
    let DemoSignIns { touched, untouched, member, agent, supervisor, auditor, .. } = sign_ins;
    println!("\nSign in at {public_url} as\n");
    for (sign_in, who) in [
        (touched, "whom the archive incident touched"),
        (untouched, "with whom all is well (in Spanish)"),
        (member, "a member of the first one's account"),
    ] {
        let customer = &sign_in.customer;
        println!("  {}, {who}\n    {}\n    {}\n", customer.name, customer.sign_in, sign_in.password);
    }
    for (staff, who) in [
        (agent, "who answers customers' calls"),
        (supervisor, "who supervises"),
        (auditor, "who reads what the others did"),
    ] {
        println!("  {}, {who}\n    {}\n    {}\n", staff.name, staff.sign_in, staff.password);
    }
}
