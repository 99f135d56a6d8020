-- The same tables, columns and keys as in migrations/sqlite.
--
-- What a person is shown of their sessions, and when they last gave their password again in one. A binary of before goes
-- on beginning sessions: they get a handle too.
alter table sessions add column handle text not null default replace(gen_random_uuid()::text, '-', '');
alter table sessions add column began_at bigint not null default 0;
alter table sessions add column seen_at bigint not null default 0;
-- The browser and the system, in a few words.
alter table sessions add column browser text not null default '';
alter table sessions add column confirmed_at bigint;
-- Passwords tried for that since the last right one.
alter table sessions add column confirm_tries bigint not null default 0;

-- Of a session that began before, no more is known than when it ends.
update sessions set began_at = ends_at - 43200000000, seen_at = expires_at - 900000000;
