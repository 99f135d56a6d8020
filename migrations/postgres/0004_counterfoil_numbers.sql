-- The same tables, columns and keys as in migrations/sqlite.

-- Whose a counterfoil number is: 60 bits of a keyed hash of a message's id. A number stays its message's when that is
-- deleted, so that it is never another's.
create table counterfoil_numbers (
    number bigint not null primary key,
    message_id text collate "C" not null
);

-- Those of the latest messages, until there are enough of them: each would change a page of the table of all.
create table fresh_numbers (
    number bigint not null primary key,
    message_id text collate "C" not null
);

-- Up to which message's id those have a number that were here before numbers were. No account's row: the owner may.
insert into settings (name, value) values ('numbered_until', '');

-- What a person chose for themselves; else their account's.
alter table users add column language text;
alter table users add column time_zone text;

-- The messages about a transaction.
create index history_by_transaction on history (account_id, transaction_id) where transaction_id is not null;

-- A number is an account's where its message is: what the reader may see of message_ids decides.
do $$
declare
    numbers text;
begin
    foreach numbers in array array['counterfoil_numbers', 'fresh_numbers'] loop
        execute format('alter table %I enable row level security', numbers);
        execute format('alter table %I force row level security', numbers);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', numbers);
        execute format(
            'create policy scope on %I for select to counterfoil_app '
            'using (exists (select from message_ids where message_ids.message_id = %I.message_id))', numbers, numbers);
        execute format('grant select on %I to counterfoil_app', numbers);
        execute format('grant select, insert, update, delete on %I to counterfoil_jobs', numbers);
    end loop;
end
$$;
