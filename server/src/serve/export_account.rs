use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::clock::Clock;
use app::export::{ExportHead, ExportText};
use app::request::ClientAddress;
use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use engine::AccountId;
use http::{HeaderMap, HeaderValue, header};
use store::{AccountExport, ExportAsked, ExportTable, OwnerMark, SessionKey, SessionView, Store, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tower_sessions::Session;

use super::check_marks::{EXPORT_TYPE, OWNER};
use super::csv::line;
use super::zip_parts::ZipParts;
use crate::canary::PagesState;
use crate::clock::now;
use crate::settings::ServeSettings;

/// Accounts that are read out at once. Each keeps a connection to the database for as long as its browser takes it.
const TOGETHER_MAX: usize = 3;
/// How long a browser may take nothing of it: then it is gone, or wants to keep us busy.
const STALLED_MAX: Duration = Duration::from_mins(1);
/// How long all of it may take: sixty megabytes at 50 kB a second.
const TIME_MAX: Duration = Duration::from_mins(20);
/// Parts that are written ahead of what the browser has taken: some hundred kilobytes each.
const PARTS_AHEAD: usize = 2;
/// By which spreadsheets know that a table is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Where accounts are read out.
#[derive(Clone)]
pub(super) struct ExportDesk {
    store: Store,
    clock: Clock,
    brand: Arc<str>,
    public_url: Arc<str>,
    pages_state: PagesState,
    room: Arc<Semaphore>,
    under_way: Arc<Mutex<HashSet<AccountId>>>,
}

/// That an account is being read out; it is no longer once this is dropped.
struct UnderWay {
    account: AccountId,
    all: Arc<Mutex<HashSet<AccountId>>>,
    _permit: OwnedSemaphorePermit,
}

/// Why a file ends before its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum CutShort {
    /// The browser takes no more of it.
    #[error("nobody takes it any longer")]
    Gone,
    /// It has what is another account's.
    #[error("a row is another account's")]
    Foreign,
    /// It can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It can't be written.
    #[error(transparent)]
    Zip(#[from] io::Error),
}

impl ExportDesk {
    pub(super) fn new(store: Store, settings: &ServeSettings, clock: Clock, pages_state: PagesState) -> Self {
        Self {
            store,
            clock,
            brand: Arc::from(settings.brand.as_str()),
            public_url: Arc::from(settings.public_url.as_str()),
            pages_state,
            room: Arc::new(Semaphore::new(TOGETHER_MAX)),
            under_way: Arc::default(),
        }
    }

    /// Lets one in that nobody reads out yet.
    fn enter(&self, account: &AccountId, permit: OwnedSemaphorePermit) -> Option<UnderWay> {
        let is_new = self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(account.clone());
        is_new.then(|| UnderWay {
            account: account.clone(),
            all: Arc::clone(&self.under_way),
            _permit: permit,
        })
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
    }
}

/// All that a customer may see of their account, as one file that is written while it is read. That it is taken along is in
/// the log before anything of it is sent.
pub(super) async fn export_account(
    State(desk): State<ExportDesk>,
    session: Session,
    client: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Response {
    let Some(id) = session.id() else { return see_other("/sign-in") };
    if desk.pages_state.load(std::sync::atomic::Ordering::Relaxed) {
        return see_other("/export");
    }
    let Ok(permit) = Arc::clone(&desk.room).try_acquire_owned() else { return see_other(BUSY) };
    let (key, client) = (SessionKey::of(id.0), client.map(|client| client.0.0));
    let begun = match desk.store.begin_export(&key, client, now()).await {
        Ok(ExportAsked::Begun(export)) => desk.store.sessions_of(&key, now()).await.map(|all| (export, all)),
        Ok(ExportAsked::Unconfirmed) => return see_other("/settings/security/confirm?then=/export"),
        Ok(ExportAsked::SignedOut) => return see_other("/sign-in?ended"),
        Ok(ExportAsked::TooMany) => return see_other("/export?not=often"),
        Err(error) => Err(error),
    };
    match begun {
        Ok((export, sessions)) => match desk.enter(&export.account().id, permit) {
            Some(under_way) => {
                let text = (Arc::clone(&desk.brand), &*desk.public_url);
                let text = ExportText::new(&export, &headers, text, desk.clock.now());
                let mark = desk.store.owner_mark(&export.account().id);
                file(Reading { export, sessions, text }, mark, under_way)
            }
            None => see_other(BUSY),
        },
        Err(error) => {
            tracing::error!(%error, "an export of an account could not begin");
            see_other("/export?not=failed")
        }
    }
}

const BUSY: &str = "/export?not=busy";

fn see_other(address: &'static str) -> Response {
    Redirect::to(address).into_response()
}

/// An account that is being read out.
struct Reading {
    export: AccountExport,
    sessions: Vec<SessionView>,
    text: ExportText,
}

fn file(reading: Reading, owner: OwnerMark, under_way: UnderWay) -> Response {
    let (year, [month, day, ..]) = reading.text.made_at_civil();
    let name = format!("attachment; filename=\"counterfoil-{year:04}-{month:02}-{day:02}.zip\"");
    let (to, parts) = mpsc::channel(PARTS_AHEAD);
    tokio::spawn(async move {
        let written = tokio::time::timeout(TIME_MAX, write_all(reading, &to)).await;
        let cut = written.unwrap_or(Err(CutShort::Gone));
        if let Err(error) = cut {
            if matches!(error, CutShort::Foreign) {
                tracing::error!(alarm = "marks", "an export had a row of another account, and was cut short");
            } else {
                tracing::warn!(%error, "an export was cut short");
            }
            // What is not whole must not look as if it were.
            let cut = to.send(Err(io::Error::other("cut short")));
            let _ = tokio::time::timeout(STALLED_MAX, cut).await;
        }
        drop(under_way);
    });
    let parts = futures_util::stream::unfold(parts, async |mut parts| {
        let part: Option<io::Result<Bytes>> = parts.recv().await;
        part.map(|part| (part, parts))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(EXPORT_TYPE)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("a file's name of ours is ASCII")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (OWNER, HeaderValue::from_str(&owner.to_string()).expect("a mark is hexadecimal")),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

type To = mpsc::Sender<io::Result<Bytes>>;

/// Writes all of the files, and hands them on as they are written.
async fn write_all(mut reading: Reading, to: &To) -> Result<(), CutShort> {
    let mut zip = ZipParts::new(reading.text.made_at_civil());
    let head = ExportHead { export: &reading.export, sessions: &reading.sessions };
    let (readme, about) = (reading.text.readme(&head), reading.text.head(&head));
    zip.begin("README.txt")?;
    zip.write(&readme)?;
    zip.begin("account.json")?;
    zip.write(&format!("{about:#}\n"))?;
    for table in ExportTable::ALL {
        write_json(&mut reading, table, &mut zip, to).await?;
        write_csv(&mut reading, table, &mut zip, to).await?;
    }
    zip.finish()?;
    hand_on(&zip, to).await
}

/// Writes a table as a list of objects.
async fn write_json(
    reading: &mut Reading,
    table: ExportTable,
    zip: &mut ZipParts,
    to: &To,
) -> Result<(), CutShort> {
    zip.begin(&format!("{}.json", table.name()))?;
    let (mut after, mut before_row) = (None, "[\n");
    loop {
        let page = reading.export.read(table, after).await?;
        for row in &page.rows {
            check_owner(reading, row)?;
            zip.write(&format!("{before_row}{}", reading.text.json(row)))?;
            before_row = ",\n";
        }
        hand_on(zip, to).await?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(zip.write(if before_row == "[\n" { "[]\n" } else { "\n]\n" })?)
}

/// Writes it as a table that spreadsheets open.
async fn write_csv(
    reading: &mut Reading,
    table: ExportTable,
    zip: &mut ZipParts,
    to: &To,
) -> Result<(), CutShort> {
    zip.begin(&format!("{}.csv", table.name()))?;
    zip.write(&format!("{BYTE_ORDER_MARK}{}", line(reading.text.columns(table))))?;
    let mut after = None;
    loop {
        let page = reading.export.read(table, after).await?;
        for row in &page.rows {
            check_owner(reading, row)?;
            zip.write(&line(reading.text.cells(row)))?;
        }
        hand_on(zip, to).await?;
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Whose a row is, its own columns say, and not the statement that asked for it.
fn check_owner(reading: &Reading, row: &store::ExportRow) -> Result<(), CutShort> {
    if *row.owner() == reading.export.account().id { Ok(()) } else { Err(CutShort::Foreign) }
}

/// Hands on what was written, as soon as there is room for it.
async fn hand_on(zip: &ZipParts, to: &To) -> Result<(), CutShort> {
    let Some(part) = zip.take() else { return Ok(()) };
    let sent = tokio::time::timeout(STALLED_MAX, to.send(Ok(part))).await;
    sent.map_err(|_| CutShort::Gone)?.map_err(|_| CutShort::Gone)
}
