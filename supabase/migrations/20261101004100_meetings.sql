-- The joint meeting: its agenda, and the snapshot of figures it decides on.

create table public.meetings (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  number integer not null,
  title_zh text not null,
  title_en text not null,
  place_zh text not null default '',
  place_en text not null default '',
  scheduled_at timestamptz not null,
  status text not null default 'planned',
  opened_at timestamptz,
  closed_at timestamptz,
  minutes_zh text not null default '',
  minutes_en text not null default '',
  created_by uuid not null,
  created_at timestamptz not null default private.now(),
  unique (council_id, number),
  constraint the_status_is_known check (status in ('planned', 'open', 'closed')),
  -- A year before the first or after the last that a page can write would close the page to everybody.
  constraint it_meets_in_this_century check (private.day_of(scheduled_at) between '2000-01-01' and '2099-12-31')
);
comment on table public.meetings is 'A session of the council. planned → open (which freezes the snapshot) → closed.';

create table public.agenda_items (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  meeting_id uuid references public.meetings (id),
  position smallint,
  title_zh text not null,
  title_en text not null,
  text_zh text not null default '',
  text_en text not null default '',
  indicator_code text references public.indicators (code),
  region_code text references public.regions (code),
  about_type text,
  about_id text,
  proposed_by_organisation uuid not null references public.organisations (id),
  proposed_by uuid not null,
  proposed_at timestamptz not null default private.now(),
  status text not null default 'proposed',
  constraint the_status_is_known check (status in ('proposed', 'scheduled', 'declined', 'withdrawn')),
  constraint what_it_is_about_is_a_row check ((about_type is null) = (about_id is null)),
  constraint a_scheduled_item_has_its_meeting check (status <> 'scheduled' or meeting_id is not null)
);
comment on table public.agenda_items is 'What is put before a meeting: linked to the indicator whose figures are frozen, and about any row (about_type, about_id). Any seat proposes; the secretariat schedules.';
create index agenda_items_by_meeting on public.agenda_items (meeting_id, position);
create index agenda_items_by_council on public.agenda_items (council_id, status);
create index agenda_items_by_indicator on public.agenda_items (indicator_code);
create index agenda_items_by_subject on public.agenda_items (about_type, about_id);
create index agenda_items_by_region on public.agenda_items (region_code);
create index agenda_items_by_organisation on public.agenda_items (proposed_by_organisation);

create table public.snapshots (
  meeting_id uuid primary key references public.meetings (id),
  taken_at timestamptz not null default private.moment(),
  content jsonb not null,
  canonical text not null,
  sha256 text not null,
  constraint the_hash_is_of_the_canonical_text check (sha256 = encode(sha256(convert_to(canonical, 'UTF8')), 'hex'))
);
comment on table public.snapshots is
  'The figures a meeting decides on, frozen when it opens: canonical is the exact text whose hash is sha256. Protected as for every reader but the regulator, so that every seat reads the same.';
create trigger snapshots_are_kept before update or delete on public.snapshots
  for each row execute function private.refuse_change();
create trigger snapshots_are_not_emptied before truncate on public.snapshots
  for each statement execute function private.refuse_change();

-- ---------------------------------------------------------------- who may see what

alter table public.meetings enable row level security;
alter table public.meetings force row level security;
create policy "seats read their council's meetings" on public.meetings
  for select to authenticated using (council_id in (select private.councils_joined()));
grant select on public.meetings to authenticated;

alter table public.agenda_items enable row level security;
alter table public.agenda_items force row level security;
create policy "seats read scheduled items, proposers and secretariat proposals" on public.agenda_items
  for select to authenticated
  using (
    council_id in (select private.councils_joined())
    and (
      status = 'scheduled'
      or proposed_by_organisation in (select private.organisations_as())
      or council_id in (select private.councils_convened())
    )
  );
grant select on public.agenda_items to authenticated;

alter table public.snapshots enable row level security;
alter table public.snapshots force row level security;
create policy "seats read the snapshots of their meetings" on public.snapshots
  for select to authenticated using (meeting_id in (select m.id from public.meetings m));
grant select on public.snapshots to authenticated;

-- ---------------------------------------------------------------- before a meeting

create function public.plan_meeting(
  council uuid, title_zh text, title_en text, scheduled_at timestamptz, place_zh text default '', place_en text default ''
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_secretariat(council);
  if private.said(plan_meeting.title_zh) is null or private.said(plan_meeting.title_en) is null or plan_meeting.scheduled_at is null then
    raise sqlstate 'PT422' using message = 'meeting_not_valid';
  end if;
  perform 1 from public.councils c where c.id = council for update;
  insert into public.meetings (council_id, number, title_zh, title_en, scheduled_at, place_zh, place_en, created_by)
  select council, coalesce(max(m.number), 0) + 1, private.said(plan_meeting.title_zh), private.said(plan_meeting.title_en), plan_meeting.scheduled_at,
         coalesce(private.said(plan_meeting.place_zh), ''), coalesce(private.said(plan_meeting.place_en), ''), private.person_id()
  from public.meetings m where m.council_id = council
  returning id into made;
  perform private.record('plan_meeting', 'meeting', made::text, council, null, 'council');
  return made;
exception
  when check_violation then raise sqlstate 'PT422' using message = 'meeting_not_valid';
end $$;
comment on function public.plan_meeting(uuid, text, text, timestamptz, text, text) is 'The secretariat plans a meeting. Refusals: only_the_secretariat, meeting_not_valid.';
grant execute on function public.plan_meeting(uuid, text, text, timestamptz, text, text) to authenticated;

create function public.propose_agenda_item(
  council uuid, title_zh text, title_en text, text_zh text default '', text_en text default '',
  indicator text default null, region text default null, about_type text default null, about_id text default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_seat(council);
  if not exists (select 1 from private.organisations_as('delegate')) and not exists (select 1 from private.organisations_as('admin')) then
    raise sqlstate 'PT403' using message = 'only_a_delegate';
  end if;
  if private.said(propose_agenda_item.title_zh) is null or private.said(propose_agenda_item.title_en) is null then
    raise sqlstate 'PT422' using message = 'agenda_item_not_valid';
  end if;
  perform private.require_subject(about_type, about_id, council);
  insert into public.agenda_items
    (council_id, title_zh, title_en, text_zh, text_en, indicator_code, region_code, about_type, about_id, proposed_by_organisation, proposed_by)
  values (council, private.said(propose_agenda_item.title_zh), private.said(propose_agenda_item.title_en), coalesce(propose_agenda_item.text_zh, ''),
          coalesce(propose_agenda_item.text_en, ''), nullif(indicator, ''), nullif(region, ''), propose_agenda_item.about_type, propose_agenda_item.about_id, private.acting_organisation(), private.person_id())
  returning id into made;
  perform private.record('propose_agenda_item', 'agenda_item', made::text, council);
  return made;
exception
  when foreign_key_violation then raise sqlstate 'PT422' using message = 'agenda_item_not_valid';
end $$;
comment on function public.propose_agenda_item(uuid, text, text, text, text, text, text, text, text) is
  'A delegate of any seat proposes an agenda item, linked to an indicator, a region and any row or not. Refusals: council_not_found, only_a_delegate, agenda_item_not_valid, subject_not_found.';
grant execute on function public.propose_agenda_item(uuid, text, text, text, text, text, text, text, text) to authenticated;

create function public.schedule_agenda_item(agenda_item uuid, meeting uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  council uuid := (select a.council_id from public.agenda_items a where a.id = agenda_item);
begin
  perform private.require_secretariat(council);
  perform 1 from public.meetings m where m.id = meeting and m.council_id = council and m.status = 'planned' for update;
  if not found then
    raise sqlstate 'PT409' using message = 'meeting_not_planned';
  end if;
  update public.agenda_items a
  set status = 'scheduled', meeting_id = meeting,
      position = (select coalesce(max(x.position), 0) + 1 from public.agenda_items x where x.meeting_id = meeting)
  where a.id = agenda_item and a.status = 'proposed';
  if not found then
    raise sqlstate 'PT409' using message = 'agenda_item_not_open';
  end if;
  perform private.record('schedule_agenda_item', 'agenda_item', agenda_item::text, council, null, 'council');
end $$;
comment on function public.schedule_agenda_item(uuid, uuid) is 'The secretariat puts a proposed item on a planned meeting''s agenda. Refusals: only_the_secretariat, meeting_not_planned, agenda_item_not_open.';
grant execute on function public.schedule_agenda_item(uuid, uuid) to authenticated;

create function public.decline_agenda_item(agenda_item uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  a public.agenda_items;
begin
  select * into a from public.agenda_items x where x.id = agenda_item;
  perform private.require_secretariat(a.council_id);
  update public.agenda_items x set status = 'declined' where x.id = agenda_item and x.status = 'proposed';
  if not found then
    raise sqlstate 'PT409' using message = 'agenda_item_not_open';
  end if;
  perform private.record('decline_agenda_item', 'agenda_item', agenda_item::text, a.council_id, a.proposed_by_organisation);
end $$;
comment on function public.decline_agenda_item(uuid) is 'The secretariat declines a proposal; its proposer sees it. Refusals: only_the_secretariat, agenda_item_not_open.';
grant execute on function public.decline_agenda_item(uuid) to authenticated;

-- ---------------------------------------------------------------- its opening

create function public.open_meeting(meeting uuid) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  m public.meetings;
  frozen jsonb;
  hash text;
begin
  select * into m from public.meetings x where x.id = meeting for update;
  perform private.require_secretariat(m.council_id);
  if m.status <> 'planned' then
    raise sqlstate 'PT409' using message = 'meeting_not_planned';
  end if;
  if not exists (select 1 from public.agenda_items a where a.meeting_id = meeting and a.status = 'scheduled') then
    raise sqlstate 'PT409' using message = 'meeting_has_no_agenda';
  end if;
  update public.meetings x set status = 'open', opened_at = private.now() where x.id = meeting;

  with chosen as (
    select array_agg(distinct a.indicator_code) as codes from public.agenda_items a
    where a.meeting_id = meeting and a.status = 'scheduled' and a.indicator_code is not null
  ),
  figures as (
    select x.*, f.expected
    from chosen
    cross join lateral private.disclosed(m.council_id, chosen.codes, (private.today() - interval '25 months')::date, private.today(), true, false) x
    left join (
      select c.code, e.period, e.expected
      from chosen, unnest(chosen.codes) as c (code)
      cross join lateral private.expected_filings(m.council_id, c.code) e
    ) f on f.code = x.indicator_code and f.period = x.period
    where x.region_code = (select c.region_code from public.councils c where c.id = m.council_id)
      or x.region_code in (select a.region_code from public.agenda_items a where a.meeting_id = meeting)
      or x.starts_on = (select max(t.starts_on) from public.totals t where t.council_id = m.council_id)
  )
  select jsonb_build_object(
    'council', m.council_id, 'meeting', m.id, 'number', m.number, 'taken_at', to_char(private.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'figures', coalesce((
      select jsonb_agg(jsonb_build_object(
        'indicator', g.indicator_code, 'definition_version', g.version, 'region', g.region_code, 'period', g.period,
        'numerator', g.numerator, 'denominator', g.denominator, 'value', g.value, 'hidden', g.hidden,
        'contributors', g.contributors, 'expected', g.expected
      ) order by g.indicator_code, g.region_code, g.starts_on)
      from figures g
    ), '[]'),
    'targets', coalesce((
      select jsonb_agg(jsonb_build_object('indicator', t.indicator_code, 'region', t.region_code, 'period', t.period, 'kind', t.kind,
        'value', t.value, 'upper_value', t.upper_value) order by t.indicator_code, t.region_code, t.period)
      from public.targets t, chosen
      where t.council_id = m.council_id and t.organisation_id is null and t.superseded_at is null and t.indicator_code = any (chosen.codes)
    ), '[]')
  ) into frozen;
  hash := encode(sha256(convert_to(frozen::text, 'UTF8')), 'hex');
  insert into public.snapshots (meeting_id, content, canonical, sha256) values (meeting, frozen, frozen::text, hash);
  perform private.record('open_meeting', 'meeting', meeting::text, m.council_id, null, 'council', jsonb_build_object('sha256', hash));
  return hash;
end $$;
comment on function public.open_meeting(uuid) is
  'The secretariat opens a planned meeting; the figures of its agenda are frozen in the same transaction. Returns the snapshot''s SHA-256 (hex). Refusals: only_the_secretariat, meeting_not_planned, meeting_has_no_agenda.';
grant execute on function public.open_meeting(uuid) to authenticated;

create function private.subjects_meeting(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select m.id::text, m.council_id, null::uuid, m.title_zh, m.title_en, null::text, null::uuid from public.meetings m where m.id = any (private.uuids(ids))
$$;
comment on function private.subjects_meeting(text[]) is 'Meetings, as private.subjects gives them.';
grant execute on function private.subjects_meeting(text[]) to authenticated;

create function private.subjects_agenda_item(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select a.id::text, a.council_id, a.proposed_by_organisation, a.title_zh, a.title_en, null::text, a.meeting_id
  from public.agenda_items a where a.id = any (private.uuids(ids))
$$;
comment on function private.subjects_agenda_item(text[]) is 'Agenda items, on the page of their meeting, as private.subjects gives them.';
grant execute on function private.subjects_agenda_item(text[]) to authenticated;
