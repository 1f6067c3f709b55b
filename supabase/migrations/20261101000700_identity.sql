-- Accounts, sessions and attempts (schema identity: Better Auth's own login).

-- ---------------------------------------------------------------- the login

create schema if not exists identity;
comment on schema identity is 'Accounts and sessions, kept by Better Auth. Never exposed by the API.';

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'xiezhi_identity') then
    create role xiezhi_identity nologin noinherit;
  end if;
end $$;
alter role xiezhi_identity set search_path = identity;
comment on role xiezhi_identity is 'The app''s login for accounts and sessions. The operator gives it LOGIN and a password.';
grant usage on schema identity to xiezhi_identity;
grant usage on schema private to xiezhi_identity;
-- For the defaults and constraints of its tables.
grant execute on function private.now(), private.said(text) to xiezhi_identity;

-- ---------------------------------------------------------------- accounts and sessions

create table identity."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint an_address_belongs_to_one_person unique (email),
  constraint the_address_is_lower_case check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  constraint the_name_is_not_blank check (private.said(name) is not null and length(name) <= 100)
);
comment on table identity."user" is 'A person who can sign in. public.people is its copy for the rest of the product.';

create table identity.session (
  id uuid primary key default gen_random_uuid(),
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  ip_address text,
  user_agent text,
  user_id uuid not null references identity."user" (id) on delete cascade
);
comment on table identity.session is 'A browser in which a person is signed in. A deleted row ends it at the next request.';
create index session_by_user on identity.session (user_id);
create index session_by_expiry on identity.session (expires_at);

create table identity.account (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references identity."user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint one_account_for_each_provider unique (provider_id, account_id)
);
comment on table identity.account is 'How a person proves who they are: provider credential holds the scrypt hash of a password.';
create index account_by_user on identity.account (user_id);

create table identity.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now()
);
comment on table identity.verification is 'Short-lived values of Better Auth.';
create index verification_by_identifier on identity.verification (identifier);

create table identity.attempt (
  subject text primary key,
  tries bigint not null,
  began_at timestamptz not null,
  constraint tries_are_counted_from_one check (tries > 0)
);
comment on table identity.attempt is
  'Password verifications begun in the current window, by account and by address; the subject is a keyed hash, never an address itself.';
create index attempt_by_age on identity.attempt (began_at);

-- ---------------------------------------------------------------- who may see accounts

alter table identity."user" enable row level security;
alter table identity."user" force row level security;
create policy "the identity service keeps people" on identity."user" to xiezhi_identity using (true) with check (true);
grant select, insert, update on identity."user" to xiezhi_identity;

alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy "the identity service keeps sessions" on identity.session to xiezhi_identity using (true) with check (true);
grant select, insert, update, delete on identity.session to xiezhi_identity;

alter table identity.account enable row level security;
alter table identity.account force row level security;
create policy "the identity service keeps accounts" on identity.account to xiezhi_identity using (true) with check (true);
grant select, insert, update on identity.account to xiezhi_identity;

alter table identity.verification enable row level security;
alter table identity.verification force row level security;
create policy "the identity service keeps verifications" on identity.verification to xiezhi_identity using (true) with check (true);
grant select, insert, update, delete on identity.verification to xiezhi_identity;

alter table identity.attempt enable row level security;
alter table identity.attempt force row level security;
create policy "the identity service counts attempts" on identity.attempt to xiezhi_identity using (true) with check (true);
grant select, insert, update, delete on identity.attempt to xiezhi_identity;

-- ---------------------------------------------------------------- people follow accounts

create function private.copy_person() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into public.people as p (id, name, email) values (new.id, new.name, new.email)
  on conflict (id) do update set name = excluded.name, email = excluded.email;
  return null;
end $$;
comment on function private.copy_person() is 'Trigger: public.people carries the name and address of every account.';
create trigger people_follow_accounts after insert or update of name, email on identity."user"
  for each row execute function private.copy_person();

create function private.open_account(name text, email text, password_hash text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  person uuid;
begin
  insert into identity."user" (name, email) values (private.said(open_account.name), lower(private.said(open_account.email)))
  returning id into person;
  insert into identity.account (account_id, provider_id, user_id, password) values (person::text, 'credential', person, password_hash);
  return person;
exception
  when unique_violation then raise sqlstate 'PT409' using message = 'account_exists';
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'account_not_valid';
end $$;
comment on function private.open_account(text, text, text) is
  'A person with a password, as Better Auth keeps them. Refusals: account_exists, account_not_valid.';

-- ---------------------------------------------------------------- attempts

create function identity.reserve_attempt(email_hash text, address text) returns integer
  language plpgsql volatile set search_path = '' as $$
declare
  per_account constant integer := 5;
  per_address constant integer := 100;
  span constant interval := interval '15 minutes';
  counted identity.attempt;
begin
  -- One statement counts and decides. Asking first and counting after the verification let 34 of 40
  -- parallel guesses through.
  insert into identity.attempt as a (subject, tries, began_at) values ('account:' || email_hash, 1, private.now())
  on conflict (subject) do update set
    tries = case when a.began_at <= private.now() - span then 1 else least(a.tries + 1, per_account + 1) end,
    began_at = case when a.began_at <= private.now() - span then private.now() else a.began_at end
  returning a.* into counted;
  if counted.tries > per_account then
    return ceil(extract(epoch from counted.began_at + span - private.now()));
  end if;

  insert into identity.attempt as a (subject, tries, began_at) values ('address:' || address, 1, private.now())
  on conflict (subject) do update set
    tries = case when a.began_at <= private.now() - span then 1 else least(a.tries + 1, per_address + 1) end,
    began_at = case when a.began_at <= private.now() - span then private.now() else a.began_at end
  returning a.* into counted;
  if counted.tries > per_address then
    -- Nothing will be verified, so the account does not pay for it.
    update identity.attempt a set tries = a.tries - 1 where a.subject = 'account:' || email_hash and a.tries > 1;
    return ceil(extract(epoch from counted.began_at + span - private.now()));
  end if;

  delete from identity.attempt a where a.subject in (
    select old.subject from identity.attempt old
    where old.began_at < private.now() - interval '1 day' limit 100 for update skip locked
  );
  return 0;
end $$;
comment on function identity.reserve_attempt(text, text) is
  'Counts one password verification before it happens. 0: go on; otherwise the seconds to wait. 5 for an account and 100 for an address in 15 minutes.';
grant execute on function identity.reserve_attempt(text, text) to xiezhi_identity;

create function identity.release_attempt(email_hash text, address text) returns void
  language sql volatile set search_path = '' as $$
  delete from identity.attempt a where a.subject = 'account:' || email_hash;
  update identity.attempt a set tries = a.tries - 1 where a.subject = 'address:' || address and a.tries > 1;
$$;
comment on function identity.release_attempt(text, text) is 'After the right password: the account starts anew, the address is not charged.';
grant execute on function identity.release_attempt(text, text) to xiezhi_identity;

-- ---------------------------------------------------------------- memberships of a session

create function private.session_memberships(person uuid)
  returns table (
    organisation_id uuid, name_zh text, name_en text, kind text, region_code text, roles text[],
    council_id uuid, secretariat boolean, is_demo boolean
  )
  language sql stable security definer set search_path = '' as $$
  select o.id, o.name_zh, o.name_en, o.kind, o.region_code, m.roles,
         c.id, coalesce(c.convener_id = o.id and 'admin' = any (m.roles), false), o.is_demo
  from public.members m
  join public.organisations o on o.id = m.organisation_id
  left join lateral (
    select k.id, k.convener_id
    from public.councils k
    left join public.council_seats s on s.council_id = k.id and s.organisation_id = o.id
    where k.convener_id = o.id
       or (s.since <= (select private.today()) and (s.until is null or s.until > (select private.today())))
    order by k.convener_id = o.id desc, s.since, k.id
    limit 1
  ) c on true
  where m.person_id = person and m.ended_at is null
  order by m.created_at, o.name_zh
$$;
comment on function private.session_memberships(uuid) is
  'The organisations a signed-in person may act for now, with the council each sits in. Asked at every request.';
grant execute on function private.session_memberships(uuid) to xiezhi_identity;
