-- When, and by what, a message's verdict was reached that stands.
alter table history add column judged_at integer not null default 0;
alter table history add column catalogue_version integer not null default 0;
alter table history add column engine_version text not null default '';

create index history_unchecked on history (account_id) where verdict = 'unchecked';

-- Verdicts that others took the place of. A row is never changed.
create table past_verdicts (
    account_id text not null,
    message_id text not null,
    -- How many came before it.
    place integer not null,
    -- From when to when it stood.
    judged_at integer not null,
    replaced_at integer not null,
    verdict text not null,
    transaction_id text,
    -- JSON: engine::Reason.
    reasons text not null,
    catalogue_version integer not null,
    engine_version text not null,
    primary key (account_id, message_id, place)
) strict, without rowid;

-- Who may hand in records over /v1. A key itself is kept nowhere.
create table ingest_keys (
    key_id text not null primary key,
    name text not null,
    secret_hash blob not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer
) strict, without rowid;

-- What was handed in under an Idempotency-Key.
create table idempotency_keys (
    key_id text not null,
    idempotency_key text not null,
    content_hash blob not null,
    used_at integer not null,
    primary key (key_id, idempotency_key)
) strict, without rowid;

create index idempotency_keys_by_use on idempotency_keys (used_at);
