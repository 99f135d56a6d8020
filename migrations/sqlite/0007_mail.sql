-- Mail that is to be sent, written in the transaction of what it tells of. No link is in it: what stands in its place is
-- made when it is sent.
create table outbox (
    mail_id text not null primary key,
    account_id text not null,
    recipient text not null,
    subject text not null,
    -- Empty once nothing more is tried.
    body text not null,
    -- Whose link stands in the body, if any does.
    link_id text,
    -- waiting, sending, sent, failed, or unknown: whether it left is known of all but the last.
    state text not null,
    attempts integer not null,
    written_at integer not null,
    -- While it waits, when it is tried next; else when its state became so.
    due_at integer not null
) strict, without rowid;

create index outbox_by_state on outbox (state, due_at);

-- Links with which a person sets their password, once. A link is found by its hash.
create table sign_in_links (
    token_hash blob not null primary key,
    account_id text not null,
    -- The address that it was sent to.
    sign_in text not null,
    -- What the person is called.
    name text not null,
    made_at integer not null,
    expires_at integer not null,
    used_at integer
) strict, without rowid;

create index sign_in_links_by_sign_in on sign_in_links (sign_in, made_at);
create index sign_in_links_by_expiry on sign_in_links (expires_at);

-- Wrong passwords, by whatever was typed or asked from: under a keyed hash, whether anybody signs in so or not.
create table sign_in_tries (
    subject_hash blob not null primary key,
    -- When the day began in which they are counted.
    began_at integer not null,
    tries integer not null,
    -- Before then no other password is looked at.
    next_at integer not null
) strict, without rowid;

create index sign_in_tries_by_beginning on sign_in_tries (began_at);

-- Browsers that somebody has signed in with, by the hash of what their cookie holds.
create table known_devices (
    device_hash blob not null,
    user_id text not null references users (user_id) on delete cascade,
    seen_at integer not null,
    primary key (device_hash, user_id)
) strict, without rowid;

create index known_devices_by_user on known_devices (user_id, seen_at);
create index known_devices_by_sight on known_devices (seen_at);
