-- Instants are microseconds since 1970-01-01T00:00:00Z. Tokens are keyed hashes (engine::Token).
-- Everything of an account is keyed (account_id, time, id) first, and clustered so.

create table settings (
    name text not null primary key,
    value text not null
) strict, without rowid;

create table accounts (
    account_id text not null primary key,
    -- engine::Account as JSON.
    record text not null,
    revision integer not null,
    content_hash integer not null,
    deleted integer not null
) strict, without rowid;

-- Whose a recipient was, and from when to when. An address without days has the least and the greatest integer.
create table addresses (
    recipient_token integer not null,
    account_id text not null,
    valid_from integer not null,
    valid_to integer not null,
    primary key (recipient_token, account_id, valid_from, valid_to)
) strict, without rowid;

create index addresses_by_account on addresses (account_id);

create table transactions (
    account_id text not null,
    occurred_at integer not null,
    transaction_id text not null,
    kind text not null,
    recorded_at integer not null,
    status text,
    -- A JSON list of texts.
    reference_list text not null,
    amount_minor integer,
    currency text,
    imei text,
    model text,
    line text,
    summary text,
    primary key (account_id, occurred_at, transaction_id)
) strict, without rowid;

-- Where a transaction is, and what is known of its revisions. A deleted one is here alone.
create table transaction_ids (
    transaction_id text not null primary key,
    account_id text not null,
    occurred_at integer not null,
    revision integer not null,
    content_hash integer not null,
    deleted integer not null,
    -- When an id first came; what a record without `recorded_at` was recorded at.
    first_seen_at integer not null
) strict, without rowid;

-- Messages of which it is not known whose they are have the account ''.
create table messages (
    account_id text not null,
    sent_at integer not null,
    message_id text not null,
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
) strict, without rowid;

create table message_ids (
    message_id text not null primary key,
    account_id text not null,
    sent_at integer not null,
    revision integer not null,
    content_hash integer not null,
    -- Of everything but how its way went; 0 where only a tombstone is known.
    body_hash integer not null,
    deleted integer not null,
    -- Where the feed named no account, the recipient's: it says whose the message is.
    recipient_token integer
) strict, without rowid;

create index message_ids_by_recipient on message_ids (recipient_token, message_id) where recipient_token is not null;

-- What an account's books hold: references, devices, lines.
create table known_tokens (
    token integer not null,
    account_id text not null,
    primary key (token, account_id)
) strict, without rowid;

-- What an account's messages cite and its own books do not hold.
create table cited_tokens (
    token integer not null,
    account_id text not null,
    primary key (token, account_id)
) strict, without rowid;

create index cited_tokens_by_account on cited_tokens (account_id);

-- What an account's messages and transactions became: one row a message, and one a transaction that no message tells of.
create table history (
    account_id text not null,
    at integer not null,
    -- 'm:' and the message's id, or 't:' and the transaction's.
    entry_id text not null,
    message_id text,
    transaction_id text,
    transaction_at integer,
    kind text,
    channel text,
    verdict text,
    -- A flagged message or an untold transaction.
    attention integer not null,
    untold integer not null,
    waits_until integer,
    -- JSON: engine::Reason.
    reasons text not null,
    primary key (account_id, at, entry_id)
) strict, without rowid;

create index history_attention on history (account_id, at, entry_id) where attention = 1;
create index history_waiting on history (waits_until, account_id) where waits_until is not null;

-- Accounts whose records changed since they were judged.
create table judge_queue (
    account_id text not null primary key
) strict, without rowid;

-- How far the files of a feed are loaded.
create table import_progress (
    feed text not null,
    file text not null,
    lines_done integer not null,
    primary key (feed, file)
) strict, without rowid;

create table users (
    user_id text not null primary key,
    -- What the person types: an address in lower case.
    sign_in text not null unique,
    name text not null,
    password_hash text not null,
    role text not null,
    account_id text,
    created_at integer not null
) strict, without rowid;

create table sessions (
    session_hash blob not null primary key,
    user_id text references users (user_id) on delete cascade,
    data text not null,
    expires_at integer not null,
    -- However busy it is, it ends then.
    ends_at integer not null
) strict, without rowid;

create index sessions_by_expiry on sessions (expires_at);
create index sessions_by_user on sessions (user_id);
