use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Items that a thread takes at a time.
const TURN: usize = 8;

/// What `make` makes of each item, on all cores, handed to `take` on the calling thread in the items' order.
pub(super) fn on_all_cores<T: Sync, U: Send, E>(
    items: &[T],
    make: impl Fn(&T) -> U + Sync,
    mut take: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (sender, results) = sync_channel::<(usize, Vec<U>)>(threads * 2);
    let next = AtomicUsize::new(0);
    let work = |sender: SyncSender<(usize, Vec<U>)>| {
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let Some(share) = items.chunks(TURN).nth(turn) else { return };
            if sender.send((turn, share.iter().map(&make).collect())).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let spawn = |_| {
            let (work, sender) = (&work, sender.clone());
            scope.spawn(move || work(sender))
        };
        let workers: Vec<_> = (0..threads).map(spawn).collect();
        // With the workers' own the last sender ends, even where one of them panicked.
        drop(sender);
        let mut early = BTreeMap::new();
        let mut place = 0;
        let turns = items.len().div_ceil(TURN);
        while place < turns {
            let Ok((turn, share)) = results.recv() else { break };
            early.insert(turn, share);
            while let Some(share) = early.remove(&place) {
                place += 1;
                share.into_iter().try_for_each(&mut take)?;
            }
        }
        drop(results);
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok(())
        })
    })
}
