//! What the binary is run with: by flag, else by environment, else by file, else as it comes.

mod provenance;
mod token_key;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use clap::parser::ValueSource;
use engine::TimeZone;
use serde::Deserialize;
use store::{LookupBudget, Store};

use crate::audit_checkpoint::CheckpointFile;
use crate::serve::TrustedProxy;
use provenance::Picking;

pub use provenance::ShownSetting;

/// The settings that every command on a store takes, as flags and environment variables.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingArguments {
    /// A TOML file with these settings, their names with underscores
    #[arg(long, env = "COUNTERFOIL_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the SQLite file and the key file are [default: data]
    #[arg(long, env = "COUNTERFOIL_DATA_DIR", global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: a SQLite file in the data directory]
    #[arg(long, env = "COUNTERFOIL_DATABASE", global = true, value_name = "URL", hide_env_values = true)]
    database: Option<SecretUrl>,
    /// A file whose only line is the database's URL, for a URL with a password
    #[arg(long, env = "COUNTERFOIL_DATABASE_FILE", global = true, value_name = "FILE")]
    database_file: Option<PathBuf>,
    /// The file with the secret under which citations are hashed; made where it is not there [default: in the data directory]
    #[arg(long, env = "COUNTERFOIL_KEY_FILE", global = true, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The file with the audit log's checkpoint, at best where the database's own machine can't change it [default: in the
    /// data directory]
    #[arg(long, env = "COUNTERFOIL_AUDIT_CHECKPOINT", global = true, value_name = "FILE")]
    audit_checkpoint: Option<PathBuf>,
}

/// How the pages are served, as flags and environment variables.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeArguments {
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, env = "COUNTERFOIL_ADDRESS", value_name = "IP:PORT")]
    address: Option<SocketAddr>,
    /// The address that people type; with https, cookies are for https alone [default: http://localhost:PORT]
    #[arg(long, env = "COUNTERFOIL_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// The operator's name, as customers know it [default: Counterfoil]
    #[arg(long, env = "COUNTERFOIL_BRAND")]
    brand: Option<String>,
    /// How customers reach the operator at once, such as a number to call
    #[arg(long, env = "COUNTERFOIL_CONTACT")]
    contact: Option<String>,
    /// The zone of the operator's own clock, by which whoever is not signed in reads dates [default: UTC]
    #[arg(long, env = "COUNTERFOIL_TIME_ZONE", value_name = "ZONE", value_parser = read_zone)]
    time_zone: Option<TimeZone>,
    /// Where `/metrics` is served: to whoever reaches it, so not to everybody [default: nowhere]
    #[arg(long, env = "COUNTERFOIL_METRICS_ADDRESS", value_name = "IP:PORT")]
    metrics_address: Option<SocketAddr>,
    /// The stylesheet, scripts and fonts, in place of those in the binary
    #[arg(long, env = "COUNTERFOIL_SITE_DIR", value_name = "DIR")]
    site_dir: Option<PathBuf>,
    /// Proxies that are believed when they say in `X-Forwarded-For` for whom they ask, with commas: addresses, or networks
    /// such as 10.0.0.0/8
    #[arg(long, env = "COUNTERFOIL_TRUSTED_PROXIES", value_name = "IP,…", value_delimiter = ',')]
    trusted_proxies: Option<Vec<TrustedProxy>>,
    /// After how many seconds the canaries read their pages through the public URL again; 0 for never [default: 30]
    #[arg(long, env = "COUNTERFOIL_CANARY_SECONDS", value_name = "SECONDS")]
    canary_seconds: Option<u64>,
    /// How many different accounts one of the staff may open within an hour [default: 30]
    #[arg(long, env = "COUNTERFOIL_LOOKUPS_PER_HOUR", value_name = "COUNT")]
    lookups_per_hour: Option<u32>,
    /// The same within 24 hours [default: 120]
    #[arg(long, env = "COUNTERFOIL_LOOKUPS_PER_DAY", value_name = "COUNT")]
    lookups_per_day: Option<u32>,
    /// A folder with the public keys that our mail is signed by: files named SELECTOR._domainkey.DOMAIN, each with the
    /// DNS record's text; by them a mail's file is checked at /check [default: none]
    #[arg(long, env = "COUNTERFOIL_DKIM_DIR", value_name = "DIR")]
    dkim_dir: Option<PathBuf>,
    #[command(flatten)]
    mail: MailArguments,
}

/// How our own mail leaves, as flags and environment variables.
#[derive(Clone, Debug, Default, Args)]
pub struct MailArguments {
    /// The mail server: `smtps://USER:PASSWORD@HOST`, or `smtp://USER:PASSWORD@HOST:587?tls=required` [default: none, mail is
    /// written into a folder]
    #[arg(long, env = "COUNTERFOIL_SMTP_URL", value_name = "URL", hide_env_values = true)]
    smtp_url: Option<SecretUrl>,
    /// The address that mail comes from [default: no-reply@ the public URL's host]
    #[arg(long, env = "COUNTERFOIL_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Where mail is written, a file each, while no mail server is named [default: mail in the data directory]
    #[arg(long, env = "COUNTERFOIL_MAIL_DIR", value_name = "DIR")]
    mail_dir: Option<PathBuf>,
}

/// The settings of a store, resolved.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    data_dir: PathBuf,
    database: SecretUrl,
    key_file: PathBuf,
    audit_checkpoint: PathBuf,
}

/// The settings of the pages, resolved.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Where to listen.
    pub address: SocketAddr,
    /// The address that people type.
    pub public_url: String,
    /// The operator's name.
    pub brand: String,
    /// How customers reach the operator at once.
    pub contact: Option<String>,
    /// The zone of the operator's own clock.
    pub time_zone: TimeZone,
    /// Where `/metrics` is served, if anywhere; where it is [`ServeSettings::address`], among the pages.
    pub metrics_address: Option<SocketAddr>,
    /// The stylesheet, scripts and fonts, in place of those in the binary.
    pub site_dir: Option<PathBuf>,
    /// Proxies that are believed when they say for whom they ask.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// After how many seconds the canaries read their pages again; 0 for never.
    pub canary_seconds: u64,
    /// How many different accounts one of the staff may open.
    pub lookup_budget: LookupBudget,
    /// The public keys that the operator's mail is signed by, if they are given.
    pub dkim_dir: Option<PathBuf>,
    /// The mail server, if mail is sent by one.
    pub smtp_url: Option<SecretUrl>,
    /// The address that mail comes from.
    pub mail_from: String,
    /// Where mail is written while there is no mail server.
    pub mail_dir: PathBuf,
}

/// A customer who is shown what is another's is one too many: this is how long it takes to be known.
const CANARY_SECONDS: u64 = 30;

/// A URL that may hold a password, and so is never shown.
#[derive(Clone, Deserialize)]
pub struct SecretUrl(String);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    data_dir: Option<PathBuf>,
    database: Option<SecretUrl>,
    database_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    audit_checkpoint: Option<PathBuf>,
    address: Option<SocketAddr>,
    public_url: Option<String>,
    brand: Option<String>,
    contact: Option<String>,
    time_zone: Option<TimeZone>,
    metrics_address: Option<SocketAddr>,
    site_dir: Option<PathBuf>,
    trusted_proxies: Option<Vec<TrustedProxy>>,
    canary_seconds: Option<u64>,
    lookups_per_hour: Option<u32>,
    lookups_per_day: Option<u32>,
    dkim_dir: Option<PathBuf>,
    smtp_url: Option<SecretUrl>,
    mail_from: Option<String>,
    mail_dir: Option<PathBuf>,
}

impl SettingArguments {
    /// The store's settings: flags and environment over the file over the defaults.
    pub fn resolve(&self) -> anyhow::Result<StoreSettings> {
        self.pick_store(&mut self.picking(&|_| None))
    }

    /// The pages' settings, in the same order.
    pub fn resolve_serve(&self, arguments: &ServeArguments) -> anyhow::Result<ServeSettings> {
        self.pick_serve(arguments, &mut self.picking(&|_| None))
    }

    /// Every setting, and where its value comes from. `source` says how clap came by an argument.
    pub fn explain(
        &self,
        arguments: &ServeArguments,
        source: &dyn Fn(&str) -> Option<ValueSource>,
    ) -> anyhow::Result<Vec<ShownSetting>> {
        let mut picking = self.picking(source);
        picking.pick_optional("config", self.config.clone(), None);
        self.pick_store(&mut picking)?;
        self.pick_serve(arguments, &mut picking)?;
        Ok(picking.picked())
    }

    fn picking<'a>(&'a self, source: &'a dyn Fn(&str) -> Option<ValueSource>) -> Picking<'a> {
        Picking::new(self.config.as_deref(), source)
    }

    fn pick_store(&self, picking: &mut Picking) -> anyhow::Result<StoreSettings> {
        let file = self.file()?;
        let data_dir =
            picking.pick("data_dir", self.data_dir.clone(), file.data_dir, || PathBuf::from("data"));
        let database_file =
            picking.pick_optional("database_file", self.database_file.clone(), file.database_file);
        let given = (self.database.clone(), file.database);
        let database = match database_file {
            Some(_) if given.0.is_some() || given.1.is_some() => {
                bail!("database and database_file are both set: leave out one of them")
            }
            Some(path) => {
                let url = SecretUrl::in_file(&path)?;
                picking.note("database", &url, format!("file {}", path.display()));
                url
            }
            None => picking.pick("database", given.0, given.1, || SecretUrl::sqlite_in(&data_dir)),
        };
        let in_data_dir = || data_dir.join("counterfoil.key");
        let key_file = picking.pick("key_file", self.key_file.clone(), file.key_file, in_data_dir);
        let beside_it = || data_dir.join("audit.checkpoint");
        let given = self.audit_checkpoint.clone();
        let audit_checkpoint = picking.pick("audit_checkpoint", given, file.audit_checkpoint, beside_it);
        Ok(StoreSettings { data_dir, database, key_file, audit_checkpoint })
    }

    fn pick_serve(&self, arguments: &ServeArguments, picking: &mut Picking) -> anyhow::Result<ServeSettings> {
        let file = self.file()?;
        let ServeArguments {
            address,
            public_url,
            brand,
            contact,
            time_zone,
            metrics_address,
            site_dir,
            trusted_proxies,
            canary_seconds,
            lookups_per_hour,
            lookups_per_day,
            dkim_dir,
            mail,
        } = arguments.clone();
        let address =
            picking.pick("address", address, file.address, || SocketAddr::from(([127, 0, 0, 1], 3000)));
        let localhost = || format!("http://localhost:{}", address.port());
        let default_brand = || ServeArguments::DEFAULT_BRAND.to_owned();
        let public_url = picking.pick("public_url", public_url, file.public_url, localhost);
        let data_dir = self.data_dir.clone().or(file.data_dir).unwrap_or_else(|| PathBuf::from("data"));
        let no_reply = || format!("no-reply@{}", host_of(&public_url));
        Ok(ServeSettings {
            address,
            brand: picking.pick("brand", brand, file.brand, default_brand),
            contact: picking.pick_optional("contact", contact, file.contact),
            time_zone: picking.pick("time_zone", time_zone, file.time_zone, TimeZone::default),
            metrics_address: picking.pick_optional("metrics_address", metrics_address, file.metrics_address),
            site_dir: picking.pick_optional("site_dir", site_dir, file.site_dir),
            trusted_proxies: picking.pick("trusted_proxies", trusted_proxies, file.trusted_proxies, Vec::new),
            canary_seconds: picking
                .pick("canary_seconds", canary_seconds, file.canary_seconds, || CANARY_SECONDS),
            lookup_budget: LookupBudget {
                per_hour: picking.pick("lookups_per_hour", lookups_per_hour, file.lookups_per_hour, || {
                    LookupBudget::DEFAULT.per_hour
                }),
                per_day: picking.pick("lookups_per_day", lookups_per_day, file.lookups_per_day, || {
                    LookupBudget::DEFAULT.per_day
                }),
            },
            dkim_dir: picking.pick_optional("dkim_dir", dkim_dir, file.dkim_dir),
            smtp_url: picking.pick_optional("smtp_url", mail.smtp_url, file.smtp_url),
            mail_from: picking.pick("mail_from", mail.mail_from, file.mail_from, no_reply),
            mail_dir: picking.pick("mail_dir", mail.mail_dir, file.mail_dir, || data_dir.join("mail")),
            public_url,
        })
    }

    /// The same settings for a store in another folder, whatever the environment or a file say.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { data_dir: Some(folder.to_owned()), ..Self::default() }
    }

    fn file(&self) -> anyhow::Result<SettingsFile> {
        let Some(path) = &self.config else { return Ok(SettingsFile::default()) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
        // The parser's message may quote the line, and so a password: only what is wrong and where is told.
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            anyhow::anyhow!("{}, line {line}: {}", path.display(), error.message())
        })
    }
}

fn read_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::try_from(name.to_owned()).map_err(|_| "a time zone is named like America/Denver".to_owned())
}

impl ServeArguments {
    /// What the operator is called where nothing says.
    pub const DEFAULT_BRAND: &'static str = "Counterfoil";
}

impl StoreSettings {
    /// Opens the store, and migrates it where it is new or behind.
    pub async fn open_store(&self) -> anyhow::Result<Store> {
        let token_key = token_key::read_or_make(&self.key_file)?;
        let settings = store::Settings { url: self.database.0.clone(), token_key };
        let store = Store::open(&settings).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a store that is there, with its key, and leaves its tables as they are.
    pub async fn open_existing(&self) -> anyhow::Result<Store> {
        let token_key = token_key::read(&self.key_file)?;
        let settings = store::Settings { url: self.database.0.clone(), token_key };
        Ok(Store::open_existing(&settings).await?)
    }

    /// The database's URL, with its password.
    pub(crate) fn database_url(&self) -> &str {
        &self.database.0
    }

    /// The file with the token key.
    pub(crate) fn key_file(&self) -> &Path {
        &self.key_file
    }

    /// Where the audit log's checkpoint is kept.
    pub fn checkpoint_file(&self, store: &Store) -> CheckpointFile {
        CheckpointFile::new(self.audit_checkpoint.clone(), store.token_key().clone())
    }

    /// Where the SQLite file and the key file are.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }
}

impl ServeSettings {
    /// Whether people come by https, so that cookies may be for it alone.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The host of a URL, without its port.
fn host_of(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    authority.split(['/', ':']).next().unwrap_or(authority)
}

impl SecretUrl {
    /// The URL with its password, for whoever connects to it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    fn sqlite_in(data_dir: &Path) -> Self {
        Self(format!("sqlite://{}", data_dir.join("counterfoil.sqlite").display()))
    }

    fn in_file(path: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
        Ok(Self(text.trim().to_owned()))
    }
}

impl From<&str> for SecretUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretUrl(secret)")
    }
}
