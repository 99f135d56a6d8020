-- Whoever signs in as a member of an account: the address under which its record lists them. Nothing for a holder.
alter table users add column member text;
alter table sign_in_links add column member text;

-- Whom an account's holder asked to sign in, by the address under which its record lists them.
create table member_invitations (
    account_id text not null,
    member text not null,
    invited_at integer not null,
    -- When they first set a password since.
    joined_at integer,
    -- Since when they may not sign in any longer.
    withdrawn_at integer,
    primary key (account_id, member)
) strict, without rowid;
