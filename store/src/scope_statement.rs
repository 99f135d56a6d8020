use sqlx::AssertSqlSafe;

use crate::AccountScope;
use crate::dialect::Dialect;

/// A member's messages in place of the table. `$account`, `$recipients` and `$lines` stand for a statement's own numbers.
const MESSAGES: &str = "(select * from messages
     where messages.account_id = $account and lower(trim(messages.recipient)) in ({recipients})) as messages";

/// The transactions of a member's lines.
const TRANSACTIONS: &str = "(select * from transactions
     where transactions.account_id = $account and transactions.line in ({lines})) as transactions";

/// What a member's messages became, each without a transaction that is not of their lines (its time is 0 then, which says
/// that there is one); and the transactions of their lines of which no message of theirs tells, whoever else was told.
const HISTORY: &str = "(
     select history.account_id, history.at, history.entry_id, history.message_id, own.transaction_id,
            case when history.transaction_id is null then null else coalesce(own.occurred_at, 0) end as transaction_at,
            history.kind, history.channel, history.verdict, history.attention, history.untold, history.waits_until,
            history.reasons
     from history
     join messages on messages.account_id = history.account_id and messages.sent_at = history.at
                  and messages.message_id = history.message_id
     left join transactions as own on own.account_id = history.account_id
                  and own.occurred_at = history.transaction_at and own.transaction_id = history.transaction_id
                  and own.line in ({lines})
     where history.account_id = $account and lower(trim(messages.recipient)) in ({recipients})
     union all
     select own.account_id, own.occurred_at, 't:' || own.transaction_id, null, own.transaction_id, own.occurred_at,
            own.kind, null, null, coalesce(alone.attention, 0), coalesce(alone.untold, 0), alone.waits_until,
            coalesce(alone.reasons, '[]')
     from transactions as own
     left join history as alone on alone.account_id = own.account_id and alone.at = own.occurred_at
                  and alone.entry_id = 't:' || own.transaction_id
     where own.account_id = $account and own.line in ({lines})
       and own.transaction_id in
           (select judged.transaction_id from history as judged
            where judged.account_id = $account and judged.transaction_id is not null)
       and own.transaction_id not in
           (select told.transaction_id from history as told
            join messages on messages.account_id = told.account_id and messages.sent_at = told.at
                         and messages.message_id = told.message_id
            where told.account_id = $account and told.transaction_id is not null
              and lower(trim(messages.recipient)) in ({recipients}))
     ) as history";

impl AccountScope {
    /// A statement as this scope may run it: in place of `{history}`, `{messages}` and `{transactions}` stand the tables, or
    /// of a member's scope what is theirs in them, under the tables' names.
    ///
    /// The parameter with the number `account` is [`AccountScope::account`], the two after it are
    /// [`AccountScope::recipients`] and [`AccountScope::lines`]: always bound, whether or not they are looked at.
    pub(crate) fn written<D: Dialect>(&self, statement: &'static str, account: u32) -> AssertSqlSafe<String> {
        let AssertSqlSafe(mut text) = D::written(statement);
        for (name, table, of_member) in [
            ("{history}", "history", HISTORY),
            ("{messages}", "messages", MESSAGES),
            ("{transactions}", "transactions", TRANSACTIONS),
        ] {
            if !text.contains(name) {
                continue;
            }
            text = if self.is_members() {
                text.replace(name, &numbered::<D>(of_member, account))
            } else {
                text.replace(name, table)
            };
        }
        AssertSqlSafe(text)
    }
}

/// A part of a statement with its parameters' numbers.
fn numbered<D: Dialect>(part: &str, account: u32) -> String {
    let list = |place: u32| D::TEXTS.replace("$1", &format!("${place}"));
    part.replace("{recipients}", &list(account + 1))
        .replace("{lines}", &list(account + 2))
        .replace("$account", &format!("${account}"))
}
