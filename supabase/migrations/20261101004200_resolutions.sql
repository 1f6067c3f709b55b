-- What a meeting decides: resolutions, and votes by organisation.

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
  proposed_at timestamptz not null default private.now(),
  decided_at timestamptz,
  supersedes uuid references public.resolutions (id),
  constraint the_rule_is_known check (decision_rule in ('consensus', 'simple', 'two_thirds')),
  constraint the_status_is_known check (status in ('voting', 'adopted', 'rejected')),
  constraint a_decision_has_its_day check ((status = 'voting') = (decided_at is null)),
  constraint it_takes_effect_in_this_century check (effective_on between '2000-01-01' and '2099-12-31')
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
  cast_at timestamptz not null default private.now(),
  primary key (resolution_id, organisation_id),
  constraint the_choice_is_known check (choice in ('for', 'against', 'abstain', 'reserved')),
  constraint a_reservation_has_its_reason check (choice <> 'reserved' or private.is_reason(reason))
);
comment on table public.votes is 'One vote per voting seat: for, against, abstain, or reserved with a written reason.';
create index votes_by_organisation on public.votes (organisation_id);

-- Both tables are new and empty here: there is nothing to lock or to scan.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.targets add constraint the_resolution_exists foreign key (resolution_id) references public.resolutions (id);
-- squawk-ignore require-concurrent-index-creation
create index targets_by_resolution on public.targets (resolution_id);

-- ---------------------------------------------------------------- who may see what

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
  if private.said(propose_resolution.text_zh) is null or private.said(propose_resolution.text_en) is null then
    raise sqlstate 'PT422' using message = 'resolution_not_valid';
  end if;
  insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, effective_on, proposed_by, supersedes)
  values (a.council_id, a.meeting_id, a.id, private.said(propose_resolution.text_zh), private.said(propose_resolution.text_en), propose_resolution.decision_rule,
          propose_resolution.effective_on, private.person_id(), propose_resolution.supersedes)
  returning id into made;
  perform private.record('propose_resolution', 'resolution', made::text, a.council_id, null, 'council');
  return made;
exception
  when check_violation or not_null_violation or foreign_key_violation then raise sqlstate 'PT422' using message = 'resolution_not_valid';
end $$;
comment on function public.propose_resolution(uuid, text, text, text, date, uuid) is
  'The secretariat puts a text to the vote in an open meeting, with its decision rule. Refusals: only_the_secretariat, meeting_not_open, resolution_not_valid.';
grant execute on function public.propose_resolution(uuid, text, text, text, date, uuid) to authenticated;

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
      and s.standing = 'voting' and (s.until is null or s.until > (select private.today()))
  ) then
    raise sqlstate 'PT403' using message = 'only_a_voting_delegate';
  end if;
  if r.status <> 'voting' then
    raise sqlstate 'PT409' using message = 'voting_is_over';
  end if;
  insert into public.votes (resolution_id, organisation_id, choice, reason, cast_by)
  values (r.id, private.acting_organisation(), cast_vote.choice, private.said(cast_vote.reason), private.person_id())
  on conflict (resolution_id, organisation_id)
  do update set choice = excluded.choice, reason = excluded.reason, cast_by = excluded.cast_by, cast_at = private.now();
  perform private.record('cast_vote', 'resolution', r.id::text, r.council_id, null, 'council');
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'vote_needs_a_reason';
end $$;
comment on function public.cast_vote(uuid, text, text) is
  'A delegate of a voting seat votes, or changes the vote while the voting lasts; the last one counts and each is recorded. Refusals: resolution_not_found, only_a_voting_delegate, voting_is_over, vote_needs_a_reason.';
grant execute on function public.cast_vote(uuid, text, text) to authenticated;

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
  where s.council_id = r.council_id and s.standing = 'voting' and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()));
  select count(*), count(*) filter (where v.choice = 'for'), count(*) filter (where v.choice = 'against'), count(*) filter (where v.choice = 'reserved')
  into cast_votes, in_favour, opposed, held_back
  from public.votes v
  join public.council_seats s on s.council_id = r.council_id and s.organisation_id = v.organisation_id and s.standing = 'voting'
    and (s.until is null or s.until > (select private.today()))
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
  set status = outcome, decided_at = private.now(),
      number = case when outcome = 'adopted' then (
        select to_char(private.today(), 'YYYY') || '-' || m.number || '-' ||
          (select count(*) + 1 from public.resolutions y where y.meeting_id = r.meeting_id and y.number is not null)
        from public.meetings m where m.id = r.meeting_id
      ) end
  where x.id = r.id;
  perform private.record('decide_resolution', 'resolution', r.id::text, r.council_id, null, 'council', jsonb_build_object('outcome', outcome));
  return outcome;
end $$;
comment on function public.decide_resolution(uuid) is
  'The secretariat ends the voting: adopted or rejected by the stated rule, with more than half of the voting seats voting (votes of seats that ended meanwhile do not count; abstentions count for the quorum only; a reservation counts as not in favour). Refusals: only_the_secretariat, voting_is_over, no_quorum.';
grant execute on function public.decide_resolution(uuid) to authenticated;

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
  set status = 'closed', closed_at = private.now(), minutes_zh = coalesce(close_meeting.minutes_zh, ''), minutes_en = coalesce(close_meeting.minutes_en, '')
  where x.id = meeting;
  perform private.record('close_meeting', 'meeting', meeting::text, m.council_id, null, 'council');
end $$;
comment on function public.close_meeting(uuid, text, text) is 'The secretariat closes an open meeting with its minutes. Refusals: only_the_secretariat, meeting_not_open, voting_still_open.';
grant execute on function public.close_meeting(uuid, text, text) to authenticated;

create function private.subjects_resolution(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select r.id::text, r.council_id, null::uuid, a.title_zh, a.title_en, null::text, r.meeting_id
  from public.resolutions r
  join public.agenda_items a on a.id = r.agenda_item_id
  where r.id = any (private.uuids(ids))
$$;
comment on function private.subjects_resolution(text[]) is 'Resolutions, by the title of their agenda item, on the page of their meeting, as private.subjects gives them.';
grant execute on function private.subjects_resolution(text[]) to authenticated;

create function private.found_meetings() returns setof private.finding
  language sql stable set search_path = '' as $$
  select 'meeting', m.id::text, m.id, m.title_zh, m.title_en, m.number::text, m.number::text, concat_ws(' ', m.title_zh, m.title_en)
  from public.meetings m
  union all
  select 'resolution', r.id::text, r.meeting_id, r.text_zh, r.text_en, coalesce(r.number, ''), coalesce(r.number, ''),
         concat_ws(' ', r.number, r.text_zh, r.text_en)
  from public.resolutions r
$$;
comment on function private.found_meetings() is 'Meetings and resolutions for the search box.';
grant execute on function private.found_meetings() to authenticated;

create function private.tasks_meetings() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'vote', r.meeting_id::text, a.title_zh, a.title_en, null, null, null, private.day_of(m.scheduled_at), r.status
  from public.resolutions r
  join public.agenda_items a on a.id = r.agenda_item_id
  join public.meetings m on m.id = r.meeting_id
  join public.council_seats s on s.council_id = r.council_id and s.standing = 'voting' and (s.until is null or s.until > (select private.today()))
    and s.organisation_id in (select private.organisations_as('delegate'))
  where r.status = 'voting' and not exists (select 1 from public.votes v where v.resolution_id = r.id and v.organisation_id = s.organisation_id)
  union all
  select 'schedule', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, null, a.status
  from public.agenda_items a
  join public.organisations g on g.id = a.proposed_by_organisation
  where a.status = 'proposed' and a.council_id in (select private.councils_convened())
$$;
comment on function private.tasks_meetings() is 'Votes to cast, by their meeting; and proposals to schedule.';

create function private.links_resolutions(council uuid, about_type text, about_id text) returns setof private.link
  language sql stable set search_path = '' as $$
  select 'resolution', r.id, r.meeting_id, r.number, a.title_zh, a.title_en, r.status,
         coalesce(r.effective_on, private.day_of(coalesce(r.decided_at, r.proposed_at))), null::text, null::text, null::smallint, a.region_code, null::numeric
  from public.agenda_items a
  join public.resolutions r on r.agenda_item_id = a.id
  where a.council_id = council and (
    (a.about_type = links_resolutions.about_type and a.about_id = links_resolutions.about_id)
    or (links_resolutions.about_type = 'indicator' and a.indicator_code = links_resolutions.about_id)
  )
$$;
comment on function private.links_resolutions(uuid, text, text) is 'Resolutions about a row, by their agenda item. Under the reader''s own rights.';
grant execute on function private.links_resolutions(uuid, text, text) to authenticated;
