use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::settle::Settling;
use crate::settled::Settled;
use crate::tell::find_untold;
use crate::uncheck::uncheck;
use crate::{Books, Catalogue, Citation, Elsewhere, Instant, Sent, Transaction};

/// What a judging takes besides the account's own records.
#[derive(Clone, Copy)]
pub struct JudgeContext<'a> {
    /// By what is judged.
    pub catalogue: &'a Catalogue,
    /// Where the operator's record of messages begins.
    pub since: Instant,
    /// What is known, on other accounts, of that which the messages cite.
    pub elsewhere: &'a Elsewhere,
    /// How far the operator's books are complete, where they are behind.
    pub books_until: Option<Instant>,
}

/// What became of an account's messages and transactions.
pub struct Judgement<'a> {
    books: Books<'a>,
    messages: &'a [Sent],
    catalogue: &'a Catalogue,
    settled: Vec<Settled>,
    untold: Vec<u32>,
}

/// The verdicts of an account's messages: a pure function of what it is given, whatever the order of the records.
///
/// `messages` are the account's own, without those the operator deleted. Judged is at the time of the books' index.
pub fn judge<'a>(books: &Books<'a>, messages: &'a [Sent], context: &JudgeContext<'a>) -> Judgement<'a> {
    let mut settled = vec![Settled::INFORMATIONAL; messages.len()];
    Settling::new(books, messages, context).settle(0..messages.len(), &mut settled);
    if let Some(until) = context.books_until {
        let open = settled.iter_mut().zip(messages);
        open.for_each(|(settled, message)| uncheck(settled, message, context.catalogue, until));
    }
    let told = messages.iter().zip(&settled);
    let untold = find_untold(books, told, context.catalogue, context.since);
    Judgement { books: *books, messages, catalogue: context.catalogue, settled, untold }
}

impl<'a> Judgement<'a> {
    /// One for each message, in the messages' order.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        let finding =
            |(place, settled)| Finding::new(self.books, self.catalogue, self.messages, place, settled);
        self.settled.iter().enumerate().map(finding)
    }

    /// The transactions that the customer had to be told of, and was not, by time.
    pub fn untold(&self) -> impl Iterator<Item = &'a Transaction> {
        self.untold.iter().map(|place| self.books.transaction(*place))
    }
}

impl Books<'_> {
    /// What messages of the account cite and its own books don't hold: what has to be looked for elsewhere before they
    /// are judged.
    pub fn unexplained(&self, messages: &[Sent], catalogue: &Catalogue) -> BTreeSet<Citation> {
        let cited = messages.iter().flat_map(|message| message.citations(self.account, catalogue));
        cited.filter(|citation| !self.holds(citation)).collect()
    }
}
