-- More time by decision.

create table public.extension_requests (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  due_before date not null,
  wished_on date not null,
  reason text not null,
  asked_by uuid not null references public.people (id),
  asked_at timestamptz not null default private.now(),
  status text not null default 'open',
  due_after date,
  decision_reason text,
  decided_by uuid references public.people (id),
  decided_by_organisation uuid references public.organisations (id),
  decided_at timestamptz,
  constraint the_status_is_known check (status in ('open', 'approved', 'declined', 'withdrawn')),
  constraint a_request_has_its_reason check (private.is_reason(reason, 1000)),
  constraint it_wishes_a_later_date check (wished_on > due_before),
  constraint a_decision_has_its_time check ((status = 'open') = (decided_at is null)),
  constraint an_approval_has_its_date check ((status = 'approved') = (due_after is not null)),
  constraint a_refusal_has_its_reason check (status <> 'declined' or private.is_reason(decision_reason, 1000)),
  constraint a_decision_is_short check (char_length(decision_reason) <= 1000)
);
comment on table public.extension_requests is
  'A request for a later due date of one obligation, and what was decided. open → approved, declined or withdrawn; only the decision moves the due date.';
create unique index one_open_request_for_each_obligation on public.extension_requests (obligation_id) where status = 'open';
create index extension_requests_by_obligation on public.extension_requests (obligation_id, asked_at desc);
create index extension_requests_by_council on public.extension_requests (council_id, status);
create index extension_requests_by_organisation on public.extension_requests (organisation_id);
create index extension_requests_by_asker on public.extension_requests (asked_by);
create index extension_requests_by_decider on public.extension_requests (decided_by);
create index extension_requests_by_deciding_organisation on public.extension_requests (decided_by_organisation);

create function private.keep_decided() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or old.status <> 'open' then
    raise sqlstate 'PT409' using message = 'record_is_kept';
  end if;
  return new;
end $$;
comment on function private.keep_decided() is 'Trigger: a request changes only once, by its decision.';
create trigger decided_requests_are_kept before update or delete on public.extension_requests
  for each row execute function private.keep_decided();

-- ---------------------------------------------------------------- who decides

create function private.deciders_for_convener() returns table (council_id uuid, organisation_id uuid)
  language sql stable parallel safe security definer set search_path = '' as $$
  select c.id, o.id
  from public.councils c
  join public.council_seats s on s.council_id = c.id and s.standing = 'voting'
    and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
  join public.organisations o on o.id = s.organisation_id
  where o.id <> c.convener_id and o.kind = 'government' and c.region_code like o.region_code || '%'
$$;
comment on function private.deciders_for_convener() is
  'Who decides on the due dates of a council''s convener: the reviewers of other government bodies with a voting seat that are responsible for its whole region.';

create function private.due_dates_decided() returns table (council_id uuid, organisation_id uuid)
  language sql stable parallel safe security definer set search_path = '' as $$
  select s.council_id, s.organisation_id
  from public.council_seats s
  where s.council_id in (select private.councils_joined())
    and (s.organisation_id in (select private.organisations_reviewed()) or s.council_id in (select private.councils_convened()))
  union
  select d.council_id, c.convener_id
  from private.deciders_for_convener() d
  join public.councils c on c.id = d.council_id
  where d.organisation_id in (select private.organisations_as('reviewer'))
$$;
comment on function private.due_dates_decided() is
  'Organisations on whose due dates the caller may decide, by council: a reviewer on those of their jurisdiction, the secretariat on all, and a reviewer of another authority on the convener''s. Nobody decides their own all the same.';
grant execute on function private.due_dates_decided() to authenticated;

create function private.due_date_deciders(council uuid, organisation uuid) returns table (person_id uuid, organisation_id uuid)
  language sql stable security definer set search_path = '' as $$
  select m.person_id, m.organisation_id
  from public.councils c
  join public.organisations o on o.id = due_date_deciders.organisation
  join public.council_seats s on s.council_id = c.id and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
  join public.organisations r on r.id = s.organisation_id and r.id <> o.id
  join public.members m on m.organisation_id = r.id and m.ended_at is null
  where c.id = council and not private.belonged_to(o.id, m.person_id) and case
    when o.id = c.convener_id then
      'reviewer' = any (m.roles) and r.id in (select d.organisation_id from private.deciders_for_convener() d where d.council_id = c.id)
    else
      (r.id = c.convener_id and 'admin' = any (m.roles))
      or ('reviewer' = any (m.roles) and r.kind = 'government' and o.kind <> 'government' and o.region_code like r.region_code || '%')
  end
$$;
comment on function private.due_date_deciders(uuid, uuid) is
  'The people who may decide on an organisation''s due dates now, each with the organisation they do it for: private.due_dates_decided from the other side.';

-- ---------------------------------------------------------------- who may see what

alter table public.extension_requests enable row level security;
alter table public.extension_requests force row level security;
create policy "organisations, their regulators and who decides read it" on public.extension_requests
  for select to authenticated
  using (
    (organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
    or (council_id, organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
  );
grant select on public.extension_requests to authenticated;

create function public.obligation_to_decide(obligation uuid) returns setof public.obligation_states
  language sql stable security definer set search_path = '' as $$
  select v.* from public.obligation_states v
  where v.id = obligation_to_decide.obligation
    and (v.council_id, v.organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
$$;
comment on function public.obligation_to_decide(uuid) is
  'An obligation with its state for whoever decides on its due date, also where its figures are none of theirs; nothing for everybody else.';
grant execute on function public.obligation_to_decide(uuid) to authenticated;

-- ---------------------------------------------------------------- verbs

create function public.request_extension(obligation uuid, wished date, reason text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  made uuid;
begin
  select * into o from public.obligations x
  where x.id = request_extension.obligation
    and x.organisation_id in (select private.organisations_as('reporter') union select private.organisations_as('admin'))
  for update;
  if o.id is null then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;
  if o.excused_reason is not null or (
    select s.status from public.submissions s
    where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1
  ) in ('submitted', 'accepted') then
    raise sqlstate 'PT409' using message = 'extension_not_needed';
  end if;
  if o.organisation_id = (select c.convener_id from public.councils c where c.id = o.council_id) and not exists (
    select 1 from private.due_date_deciders(o.council_id, o.organisation_id) d where d.person_id <> private.person_id()
  ) then
    raise sqlstate 'PT409' using message = 'extension_nobody_decides';
  end if;
  if wished is null or wished <= o.due_on or wished < private.today() or wished > greatest(o.due_on, private.today()) + 366 then
    raise sqlstate 'PT422' using message = 'extension_date_not_valid';
  end if;
  insert into public.extension_requests (obligation_id, council_id, organisation_id, due_before, wished_on, reason, asked_by)
  values (o.id, o.council_id, o.organisation_id, o.due_on, wished, private.said(request_extension.reason), private.person_id())
  returning id into made;
  perform private.record('request_extension', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period, 'due_on', o.due_on, 'wished_on', wished));
  return made;
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
  when unique_violation then raise sqlstate 'PT409' using message = 'extension_already_asked';
end $$;
comment on function public.request_extension(uuid, date, text) is
  'A reporter or administrator asks for a later due date, at most a year ahead, with a reason of 5 to 1000 characters. One open request for each obligation. Refusals: obligation_not_found, extension_not_needed, extension_nobody_decides (the convener asks and no other authority has a seat), extension_date_not_valid, extension_needs_a_reason, extension_already_asked.';
grant execute on function public.request_extension(uuid, date, text) to authenticated;

create function public.withdraw_extension(request uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  r public.extension_requests;
begin
  update public.extension_requests x set status = 'withdrawn', decided_at = private.now(), decided_by = private.person_id(), decided_by_organisation = x.organisation_id
  where x.id = request and x.status = 'open'
    and x.organisation_id in (select private.organisations_as('reporter') union select private.organisations_as('admin'))
  returning * into r;
  if not found then
    raise sqlstate 'PT409' using message = 'extension_not_open';
  end if;
  perform private.record('withdraw_extension', 'obligation', r.obligation_id::text, r.council_id, r.organisation_id, 'organisation',
    (select jsonb_build_object('dataset', o.dataset_code, 'period', o.period) from public.obligations o where o.id = r.obligation_id));
end $$;
comment on function public.withdraw_extension(uuid) is
  'The organisation that asked takes an open request back. Refusals: extension_not_open.';
grant execute on function public.withdraw_extension(uuid) to authenticated;

create function private.open_extension(request uuid) returns public.extension_requests
  language plpgsql security definer set search_path = '' as $$
declare
  r public.extension_requests;
begin
  select * into r from public.extension_requests x
  where x.id = request
    and (x.council_id, x.organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
  for update;
  if r.id is null then
    raise sqlstate 'PT404' using message = 'extension_not_found';
  end if;
  if r.asked_by = private.person_id() or private.belonged_to(r.organisation_id) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
  if r.status <> 'open' then
    raise sqlstate 'PT409' using message = 'extension_not_open';
  end if;
  return r;
end $$;
comment on function private.open_extension(uuid) is
  'Locks a request that the caller may decide on now, or refuses with the reason.';

create function private.decide_extension(request public.extension_requests, decision text, due date, words text) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  update public.extension_requests x
  set status = decision, due_after = due, decision_reason = private.said(words),
      decided_by = private.person_id(), decided_by_organisation = private.acting_organisation(), decided_at = private.now()
  where x.id = request.id;
  perform private.record(
    case decision when 'approved' then 'approve_extension' else 'decline_extension' end,
    'obligation', request.obligation_id::text, request.council_id, request.organisation_id, 'organisation',
    (select jsonb_build_object('dataset', o.dataset_code, 'period', o.period, 'due_before', request.due_before, 'due_on', o.due_on)
     from public.obligations o where o.id = request.obligation_id)
  );
end $$;
comment on function private.decide_extension(public.extension_requests, text, date, text) is 'Writes a decision down, with its audit event.';

create function public.approve_extension(request uuid, due date, note text default null) returns date
  language plpgsql security definer set search_path = '' as $$
declare
  r public.extension_requests := private.open_extension(request);
  given date := case when isfinite(due) then private.due_date(due - 1, 1) end;
begin
  update public.obligations o
  set due_on = given, original_due_on = coalesce(o.original_due_on, o.due_on), changed_at = private.now(), changes = o.changes + 1
  where o.id = r.obligation_id and given > o.due_on and given <= greatest(o.due_on, private.today()) + 380;
  if not found then
    raise sqlstate 'PT422' using message = 'extension_date_not_valid';
  end if;
  -- What came while the request was open is late, or not, by the date that was decided.
  update public.submissions s
  set late_days = greatest(private.day_of(s.submitted_at) - given, 0)
  where s.obligation_id = r.obligation_id and s.late_days > 0;
  perform private.decide_extension(r, 'approved', given, note);
  return given;
exception
  when check_violation then raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
end $$;
comment on function public.approve_extension(uuid, date, text) is
  'A reviewer of the regulator or the secretariat moves the due date, to the wished or another day; a day off rolls forward to the next working day, which is returned. Lateness counts from there. Refusals: extension_not_found, nobody_decides_their_own, extension_not_open, extension_date_not_valid, extension_needs_a_reason.';
grant execute on function public.approve_extension(uuid, date, text) to authenticated;

create function public.decline_extension(request uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_reason(reason, 'extension_needs_a_reason');
  perform private.decide_extension(private.open_extension(request), 'declined', null, reason);
exception
  when check_violation then raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
end $$;
comment on function public.decline_extension(uuid, text) is
  'A reviewer of the regulator or the secretariat declines, with a reason; the due date stays. Refusals: extension_needs_a_reason, extension_not_found, nobody_decides_their_own, extension_not_open.';
grant execute on function public.decline_extension(uuid, text) to authenticated;

create function public.extension_queue()
  returns table (
    id uuid, obligation_id uuid, organisation_zh text, organisation_en text, dataset_zh text, dataset_en text,
    period text, due_on date, wished_on date, asked_at timestamptz
  )
  language sql stable security definer set search_path = '' as $$
  select r.id, r.obligation_id, g.short_zh, g.short_en, d.name_zh, d.name_en, o.period, o.due_on, r.wished_on, r.asked_at
  from public.extension_requests r
  join public.obligations o on o.id = r.obligation_id
  join public.datasets d on d.code = o.dataset_code
  join public.organisations g on g.id = r.organisation_id
  where r.status = 'open' and o.excused_reason is null
    and (r.council_id, r.organisation_id) in (select x.council_id, x.organisation_id from private.due_dates_decided() x)
    and r.asked_by <> private.person_id() and not private.belonged_to(r.organisation_id)
  order by o.due_on, r.asked_at
$$;
comment on function public.extension_queue() is 'Requests for more time on which the caller may decide now; the nearest due date first.';
grant execute on function public.extension_queue() to authenticated;

create function private.tasks_deadlines() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'extend', q.obligation_id::text, q.dataset_zh, q.dataset_en, q.organisation_zh, q.organisation_en, q.period, q.due_on, 'open'
  from public.extension_queue() q
$$;
comment on function private.tasks_deadlines() is 'Requests for more time to decide; subject_id is the obligation.';
