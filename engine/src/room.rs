use std::borrow::Borrow;
use std::hash::Hash;
use std::ops::Deref;

use rustc_hash::FxHashMap;

/// What is counted by key, for so many keys and no more: whatever an operator hands in, it has its room.
#[derive(Clone, Debug)]
pub(crate) struct Room<K, V> {
    counts: FxHashMap<K, V>,
}

/// The most wordings, templates, numbers or amounts that are kept account of. An operator has some thousand; beyond
/// these, texts are written by hand.
const KEYS_MAX: usize = 200_000;

impl<K: Hash + Eq, V: Default> Room<K, V> {
    /// The count for a key, which is copied where it is first met; `None` where there is no room for another.
    pub(crate) fn at<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned: Into<K>> + ?Sized,
    {
        if !self.counts.contains_key(key) {
            if self.counts.len() >= KEYS_MAX {
                return None;
            }
            self.counts.insert(key.to_owned().into(), V::default());
        }
        self.counts.get_mut(key)
    }

    /// Takes what was counted apart.
    pub(crate) fn merge(&mut self, others: Self, add: impl Fn(&mut V, V)) {
        for (key, more) in others.counts {
            if self.counts.len() < KEYS_MAX || self.counts.contains_key(&key) {
                add(self.counts.entry(key).or_default(), more);
            }
        }
    }
}

impl<K, V> Default for Room<K, V> {
    fn default() -> Self {
        Self { counts: FxHashMap::default() }
    }
}

impl<K, V> Deref for Room<K, V> {
    type Target = FxHashMap<K, V>;

    fn deref(&self) -> &FxHashMap<K, V> {
        &self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was counted of some keys.
    fn part(keys: impl Iterator<Item = usize>) -> Room<usize, u32> {
        let mut room = Room::default();
        for key in keys {
            room.at(&key).into_iter().for_each(|count: &mut u32| *count += 1);
        }
        room
    }

    #[test]
    fn there_is_room_for_so_many_however_they_come() {
        let mut room = part(0..KEYS_MAX + 2);
        assert_eq!((room.len(), room.at(&0).copied(), room.at(&KEYS_MAX)), (KEYS_MAX, Some(1), None));
        room.merge(part(KEYS_MAX - 1..KEYS_MAX + 9), |known, more| *known += more);
        assert_eq!((room.len(), room.get(&(KEYS_MAX - 1)), room.get(&KEYS_MAX)), (KEYS_MAX, Some(&2), None));
        let mut room = part(0..KEYS_MAX - 1);
        room.merge(part(KEYS_MAX..KEYS_MAX + 9), |known, more| *known += more);
        assert_eq!(room.len(), KEYS_MAX);
    }
}
