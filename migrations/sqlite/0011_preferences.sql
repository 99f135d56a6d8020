-- How a person wants to be told things. Who has no row is told as everybody begins.
create table preferences (
    account_id text not null,
    user_id text not null references users (user_id) on delete cascade,
    -- JSON: for each category, the channels that they do without.
    channels_off text not null,
    -- Whether they are told by mail of flagged messages, and of lookups.
    alert_flagged integer not null,
    alert_lookup integer not null,
    -- off, daily or weekly.
    digest text not null,
    -- When the next is due, and since when it tells; by the records' time.
    digest_due_at integer,
    digest_since integer,
    changed_at integer not null,
    primary key (account_id, user_id)
) strict, without rowid;

create index preferences_by_user on preferences (user_id);
create index preferences_by_digest on preferences (digest_due_at) where digest_due_at is not null;

-- What a person is to be told of by mail, once.
create table alerts (
    account_id text not null,
    user_id text not null references users (user_id) on delete cascade,
    -- flagged or lookup.
    kind text not null,
    -- The message, or the lookup.
    subject_id text not null,
    -- Before then nothing is told: what comes together is told together.
    due_at integer not null,
    -- When it was told, or found to need no telling.
    told_at integer,
    primary key (account_id, user_id, kind, subject_id)
) strict, without rowid;

create index alerts_by_user on alerts (user_id);
create index alerts_due on alerts (due_at) where told_at is null;
create index alerts_told on alerts (told_at) where told_at is not null;

-- When a person was told: so that they are not told too often.
create table alert_mails (
    account_id text not null,
    user_id text not null references users (user_id) on delete cascade,
    kind text not null,
    told_at integer not null,
    primary key (account_id, user_id, kind, told_at)
) strict, without rowid;

create index alert_mails_by_user on alert_mails (user_id);
create index users_by_account on users (account_id) where account_id is not null;
