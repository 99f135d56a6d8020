use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

/// How often each thread takes items.
const TURNS: usize = 16;

/// What `make` makes of each item, in the items' order, on all cores. It blocks: not for a runtime's own threads.
pub(crate) fn in_parallel<T: Send, U: Send>(items: Vec<T>, make: impl Fn(T) -> U + Sync) -> Vec<U> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if threads < 2 {
        return items.into_iter().map(make).collect();
    }
    let count = items.len();
    let mut results: Vec<Option<U>> = items.iter().map(|_| None).collect();
    let places = Mutex::new(items.into_iter().zip(&mut results));
    // Enough turns to share the work evenly, and few enough that the threads don't wait for each other's.
    let items_per_turn = (count / (threads * TURNS)).max(1);
    let take = || -> Vec<_> {
        places.lock().expect("taking items can't panic").by_ref().take(items_per_turn).collect()
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let turn = take();
                    if turn.is_empty() {
                        return;
                    }
                    for (item, place) in turn {
                        *place = Some(make(item));
                    }
                }
            });
        }
    });
    drop(places);
    results.into_iter().map(|result| result.expect("the threads took every item")).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn the_order_stays() {
        let doubled = in_parallel((0..1000).collect(), |number: u32| number * 2);
        assert_eq!(doubled, (0..1000).map(|number| number * 2).collect::<Vec<_>>());
    }
}
