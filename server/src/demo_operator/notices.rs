use engine::Instant;

use super::changes::some_line;
use super::facts::Facts;
use super::household::Household;
use super::journal::Journal;

/// Messages that tell of nothing that happened on an account, and how often of a hundred each is the one sent.
const NOTICES: [(&str, i64); 7] = [
    ("offer-swap", 22),
    ("offer-family", 20),
    ("offer-push", 12),
    ("code-sms", 22),
    ("network", 8),
    ("usage", 10),
    ("survey", 6),
];

/// Sends a notice of a template.
pub(super) fn notify(journal: &mut Journal, house: &mut Household, key: &str, at: Instant) {
    let code = format!("{:06}", house.dice.between(0, 999_999));
    let line = some_line(house);
    let facts = Facts::of(house).line(&line).word("code", &code);
    journal.tell(house, key, at, &facts);
}

/// Sends some notice.
pub(super) fn notify_of_something(journal: &mut Journal, house: &mut Household, at: Instant) {
    let mut left = house.dice.between(0, 99);
    let (key, _) = NOTICES
        .into_iter()
        .find(|(_, share)| {
            left -= share;
            left < 0
        })
        .expect("the shares add up to a hundred");
    notify(journal, house, key, at);
}
