-- The same tables, columns and keys as in migrations/sqlite.
--
-- A lookup is one agent's opening of one account, for a stated reason; the customer sees it.
create table lookups (
    account_id text collate "C" not null,
    opened_at bigint not null,
    lookup_id text collate "C" not null,
    user_id text collate "C" not null,
    -- Name and role as they were, whatever becomes of the person.
    user_name text not null,
    role text not null,
    reason text not null,
    -- How the account was found: account, email, phone or message. Not what was typed.
    found_by text not null,
    closes_at bigint not null,
    -- When it was closed by hand before that.
    closed_at bigint,
    primary key (account_id, opened_at, lookup_id)
);

-- Where a lookup is, and whose.
create table lookup_ids (
    lookup_id text collate "C" not null primary key,
    account_id text collate "C" not null,
    opened_at bigint not null,
    user_id text collate "C" not null
);

create index lookup_ids_by_user on lookup_ids (user_id, opened_at);

-- Searches that opened nothing: who, when, how and with what outcome. Not what was typed.
create table lookup_failures (
    user_id text collate "C" not null,
    tried_at bigint not null,
    failure_id text collate "C" not null,
    found_by text not null,
    outcome text not null,
    primary key (user_id, tried_at, failure_id)
);

create index lookup_failures_by_time on lookup_failures (tried_at);

-- A customer reads who looked at their own account, and nothing else of lookups.
do $$
declare
    personal text;
begin
    foreach personal in array array['lookups', 'lookup_ids'] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
    end loop;
end
$$;

create policy scope on lookups for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), ''));

grant select on lookups to counterfoil_app;

-- What was looked up is never unsaid: no role deletes it.
grant select, insert on lookups, lookup_ids to counterfoil_jobs;
grant update (closed_at) on lookups to counterfoil_jobs;
grant select, insert, delete on lookup_failures to counterfoil_jobs;
