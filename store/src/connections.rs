use crate::{Store, StoreError};

/// How many connections to the database there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// At work.
    pub in_use: u32,
    /// Open, with nothing to do.
    pub idle: u32,
    /// The most that are opened.
    pub max: u32,
}

impl Store {
    /// The connections at this moment, of this process.
    pub fn connections(&self) -> Connections {
        match self {
            Self::Sqlite(store) => {
                let (writer, readers) = (count(&store.writer), count(&store.readers));
                Connections {
                    in_use: writer.in_use + readers.in_use,
                    idle: writer.idle + readers.idle,
                    max: writer.max + readers.max,
                }
            }
            Self::Postgres(store) => count(&store.pool),
        }
    }

    /// Gives back the memory in which SQLite's writer keeps pages: what loading and judging took would stay taken for as
    /// long as the process runs.
    pub async fn release_memory(&self) -> Result<(), StoreError> {
        if let Self::Sqlite(store) = self {
            sqlx::raw_sql("pragma shrink_memory").execute(&store.writer).await?;
        }
        Ok(())
    }
}

fn count<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> Connections {
    let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
    let max = pool.options().get_max_connections();
    Connections { in_use: pool.size().saturating_sub(idle), idle, max }
}
