-- A report is a customer's word on one of their messages or transactions: that they did it, or that it was not them. It is
-- a thread with the desk.
create table reports (
    account_id text not null,
    opened_at integer not null,
    report_id text not null,
    -- By which people speak of it.
    number integer not null,
    -- Whose it is: of an account's people each reads their own.
    user_id text not null,
    -- message or transaction, which one, and of what kind it is where that is known.
    about text not null,
    about_id text not null,
    kind text,
    -- did or not_me: what was said last.
    says text not null,
    -- 0 where somebody may be taking the account over, else 1: the desk reads those first.
    rank integer not null,
    -- open, answered or closed, and since when.
    state text not null,
    state_at integer not null,
    -- How many entries its thread has.
    notes integer not null,
    primary key (account_id, opened_at, report_id)
) strict, without rowid;

create unique index reports_by_subject on reports (account_id, user_id, about, about_id);
create unique index reports_by_number on reports (number);
create index reports_by_id on reports (report_id);
create index reports_by_state on reports (state, rank, state_at, number);

-- The entries of its thread, in their order.
create table report_notes (
    account_id text not null,
    report_id text not null,
    place integer not null,
    written_at integer not null,
    -- did or not_me (the customer's word), note, answer, or closed.
    entry text not null,
    user_id text not null,
    -- Name and role as they were, whatever becomes of the person.
    user_name text not null,
    role text not null,
    text text not null,
    primary key (account_id, report_id, place)
) strict, without rowid;
