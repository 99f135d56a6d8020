-- Whose a counterfoil number is: 60 bits of a keyed hash of a message's id. A number stays its message's when that is
-- deleted, so that it is never another's.
create table counterfoil_numbers (
    number integer not null primary key,
    message_id text not null
) strict, without rowid;

-- Those of the latest messages, until there are enough of them: each would change a page of the table of all.
create table fresh_numbers (
    number integer not null primary key,
    message_id text not null
) strict, without rowid;

-- Up to which message's id those have a number that were here before numbers were.
insert into settings (name, value) values ('numbered_until', '');

-- What a person chose for themselves; else their account's.
alter table users add column language text;
alter table users add column time_zone text;

-- The messages about a transaction.
create index history_by_transaction on history (account_id, transaction_id) where transaction_id is not null;
