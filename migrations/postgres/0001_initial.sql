-- The same tables, columns and keys as in migrations/sqlite. Keys compare by bytes, as SQLite's do.
--
-- Two roles besides the owner: counterfoil_app reads one account's rows, the one set for its transaction as
-- counterfoil.account; counterfoil_jobs imports, judges and signs in. Neither owns a table.

do $$
begin
    if not exists (select from pg_roles where rolname = 'counterfoil_app') then
        create role counterfoil_app nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'counterfoil_jobs') then
        create role counterfoil_jobs nologin;
    end if;
exception when duplicate_object or unique_violation then
    -- Another database of the cluster is being migrated at this moment.
    null;
end
$$;

grant counterfoil_app, counterfoil_jobs to current_user;

-- Instants are microseconds since 1970-01-01T00:00:00Z. Tokens are keyed hashes (engine::Token).
-- Everything of an account is keyed (account_id, time, id) first, and clustered so.

create table settings (
    name text collate "C" not null primary key,
    value text not null
);

create table accounts (
    account_id text collate "C" not null primary key,
    -- engine::Account as JSON.
    record text not null,
    revision bigint not null,
    content_hash bigint not null,
    deleted bigint not null
);

-- Whose a recipient was, and from when to when. An address without days has the least and the greatest integer.
create table addresses (
    recipient_token bigint not null,
    account_id text collate "C" not null,
    valid_from bigint not null,
    valid_to bigint not null,
    primary key (recipient_token, account_id, valid_from, valid_to)
);

create index addresses_by_account on addresses (account_id);

create table transactions (
    account_id text collate "C" not null,
    occurred_at bigint not null,
    transaction_id text collate "C" not null,
    kind text not null,
    recorded_at bigint not null,
    status text,
    -- A JSON list of texts.
    reference_list text not null,
    amount_minor bigint,
    currency text,
    imei text,
    model text,
    line text,
    summary text,
    primary key (account_id, occurred_at, transaction_id)
);

-- Where a transaction is, and what is known of its revisions. A deleted one is here alone.
create table transaction_ids (
    transaction_id text collate "C" not null primary key,
    account_id text collate "C" not null,
    occurred_at bigint not null,
    revision bigint not null,
    content_hash bigint not null,
    deleted bigint not null,
    -- When an id first came; what a record without `recorded_at` was recorded at.
    first_seen_at bigint not null
);

-- Messages of which it is not known whose they are have the account ''.
create table messages (
    account_id text collate "C" not null,
    sent_at bigint not null,
    message_id text collate "C" not null,
    channel text not null,
    recipient text not null,
    sender text,
    template text,
    batch text,
    subject text,
    text text,
    html text,
    -- JSON: the merge fields, and the steps of its way.
    data text not null,
    delivery text not null,
    primary key (account_id, sent_at, message_id)
);

create table message_ids (
    message_id text collate "C" not null primary key,
    account_id text collate "C" not null,
    sent_at bigint not null,
    revision bigint not null,
    content_hash bigint not null,
    -- Of everything but how its way went; 0 where only a tombstone is known.
    body_hash bigint not null,
    deleted bigint not null,
    -- Where the feed named no account, the recipient's: it says whose the message is.
    recipient_token bigint
);

create index message_ids_by_recipient on message_ids (recipient_token, message_id) where recipient_token is not null;

-- What an account's books hold: references, devices, lines.
create table known_tokens (
    token bigint not null,
    account_id text collate "C" not null,
    primary key (token, account_id)
);

-- What an account's messages cite and its own books do not hold.
create table cited_tokens (
    token bigint not null,
    account_id text collate "C" not null,
    primary key (token, account_id)
);

create index cited_tokens_by_account on cited_tokens (account_id);

-- What an account's messages and transactions became: one row a message, and one a transaction that no message tells of.
create table history (
    account_id text collate "C" not null,
    at bigint not null,
    -- 'm:' and the message's id, or 't:' and the transaction's.
    entry_id text collate "C" not null,
    message_id text,
    transaction_id text,
    transaction_at bigint,
    kind text,
    channel text,
    verdict text,
    -- A flagged message or an untold transaction.
    attention bigint not null,
    untold bigint not null,
    waits_until bigint,
    -- JSON: engine::Reason.
    reasons text not null,
    primary key (account_id, at, entry_id)
);

create index history_attention on history (account_id, at, entry_id) where attention = 1;
create index history_waiting on history (waits_until, account_id) where waits_until is not null;

-- Accounts whose records changed since they were judged.
create table judge_queue (
    account_id text collate "C" not null primary key
);

-- How far the files of a feed are loaded.
create table import_progress (
    feed text collate "C" not null,
    file text collate "C" not null,
    lines_done bigint not null,
    primary key (feed, file)
);

create table users (
    user_id text collate "C" not null primary key,
    -- What the person types: an address in lower case.
    sign_in text not null unique,
    name text not null,
    password_hash text not null,
    role text not null,
    account_id text,
    created_at bigint not null
);

create table sessions (
    session_hash bytea not null primary key,
    user_id text references users (user_id) on delete cascade,
    data text not null,
    expires_at bigint not null,
    -- However busy it is, it ends then.
    ends_at bigint not null
);

create index sessions_by_expiry on sessions (expires_at);
create index sessions_by_user on sessions (user_id);

-- Every table that has an account is under row-level security, forced on its owner too.
do $$
declare
    personal text;
begin
    foreach personal in array array[
        'accounts', 'addresses', 'transactions', 'transaction_ids', 'messages', 'message_ids', 'known_tokens',
        'cited_tokens', 'history', 'judge_queue', 'users'
    ] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
    end loop;
    foreach personal in array array[
        'accounts', 'transactions', 'transaction_ids', 'messages', 'message_ids', 'history'
    ] loop
        execute format(
            'create policy scope on %I for select to counterfoil_app '
            'using (account_id = nullif(current_setting(''counterfoil.account'', true), ''''))', personal);
        execute format('grant select on %I to counterfoil_app', personal);
    end loop;
end
$$;

do $$
begin
    execute format('grant usage on schema %I to counterfoil_app, counterfoil_jobs', current_schema());
end
$$;

grant select, insert, update, delete on
    settings, accounts, addresses, transactions, transaction_ids, messages, message_ids,
    known_tokens, cited_tokens, history, judge_queue, import_progress, users, sessions
to counterfoil_jobs;
