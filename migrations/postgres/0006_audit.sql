-- The same tables, columns and keys as in migrations/sqlite.
--
-- The audit log: who did what, to which account, why and from where. It is only added to; each entry's hash is of all that
-- it says and of the entry before it.
create table audit_log (
    sequence bigint not null primary key,
    at bigint not null,
    -- user, unproved (somebody who claimed to be a user), key, command or job.
    actor_kind text collate "C" not null,
    -- Role and name as they were, whatever becomes of the person.
    actor_id text collate "C",
    actor_role text,
    actor_name text,
    act text collate "C" not null,
    account_id text collate "C",
    -- What it was done to besides: a lookup, a user, a key.
    subject text,
    reason text,
    -- From which address.
    client text,
    hash bytea not null
);

create index audit_log_by_time on audit_log (at, sequence);
create index audit_log_by_act on audit_log (act, at, sequence);
create index audit_log_by_actor on audit_log (actor_id, at, sequence) where actor_id is not null;
create index audit_log_by_account on audit_log (account_id, at, sequence) where account_id is not null;

-- Accounts of nobody, that nobody has a reason to open.
create table honeypots (
    account_id text collate "C" not null primary key,
    added_at bigint not null
);

-- Since when a person may not sign in, and when they last were let in again.
alter table users add column suspended_at bigint;
alter table users add column reinstated_at bigint;

alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy reads on audit_log for select to counterfoil_jobs using (true);
create policy adds on audit_log for insert to counterfoil_jobs with check (true);
alter table honeypots enable row level security;
alter table honeypots force row level security;
create policy jobs on honeypots to counterfoil_jobs using (true) with check (true);

-- Only added to: not even the jobs' role may change what was written down.
grant select, insert on audit_log to counterfoil_jobs;
grant select, insert, delete on honeypots to counterfoil_jobs;
