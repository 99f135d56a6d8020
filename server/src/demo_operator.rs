//! A believable operator for trying Counterfoil out: a mobile carrier, eighteen months of its books and messages, and
//! the afternoon on which a restored archive wrote to people about phones they never had.

mod archive_restore;
mod billing;
mod branded;
mod changes;
mod facts;
mod faults;
mod handset;
mod household;
mod journal;
mod live;
mod local_time;
mod notices;
mod people;
mod shopping;
mod statement;
#[cfg(test)]
mod tests;
mod touched;
mod untouched;
mod wording;

use engine::{Account, AccountId, Instant, Message, MessageId, Span, Transaction};

use archive_restore::{remember_old_trade_in, restore_archive};
use faults::{Faults, run_ahead_of_the_books, scatter};
use household::Household;
use journal::Journal;
use live::live;

pub use local_time::home_zone;
pub use statement::statement;

/// A made-up operator's feed.
pub struct DemoOperator {
    /// Some of its templates, as a feed's `templates.json` has them.
    pub templates_json: String,
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// What happened on them, by time.
    pub transactions: Vec<Transaction>,
    /// What it told them, by time.
    pub messages: Vec<Message>,
    /// A customer whom the incident touched.
    pub touched: DemoCustomer,
    /// A customer with whom all is well.
    pub untouched: DemoCustomer,
    /// The messages that went wrong, each with the code of the reason that the judge should give.
    pub faults: Vec<(MessageId, &'static str)>,
}

/// A customer to sign in as.
pub struct DemoCustomer {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// The address that they sign in with.
    pub sign_in: String,
}

/// What the operator calls itself.
pub const BRAND: &str = "Larkspur Mobile";
/// How long before the present the operator was last judged: what its books took up since was waited for.
pub const JUDGED_BEFORE: Span = Span::minutes(200);
const ACCOUNTS_BY_CHANCE: i64 = 118;
/// The first two accounts are those of the two customers to sign in as.
const PLACES_TAKEN: i64 = 2;
/// About eighteen months.
const DAYS_FOLLOWED: i64 = 548;
/// The last days of the two customers are written out rather than left to chance.
const DAYS_WRITTEN_OUT: i64 = 62;

/// The operator as it stands at a moment; the same for the same seed and moment.
pub fn demo_operator(seed: u64, as_of: Instant) -> DemoOperator {
    let mut journal = Journal::new(as_of);
    let mut faults = Faults::default();
    let mut touched = touched::household(seed, as_of);
    remember_old_trade_in(&mut journal, &mut touched);
    live(&mut journal, &mut touched, 0, DAYS_FOLLOWED, DAYS_WRITTEN_OUT);
    touched::recent(&mut journal, &mut touched, &mut faults);
    let mut untouched = untouched::household(seed, as_of);
    live(&mut journal, &mut untouched, 1, DAYS_FOLLOWED, DAYS_WRITTEN_OUT);
    untouched::recent(&mut journal, &mut untouched);
    let mut others: Vec<Household> = (PLACES_TAKEN..PLACES_TAKEN + ACCOUNTS_BY_CHANCE)
        .map(|place| household_by_chance(&mut journal, seed, place))
        .collect();
    restore_archive(&mut journal, &mut touched, &mut others, &mut faults);
    scatter(&mut journal, &mut others, &mut faults);
    run_ahead_of_the_books(&mut journal, &mut others);
    journal.transactions.sort_by(|a, b| (a.occurred_at, &a.id).cmp(&(b.occurred_at, &b.id)));
    journal.messages.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
    DemoOperator {
        templates_json: wording::templates_json(),
        touched: customer(&touched),
        untouched: customer(&untouched),
        accounts: [touched, untouched].into_iter().chain(others).map(|house| house.account).collect(),
        transactions: journal.transactions,
        messages: journal.messages,
        faults: faults.0,
    }
}

fn household_by_chance(journal: &mut Journal, seed: u64, place: i64) -> Household {
    let mut house = Household::by_chance(seed, place, journal.as_of);
    remember_old_trade_in(journal, &mut house);
    live(journal, &mut house, place, DAYS_FOLLOWED, 0);
    house
}

fn customer(house: &Household) -> DemoCustomer {
    DemoCustomer {
        account: house.account.id.clone(),
        name: house.account.name.clone().unwrap_or_default(),
        sign_in: house.account.emails[0].clone(),
    }
}
