-- How people become members of an organisation, and stop being.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  email text not null,
  roles text[] not null,
  token_hash text not null unique,
  invited_by uuid not null references public.people (id),
  created_at timestamptz not null default private.now(),
  expires_at timestamptz not null default private.now() + interval '24 hours',
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

-- ---------------------------------------------------------------- what administrators do

create function public.organisation_members(organisation uuid)
  returns table (person_id uuid, name text, email text, roles text[], created_at timestamptz, ended_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select m.person_id, p.name,
         case when organisation in (select private.organisations_as('admin')) or p.id = private.person_id() then p.email end,
         m.roles, m.created_at, m.ended_at
  from public.members m
  join public.people p on p.id = m.person_id
  where m.organisation_id = organisation
    and organisation in (select private.organisations_as())
  order by m.ended_at nulls first, p.name
$$;
comment on function public.organisation_members(uuid) is 'Members of the caller''s own organisation; addresses for its administrators only.';
grant execute on function public.organisation_members(uuid) to authenticated;

create function public.invite_member(organisation uuid, email text, roles text[]) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  wanted constant text := lower(private.said(email));
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
  update public.invitations i set withdrawn_at = private.now(), withdrawn_by = private.person_id()
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
grant execute on function public.invite_member(uuid, text, text[]) to authenticated;

create function public.withdraw_invitation(invitation uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
begin
  update public.invitations i set withdrawn_at = private.now(), withdrawn_by = private.person_id()
  where i.id = invitation and i.accepted_at is null and i.withdrawn_at is null
    and i.organisation_id in (select private.organisations_as('admin'))
  returning i.organisation_id into organisation;
  if not found then
    raise sqlstate 'PT409' using message = 'invitation_not_open';
  end if;
  perform private.record('withdraw_invitation', 'invitation', invitation::text, null, organisation);
end $$;
comment on function public.withdraw_invitation(uuid) is 'An administrator withdraws an open invitation. Refusals: invitation_not_open.';
grant execute on function public.withdraw_invitation(uuid) to authenticated;

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
grant execute on function public.change_member_roles(uuid, uuid, text[]) to authenticated;

create function public.end_membership(organisation uuid, person uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_admin(organisation);
  perform private.require_another_admin(organisation, person);
  update public.members m set ended_at = private.now()
  where m.organisation_id = organisation and m.person_id = person and m.ended_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'member_not_found';
  end if;
  perform private.record('end_membership', 'member', person::text, null, organisation);
end $$;
comment on function public.end_membership(uuid, uuid) is
  'An administrator ends a membership, from the next request on. Refusals: only_an_administrator, last_administrator, member_not_found.';
grant execute on function public.end_membership(uuid, uuid) to authenticated;

create function private.withdraw_their_invitations() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.invitations i set withdrawn_at = private.now(), withdrawn_by = private.person_id()
  where i.invited_by = new.person_id and i.accepted_at is null and i.withdrawn_at is null
    and not exists (
      select from public.members m
      where m.person_id = new.person_id and m.ended_at is null and 'admin' = any (m.roles)
        and (m.organisation_id = i.organisation_id or m.organisation_id in (
          select c.convener_id from public.councils c
          join public.council_seats s on s.council_id = c.id and s.organisation_id = i.organisation_id
        ))
    );
  return null;
end $$;
comment on function private.withdraw_their_invitations() is
  'Trigger: whoever no longer administers an organisation lets nobody in by a link of before, themselves under another address neither.';
create trigger invitations_end_with_their_administrator after update of roles, ended_at on public.members
  for each row when (
    old.ended_at is null and 'admin' = any (old.roles) and (new.ended_at is not null or not 'admin' = any (new.roles))
  ) execute function private.withdraw_their_invitations();

-- ---------------------------------------------------------------- what the invited person does

create function private.open_invitation(token text)
  returns table (email text, organisation_zh text, organisation_en text, roles text[], person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select i.email, o.name_zh, o.name_en, i.roles, u.id
  from public.invitations i
  join public.organisations o on o.id = i.organisation_id
  left join identity."user" u on u.email = i.email
  where i.token_hash = private.token_hash(token)
    and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > private.now()
$$;
comment on function private.open_invitation(text) is 'The invitation behind a link, if it is still open; person_id when the address has an account.';
grant execute on function private.open_invitation(text) to xiezhi_identity;

create function private.accept_invitation(token text, person uuid) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  taken public.invitations;
begin
  update public.invitations i set accepted_at = private.now(), accepted_by = person
  where i.token_hash = private.token_hash(token)
    and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > private.now()
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
grant execute on function private.accept_invitation(text, uuid) to xiezhi_identity;

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
grant execute on function private.accept_invitation_as_new(text, text, text) to xiezhi_identity;
