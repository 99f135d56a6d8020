-- The same tables, columns and keys as in migrations/sqlite.

-- How a person wants to be told things. Who has no row is told as everybody begins.
create table preferences (
    account_id text collate "C" not null,
    user_id text collate "C" not null references users (user_id) on delete cascade,
    -- JSON: for each category, the channels that they do without.
    channels_off text not null,
    -- Whether they are told by mail of flagged messages, and of lookups.
    alert_flagged bigint not null,
    alert_lookup bigint not null,
    -- off, daily or weekly.
    digest text not null,
    -- When the next is due, and since when it tells; by the records' time.
    digest_due_at bigint,
    digest_since bigint,
    changed_at bigint not null,
    primary key (account_id, user_id)
);

create index preferences_by_user on preferences (user_id);
create index preferences_by_digest on preferences (digest_due_at) where digest_due_at is not null;

-- What a person is to be told of by mail, once.
create table alerts (
    account_id text collate "C" not null,
    user_id text collate "C" not null references users (user_id) on delete cascade,
    -- flagged or lookup.
    kind text collate "C" not null,
    -- The message, or the lookup.
    subject_id text collate "C" not null,
    -- Before then nothing is told: what comes together is told together.
    due_at bigint not null,
    -- When it was told, or found to need no telling.
    told_at bigint,
    primary key (account_id, user_id, kind, subject_id)
);

create index alerts_by_user on alerts (user_id);
create index alerts_due on alerts (due_at) where told_at is null;
create index alerts_told on alerts (told_at) where told_at is not null;

-- When a person was told: so that they are not told too often.
create table alert_mails (
    account_id text collate "C" not null,
    user_id text collate "C" not null references users (user_id) on delete cascade,
    kind text collate "C" not null,
    told_at bigint not null,
    primary key (account_id, user_id, kind, told_at)
);

create index alert_mails_by_user on alert_mails (user_id);
create index users_by_account on users (account_id) where account_id is not null;

do $$
declare
    personal text;
begin
    foreach personal in array array['preferences', 'alerts', 'alert_mails'] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
    end loop;
end
$$;

grant select, insert, update, delete on preferences, alerts, alert_mails to counterfoil_jobs;

-- A customer takes along what was done to their own account and sign-in, and not how the house watches its staff.
create policy scope on audit_log for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), '')
           and act in ('sign_in', 'password_changed', 'lookup_opened', 'lookup_closed', 'user_added',
                       'account_exported'));
grant select (account_id, at, sequence, act, actor_kind, actor_id, actor_role, client) on audit_log to counterfoil_app;
