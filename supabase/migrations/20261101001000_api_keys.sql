-- Keys with which an organisation's own system uses the HTTP API. Each key acts as a member of its own, so that policies,
-- verbs and receipts need no second rule for programs.

create table public.api_keys (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  name text not null,
  prefix text not null,
  token_hash text not null unique,
  scopes text[] not null,
  person_id uuid not null unique references public.people (id),
  created_by uuid not null references public.people (id),
  created_at timestamptz not null default private.now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references public.people (id),
  constraint the_name_is_short_and_not_blank check (private.said(name) is not null and length(name) <= 60),
  constraint the_prefix_is_one check (prefix ~ '^xz_[A-Za-z0-9_-]{6}$'),
  constraint a_hash_has_64_digits check (token_hash ~ '^[0-9a-f]{64}$'),
  constraint the_scopes_are_known check (scopes <@ array['submissions:write', 'read'] and cardinality(scopes) > 0),
  constraint it_expires_after_it_was_made check (expires_at > created_at)
);
comment on table public.api_keys is
  'A key of an organisation''s own system. Shown once; only its SHA-256 is kept. person_id: the member it acts as, who has no account and cannot sign in. last_used_at: at most a minute behind.';
create index api_keys_by_organisation on public.api_keys (organisation_id, created_at desc);
create index api_keys_by_maker on public.api_keys (created_by);
create index api_keys_by_revoker on public.api_keys (revoked_by);

alter table public.api_keys enable row level security;
alter table public.api_keys force row level security;
create policy "administrators read the API keys of their organisation" on public.api_keys
  for select to authenticated
  using (organisation_id in (select private.organisations_as('admin')));
-- Without token_hash. No insert or update grant: a key changes only through its verbs.
grant select (id, organisation_id, name, prefix, scopes, person_id, created_by, created_at, expires_at, last_used_at, revoked_at, revoked_by)
  on public.api_keys to authenticated;

create function private.keep_key_membership() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select 1 from public.api_keys k where k.person_id = old.person_id) then
    return new;
  end if;
  if new.roles <> old.roles or (old.ended_at is not null and new.ended_at is null) then
    raise sqlstate 'PT409' using message = 'member_is_an_api_key';
  end if;
  if new.ended_at is not null then
    update public.api_keys k set revoked_at = new.ended_at, revoked_by = private.person_id()
    where k.person_id = old.person_id and k.revoked_at is null;
  end if;
  return new;
end $$;
comment on function private.keep_key_membership() is
  'Trigger: the roles of a key are what its scopes say, and a key whose membership ended is revoked for good.';
create trigger keys_keep_their_roles before update on public.members
  for each row execute function private.keep_key_membership();

create function public.create_api_key(
  organisation uuid, name text, scopes text[], token_hash text, prefix text, expires_at timestamptz default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  most constant integer := 20;
  person constant uuid := gen_random_uuid();
  made uuid;
begin
  perform private.require_admin(organisation);
  perform 1 from public.organisations o where o.id = organisation for update;
  if (select count(*) from public.api_keys k where k.organisation_id = organisation and k.revoked_at is null) >= most then
    raise sqlstate 'PT409' using message = 'too_many_api_keys';
  end if;
  insert into public.people (id, name, email)
  values (person, 'API · ' || private.said(create_api_key.name), 'api-' || person || '@key.invalid');
  insert into public.api_keys (organisation_id, name, prefix, token_hash, scopes, person_id, created_by, expires_at)
  values (organisation, private.said(create_api_key.name), create_api_key.prefix, create_api_key.token_hash, create_api_key.scopes,
          person, private.person_id(), create_api_key.expires_at)
  returning id into made;
  insert into public.members (person_id, organisation_id, roles)
  select person, organisation, array_agg(case scope when 'submissions:write' then 'reporter' else 'viewer' end order by scope)
  from (select distinct unnest(create_api_key.scopes) as scope) given;
  perform private.record('create_api_key', 'api_key', made::text, null, organisation, 'organisation',
    jsonb_build_object('scopes', create_api_key.scopes));
  return made;
exception
  when check_violation or not_null_violation or unique_violation then raise sqlstate 'PT422' using message = 'api_key_not_valid';
end $$;
comment on function public.create_api_key(uuid, text, text[], text, text, timestamptz) is
  'An administrator makes a key from the hash of its token, with the member it acts as: reporter for submissions:write, viewer for read. Refusals: only_an_administrator, too_many_api_keys, api_key_not_valid.';
grant execute on function public.create_api_key(uuid, text, text[], text, text, timestamptz) to authenticated;

create function public.revoke_api_key(api_key uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
begin
  -- Ending the membership revokes the key, by trigger.
  update public.members m set ended_at = private.now()
  from public.api_keys k
  where k.id = api_key and k.revoked_at is null and k.organisation_id in (select private.organisations_as('admin'))
    and m.person_id = k.person_id and m.organisation_id = k.organisation_id and m.ended_at is null
  returning m.organisation_id into organisation;
  if not found then
    raise sqlstate 'PT409' using message = 'api_key_not_live';
  end if;
  perform private.record('revoke_api_key', 'api_key', api_key::text, null, organisation);
end $$;
comment on function public.revoke_api_key(uuid) is
  'An administrator revokes a key of their organisation, from its next request on. Refusals: api_key_not_live.';
grant execute on function public.revoke_api_key(uuid) to authenticated;

create function private.api_key_acting(token_hash text)
  returns table (
    key_id uuid, scopes text[], person_id uuid, person_name text,
    organisation_id uuid, name_zh text, name_en text, kind text, region_code text, roles text[],
    council_id uuid, secretariat boolean, is_demo boolean
  )
  language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Locked rows are another request's, which notes the use as well.
  update public.api_keys k set last_used_at = private.now()
  where k.id in (
    select x.id from public.api_keys x
    where x.token_hash = api_key_acting.token_hash and x.revoked_at is null and (x.expires_at is null or x.expires_at > private.now())
      and (x.last_used_at is null or x.last_used_at < private.now() - interval '1 minute')
    for update skip locked
  );
  return query
  select k.id, k.scopes, k.person_id, p.name, s.organisation_id, s.name_zh, s.name_en, s.kind, s.region_code, s.roles,
         s.council_id, s.secretariat, s.is_demo
  from public.api_keys k
  join public.people p on p.id = k.person_id
  cross join lateral private.session_memberships(k.person_id) s
  where k.token_hash = api_key_acting.token_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > private.now())
    and s.organisation_id = k.organisation_id;
end $$;
comment on function private.api_key_acting(text) is
  'Who acts with a key that is neither revoked nor expired, and for which organisation; no row otherwise. Asked at every request.';
grant execute on function private.api_key_acting(text) to xiezhi_identity;
