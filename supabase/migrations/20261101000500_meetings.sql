-- The joint meeting: agenda, snapshot, resolutions, votes by organisation.

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
  created_at timestamptz not null default now(),
  unique (council_id, number),
  constraint the_status_is_known check (status in ('planned', 'open', 'closed'))
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
  proposed_by_organisation uuid not null references public.organisations (id),
  proposed_by uuid not null,
  proposed_at timestamptz not null default now(),
  status text not null default 'proposed',
  constraint the_status_is_known check (status in ('proposed', 'scheduled', 'declined', 'withdrawn')),
  constraint a_scheduled_item_has_its_meeting check (status <> 'scheduled' or meeting_id is not null)
);
comment on table public.agenda_items is 'What is put before a meeting, linked to an indicator. Any seat proposes; the secretariat schedules.';
create index agenda_items_by_meeting on public.agenda_items (meeting_id, position);
create index agenda_items_by_council on public.agenda_items (council_id, status);
create index agenda_items_by_indicator on public.agenda_items (indicator_code);
create index agenda_items_by_region on public.agenda_items (region_code);
create index agenda_items_by_organisation on public.agenda_items (proposed_by_organisation);

create table public.snapshots (
  meeting_id uuid primary key references public.meetings (id),
  taken_at timestamptz not null default clock_timestamp(),
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

create table public.resolutions (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  meeting_id uuid not null references public.meetings (id),
  agenda_item_id uuid not null references public.agenda_items (id),
  number text,
  text_zh text not null,
  text_en text not null,
  decision_rule text not null,
  effective_on date,
  status text not null default 'voting',
  proposed_by uuid not null,
  proposed_at timestamptz not null default now(),
  decided_at timestamptz,
  supersedes uuid references public.resolutions (id),
  constraint the_rule_is_known check (decision_rule in ('consensus', 'simple', 'two_thirds')),
  constraint the_status_is_known check (status in ('voting', 'adopted', 'rejected')),
  constraint a_decision_has_its_day check ((status = 'voting') = (decided_at is null))
);
comment on table public.resolutions is 'A decision of a meeting; the rule is stated before the voting. Adopted ones are numbered year–meeting–n.';
create unique index resolutions_by_number on public.resolutions (council_id, number) where number is not null;
create index resolutions_by_meeting on public.resolutions (meeting_id);
create index resolutions_by_agenda_item on public.resolutions (agenda_item_id);
create index resolutions_by_superseded on public.resolutions (supersedes);

create table public.votes (
  resolution_id uuid not null references public.resolutions (id),
  organisation_id uuid not null references public.organisations (id),
  choice text not null,
  reason text,
  cast_by uuid not null,
  cast_at timestamptz not null default now(),
  primary key (resolution_id, organisation_id),
  constraint the_choice_is_known check (choice in ('for', 'against', 'abstain', 'reserved')),
  constraint a_reservation_has_its_reason check (choice <> 'reserved' or char_length(btrim(coalesce(reason, ''))) >= 5)
);
comment on table public.votes is 'One vote per voting seat: for, against, abstain, or reserved with a written reason.';
create index votes_by_organisation on public.votes (organisation_id);

-- Both tables are new and empty here: there is nothing to lock or to scan.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.targets add constraint the_resolution_exists foreign key (resolution_id) references public.resolutions (id);
-- squawk-ignore require-concurrent-index-creation
create index targets_by_resolution on public.targets (resolution_id);

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

alter table public.resolutions enable row level security;
alter table public.resolutions force row level security;
create policy "seats read their council's resolutions" on public.resolutions
  for select to authenticated using (council_id in (select private.councils_joined()));
grant select on public.resolutions to authenticated;

alter table public.votes enable row level security;
alter table public.votes force row level security;
create policy "seats read the votes on their council's resolutions" on public.votes
  for select to authenticated using (resolution_id in (select r.id from public.resolutions r));
grant select on public.votes to authenticated;

-- ---------------------------------------------------------------- verbs

create function public.plan_meeting(
  council uuid, title_zh text, title_en text, scheduled_at timestamptz, place_zh text default '', place_en text default ''
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_secretariat(council);
  if btrim(coalesce(plan_meeting.title_zh, '')) = '' or btrim(coalesce(plan_meeting.title_en, '')) = '' or plan_meeting.scheduled_at is null then
    raise sqlstate 'PT422' using message = 'meeting_not_valid';
  end if;
  perform 1 from public.councils c where c.id = council for update;
  insert into public.meetings (council_id, number, title_zh, title_en, scheduled_at, place_zh, place_en, created_by)
  select council, coalesce(max(m.number), 0) + 1, btrim(plan_meeting.title_zh), btrim(plan_meeting.title_en), plan_meeting.scheduled_at,
         btrim(coalesce(plan_meeting.place_zh, '')), btrim(coalesce(plan_meeting.place_en, '')), private.person_id()
  from public.meetings m where m.council_id = council
  returning id into made;
  perform private.record('plan_meeting', 'meeting', made::text, council, null, 'council');
  return made;
end $$;
comment on function public.plan_meeting(uuid, text, text, timestamptz, text, text) is 'The secretariat plans a meeting. Refusals: only_the_secretariat, meeting_not_valid.';

create function public.propose_agenda_item(
  council uuid, title_zh text, title_en text, text_zh text default '', text_en text default '',
  indicator text default null, region text default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_seat(council);
  if not exists (select 1 from private.organisations_as('delegate')) and not exists (select 1 from private.organisations_as('admin')) then
    raise sqlstate 'PT403' using message = 'only_a_delegate';
  end if;
  if btrim(coalesce(propose_agenda_item.title_zh, '')) = '' or btrim(coalesce(propose_agenda_item.title_en, '')) = '' then
    raise sqlstate 'PT422' using message = 'agenda_item_not_valid';
  end if;
  insert into public.agenda_items (council_id, title_zh, title_en, text_zh, text_en, indicator_code, region_code, proposed_by_organisation, proposed_by)
  values (council, btrim(propose_agenda_item.title_zh), btrim(propose_agenda_item.title_en), coalesce(propose_agenda_item.text_zh, ''),
          coalesce(propose_agenda_item.text_en, ''), nullif(indicator, ''), nullif(region, ''), private.acting_organisation(), private.person_id())
  returning id into made;
  perform private.record('propose_agenda_item', 'agenda_item', made::text, council);
  return made;
exception
  when foreign_key_violation then raise sqlstate 'PT422' using message = 'agenda_item_not_valid';
end $$;
comment on function public.propose_agenda_item(uuid, text, text, text, text, text, text) is
  'A delegate of any seat proposes an agenda item, linked to an indicator and a region or not. Refusals: council_not_found, only_a_delegate, agenda_item_not_valid.';

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
  update public.meetings x set status = 'open', opened_at = now() where x.id = meeting;

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
    'council', m.council_id, 'meeting', m.id, 'number', m.number, 'taken_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
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

create function public.propose_resolution(
  agenda_item uuid, text_zh text, text_en text, decision_rule text, effective_on date default null, supersedes uuid default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  a public.agenda_items;
  made uuid;
begin
  select * into a from public.agenda_items x where x.id = agenda_item;
  perform private.require_secretariat(a.council_id);
  if not exists (select 1 from public.meetings m where m.id = a.meeting_id and m.status = 'open') then
    raise sqlstate 'PT409' using message = 'meeting_not_open';
  end if;
  if btrim(coalesce(propose_resolution.text_zh, '')) = '' or btrim(coalesce(propose_resolution.text_en, '')) = '' then
    raise sqlstate 'PT422' using message = 'resolution_not_valid';
  end if;
  insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, effective_on, proposed_by, supersedes)
  values (a.council_id, a.meeting_id, a.id, btrim(propose_resolution.text_zh), btrim(propose_resolution.text_en), propose_resolution.decision_rule,
          propose_resolution.effective_on, private.person_id(), propose_resolution.supersedes)
  returning id into made;
  perform private.record('propose_resolution', 'resolution', made::text, a.council_id, null, 'council');
  return made;
exception
  when check_violation or not_null_violation or foreign_key_violation then raise sqlstate 'PT422' using message = 'resolution_not_valid';
end $$;
comment on function public.propose_resolution(uuid, text, text, text, date, uuid) is
  'The secretariat puts a text to the vote in an open meeting, with its decision rule. Refusals: only_the_secretariat, meeting_not_open, resolution_not_valid.';

create function public.cast_vote(resolution uuid, choice text, reason text default null) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  r public.resolutions;
begin
  select * into r from public.resolutions x
  where x.id = resolution and x.council_id in (select private.councils_joined()) for share;
  if r.id is null then
    raise sqlstate 'PT404' using message = 'resolution_not_found';
  end if;
  if not exists (
    select 1 from public.council_seats s
    where s.council_id = r.council_id and s.organisation_id in (select private.organisations_as('delegate'))
      and s.standing = 'voting' and (s.until is null or s.until > private.today())
  ) then
    raise sqlstate 'PT403' using message = 'only_a_voting_delegate';
  end if;
  if r.status <> 'voting' then
    raise sqlstate 'PT409' using message = 'voting_is_over';
  end if;
  insert into public.votes (resolution_id, organisation_id, choice, reason, cast_by)
  values (r.id, private.acting_organisation(), cast_vote.choice, private.said(cast_vote.reason), private.person_id())
  on conflict (resolution_id, organisation_id)
  do update set choice = excluded.choice, reason = excluded.reason, cast_by = excluded.cast_by, cast_at = now();
  perform private.record('cast_vote', 'resolution', r.id::text, r.council_id, null, 'council');
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'vote_needs_a_reason';
end $$;
comment on function public.cast_vote(uuid, text, text) is
  'A delegate of a voting seat votes, or changes the vote while the voting lasts; the last one counts and each is recorded. Refusals: resolution_not_found, only_a_voting_delegate, voting_is_over, vote_needs_a_reason.';

create function public.decide_resolution(resolution uuid) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  r public.resolutions;
  seats integer;
  cast_votes integer;
  in_favour integer;
  opposed integer;
  held_back integer;
  outcome text;
begin
  select * into r from public.resolutions x where x.id = resolution for update;
  perform private.require_secretariat(r.council_id);
  if r.status <> 'voting' then
    raise sqlstate 'PT409' using message = 'voting_is_over';
  end if;
  select count(*) into seats from public.council_seats s
  where s.council_id = r.council_id and s.standing = 'voting' and s.since <= private.today() and (s.until is null or s.until > private.today());
  select count(*), count(*) filter (where v.choice = 'for'), count(*) filter (where v.choice = 'against'), count(*) filter (where v.choice = 'reserved')
  into cast_votes, in_favour, opposed, held_back
  from public.votes v
  join public.council_seats s on s.council_id = r.council_id and s.organisation_id = v.organisation_id and s.standing = 'voting'
    and (s.until is null or s.until > private.today())
  where v.resolution_id = r.id;
  if cast_votes * 2 <= seats then
    raise sqlstate 'PT409' using message = 'no_quorum';
  end if;
  outcome := case
    when r.decision_rule = 'consensus' and opposed = 0 and held_back = 0 and in_favour > 0 then 'adopted'
    when r.decision_rule = 'simple' and in_favour > opposed + held_back then 'adopted'
    when r.decision_rule = 'two_thirds' and in_favour * 3 >= (in_favour + opposed + held_back) * 2 and in_favour > 0 then 'adopted'
    else 'rejected' end;
  update public.resolutions x
  set status = outcome, decided_at = now(),
      number = case when outcome = 'adopted' then (
        select to_char(now() at time zone 'Asia/Shanghai', 'YYYY') || '-' || m.number || '-' ||
          (select count(*) + 1 from public.resolutions y where y.meeting_id = r.meeting_id and y.number is not null)
        from public.meetings m where m.id = r.meeting_id
      ) end
  where x.id = r.id;
  perform private.record('decide_resolution', 'resolution', r.id::text, r.council_id, null, 'council', jsonb_build_object('outcome', outcome));
  return outcome;
end $$;
comment on function public.decide_resolution(uuid) is
  'The secretariat ends the voting: adopted or rejected by the stated rule, with more than half of the voting seats voting (votes of seats that ended meanwhile do not count; abstentions count for the quorum only; a reservation counts as not in favour). Refusals: only_the_secretariat, voting_is_over, no_quorum.';

create function public.close_meeting(meeting uuid, minutes_zh text, minutes_en text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  m public.meetings;
begin
  select * into m from public.meetings x where x.id = meeting for update;
  perform private.require_secretariat(m.council_id);
  if m.status <> 'open' then
    raise sqlstate 'PT409' using message = 'meeting_not_open';
  end if;
  if exists (select 1 from public.resolutions r where r.meeting_id = meeting and r.status = 'voting') then
    raise sqlstate 'PT409' using message = 'voting_still_open';
  end if;
  update public.meetings x
  set status = 'closed', closed_at = now(), minutes_zh = coalesce(close_meeting.minutes_zh, ''), minutes_en = coalesce(close_meeting.minutes_en, '')
  where x.id = meeting;
  perform private.record('close_meeting', 'meeting', meeting::text, m.council_id, null, 'council');
end $$;
comment on function public.close_meeting(uuid, text, text) is 'The secretariat closes an open meeting with its minutes. Refusals: only_the_secretariat, meeting_not_open, voting_still_open.';

grant execute on function
  public.plan_meeting(uuid, text, text, timestamptz, text, text),
  public.propose_agenda_item(uuid, text, text, text, text, text, text),
  public.schedule_agenda_item(uuid, uuid),
  public.decline_agenda_item(uuid),
  public.open_meeting(uuid),
  public.propose_resolution(uuid, text, text, text, date, uuid),
  public.cast_vote(uuid, text, text),
  public.decide_resolution(uuid),
  public.close_meeting(uuid, text, text)
  to authenticated;
