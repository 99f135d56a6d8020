use crate::book_index::BookIndex;
use crate::candidate::{Candidate, Judged};
use crate::compare::Agreement;
use crate::read_message::may_be_cited;
use crate::scan_text::{StatedDevice, StatedLine};
use crate::{Date, Fact, FactName, Outcome, Reference, StatedAmount};

/// The facts of a message beside those of the transaction it is about, one by one.
pub(crate) fn facts_of(judged: &Judged, candidate: &Candidate, books: &BookIndex) -> Vec<Fact> {
    let transaction = books.transactions[candidate.place];
    let comparison = &candidate.comparison;
    let mut facts = vec![
        fact(
            FactName::Kind,
            Some(judged.claim.kind.to_string()),
            Some(transaction.kind.to_string()),
            Outcome::Agrees,
        ),
        time_fact(judged, candidate, books),
    ];
    let mut add = |name, stated: Option<String>, recorded: Option<String>, agreement| {
        if stated.is_some() || recorded.is_some() {
            facts.push(fact(name, stated, recorded, outcome(agreement)));
        }
    };
    let cited = judged.claim.stated.references.iter().find(|cited| transaction.references.contains(cited));
    let reference = match cited {
        Some(cited) => transaction.references.iter().find(|reference| *reference == cited),
        None => transaction.references.first(),
    };
    let stated = cited.or_else(|| stated_reference(judged)).map(|reference| reference.given().to_owned());
    let reference = reference.map(|reference| reference.given().to_owned());
    // A slip is shown as what it is.
    let agreement = match comparison.reference {
        Agreement::InPart => Agreement::Differs,
        other => other,
    };
    add(FactName::Reference, stated, reference, agreement);
    add(
        FactName::Amount,
        stated_amount(judged, candidate, books),
        transaction.amount.map(|a| a.to_string()),
        comparison.amount,
    );
    add(
        FactName::Device,
        stated_device(judged),
        transaction.device.as_ref().map(|d| d.imei.printed()),
        comparison.device,
    );
    add(
        FactName::Line,
        stated_line(judged),
        transaction.line.as_ref().map(ToString::to_string),
        comparison.line,
    );
    let occurred = Date::of(transaction.occurred_at, &books.account.time_zone);
    let day = stated_day(judged, books);
    let recorded_day = day.is_some().then(|| occurred.to_string());
    add(FactName::Day, day, recorded_day, comparison.day);
    facts
}

/// What a message states, where no transaction stands beside it: each fact found on the account or not.
pub(crate) fn facts_without(judged: &Judged, books: &BookIndex) -> Vec<Fact> {
    let stated = judged.claim.stated;
    let found = |found: bool| if found { Outcome::Silent } else { Outcome::NotFound };
    let mut facts = vec![fact(FactName::Kind, Some(judged.claim.kind.to_string()), None, Outcome::NotFound)];
    if let Some(reference) = stated_reference(judged) {
        let own = !books.referenced(reference.normalised()).is_empty();
        facts.push(fact(FactName::Reference, Some(reference.given().to_owned()), None, found(own)));
    }
    if let Some(amount) = stated.amounts.first() {
        // A bare `$` is taken for the money that the account is kept in.
        let amount = books.currency().map_or(*amount, |currency| amount.or_currency(currency));
        facts.push(fact(FactName::Amount, Some(amount.to_string()), None, Outcome::NotFound));
    }
    if let Some(device) = stated.devices.first() {
        facts.push(fact(FactName::Device, stated_device(judged), None, found(books.has_device(device))));
    }
    if let Some(line) = stated.lines.first() {
        facts.push(fact(FactName::Line, stated_line(judged), None, found(books.has_line(line))));
    }
    facts
}

fn time_fact(judged: &Judged, candidate: &Candidate, books: &BookIndex) -> Fact {
    let occurred_at = books.transactions[candidate.place].occurred_at;
    let (from, to) = judged.window();
    let in_time = (from..=to).contains(&occurred_at);
    let outcome = if in_time { Outcome::Agrees } else { Outcome::Differs };
    fact(FactName::Time, Some(judged.message.sent_at.to_string()), Some(occurred_at.to_string()), outcome)
}

/// The reference that the text most likely means: the longest that could be one.
fn stated_reference<'a>(judged: &Judged<'a>) -> Option<&'a Reference> {
    let citable =
        judged.claim.stated.references.iter().filter(|reference| may_be_cited(reference.normalised()));
    citable.max_by_key(|reference| reference.normalised().len())
}

fn stated_amount(judged: &Judged, candidate: &Candidate, books: &BookIndex) -> Option<String> {
    let recorded = books.transactions[candidate.place].amount;
    let amounts = &judged.claim.stated.amounts;
    let agreeing =
        amounts.iter().find(|stated| recorded.is_some_and(|recorded| stated.agrees_with(recorded)));
    let shown: &StatedAmount = agreeing.or_else(|| amounts.first())?;
    Some(recorded.map_or(*shown, |recorded| shown.or_currency(recorded.currency())).to_string())
}

fn stated_device(judged: &Judged) -> Option<String> {
    judged.claim.stated.devices.first().map(|device| match device {
        StatedDevice::Whole(imei) => imei.printed(),
        StatedDevice::Ending(ending) => ending.to_string(),
    })
}

fn stated_line(judged: &Judged) -> Option<String> {
    judged.claim.stated.lines.first().map(|StatedLine { digits, international }| {
        if *international { format!("+{digits}") } else { digits.to_string() }
    })
}

fn stated_day(judged: &Judged, books: &BookIndex) -> Option<String> {
    let sent = Date::of(judged.message.sent_at, &books.account.time_zone);
    judged.claim.stated.days.first()?.resolve(sent).map(|day| day.to_string())
}

fn outcome(agreement: Agreement) -> Outcome {
    match agreement {
        Agreement::Agrees | Agreement::InPart => Outcome::Agrees,
        Agreement::Differs => Outcome::Differs,
        Agreement::Silent => Outcome::Silent,
    }
}

fn fact(fact: FactName, stated: Option<String>, recorded: Option<String>, outcome: Outcome) -> Fact {
    Fact { fact, stated, recorded, outcome }
}
