-- What was agreed: action items, progress reports with evidence, acceptance by another party.

create table public.action_items (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  resolution_id uuid not null references public.resolutions (id),
  title_zh text not null,
  title_en text not null,
  definition_of_done_zh text not null,
  definition_of_done_en text not null,
  accountable_id uuid not null references public.organisations (id),
  accepting_id uuid not null references public.organisations (id),
  indicator_code text references public.indicators (code),
  region_code text references public.regions (code),
  expected_value numeric,
  baseline_period text,
  about_type text,
  about_id text,
  due_on date not null,
  status text not null default 'assigned',
  progress smallint not null default 0,
  assigned_by uuid not null,
  assigned_at timestamptz not null default private.now(),
  done_at timestamptz,
  constraint the_status_is_known check (status in ('assigned', 'in_progress', 'reported', 'accepted', 'cancelled')),
  constraint another_party_accepts check (accountable_id <> accepting_id),
  constraint what_it_is_about_is_a_row check ((about_type is null) = (about_id is null)),
  constraint it_is_due_in_this_century check (due_on between '2000-01-01' and '2099-12-31'),
  constraint progress_is_a_percentage check (progress between 0 and 100),
  constraint the_expected_value_is_finite check (expected_value > -1e15 and expected_value < 1e15)
);
comment on table public.action_items is
  'A task from a resolution: exactly one accountable organisation, another that accepts, a due date, the expected effect on an indicator, and any row that it is about (about_type, about_id).';
create index action_items_by_council on public.action_items (council_id, status);
create index action_items_by_resolution on public.action_items (resolution_id);
create index action_items_by_accountable on public.action_items (accountable_id, status);
create index action_items_by_accepting on public.action_items (accepting_id, status);
create index action_items_by_indicator on public.action_items (indicator_code);
create index action_items_by_subject on public.action_items (about_type, about_id);
create index action_items_by_region on public.action_items (region_code);

create table public.action_reports (
  id uuid primary key default gen_random_uuid(),
  action_item_id uuid not null references public.action_items (id),
  organisation_id uuid not null references public.organisations (id),
  kind text not null,
  note text,
  progress smallint,
  written_by uuid not null,
  written_at timestamptz not null default private.moment(),
  constraint the_kind_is_known check (kind in ('progress', 'done', 'accepted', 'sent_back', 'cancelled')),
  constraint a_report_says_something check (kind = 'accepted' or coalesce(char_length(private.said(note)), 0) >= 2)
);
comment on table public.action_reports is 'The history of an action item: progress and completion by the accountable organisation, acceptance or sending back by the other.';
create index action_reports_by_action_item on public.action_reports (action_item_id, written_at);
create index action_reports_by_organisation on public.action_reports (organisation_id);

-- ---------------------------------------------------------------- who may see what

alter table public.action_items enable row level security;
alter table public.action_items force row level security;
create policy "seats read their council's action items" on public.action_items
  for select to authenticated using (council_id in (select private.councils_joined()));
grant select on public.action_items to authenticated;

alter table public.action_reports enable row level security;
alter table public.action_reports force row level security;
create policy "reports are read by the two parties and the convener" on public.action_reports
  for select to authenticated
  using (
    action_item_id in (
      select a.id from public.action_items a
      where a.accountable_id in (select private.organisations_as())
        or a.accepting_id in (select private.organisations_as())
        or a.council_id in (select c.id from public.councils c where c.convener_id in (select private.organisations_as()))
    )
  );
grant select on public.action_reports to authenticated;

-- ---------------------------------------------------------------- verbs

create function public.assign_action_item(
  resolution uuid, title_zh text, title_en text, done_zh text, done_en text, accountable uuid, accepting uuid, due_on date,
  indicator text default null, region text default null, expected_value numeric default null, baseline_period text default null,
  about_type text default null, about_id text default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  r public.resolutions;
  i public.agenda_items;
  made uuid;
begin
  select * into r from public.resolutions x where x.id = resolution;
  select * into i from public.agenda_items x where x.id = r.agenda_item_id;
  perform private.require_secretariat(r.council_id);
  if r.status <> 'adopted' then
    raise sqlstate 'PT409' using message = 'resolution_not_adopted';
  end if;
  if (
    select count(*) from public.council_seats s
    where s.council_id = r.council_id and s.organisation_id in (accountable, accepting) and (s.until is null or s.until > (select private.today()))
  ) <> 2 or private.said(assign_action_item.title_zh) is null or private.said(assign_action_item.title_en) is null
    or assign_action_item.due_on is null then
    raise sqlstate 'PT422' using message = 'action_item_not_valid';
  end if;
  perform private.require_subject(about_type, about_id, r.council_id);
  insert into public.action_items
    (council_id, resolution_id, title_zh, title_en, definition_of_done_zh, definition_of_done_en, accountable_id, accepting_id,
     indicator_code, region_code, expected_value, baseline_period, about_type, about_id, due_on, assigned_by)
  values
    (r.council_id, r.id, private.said(assign_action_item.title_zh), private.said(assign_action_item.title_en), coalesce(done_zh, ''), coalesce(done_en, ''),
     accountable, accepting, nullif(indicator, ''), nullif(region, ''), assign_action_item.expected_value,
     nullif(assign_action_item.baseline_period, ''), coalesce(assign_action_item.about_type, i.about_type), coalesce(assign_action_item.about_id, i.about_id),
     assign_action_item.due_on, private.person_id())
  returning id into made;
  perform private.record('assign_action_item', 'action_item', made::text, r.council_id, accountable, 'council');
  return made;
exception
  when check_violation or foreign_key_violation then raise sqlstate 'PT422' using message = 'action_item_not_valid';
end $$;
comment on function public.assign_action_item(uuid, text, text, text, text, uuid, uuid, date, text, text, numeric, text, text, text) is
  'The secretariat makes an action item from an adopted resolution; where it is about nothing of its own, it is about what the agenda item was about. Refusals: only_the_secretariat, resolution_not_adopted, action_item_not_valid, subject_not_found.';
grant execute on function public.assign_action_item(uuid, text, text, text, text, uuid, uuid, date, text, text, numeric, text, text, text) to authenticated;

create function public.report_progress(
  action_item uuid, note text, progress integer, done boolean default false,
  file_name text default null, media_type text default null, content_base64 text default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  a public.action_items;
  made uuid;
begin
  select * into a from public.action_items x
  where x.id = action_item and x.council_id in (select private.councils_joined())
    and (x.accountable_id in (select private.organisations_as('reporter')) or x.accountable_id in (select private.organisations_as('admin')))
  for update;
  if a.id is null then
    raise sqlstate 'PT404' using message = 'action_item_not_found';
  end if;
  if a.status not in ('assigned', 'in_progress') then
    raise sqlstate 'PT409' using message = 'action_item_not_open';
  end if;
  insert into public.action_reports (action_item_id, organisation_id, kind, note, progress, written_by)
  values (a.id, a.accountable_id, case when done then 'done' else 'progress' end, private.said(report_progress.note),
          case when done then 100 else report_progress.progress end, private.person_id())
  returning id into made;
  if content_base64 is not null then
    perform private.attach_file('action_report', made::text, a.council_id, a.accountable_id, file_name, media_type, content_base64);
  elsif done and not exists (
    select 1 from public.files f join public.action_reports r on f.subject_type = 'action_report' and f.subject_id = r.id::text where r.action_item_id = a.id
  ) then
    raise sqlstate 'PT422' using message = 'completion_needs_evidence';
  end if;
  update public.action_items x
  set status = case when done then 'reported' else 'in_progress' end,
      progress = case when done then 100 else report_progress.progress end
  where x.id = a.id;
  perform private.record(case when done then 'report_done' else 'report_progress' end, 'action_item', a.id::text, a.council_id, a.accepting_id);
  return made;
exception
  when check_violation or not_null_violation then
    raise sqlstate 'PT422' using message = 'report_not_valid';
end $$;
comment on function public.report_progress(uuid, text, integer, boolean, text, text, text) is
  'The accountable organisation reports progress (per cent) or completion, with a file as evidence (base64) or not; completion needs at least one file. Refusals: action_item_not_found, action_item_not_open, completion_needs_evidence, file_too_large, file_not_valid, report_not_valid.';
grant execute on function public.report_progress(uuid, text, integer, boolean, text, text, text) to authenticated;

create function private.decide_action_item(action_item uuid, decision text, note text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  a public.action_items;
begin
  select * into a from public.action_items x
  where x.id = action_item and x.council_id in (select private.councils_joined()) and x.accepting_id in (
    select private.organisations_as('reviewer') union select private.organisations_as('delegate') union select private.organisations_as('admin')
  ) for update;
  if a.id is null then
    raise sqlstate 'PT404' using message = 'action_item_not_found';
  end if;
  if a.status <> 'reported' then
    raise sqlstate 'PT409' using message = 'action_item_not_reported';
  end if;
  if exists (
    select 1 from public.action_reports r where r.action_item_id = a.id and r.kind = 'done' and r.written_by = private.person_id()
  ) then
    raise sqlstate 'PT403' using message = 'nobody_reviews_their_own';
  end if;
  if private.belonged_to(a.accountable_id) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
  insert into public.action_reports (action_item_id, organisation_id, kind, note, written_by)
  values (a.id, a.accepting_id, decision, private.said(note), private.person_id());
  update public.action_items x
  set status = case when decision = 'accepted' then 'accepted' else 'in_progress' end,
      done_at = case when decision = 'accepted' then private.now() end
  where x.id = a.id;
  perform private.record(case when decision = 'accepted' then 'accept_action_item' else 'send_back_action_item' end, 'action_item', a.id::text,
    a.council_id, a.accountable_id, case when decision = 'accepted' then 'council' else 'organisation' end);
end $$;
comment on function private.decide_action_item(uuid, text, text) is 'What accepting and sending back have in common.';

create function public.accept_action_item(action_item uuid, note text default null) returns void
  language sql security definer set search_path = '' as $$
  select private.decide_action_item(action_item, 'accepted', note)
$$;
comment on function public.accept_action_item(uuid, text) is 'The accepting organisation accepts a reported completion. Refusals: action_item_not_found, action_item_not_reported, nobody_reviews_their_own, nobody_decides_their_own.';
grant execute on function public.accept_action_item(uuid, text) to authenticated;

create function public.send_back_action_item(action_item uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_reason(reason, 'return_needs_a_reason');
  perform private.decide_action_item(action_item, 'sent_back', reason);
end $$;
comment on function public.send_back_action_item(uuid, text) is 'The accepting organisation sends a reported completion back, with a reason of at least 5 characters. Refusals: return_needs_a_reason, action_item_not_found, action_item_not_reported.';
grant execute on function public.send_back_action_item(uuid, text) to authenticated;

create function public.cancel_action_item(action_item uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  a public.action_items;
begin
  select * into a from public.action_items x where x.id = action_item for update;
  perform private.require_secretariat(a.council_id);
  perform private.require_reason(reason, 'return_needs_a_reason');
  if a.status in ('accepted', 'cancelled') then
    raise sqlstate 'PT409' using message = 'action_item_not_open';
  end if;
  insert into public.action_reports (action_item_id, organisation_id, kind, note, written_by)
  values (a.id, private.acting_organisation(), 'cancelled', private.said(reason), private.person_id());
  update public.action_items x set status = 'cancelled', done_at = private.now() where x.id = a.id;
  perform private.record('cancel_action_item', 'action_item', a.id::text, a.council_id, a.accountable_id, 'council');
end $$;
comment on function public.cancel_action_item(uuid, text) is 'The secretariat cancels an open action item, with a reason of at least 5 characters. Refusals: only_the_secretariat, return_needs_a_reason, action_item_not_open.';
grant execute on function public.cancel_action_item(uuid, text) to authenticated;

create function private.subjects_action_item(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select a.id::text, a.council_id, a.accountable_id, a.title_zh, a.title_en, null::text, null::uuid from public.action_items a where a.id = any (private.uuids(ids))
$$;
comment on function private.subjects_action_item(text[]) is 'Action items, as private.subjects gives them.';
grant execute on function private.subjects_action_item(text[]) to authenticated;

create function private.subjects_action_report(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select r.id::text, a.council_id, r.organisation_id, a.title_zh, a.title_en, null::text, a.id
  from public.action_reports r
  join public.action_items a on a.id = r.action_item_id
  where r.id = any (private.uuids(ids))
$$;
comment on function private.subjects_action_report(text[]) is
  'Reports on an action item, by its title, on its page, as private.subjects gives them: what is evidence is read by fewer than the action item.';
grant execute on function private.subjects_action_report(text[]) to authenticated;

create function private.found_action_items() returns setof private.finding
  language sql stable set search_path = '' as $$
  select 'action_item', a.id::text, null::uuid, a.title_zh, a.title_en, o.short_zh, o.short_en, concat_ws(' ', a.title_zh, a.title_en)
  from public.action_items a
  join public.organisations o on o.id = a.accountable_id
$$;
comment on function private.found_action_items() is 'Action items for the search box.';
grant execute on function private.found_action_items() to authenticated;

create function private.tasks_action_items() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'act', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null::text, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accepting_id
  where a.status in ('assigned', 'in_progress') and a.council_id in (select private.councils_joined())
    and a.accountable_id in (select private.organisations_as('reporter') union select private.organisations_as('admin'))
  union all
  select 'accept', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accountable_id
  where a.status = 'reported' and a.council_id in (select private.councils_joined()) and not private.belonged_to(a.accountable_id)
    and a.accepting_id in (
      select private.organisations_as('reviewer') union select private.organisations_as('delegate') union select private.organisations_as('admin')
    )
$$;
comment on function private.tasks_action_items() is 'Action items to work on, and completions to accept.';

create function private.links_action_items(council uuid, about_type text, about_id text) returns setof private.link
  language sql stable set search_path = '' as $$
  select 'action_item', t.id, r.meeting_id, r.number, t.title_zh, t.title_en, t.status, t.due_on, g.short_zh, g.short_en, t.progress, t.region_code, t.expected_value
  from public.action_items t
  join public.resolutions r on r.id = t.resolution_id
  join public.organisations g on g.id = t.accountable_id
  where t.council_id = council and (
    (t.about_type = links_action_items.about_type and t.about_id = links_action_items.about_id)
    or (links_action_items.about_type = 'indicator' and t.indicator_code = links_action_items.about_id)
  )
$$;
comment on function private.links_action_items(uuid, text, text) is 'Action items about a row. Under the reader''s own rights.';
grant execute on function private.links_action_items(uuid, text, text) to authenticated;
