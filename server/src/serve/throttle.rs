use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use engine::{Instant, Span};
use store::{KeyId, UserId};

/// How often something may be done: so many at once, and then one more after each `refill`.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// How many at once, after a pause.
    pub burst: u32,
    /// How long until one more may.
    pub refill: Span,
}

/// Whose requests count together: those of whoever is signed in, of a key, or else of an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// An address, or of IPv6 a subscriber's network.
    Client(IpAddr),
    /// Somebody who is signed in, from wherever they ask.
    User(UserId),
    /// One of the operator's systems, by its key.
    Key(KeyId),
}

impl From<IpAddr> for Principal {
    fn from(address: IpAddr) -> Self {
        Self::Client(household(address))
    }
}

/// Keeps each client, and all of them together, to a rate (token buckets). It is told the time, and forgets clients that
/// have been quiet for long enough.
#[derive(Debug)]
pub struct Throttle {
    each: Rate,
    all: Option<Rate>,
    clients_max: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    everybody: Bucket,
    clients: HashMap<Principal, Bucket>,
}

/// How far a client's allowance is used up: what is due back, in time, at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    owed_micros: i64,
    at: Instant,
}

impl Throttle {
    /// A throttle that remembers at most so many clients. Of more than that at once, the later ones are held back only by
    /// the rate of all.
    pub fn new(each: Rate, all: Rate, clients_max: usize, now: Instant) -> Self {
        Self { all: Some(all), ..Self::of_each(each, clients_max, now) }
    }

    /// One that holds back each client alone.
    pub fn of_each(each: Rate, clients_max: usize, now: Instant) -> Self {
        let state = State { everybody: Bucket::full(now), clients: HashMap::new() };
        Self { each, all: None, clients_max, state: Mutex::new(state) }
    }

    /// Lets a client do it once; where it is too soon, says how long to wait, and that costs nobody anything.
    pub fn admit(&self, client: impl Into<Principal>, now: Instant) -> Result<(), Span> {
        // What a thread left that panicked is still a number of tokens.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let everybody = self.all.map(|all| state.everybody.taken(all, now)).transpose()?;
        if let Some(bucket) = self.bucket_of(&mut state, client.into(), now) {
            *bucket = bucket.taken(self.each, now)?;
        }
        state.everybody = everybody.unwrap_or(state.everybody);
        Ok(())
    }

    /// The client's own allowance; `None` where there is no room to keep one.
    fn bucket_of<'s>(&self, state: &'s mut State, client: Principal, now: Instant) -> Option<&'s mut Bucket> {
        if !state.clients.contains_key(&client) && state.clients.len() >= self.clients_max {
            state.clients.retain(|_, bucket| bucket.owed(now) > 0);
            if state.clients.len() >= self.clients_max {
                return None;
            }
        }
        Some(state.clients.entry(client).or_insert_with(|| Bucket::full(now)))
    }
}

impl Bucket {
    fn full(now: Instant) -> Self {
        Self { owed_micros: 0, at: now }
    }

    /// What is still due back; a clock that was set back gives nothing back.
    fn owed(self, now: Instant) -> i64 {
        let passed = now.since(self.at).micros().max(0);
        (self.owed_micros - passed).max(0)
    }

    /// The same with one taken out; or how long until one can be.
    fn taken(self, rate: Rate, now: Instant) -> Result<Self, Span> {
        let owed = self.owed(now);
        let owed_max = rate.refill.times(i64::from(rate.burst) - 1);
        if owed > owed_max.micros() {
            return Err(Instant::from_micros(owed).since(Instant::from_micros(owed_max.micros())));
        }
        Ok(Self { owed_micros: owed + rate.refill.micros(), at: now.max(self.at) })
    }
}

/// Whose addresses count as one: of IPv6, a network of 64 bits is what one subscriber has.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EACH: Rate = Rate { burst: 3, refill: Span::minutes(2) };
    const ALL: Rate = Rate { burst: 5, refill: Span::minutes(1) };

    fn at(minute: i64) -> Instant {
        "2026-04-20T12:00:00Z".parse::<Instant>().unwrap().plus(Span::minutes(minute))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn throttle(clients_max: usize) -> Throttle {
        Throttle::new(EACH, ALL, clients_max, at(0))
    }

    /// How many of ten in a row are let pass.
    fn pass(throttle: &Throttle, client: &str, now: Instant) -> usize {
        (0..10).filter(|_| throttle.admit(address(client), now).is_ok()).count()
    }

    #[test]
    fn a_client_may_do_so_many_at_once_and_then_one_after_each_refill() {
        let throttle = throttle(10);
        assert_eq!(pass(&throttle, "192.0.2.1", at(0)), 3);
        assert_eq!(throttle.admit(address("192.0.2.1"), at(0)), Err(Span::minutes(2)));
        assert_eq!(throttle.admit(address("192.0.2.1"), at(1)), Err(Span::minutes(1)));
        assert_eq!(pass(&throttle, "192.0.2.1", at(2)), 1);
        assert_eq!(pass(&throttle, "192.0.2.1", at(500)), 3, "no more than at first, however long the pause");
    }

    #[test]
    fn one_client_uses_up_its_own_and_all_together_what_is_everybody_s() {
        let throttle = throttle(10);
        assert_eq!(pass(&throttle, "192.0.2.1", at(0)), 3);
        assert_eq!(pass(&throttle, "192.0.2.2", at(0)), 2, "five in all");
        assert_eq!(throttle.admit(address("192.0.2.3"), at(0)), Err(Span::minutes(1)));
        assert_eq!(pass(&throttle, "192.0.2.3", at(1)), 1);
    }

    #[test]
    fn a_clock_that_is_set_back_gives_nothing_and_takes_nothing() {
        let throttle = throttle(10);
        assert_eq!(pass(&throttle, "192.0.2.1", at(10)), 3);
        assert_eq!(pass(&throttle, "192.0.2.1", at(0)), 0);
        assert_eq!(pass(&throttle, "192.0.2.1", at(12)), 1);
    }

    #[test]
    fn so_many_clients_are_kept_and_no_more() {
        let throttle = Throttle::new(EACH, Rate { burst: 100, refill: Span::minutes(1) }, 2, at(0));
        for client in ["192.0.2.1", "192.0.2.2"] {
            assert_eq!(pass(&throttle, client, at(0)), 3);
        }
        assert_eq!(pass(&throttle, "192.0.2.3", at(0)), 10, "only what is everybody's holds it back");
        assert_eq!(pass(&throttle, "192.0.2.1", at(0)), 0, "those that are known stay known");
        assert_eq!(pass(&throttle, "192.0.2.3", at(6)), 3, "the quiet ones are forgotten");
        assert_eq!(throttle.state.lock().unwrap().clients.len(), 1);
    }

    #[test]
    fn a_subscriber_has_one_allowance_for_all_its_addresses() {
        let throttle = throttle(10);
        assert_eq!(pass(&throttle, "2001:db8:1:2::1", at(0)), 3);
        assert_eq!(pass(&throttle, "2001:db8:1:2:ffff::9", at(0)), 0);
        assert_eq!(pass(&throttle, "2001:db8:1:3::1", at(0)), 2);
        assert_eq!(household(address("::ffff:192.0.2.1")), address("192.0.2.1"));
    }
}
