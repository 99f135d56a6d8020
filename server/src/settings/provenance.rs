use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use engine::TimeZone;
use serde::Serialize;

use super::SecretUrl;
use crate::serve::TrustedProxy;

/// A setting as `counterfoil config` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSetting {
    /// Its name, as in the file.
    pub name: &'static str,
    /// Its value, without anything secret.
    pub value: String,
    /// Where the value came from.
    pub from: String,
}

/// What a setting is given as, in words that hold no secret.
pub(super) trait Shown {
    fn shown(&self) -> String;
}

/// Picks each setting's value, and notes where it came from.
pub(super) struct Picking<'a> {
    /// How clap came by the value of an argument.
    source: &'a dyn Fn(&str) -> Option<ValueSource>,
    file: Option<&'a Path>,
    picked: Vec<ShownSetting>,
}

impl<'a> Picking<'a> {
    pub(super) fn new(file: Option<&'a Path>, source: &'a dyn Fn(&str) -> Option<ValueSource>) -> Self {
        Self { source, file, picked: Vec::new() }
    }

    /// What the command line or environment gives, else the file, else what it is where nothing says.
    pub(super) fn pick<T: Shown>(
        &mut self,
        name: &'static str,
        given: Option<T>,
        in_file: Option<T>,
        default: impl FnOnce() -> T,
    ) -> T {
        let (value, from) = match (given, in_file) {
            (Some(given), _) => (given, self.given_by(name)),
            (None, Some(in_file)) => (in_file, self.given_in_file()),
            (None, None) => (default(), "default".to_owned()),
        };
        self.picked.push(ShownSetting { name, value: value.shown(), from });
        value
    }

    /// The same of a setting that may be without a value.
    pub(super) fn pick_optional<T>(
        &mut self,
        name: &'static str,
        given: Option<T>,
        in_file: Option<T>,
    ) -> Option<T>
    where
        Option<T>: Shown,
    {
        self.pick(name, given.map(Some), in_file.map(Some), || None)
    }

    /// Notes what was picked elsewhere.
    pub(super) fn note(&mut self, name: &'static str, value: &dyn Shown, from: String) {
        self.picked.push(ShownSetting { name, value: value.shown(), from });
    }

    pub(super) fn picked(self) -> Vec<ShownSetting> {
        self.picked
    }

    fn given_by(&self, name: &str) -> String {
        match (self.source)(name) {
            Some(ValueSource::EnvVariable) => format!("environment {}", variable(name)),
            _ => format!("flag --{}", name.replace('_', "-")),
        }
    }

    fn given_in_file(&self) -> String {
        format!("file {}", self.file.unwrap_or(Path::new("")).display())
    }
}

/// The environment variable of a setting.
pub(super) fn variable(name: &str) -> String {
    format!("COUNTERFOIL_{}", name.to_uppercase())
}

impl Shown for PathBuf {
    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Shown for u64 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for String {
    fn shown(&self) -> String {
        self.clone()
    }
}

impl Shown for TimeZone {
    fn shown(&self) -> String {
        String::from(self.clone())
    }
}

impl Shown for u32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for SocketAddr {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for Vec<TrustedProxy> {
    fn shown(&self) -> String {
        if self.is_empty() {
            return "none".to_owned();
        }
        self.iter().map(TrustedProxy::to_string).collect::<Vec<_>>().join(",")
    }
}

impl Shown for SecretUrl {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map_or_else(|| "none".to_owned(), Shown::shown)
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&store::masked(&self.0))
    }
}
