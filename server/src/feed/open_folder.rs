use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use engine::Instant;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// A folder with an operator's feed: NDJSON files, plain or gzipped, a manifest, and a list of templates.
pub struct FeedFolder {
    path: PathBuf,
    manifest: Manifest,
}

/// A file of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFile {
    /// `accounts.ndjson`.
    Accounts,
    /// `transactions.ndjson`.
    Transactions,
    /// `messages.ndjson`.
    Messages,
    /// `truth.ndjson`: what a score compares with; no command that judges opens it.
    Truth,
    /// `untold.ndjson`: the same for untold transactions.
    Untold,
}

/// Why a folder can't be read as a feed.
#[derive(Debug, thiserror::Error)]
pub enum FeedFolderError {
    /// Not there, or not a folder.
    #[error("{0} is not a folder: name the folder that the feed's files are in")]
    NotAFolder(PathBuf),
    /// Neither the plain file nor the gzipped one is there.
    #[error("{folder} has neither {name}.ndjson nor {name}.ndjson.gz")]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The file's name without its ending.
        name: &'static str,
    },
    /// The file is there and can't be read.
    #[error("{path} can't be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The manifest is no JSON of a manifest's fields.
    #[error("{path} is not a manifest: {error}")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
}

/// A manifest has other fields too, for people.
#[derive(Default, Deserialize)]
struct Manifest {
    as_of: Option<Instant>,
}

/// A manifest or a list of templates larger than this is something else.
const SMALL_FILE_BYTES_MAX: u64 = 16 << 20;

impl FeedFile {
    /// The file's name without its ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Transactions => "transactions",
            Self::Messages => "messages",
            Self::Truth => "truth",
            Self::Untold => "untold",
        }
    }
}

impl FeedFolder {
    /// The feed in a folder.
    pub fn open(path: &Path) -> Result<Self, FeedFolderError> {
        if !path.is_dir() {
            return Err(FeedFolderError::NotAFolder(path.to_owned()));
        }
        let mut feed = Self { path: path.to_owned(), manifest: Manifest::default() };
        if let Some(text) = feed.small_file("manifest.json")? {
            let path = feed.path.join("manifest.json");
            feed.manifest =
                serde_json::from_str(&text).map_err(|error| FeedFolderError::Manifest { path, error })?;
        }
        Ok(feed)
    }

    /// The time at which the manifest asks to judge.
    pub fn as_of(&self) -> Option<Instant> {
        self.manifest.as_of
    }

    /// The list of templates, where the feed has one.
    pub fn templates(&self) -> Result<Option<String>, FeedFolderError> {
        self.small_file("templates.json")
    }

    /// A file's bytes, unpacked.
    pub fn read(&self, file: FeedFile) -> Result<Box<dyn Read + Send>, FeedFolderError> {
        Ok(self.unpack(file, self.packed(file)?))
    }

    /// A file's bytes as they lie there.
    pub fn packed(&self, file: FeedFile) -> Result<Box<dyn Read + Send>, FeedFolderError> {
        let missing = || FeedFolderError::Missing { folder: self.path.clone(), name: file.name() };
        let path = self.candidates(file).into_iter().find(|path| path.exists()).ok_or_else(missing)?;
        Ok(Box::new(open(&path)?))
    }

    /// Unpacks a file's bytes, where the file is packed.
    pub fn unpack(&self, file: FeedFile, bytes: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let [plain, _] = self.candidates(file);
        if plain.exists() { Box::new(bytes) } else { Box::new(MultiGzDecoder::new(bytes)) }
    }

    fn candidates(&self, file: FeedFile) -> [PathBuf; 2] {
        ["ndjson", "ndjson.gz"].map(|ending| self.path.join(format!("{}.{ending}", file.name())))
    }

    /// How large a file is as it lies there, for telling how far one has come.
    pub fn size(&self, file: FeedFile) -> u64 {
        self.candidates(file)
            .iter()
            .find_map(|path| path.metadata().ok())
            .map_or(0, |metadata| metadata.len())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn small_file(&self, name: &str) -> Result<Option<String>, FeedFolderError> {
        let path = self.path.join(name);
        if !path.exists() {
            return Ok(None);
        }
        let mut text = String::new();
        let read = open(&path)?.take(SMALL_FILE_BYTES_MAX).read_to_string(&mut text);
        read.map_err(|error| FeedFolderError::Unreadable { path, error })?;
        Ok(Some(text))
    }
}

fn open(path: &Path) -> Result<File, FeedFolderError> {
    File::open(path).map_err(|error| FeedFolderError::Unreadable { path: path.to_owned(), error })
}
