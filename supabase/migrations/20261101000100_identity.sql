-- Accounts, sessions and attempts (schema identity: Better Auth's own login), invitations, and the first set-up.

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

-- ---------------------------------------------------------------- accounts and sessions

create table identity."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint an_address_belongs_to_one_person unique (email),
  constraint the_address_is_lower_case check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  constraint the_name_is_not_blank check (btrim(name) <> '' and length(name) <= 100)
);
comment on table identity."user" is 'A person who can sign in. public.people is its copy for the rest of the product.';

create table identity.session (
  id uuid primary key default gen_random_uuid(),
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
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
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint one_account_for_each_provider unique (provider_id, account_id)
);
comment on table identity.account is 'How a person proves who they are: provider credential holds the scrypt hash of a password.';
create index account_by_user on identity.account (user_id);

create table identity.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
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
  insert into identity.attempt as a (subject, tries, began_at) values ('account:' || email_hash, 1, now())
  on conflict (subject) do update set
    tries = case when a.began_at <= now() - span then 1 else least(a.tries + 1, per_account + 1) end,
    began_at = case when a.began_at <= now() - span then now() else a.began_at end
  returning a.* into counted;
  if counted.tries > per_account then
    return ceil(extract(epoch from counted.began_at + span - now()));
  end if;

  insert into identity.attempt as a (subject, tries, began_at) values ('address:' || address, 1, now())
  on conflict (subject) do update set
    tries = case when a.began_at <= now() - span then 1 else least(a.tries + 1, per_address + 1) end,
    began_at = case when a.began_at <= now() - span then now() else a.began_at end
  returning a.* into counted;
  if counted.tries > per_address then
    -- Nothing will be verified, so the account does not pay for it.
    update identity.attempt a set tries = a.tries - 1 where a.subject = 'account:' || email_hash and a.tries > 1;
    return ceil(extract(epoch from counted.began_at + span - now()));
  end if;

  delete from identity.attempt a where a.subject in (
    select old.subject from identity.attempt old
    where old.began_at < now() - interval '1 day' limit 100 for update skip locked
  );
  return 0;
end $$;
comment on function identity.reserve_attempt(text, text) is
  'Counts one password verification before it happens. 0: go on; otherwise the seconds to wait. 5 for an account and 100 for an address in 15 minutes.';

create function identity.release_attempt(email_hash text, address text) returns void
  language sql volatile set search_path = '' as $$
  delete from identity.attempt a where a.subject = 'account:' || email_hash;
  update identity.attempt a set tries = a.tries - 1 where a.subject = 'address:' || address and a.tries > 1;
$$;
comment on function identity.release_attempt(text, text) is 'After the right password: the account starts anew, the address is not charged.';

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
       or (s.since <= current_date and (s.until is null or s.until > current_date))
    order by k.convener_id = o.id desc, s.since, k.id
    limit 1
  ) c on true
  where m.person_id = person and m.ended_at is null
  order by m.created_at, o.name_zh
$$;
comment on function private.session_memberships(uuid) is
  'The organisations a signed-in person may act for now, with the council each sits in. Asked at every request.';

-- ---------------------------------------------------------------- invitations

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  email text not null,
  roles text[] not null,
  token_hash text not null unique,
  invited_by uuid not null references public.people (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  accepted_at timestamptz,
  accepted_by uuid references public.people (id),
  withdrawn_at timestamptz,
  withdrawn_by uuid references public.people (id),
  constraint the_address_is_lower_case check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  constraint the_roles_are_known check (
    roles <@ array['admin', 'reporter', 'reviewer', 'delegate', 'viewer', 'auditor'] and cardinality(roles) > 0
  ),
  constraint an_auditor_changes_nothing check (not ('auditor' = any (roles)) or cardinality(roles) = 1),
  constraint nothing_is_both_accepted_and_withdrawn check (accepted_at is null or withdrawn_at is null)
);
comment on table public.invitations is
  'An invitation to become a member: single use, 24 hours. Only the hash of its token is kept; the link is shown once.';
create index invitations_by_organisation on public.invitations (organisation_id, created_at desc);
create index invitations_by_inviter on public.invitations (invited_by);
create index invitations_by_accepter on public.invitations (accepted_by);
create index invitations_by_withdrawer on public.invitations (withdrawn_by);

alter table public.invitations enable row level security;
alter table public.invitations force row level security;
create policy "administrators read the invitations of their organisation" on public.invitations
  for select to authenticated
  using (organisation_id in (select private.organisations_as('admin')));
-- Without token_hash. No insert or update grant: an invitation changes only through its verbs.
grant select (id, organisation_id, email, roles, invited_by, created_at, expires_at, accepted_at, accepted_by, withdrawn_at, withdrawn_by)
  on public.invitations to authenticated;

create function private.token_hash(token text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select encode(sha256(convert_to(token, 'UTF8')), 'hex')
$$;
comment on function private.token_hash(text) is 'What is kept of a link''s token: its SHA-256 in hexadecimal.';

create function private.require_admin(organisation uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.organisations_as('admin') as o (id) where o.id = organisation) then
    raise sqlstate 'PT403' using message = 'only_an_administrator';
  end if;
end $$;
comment on function private.require_admin(uuid) is 'Refuses everybody but the administrators of this organisation.';

create function public.invite_member(organisation uuid, email text, roles text[]) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  wanted constant text := lower(btrim(email));
  token constant text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  made uuid;
begin
  -- An organisation that has nobody yet gets its first administrator from the secretariat.
  if not (
    'admin' = any (roles)
    and not exists (
      select 1 from public.members m
      where m.organisation_id = organisation and m.ended_at is null and 'admin' = any (m.roles)
    )
    and exists (
      select 1 from public.council_seats s
      where s.organisation_id = organisation and s.council_id in (select private.councils_convened())
    )
  ) then
    perform private.require_admin(organisation);
  end if;

  if exists (
    select 1 from public.members m
    join public.people p on p.id = m.person_id
    where m.organisation_id = organisation and m.ended_at is null and p.email = wanted
  ) then
    raise sqlstate 'PT409' using message = 'already_a_member';
  end if;

  -- A new link replaces an open one to the same address.
  update public.invitations i set withdrawn_at = now(), withdrawn_by = private.person_id()
  where i.organisation_id = organisation and i.email = wanted and i.accepted_at is null and i.withdrawn_at is null;

  insert into public.invitations (organisation_id, email, roles, token_hash, invited_by)
  values (organisation, wanted, invite_member.roles, private.token_hash(token), private.person_id())
  returning id into made;
  perform private.record('invite_member', 'invitation', made::text, null, organisation);
  return token;
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'invitation_not_valid';
end $$;
comment on function public.invite_member(uuid, text, text[]) is
  'An administrator invites a person; returns the token of the link, which is kept nowhere. Refusals: only_an_administrator, already_a_member, invitation_not_valid.';

create function public.withdraw_invitation(invitation uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
begin
  update public.invitations i set withdrawn_at = now(), withdrawn_by = private.person_id()
  where i.id = invitation and i.accepted_at is null and i.withdrawn_at is null
    and i.organisation_id in (select private.organisations_as('admin'))
  returning i.organisation_id into organisation;
  if not found then
    raise sqlstate 'PT409' using message = 'invitation_not_open';
  end if;
  perform private.record('withdraw_invitation', 'invitation', invitation::text, null, organisation);
end $$;
comment on function public.withdraw_invitation(uuid) is 'An administrator withdraws an open invitation. Refusals: invitation_not_open.';

create function private.require_another_admin(organisation uuid, person uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Locked in one order, so that two administrators cannot end each other at the same moment.
  perform 1 from public.members m
  where m.organisation_id = organisation and m.ended_at is null and 'admin' = any (m.roles)
  order by m.person_id for update;
  if not exists (
    select 1 from public.members m
    where m.organisation_id = organisation and m.ended_at is null and 'admin' = any (m.roles) and m.person_id <> person
  ) then
    raise sqlstate 'PT409' using message = 'last_administrator';
  end if;
end $$;
comment on function private.require_another_admin(uuid, uuid) is 'Refuses when nobody but this person would administer the organisation.';

create function public.change_member_roles(organisation uuid, person uuid, roles text[]) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_admin(organisation);
  if not coalesce('admin' = any (change_member_roles.roles), false) then
    perform private.require_another_admin(organisation, person);
  end if;
  update public.members m set roles = change_member_roles.roles
  where m.organisation_id = organisation and m.person_id = person and m.ended_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'member_not_found';
  end if;
  perform private.record(
    'change_member_roles', 'member', person::text, null, organisation, 'organisation',
    jsonb_build_object('roles', change_member_roles.roles)
  );
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'roles_not_valid';
end $$;
comment on function public.change_member_roles(uuid, uuid, text[]) is
  'An administrator changes a member''s roles, from the next request on. Refusals: only_an_administrator, last_administrator, member_not_found, roles_not_valid.';

create function public.end_membership(organisation uuid, person uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_admin(organisation);
  perform private.require_another_admin(organisation, person);
  update public.members m set ended_at = now()
  where m.organisation_id = organisation and m.person_id = person and m.ended_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'member_not_found';
  end if;
  perform private.record('end_membership', 'member', person::text, null, organisation);
end $$;
comment on function public.end_membership(uuid, uuid) is
  'An administrator ends a membership, from the next request on. Refusals: only_an_administrator, last_administrator, member_not_found.';

-- ---------------------------------------------------------------- invitations, seen by the invited person

create function private.open_invitation(token text)
  returns table (email text, organisation_zh text, organisation_en text, roles text[], person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select i.email, o.name_zh, o.name_en, i.roles, u.id
  from public.invitations i
  join public.organisations o on o.id = i.organisation_id
  left join identity."user" u on u.email = i.email
  where i.token_hash = private.token_hash(token)
    and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()
$$;
comment on function private.open_invitation(text) is 'The invitation behind a link, if it is still open; person_id when the address has an account.';

create function private.accept_invitation(token text, person uuid) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  taken public.invitations;
begin
  update public.invitations i set accepted_at = now(), accepted_by = person
  where i.token_hash = private.token_hash(token)
    and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()
    and i.email = (select u.email from identity."user" u where u.id = person)
  returning i.* into taken;
  if not found then
    raise sqlstate 'PT410' using message = 'invitation_not_open';
  end if;
  insert into public.members as m (person_id, organisation_id, roles) values (person, taken.organisation_id, taken.roles)
  on conflict (person_id, organisation_id) do update set roles = excluded.roles, ended_at = null;
  insert into public.audit_events (organisation_id, subject_organisation_id, person_id, verb, subject_type, subject_id)
  values (taken.organisation_id, taken.organisation_id, person, 'accept_invitation', 'invitation', taken.id::text);
  return taken.organisation_id;
end $$;
comment on function private.accept_invitation(text, uuid) is
  'The invited person becomes a member; the link is used up in the same statement. Refusals: invitation_not_open.';

create function private.open_account(name text, email text, password_hash text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  person uuid;
begin
  insert into identity."user" (name, email) values (btrim(open_account.name), lower(btrim(open_account.email)))
  returning id into person;
  insert into identity.account (account_id, provider_id, user_id, password) values (person::text, 'credential', person, password_hash);
  return person;
exception
  when unique_violation then raise sqlstate 'PT409' using message = 'account_exists';
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'account_not_valid';
end $$;
comment on function private.open_account(text, text, text) is
  'A person with a password, as Better Auth keeps them. Refusals: account_exists, account_not_valid.';

create function private.accept_invitation_as_new(token text, name text, password_hash text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  address text;
begin
  select i.email into address from private.open_invitation(token) i;
  if not found then
    raise sqlstate 'PT410' using message = 'invitation_not_open';
  end if;
  return private.accept_invitation(token, private.open_account(name, address, password_hash));
end $$;
comment on function private.accept_invitation_as_new(text, text, text) is
  'Account and membership in one transaction. Refusals: invitation_not_open, account_exists, account_not_valid.';

-- ---------------------------------------------------------------- first set-up

create table private.setup_tokens (
  token_hash text primary key,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
comment on table private.setup_tokens is 'Hash (SHA-256, hexadecimal) of the link that sets up an empty instance; single use.';
alter table private.setup_tokens enable row level security;
alter table private.setup_tokens force row level security;

create function private.setup_open(token text) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.setup_tokens t where t.token_hash = private.token_hash(token) and t.used_at is null)
     and not exists (select 1 from public.organisations)
$$;
comment on function private.setup_open(text) is 'Whether this link may still set the instance up.';

create function private.set_up(
  token text, organisation_zh text, organisation_en text, council_zh text, council_en text, region text,
  person_name text, email text, password_hash text
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
  council uuid;
  person uuid;
begin
  update private.setup_tokens t set used_at = now()
  where t.token_hash = private.token_hash(token) and t.used_at is null
    and not exists (select 1 from public.organisations);
  if not found then
    raise sqlstate 'PT410' using message = 'setup_not_open';
  end if;
  if not exists (select 1 from public.regions r where r.code = region and r.valid_to is null) then
    raise sqlstate 'PT422' using message = 'region_not_known';
  end if;

  person := private.open_account(person_name, email, password_hash);
  insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code)
  values ('government', organisation_zh, organisation_en, organisation_zh, organisation_en, region)
  returning id into organisation;
  insert into public.councils (name_zh, name_en, region_code, convener_id)
  values (council_zh, council_en, region, organisation)
  returning id into council;
  insert into public.council_seats (council_id, organisation_id, standing) values (council, organisation, 'voting');
  insert into public.members (person_id, organisation_id, roles) values (person, organisation, array['admin']);
  insert into public.audit_events (council_id, organisation_id, subject_organisation_id, person_id, audience, verb, subject_type, subject_id)
  values (council, organisation, organisation, person, 'council', 'set_up', 'council', council::text);
  return organisation;
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'setup_not_valid';
end $$;
comment on function private.set_up(text, text, text, text, text, text, text, text, text) is
  'An empty instance gets its convener, its council and its first administrator, all or nothing. Refusals: setup_not_open, region_not_known, account_not_valid, setup_not_valid.';

-- ---------------------------------------------------------------- who may call what

revoke execute on all functions in schema identity from public;
revoke execute on function
  private.copy_person(), private.session_memberships(uuid), private.token_hash(text), private.require_admin(uuid),
  private.require_another_admin(uuid, uuid), private.open_invitation(text), private.accept_invitation(text, uuid),
  private.open_account(text, text, text), private.accept_invitation_as_new(text, text, text),
  private.setup_open(text), private.set_up(text, text, text, text, text, text, text, text, text)
  from public;
grant execute on function
  identity.reserve_attempt(text, text), identity.release_attempt(text, text),
  private.session_memberships(uuid), private.open_invitation(text), private.accept_invitation(text, uuid),
  private.accept_invitation_as_new(text, text, text),
  private.setup_open(text), private.set_up(text, text, text, text, text, text, text, text, text)
  to xiezhi_identity;
grant execute on function
  public.invite_member(uuid, text, text[]), public.withdraw_invitation(uuid),
  public.change_member_roles(uuid, uuid, text[]), public.end_membership(uuid, uuid)
  to authenticated;
