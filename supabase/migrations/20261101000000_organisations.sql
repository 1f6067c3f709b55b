-- Who there is: regions, organisations, people, members, councils, seats; and the record of what was done.
-- Later migrations follow the same order: types, tables, row-level security, policies, grants, functions, views.

create schema if not exists private;
comment on schema private is 'Helpers of policies and verbs. Never exposed by the API.';

-- Supabase grants everything on new objects by default; here nothing is open unless a line says so.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
alter default privileges revoke execute on functions from public;
grant usage on schema public to anon, authenticated;
grant usage on schema private to anon, authenticated;

-- ---------------------------------------------------------------- regions

create table public.regions (
  code text primary key,
  level text not null,
  name_zh text not null,
  name_en text,
  short_zh text,
  parent_code text,
  valid_from date,
  valid_to date,
  replaced_by text,
  in_gb2260 boolean not null default true,
  source text,
  constraint a_code_has_2_4_6_or_9_digits check (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$'),
  constraint the_level_is_known check (level in ('province', 'prefecture', 'county', 'street'))
);
comment on table public.regions is
  'Administrative divisions by GB/T 2260 code; a code''s prefix is its superior. A withdrawn code keeps its row with valid_to and replaced_by.';
create index regions_by_parent on public.regions (parent_code);
create index regions_by_name on public.regions (name_zh);

-- ---------------------------------------------------------------- organisations, people, members

create table public.organisations (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  name_zh text not null,
  name_en text not null,
  short_zh text not null,
  short_en text not null,
  region_code text not null references public.regions (code),
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  constraint the_kind_is_known check (kind in ('government', 'platform', 'party', 'social', 'community', 'union')),
  constraint names_are_not_blank check (btrim(name_zh) <> '' and btrim(name_en) <> '')
);
comment on table public.organisations is 'A party that shares figures. region_code is its jurisdiction: every region whose code begins with it.';
create index organisations_by_region on public.organisations (region_code);

create table public.people (
  id uuid primary key,
  name text not null,
  email text not null,
  created_at timestamptz not null default now()
);
comment on table public.people is 'A person who can sign in; kept in step with the identity provider. The address is shown to the person and to administrators of the same organisation only.';

create table public.members (
  person_id uuid not null references public.people (id),
  organisation_id uuid not null references public.organisations (id),
  roles text[] not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (person_id, organisation_id),
  constraint the_roles_are_known check (
    roles <@ array['admin', 'reporter', 'reviewer', 'delegate', 'viewer', 'auditor'] and cardinality(roles) > 0
  ),
  constraint an_auditor_changes_nothing check (not ('auditor' = any (roles)) or cardinality(roles) = 1)
);
comment on table public.members is 'A person''s seat in an organisation. An ended membership opens nothing from the next statement on.';
create index members_by_organisation on public.members (organisation_id);

-- ---------------------------------------------------------------- councils and seats

create table public.councils (
  id uuid primary key default gen_random_uuid(),
  name_zh text not null,
  name_en text not null,
  region_code text not null references public.regions (code),
  convener_id uuid not null references public.organisations (id),
  lock_after_days smallint default 90,
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  constraint the_lock_is_days_or_none check (lock_after_days between 1 and 3660)
);
comment on column public.councils.lock_after_days is 'Days after its due date from which an accepted filing may be corrected by recorded exception only; null: at any time.';
comment on table public.councils is 'A joint meeting (联席会议): the organisations that share figures and meet. The convener''s administrators are its secretariat.';
create index councils_by_convener on public.councils (convener_id);
create index councils_by_region on public.councils (region_code);

create table public.council_seats (
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  standing text not null,
  since date not null default current_date,
  until date,
  primary key (council_id, organisation_id),
  constraint the_standing_is_known check (standing in ('voting', 'observer'))
);
comment on table public.council_seats is 'An organisation''s seat in a council: voting or observer.';
create index council_seats_by_organisation on public.council_seats (organisation_id);

-- ---------------------------------------------------------------- audit

create table public.audit_events (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default clock_timestamp(),
  council_id uuid references public.councils (id),
  organisation_id uuid references public.organisations (id),
  subject_organisation_id uuid references public.organisations (id),
  person_id uuid,
  audience text not null default 'organisation',
  verb text not null,
  subject_type text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  constraint the_audience_is_known check (audience in ('organisation', 'council'))
);
comment on table public.audit_events is
  'What was done, by which organisation, to what. Never holds a figure. audience council: every seat may read it; organisation: the acting and the concerned organisation only.';
create index audit_events_by_council on public.audit_events (council_id, at desc);
create index audit_events_by_organisation on public.audit_events (organisation_id, at desc);
create index audit_events_by_subject_organisation on public.audit_events (subject_organisation_id, at desc);

create function private.refuse_change() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise sqlstate 'PT409' using message = 'record_is_kept';
end $$;
comment on function private.refuse_change() is 'Trigger: rows of this table are added and never changed.';

create trigger audit_events_are_kept before update or delete on public.audit_events
  for each row execute function private.refuse_change();
create trigger audit_events_are_not_emptied before truncate on public.audit_events
  for each statement execute function private.refuse_change();

-- ---------------------------------------------------------------- who is asking

create function private.claim(name text) returns text
  language sql stable parallel safe set search_path = '' as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> name
$$;
comment on function private.claim(text) is 'One claim of the caller''s token, or null.';

create function private.person_id() returns uuid
  language sql stable parallel safe set search_path = '' as $$
  select nullif(private.claim('sub'), '')::uuid
$$;
comment on function private.person_id() is 'The person who asks, by the token; null for nobody.';

create function private.organisations_as(wanted text default null) returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select m.organisation_id
  from public.members m
  where m.person_id = private.person_id()
    and m.organisation_id = nullif(private.claim('org'), '')::uuid
    and m.ended_at is null
    and (wanted is null or wanted = any (m.roles))
$$;
comment on function private.organisations_as(text) is
  'The organisation the caller acts for, if the membership still stands and holds the wanted role (any role when null). At most one row.';

create function private.acting_organisation() returns uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select private.organisations_as()
$$;
comment on function private.acting_organisation() is 'The organisation the caller acts for, or null.';

create function private.acting_kind() returns text
  language sql stable parallel safe security definer set search_path = '' as $$
  select o.kind from public.organisations o where o.id in (select private.organisations_as())
$$;
comment on function private.acting_kind() is 'The kind of the organisation the caller acts for, or null.';

create function private.councils_joined() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select s.council_id
  from public.council_seats s
  where s.organisation_id in (select private.organisations_as())
    and s.since <= current_date and (s.until is null or s.until > current_date)
$$;
comment on function private.councils_joined() is 'Councils in which the acting organisation holds a seat today.';

create function private.councils_convened() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select c.id from public.councils c where c.convener_id in (select private.organisations_as('admin'))
$$;
comment on function private.councils_convened() is 'Councils whose secretariat the caller is: administrators of the convener.';

create function private.organisations_in_council() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select s.organisation_id from public.council_seats s where s.council_id in (select private.councils_joined())
$$;
comment on function private.organisations_in_council() is 'Organisations that hold or held a seat in a council of the acting organisation.';

create function private.organisations_regulated() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select o.id
  from public.organisations me
  join public.council_seats s on s.council_id in (select private.councils_joined())
  join public.organisations o on o.id = s.organisation_id
  where me.id in (select private.organisations_as())
    and me.kind = 'government'
    and o.kind <> 'government'
    and o.region_code like me.region_code || '%'
$$;
comment on function private.organisations_regulated() is
  'Organisations whose figures the acting government body may see by name: those of its councils inside its jurisdiction.';

create function private.organisations_reviewed() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select r.id
  from private.organisations_regulated() as r (id)
  where exists (select 1 from private.organisations_as('reviewer'))
$$;
comment on function private.organisations_reviewed() is 'Organisations whose submissions the caller may accept or return.';

create function private.unwrap(value jsonb) returns jsonb
  language sql immutable parallel safe set search_path = '' as $$
  select case when jsonb_typeof(value) = 'string' then (value #>> '{}')::jsonb else value end
$$;
comment on function private.unwrap(jsonb) is 'The embedded API hands jsonb arguments over as JSON strings; PostgREST does not. Both come out alike.';

create function private.said(words text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select nullif(btrim(words, E' \t\n\r\u00a0\u3000'), '')
$$;
comment on function private.said(text) is 'What somebody wrote, without the space around it; null when that is all.';

create function private.record(
  verb text, subject_type text, subject_id text,
  council uuid default null, subject_organisation uuid default null,
  audience text default 'organisation', details jsonb default '{}'
) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into public.audit_events (council_id, organisation_id, subject_organisation_id, person_id, audience, verb, subject_type, subject_id, details)
  values (council, private.acting_organisation(), subject_organisation, private.person_id(), audience, verb, subject_type, subject_id, details)
$$;
comment on function private.record(text, text, text, uuid, uuid, text, jsonb) is 'Writes one audit event in the transaction of the act itself.';

create function private.require_secretariat(council uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.councils_convened() as c (id) where c.id = council) then
    raise sqlstate 'PT403' using message = 'only_the_secretariat';
  end if;
end $$;
comment on function private.require_secretariat(uuid) is 'Refuses everybody but the secretariat of this council.';

revoke execute on all functions in schema private from public;
grant execute on function
  private.claim(text), private.person_id(), private.organisations_as(text), private.acting_organisation(),
  private.acting_kind(), private.councils_joined(), private.councils_convened(), private.organisations_in_council(),
  private.organisations_regulated(), private.organisations_reviewed(), private.unwrap(jsonb)
  to authenticated;
grant execute on function private.claim(text), private.person_id() to anon;

-- ---------------------------------------------------------------- who may see what

alter table public.regions enable row level security;
alter table public.regions force row level security;
create policy "everybody reads the administrative divisions" on public.regions
  for select to anon, authenticated using (true);
grant select on public.regions to anon, authenticated;

alter table public.organisations enable row level security;
alter table public.organisations force row level security;
create policy "members read their organisation and those of their councils" on public.organisations
  for select to authenticated
  using (
    id in (select private.organisations_as())
    or id in (select private.organisations_in_council())
  );
grant select on public.organisations to authenticated;

alter table public.people enable row level security;
alter table public.people force row level security;
create policy "people read themselves and those of their organisation" on public.people
  for select to authenticated
  using (
    id = (select private.person_id())
    or id in (select m.person_id from public.members m where m.organisation_id in (select private.organisations_as()))
  );
grant select (id, name, created_at) on public.people to authenticated;

alter table public.members enable row level security;
alter table public.members force row level security;
create policy "people read memberships of their own and of their organisation" on public.members
  for select to authenticated
  using (
    person_id = (select private.person_id())
    or organisation_id in (select private.organisations_as())
  );
grant select on public.members to authenticated;

alter table public.councils enable row level security;
alter table public.councils force row level security;
create policy "members read the councils they sit in" on public.councils
  for select to authenticated using (id in (select private.councils_joined()));
grant select on public.councils to authenticated;

alter table public.council_seats enable row level security;
alter table public.council_seats force row level security;
create policy "members read the seats of their councils" on public.council_seats
  for select to authenticated using (council_id in (select private.councils_joined()));
grant select on public.council_seats to authenticated;

alter table public.audit_events enable row level security;
alter table public.audit_events force row level security;
create policy "organisations read what they did and what concerned them or all" on public.audit_events
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or subject_organisation_id in (select private.organisations_as())
    or (audience = 'council' and council_id in (select private.councils_joined()))
    or council_id in (
      select c.id from public.councils c where c.convener_id in (select private.organisations_as('auditor'))
    )
  );
grant select on public.audit_events to authenticated;

-- ---------------------------------------------------------------- verbs

create function public.register_organisation(
  council uuid, kind text, name_zh text, name_en text, short_zh text, short_en text, region_code text, standing text
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_secretariat(council);
  if not exists (
    select 1 from public.regions r
    join public.councils c on c.id = council and r.code like c.region_code || '%'
    where r.code = register_organisation.region_code and r.valid_to is null
  ) then
    raise sqlstate 'PT422' using message = 'region_not_in_council';
  end if;
  insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code, is_demo)
  select register_organisation.kind, register_organisation.name_zh, register_organisation.name_en,
         register_organisation.short_zh, register_organisation.short_en, register_organisation.region_code, c.is_demo
  from public.councils c where c.id = council
  returning id into made;
  insert into public.council_seats (council_id, organisation_id, standing) values (council, made, register_organisation.standing);
  perform private.record('register_organisation', 'organisation', made::text, council, made, 'council');
  return made;
exception
  when check_violation then raise sqlstate 'PT422' using message = 'organisation_not_valid';
end $$;
comment on function public.register_organisation(uuid, text, text, text, text, text, text, text) is
  'The secretariat registers an organisation and gives it a seat. Refusals: only_the_secretariat, region_not_in_council, organisation_not_valid.';

create function public.end_seat(council uuid, organisation uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_secretariat(council);
  update public.council_seats s set until = current_date
  where s.council_id = council and s.organisation_id = organisation and s.until is null
    and organisation <> (select c.convener_id from public.councils c where c.id = council);
  if not found then
    raise sqlstate 'PT409' using message = 'seat_not_open';
  end if;
  perform private.record('end_seat', 'organisation', organisation::text, council, organisation, 'council');
end $$;
comment on function public.end_seat(uuid, uuid) is 'The secretariat ends an organisation''s seat from today. The convener''s own seat stays. Refusals: only_the_secretariat, seat_not_open.';

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

grant execute on function
  public.register_organisation(uuid, text, text, text, text, text, text, text),
  public.end_seat(uuid, uuid),
  public.organisation_members(uuid)
  to authenticated;
