-- Published statements. What was said stays as it was said: a correction is another revision.
create table incidents (
    slug text not null,
    revision integer not null,
    -- published, superseded or withdrawn.
    state text not null,
    began_at integer not null,
    published_at integer not null,
    -- When this revision took the place of what was said before, and when it was withdrawn.
    kept_at integer not null,
    withdrawn_at integer,
    -- engine::Said as JSON.
    said text not null,
    messages_touched integer not null,
    accounts_touched integer not null,
    accounts_disclosed integer not null,
    primary key (slug, revision)
) strict, without rowid;

create index incidents_by_state on incidents (state, published_at);

-- Which messages those that are published are about, whenever they come.
create table incident_covers (
    -- batch, template or message.
    sort text not null,
    name text not null,
    slug text not null,
    sent_from integer not null,
    -- What is sent at this moment is not of it.
    sent_until integer not null,
    primary key (sort, name, slug, sent_from)
) strict, without rowid;

-- The messages that they are about.
create table touched_messages (
    account_id text not null,
    sent_at integer not null,
    message_id text not null,
    slug text not null,
    primary key (account_id, sent_at, message_id, slug)
) strict, without rowid;

create index touched_messages_by_incident on touched_messages (slug, account_id);

-- Accounts whose identifiers appeared in others' messages, or were shown to others.
create table disclosed_accounts (
    account_id text not null,
    slug text not null,
    primary key (account_id, slug)
) strict, without rowid;

-- What the covered messages have in common, as hashes of three words each (engine::Shape): nothing of anybody's.
create table incident_shapes (
    slug text not null,
    place integer not null,
    -- A JSON list of integers.
    shape text not null,
    primary key (slug, place)
) strict, without rowid;
