use std::cmp::Reverse;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Records by account, of which the greatest revision of each id stands, whatever the order they come in; of equal ones
/// the first in its file.
pub(super) struct Latest<R> {
    lists: Vec<Vec<Entry<R>>>,
    /// Where the entry of each id is: the list and the place in it.
    places: HashTable<(u32, u32)>,
}

struct Entry<R> {
    version: (u64, Reverse<u64>),
    /// A tombstone, or one that another account's stands for.
    gone: bool,
    record: R,
}

/// A record under an id.
pub(super) trait Identified {
    fn id(&self) -> &str;
}

/// Where a record comes from and what becomes of it.
pub(super) struct Arrival {
    /// The list it belongs to.
    pub list: usize,
    /// The line it stands on.
    pub line: u64,
    pub revision: u64,
    pub deleted: bool,
}

impl<R: Identified> Latest<R> {
    /// No records, of so many lists.
    pub(super) fn new(lists: usize) -> Self {
        Self { lists: (0..lists).map(|_| Vec::new()).collect(), places: HashTable::new() }
    }

    pub(super) fn add(&mut self, arrival: &Arrival, record: R) {
        let hash = FxBuildHasher.hash_one(record.id());
        let version = (arrival.revision, Reverse(arrival.line));
        let entry = Entry { version, gone: arrival.deleted, record };
        let Self { lists, places } = self;
        let id_at = |&(list, place): &(u32, u32)| lists[list as usize][place as usize].record.id();
        if let Some(known) = places.find_mut(hash, |at| id_at(at) == entry.record.id()) {
            let standing = &mut lists[known.0 as usize][known.1 as usize];
            if standing.version > version {
                return;
            }
            if known.0 as usize == arrival.list {
                *standing = entry;
                return;
            }
            standing.gone = true;
            *known = narrow(arrival.list, lists[arrival.list].len());
            lists[arrival.list].push(entry);
            return;
        }
        let at = narrow(arrival.list, lists[arrival.list].len());
        let hash_at = |&(list, place): &(u32, u32)| {
            FxBuildHasher.hash_one(lists[list as usize][place as usize].record.id())
        };
        places.insert_unique(hash, at, hash_at);
        let list = &mut lists[arrival.list];
        if list.len() == list.capacity() {
            // A quarter more at a time: doubled, a feed of millions would lie half in empty room.
            list.reserve_exact(list.len() / 4 + 4);
        }
        list.push(entry);
    }

    /// The records that stand, list by list.
    pub(super) fn into_lists(self) -> impl Iterator<Item = Vec<R>> {
        let standing =
            |list: Vec<Entry<R>>| list.into_iter().filter(|entry| !entry.gone).map(|entry| entry.record);
        self.lists.into_iter().map(move |list| {
            let mut records: Vec<R> = standing(list).collect();
            records.shrink_to_fit();
            records
        })
    }
}

fn narrow(list: usize, place: usize) -> (u32, u32) {
    let narrow = |number: usize| u32::try_from(number).expect("a feed in memory has fewer records than 2^32");
    (narrow(list), narrow(place))
}
