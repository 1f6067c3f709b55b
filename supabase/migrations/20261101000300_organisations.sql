-- Who there is: organisations, people, members, councils with their seats; and for whom the caller acts.

create table public.organisations (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  name_zh text not null,
  name_en text not null,
  short_zh text not null,
  short_en text not null,
  region_code text not null references public.regions (code),
  is_demo boolean not null default false,
  created_at timestamptz not null default private.now(),
  constraint the_kind_is_known check (kind in ('government', 'platform', 'party', 'social', 'community', 'union')),
  constraint names_are_not_blank check (private.said(name_zh) is not null and private.said(name_en) is not null)
);
comment on table public.organisations is 'A party that shares figures. region_code is its jurisdiction: every region whose code begins with it.';
create index organisations_by_region on public.organisations (region_code);

create table public.people (
  id uuid primary key,
  name text not null,
  email text not null,
  created_at timestamptz not null default private.now()
);
comment on table public.people is 'A person who can sign in; kept in step with the identity provider. The address is shown to the person and to administrators of the same organisation only.';

create table public.members (
  person_id uuid not null references public.people (id),
  organisation_id uuid not null references public.organisations (id),
  roles text[] not null,
  created_at timestamptz not null default private.now(),
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
  created_at timestamptz not null default private.now(),
  constraint the_lock_is_days_or_none check (lock_after_days between 1 and 3660)
);
comment on table public.councils is 'A joint meeting (联席会议): the organisations that share figures and meet. The convener''s administrators are its secretariat.';
comment on column public.councils.lock_after_days is 'Days after its due date from which an accepted filing may be corrected by recorded exception only; null: at any time.';
create index councils_by_convener on public.councils (convener_id);
create index councils_by_region on public.councils (region_code);

create table public.council_seats (
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  standing text not null,
  since date not null default private.today(),
  until date,
  primary key (council_id, organisation_id),
  constraint the_standing_is_known check (standing in ('voting', 'observer'))
);
comment on table public.council_seats is 'An organisation''s seat in a council: voting or observer.';
create index council_seats_by_organisation on public.council_seats (organisation_id);

-- ---------------------------------------------------------------- for whom the caller acts

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
grant execute on function private.organisations_as(text) to authenticated;

create function private.acting_organisation() returns uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select private.organisations_as()
$$;
comment on function private.acting_organisation() is 'The organisation the caller acts for, or null.';
grant execute on function private.acting_organisation() to authenticated;

create function private.acting_kind() returns text
  language sql stable parallel safe security definer set search_path = '' as $$
  select o.kind from public.organisations o where o.id in (select private.organisations_as())
$$;
comment on function private.acting_kind() is 'The kind of the organisation the caller acts for, or null.';
grant execute on function private.acting_kind() to authenticated;

create function private.belonged_to(organisation uuid, person uuid default private.person_id()) returns boolean
  language sql stable parallel safe security definer set search_path = '' as $$
  select exists (
    select from public.members m
    where m.organisation_id = belonged_to.organisation and m.person_id = belonged_to.person
      and (m.ended_at is null or m.ended_at > private.now() - interval '12 months')
  )
$$;
comment on function private.belonged_to(uuid, uuid) is
  'Whether a person, the caller if none is named, is a member of an organisation or was one within 12 months, for whomever they act now: such a person decides nothing for it.';

create function private.councils_joined() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select s.council_id
  from public.council_seats s
  where s.organisation_id in (select private.organisations_as())
    and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
$$;
comment on function private.councils_joined() is 'Councils in which the acting organisation holds a seat today.';
grant execute on function private.councils_joined() to authenticated;

create function private.councils_convened() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select c.id from public.councils c where c.convener_id in (select private.organisations_as('admin'))
$$;
comment on function private.councils_convened() is 'Councils whose secretariat the caller is: administrators of the convener.';
grant execute on function private.councils_convened() to authenticated;

create function private.organisations_in_council() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select s.organisation_id from public.council_seats s where s.council_id in (select private.councils_joined())
$$;
comment on function private.organisations_in_council() is 'Organisations that hold or held a seat in a council of the acting organisation.';
grant execute on function private.organisations_in_council() to authenticated;

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
grant execute on function private.organisations_regulated() to authenticated;

create function private.organisations_reviewed() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select r.id
  from private.organisations_regulated() as r (id)
  where exists (select 1 from private.organisations_as('reviewer'))
$$;
comment on function private.organisations_reviewed() is 'Organisations whose submissions the caller may accept or return.';
grant execute on function private.organisations_reviewed() to authenticated;

create function private.answered_for() returns table (organisation_id uuid, council_id uuid)
  language sql stable parallel safe security definer set search_path = '' as $$
  select o.id, c.id
  from public.organisations o
  cross join public.councils c
  where o.id in (select private.organisations_as())
    or (o.id in (select private.organisations_regulated()) and c.id in (select private.councils_joined()))
$$;
comment on function private.answered_for() is
  'Whose filings the caller may read by name, by council: their own organisation''s in any, and in a council they sit in those of the organisations they regulate.';
grant execute on function private.answered_for() to authenticated;

-- ---------------------------------------------------------------- who may see what

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

-- ---------------------------------------------------------------- what a verb asks first

create function private.require_secretariat(council uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.councils_convened() as c (id) where c.id = council) then
    raise sqlstate 'PT403' using message = 'only_the_secretariat';
  end if;
end $$;
comment on function private.require_secretariat(uuid) is 'Refuses everybody but the secretariat of this council.';

create function private.require_seat(council uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.councils_joined() as c (id) where c.id = council) then
    raise sqlstate 'PT404' using message = 'council_not_found';
  end if;
end $$;
comment on function private.require_seat(uuid) is 'Refuses everybody whose organisation holds no seat in the council.';

create function private.require_admin(organisation uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.organisations_as('admin') as o (id) where o.id = organisation) then
    raise sqlstate 'PT403' using message = 'only_an_administrator';
  end if;
end $$;
comment on function private.require_admin(uuid) is 'Refuses everybody but the administrators of this organisation.';

create function private.subjects_organisation(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select o.id::text, null::uuid, o.id, o.name_zh, o.name_en, null::text, null::uuid
  from public.organisations o where o.id = any (private.uuids(ids))
$$;
comment on function private.subjects_organisation(text[]) is 'Organisations, as private.subjects gives them.';
grant execute on function private.subjects_organisation(text[]) to authenticated;

create function private.found_organisations() returns setof private.finding
  language sql stable set search_path = '' as $$
  select 'organisation', o.id::text, null::uuid, o.name_zh, o.name_en, o.short_zh, o.short_en,
         concat_ws(' ', o.name_zh, o.name_en, o.short_zh, o.short_en)
  from public.organisations o
$$;
comment on function private.found_organisations() is 'Organisations for the search box.';
grant execute on function private.found_organisations() to authenticated;
