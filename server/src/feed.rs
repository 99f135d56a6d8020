//! The operator's feed as a folder of files: see [`FeedFolder`].

mod open_folder;
mod read_records;

pub use open_folder::{FeedFile, FeedFolder, FeedFolderError};
pub use read_records::{BadLine, Batch, read_batches};
