-- A lookup is one agent's opening of one account, for a stated reason; the customer sees it.
create table lookups (
    account_id text not null,
    opened_at integer not null,
    lookup_id text not null,
    user_id text not null,
    -- Name and role as they were, whatever becomes of the person.
    user_name text not null,
    role text not null,
    reason text not null,
    -- How the account was found: account, email, phone or message. Not what was typed.
    found_by text not null,
    closes_at integer not null,
    -- When it was closed by hand before that.
    closed_at integer,
    primary key (account_id, opened_at, lookup_id)
) strict, without rowid;

-- Where a lookup is, and whose.
create table lookup_ids (
    lookup_id text not null primary key,
    account_id text not null,
    opened_at integer not null,
    user_id text not null
) strict, without rowid;

create index lookup_ids_by_user on lookup_ids (user_id, opened_at);

-- Searches that opened nothing: who, when, how and with what outcome. Not what was typed.
create table lookup_failures (
    user_id text not null,
    tried_at integer not null,
    failure_id text not null,
    found_by text not null,
    outcome text not null,
    primary key (user_id, tried_at, failure_id)
) strict, without rowid;

create index lookup_failures_by_time on lookup_failures (tried_at);
