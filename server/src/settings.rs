//! What the binary is run with: by flag, else by environment, else by file, else as it comes.

mod token_key;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use store::Store;

use crate::serve::TrustedProxy;

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
    /// The file with the secret under which citations are hashed; made where it is not there [default: in the data directory]
    #[arg(long, env = "COUNTERFOIL_KEY_FILE", global = true, value_name = "FILE")]
    key_file: Option<PathBuf>,
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
    /// Where the stylesheet, scripts and fonts are [default: target/site]
    #[arg(long, env = "COUNTERFOIL_SITE_DIR", value_name = "DIR")]
    site_dir: Option<PathBuf>,
    /// Proxies that are believed when they say in `X-Forwarded-For` for whom they ask, with commas: addresses, or networks
    /// such as 10.0.0.0/8
    #[arg(long, env = "COUNTERFOIL_TRUSTED_PROXIES", value_name = "IP,…", value_delimiter = ',')]
    trusted_proxies: Option<Vec<TrustedProxy>>,
}

/// The settings of a store, resolved.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    data_dir: PathBuf,
    database: SecretUrl,
    key_file: PathBuf,
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
    /// Where the stylesheet, scripts and fonts are.
    pub site_dir: PathBuf,
    /// Proxies that are believed when they say for whom they ask.
    pub trusted_proxies: Vec<TrustedProxy>,
}

/// A URL that may hold a password, and so is never shown.
#[derive(Clone, Deserialize)]
pub struct SecretUrl(String);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    data_dir: Option<PathBuf>,
    database: Option<SecretUrl>,
    key_file: Option<PathBuf>,
    address: Option<SocketAddr>,
    public_url: Option<String>,
    brand: Option<String>,
    contact: Option<String>,
    site_dir: Option<PathBuf>,
    trusted_proxies: Option<Vec<TrustedProxy>>,
}

impl SettingArguments {
    /// The store's settings: flags and environment over the file over the defaults.
    pub fn resolve(&self) -> anyhow::Result<StoreSettings> {
        let file = self.file()?;
        let data_dir = self.data_dir.clone().or(file.data_dir).unwrap_or_else(|| PathBuf::from("data"));
        let sqlite = || SecretUrl(format!("sqlite://{}", data_dir.join("counterfoil.sqlite").display()));
        let database = self.database.clone().or(file.database).unwrap_or_else(sqlite);
        let key_file =
            self.key_file.clone().or(file.key_file).unwrap_or_else(|| data_dir.join("counterfoil.key"));
        Ok(StoreSettings { data_dir, database, key_file })
    }

    /// The pages' settings, in the same order.
    pub fn resolve_serve(&self, arguments: &ServeArguments) -> anyhow::Result<ServeSettings> {
        let file = self.file()?;
        let address = arguments.address.or(file.address).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)));
        let localhost = || format!("http://localhost:{}", address.port());
        Ok(ServeSettings {
            address,
            public_url: arguments.public_url.clone().or(file.public_url).unwrap_or_else(localhost),
            brand: arguments
                .brand
                .clone()
                .or(file.brand)
                .unwrap_or_else(|| ServeArguments::DEFAULT_BRAND.to_owned()),
            contact: arguments.contact.clone().or(file.contact),
            site_dir: arguments
                .site_dir
                .clone()
                .or(file.site_dir)
                .unwrap_or_else(|| PathBuf::from("target/site")),
            trusted_proxies: arguments.trusted_proxies.clone().or(file.trusted_proxies).unwrap_or_default(),
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
