-- The audit log: who did what, to which account, why and from where. It is only added to; each entry's hash is of all that
-- it says and of the entry before it.
create table audit_log (
    sequence integer not null primary key,
    at integer not null,
    -- user, unproved (somebody who claimed to be a user), key, command or job.
    actor_kind text not null,
    -- Role and name as they were, whatever becomes of the person.
    actor_id text,
    actor_role text,
    actor_name text,
    act text not null,
    account_id text,
    -- What it was done to besides: a lookup, a user, a key.
    subject text,
    reason text,
    -- From which address.
    client text,
    hash blob not null
) strict, without rowid;

create index audit_log_by_time on audit_log (at, sequence);
create index audit_log_by_act on audit_log (act, at, sequence);
create index audit_log_by_actor on audit_log (actor_id, at, sequence) where actor_id is not null;
create index audit_log_by_account on audit_log (account_id, at, sequence) where account_id is not null;

create trigger audit_log_is_not_changed before update on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;

create trigger audit_log_is_not_cut before delete on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;

-- `insert or replace` deletes without asking the trigger above.
create trigger audit_log_is_not_replaced before insert on audit_log
when exists (select 1 from audit_log where sequence = new.sequence)
begin
    select raise(abort, 'the audit log is only added to');
end;

-- Accounts of nobody, that nobody has a reason to open.
create table honeypots (
    account_id text not null primary key,
    added_at integer not null
) strict, without rowid;

-- Since when a person may not sign in, and when they last were let in again.
alter table users add column suspended_at integer;
alter table users add column reinstated_at integer;
