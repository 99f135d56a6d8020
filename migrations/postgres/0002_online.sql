-- When, and by what, a message's verdict was reached that stands.
alter table history add column judged_at bigint not null default 0;
alter table history add column catalogue_version bigint not null default 0;
alter table history add column engine_version text not null default '';

create index history_unchecked on history (account_id) where verdict = 'unchecked';

-- Verdicts that others took the place of. A row is never changed.
create table past_verdicts (
    account_id text collate "C" not null,
    message_id text collate "C" not null,
    -- How many came before it.
    place bigint not null,
    -- From when to when it stood.
    judged_at bigint not null,
    replaced_at bigint not null,
    verdict text not null,
    transaction_id text,
    -- JSON: engine::Reason.
    reasons text not null,
    catalogue_version bigint not null,
    engine_version text not null,
    primary key (account_id, message_id, place)
);

-- Who may hand in records over /v1. A key itself is kept nowhere.
create table ingest_keys (
    key_id text collate "C" not null primary key,
    name text not null,
    secret_hash bytea not null,
    created_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);

-- What was handed in under an Idempotency-Key.
create table idempotency_keys (
    key_id text collate "C" not null,
    idempotency_key text collate "C" not null,
    content_hash bytea not null,
    used_at bigint not null,
    primary key (key_id, idempotency_key)
);

create index idempotency_keys_by_use on idempotency_keys (used_at);

alter table past_verdicts enable row level security;
alter table past_verdicts force row level security;
create policy jobs on past_verdicts to counterfoil_jobs using (true) with check (true);
create policy scope on past_verdicts for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), ''));
grant select on past_verdicts to counterfoil_app;
-- Only added to: not even the jobs' role may change what once stood.
grant select, insert on past_verdicts to counterfoil_jobs;
grant select, insert, update, delete on ingest_keys, idempotency_keys to counterfoil_jobs;
