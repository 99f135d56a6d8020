use std::path::PathBuf;

/// Why the store did not do what it was asked. No message holds a row's content or a secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database's URL is of no kind that is known, or can't be read.
    #[error("the database `{0}` can't be used: write sqlite://path/to/file or postgres://user@host/database")]
    Url(String),
    /// The directory of the SQLite file can't be written.
    #[error("the data directory {} can't be written: {reason}", directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// What the operating system says.
        reason: std::io::Error,
    },
    /// The SQLite in this binary is one of those that can corrupt a database.
    #[error(
        "this binary carries SQLite {0}, and 3.7.0 to 3.51.2 can corrupt a database: build it with 3.51.3 or newer"
    )]
    SqliteVersion(String),
    /// The database was written with another token key.
    #[error("the token key is not the one this database was made with: set the key that it was made with")]
    TokenKey,
    /// A newer binary migrated the database.
    #[error(
        "the database is from the future: it has migration {0}, which this binary does not know; use a newer binary"
    )]
    FutureMigration(i64),
    /// The database lacks a migration.
    #[error("the database lacks migration {0}: run `counterfoil migrate`")]
    MissingMigration(i64),
    /// A migration was applied from another text than this binary's.
    #[error(
        "migration {0} of the database is not this binary's of that number: they were built from different sources"
    )]
    OtherMigration(i64),
    /// A migration did not go through.
    #[error("a migration failed, and left the database as it was: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// A SQLite file that is to be read and not made is not there.
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    /// A stored row can't be read as what it should be.
    #[error("a stored {0} can't be read: the database was changed by something else")]
    Unreadable(&'static str),
    /// A member asked for what is their account's holder's alone.
    #[error("this is for the holder of the account alone")]
    HoldersAlone,
    /// The password was changed while somebody signed in with the one before.
    #[error("the password was changed meanwhile: sign in again")]
    ProofGone,
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    Hashing,
    /// More passwords wait to be looked at than can be soon.
    #[error("too many passwords wait to be looked at: try again in a few seconds")]
    Busy,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Randomness,
    /// The catalogue is another than the one that was to be judged by.
    #[error("the catalogue changed while accounts were judged by it")]
    OtherCatalogue,
    /// Every number that a message could have is another's.
    #[error(
        "a message found each of its counterfoil numbers taken: the table of numbers was changed by something else"
    )]
    NumbersTaken,
    /// Judging stopped, as a bug would make it.
    #[error("judging stopped unexpectedly")]
    Judging,
    /// The database refused or could not be reached.
    #[error("the database did not answer as expected: {0}")]
    Database(#[from] sqlx::Error),
}

/// A URL as it may be shown: without its password.
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "(not a URL)".to_owned() };
    // A password may hold an `@`: the last one before the path ends it.
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    match rest.rfind('@').filter(|_| authority.contains(':') || rest.contains('@')) {
        Some(at) => {
            let user = rest[..at].split(':').next().unwrap_or("");
            format!("{scheme}://{user}:***@{}", shown_address(&rest[at + 1..]))
        }
        None => format!("{scheme}://{}", shown_address(rest)),
    }
}

/// An address without its query, where a password may be too.
fn shown_address(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(masked("postgres://cf:s3cr/t@ab@db/cf?password=s3cret"), "postgres://cf:***@db/cf");
        assert_eq!(masked("postgres://db/cf?password=s3cret"), "postgres://db/cf");
        assert_eq!(masked("sqlite://data/cf.db"), "sqlite://data/cf.db");
        assert_eq!(masked("s3cret"), "(not a URL)");
    }
}
