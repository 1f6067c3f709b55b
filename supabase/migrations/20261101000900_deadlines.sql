-- More time and excuses by decision; calendar addresses; reminders, the mails they make, and the login of the job queue.

-- ---------------------------------------------------------------- more time

create table public.extension_requests (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  due_before date not null,
  wished_on date not null,
  reason text not null,
  asked_by uuid not null references public.people (id),
  asked_at timestamptz not null default now(),
  status text not null default 'open',
  due_after date,
  decision_reason text,
  decided_by uuid references public.people (id),
  decided_by_organisation uuid references public.organisations (id),
  decided_at timestamptz,
  constraint the_status_is_known check (status in ('open', 'approved', 'declined', 'withdrawn')),
  constraint a_request_has_its_reason check (char_length(reason) between 5 and 1000),
  constraint it_wishes_a_later_date check (wished_on > due_before),
  constraint a_decision_has_its_time check ((status = 'open') = (decided_at is null)),
  constraint an_approval_has_its_date check ((status = 'approved') = (due_after is not null)),
  constraint a_refusal_has_its_reason check (status <> 'declined' or char_length(decision_reason) >= 5),
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

create table public.excuses (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  reason text not null,
  excused_by uuid not null references public.people (id),
  excused_at timestamptz not null default now(),
  ended_reason text,
  ended_by uuid references public.people (id),
  ended_at timestamptz,
  constraint an_excuse_has_its_reason check (char_length(reason) between 5 and 1000),
  constraint its_end_has_a_reason check ((ended_at is null) = (ended_reason is null) and char_length(ended_reason) between 5 and 1000)
);
comment on table public.excuses is
  'Periods that an organisation need not file, by the secretariat''s decision; they leave the denominator of completeness. An ended excuse stays as a row.';
create unique index one_excuse_at_a_time on public.excuses (obligation_id) where ended_at is null;
create index excuses_by_obligation on public.excuses (obligation_id, excused_at desc);
create index excuses_by_council on public.excuses (council_id);
create index excuses_by_organisation on public.excuses (organisation_id);
create index excuses_by_excuser on public.excuses (excused_by);
create index excuses_by_ender on public.excuses (ended_by);

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

create function private.keep_ended() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null then
    raise sqlstate 'PT409' using message = 'record_is_kept';
  end if;
  return new;
end $$;
comment on function private.keep_ended() is 'Trigger: an excuse changes only once, by its end.';
create trigger ended_excuses_are_kept before update or delete on public.excuses
  for each row execute function private.keep_ended();

alter table public.extension_requests enable row level security;
alter table public.extension_requests force row level security;
create policy "organisations and their regulators read requests for more time" on public.extension_requests
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
  );
grant select on public.extension_requests to authenticated;

alter table public.excuses enable row level security;
alter table public.excuses force row level security;
create policy "organisations and their regulators read excuses" on public.excuses
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
  );
grant select on public.excuses to authenticated;

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
  if wished is null or wished <= o.due_on or wished < private.today() or wished > o.due_on + 366 then
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
  'A reporter or administrator asks for a later due date, at most a year later, with a reason of 5 to 1000 characters. One open request for each obligation. Refusals: obligation_not_found, extension_not_needed, extension_date_not_valid, extension_needs_a_reason, extension_already_asked.';

create function public.withdraw_extension(request uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  r public.extension_requests;
begin
  update public.extension_requests x set status = 'withdrawn', decided_at = now(), decided_by = private.person_id(), decided_by_organisation = x.organisation_id
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

create function private.open_extension(request uuid) returns public.extension_requests
  language plpgsql security definer set search_path = '' as $$
declare
  r public.extension_requests;
begin
  select * into r from public.extension_requests x
  where x.id = request
    and x.council_id in (select private.councils_joined())
    and (
      x.organisation_id in (select private.organisations_reviewed())
      or x.council_id in (select private.councils_convened())
    )
  for update;
  if r.id is null then
    raise sqlstate 'PT404' using message = 'extension_not_found';
  end if;
  if r.asked_by = private.person_id() or r.organisation_id in (select private.organisations_as()) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
  if r.status <> 'open' then
    raise sqlstate 'PT409' using message = 'extension_not_open';
  end if;
  return r;
end $$;
comment on function private.open_extension(uuid) is
  'Locks a request that the caller, a reviewer of its regulator or the secretariat, may decide on now, or refuses with the reason.';

create function private.decide_extension(request public.extension_requests, decision text, due date, words text) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  update public.extension_requests x
  set status = decision, due_after = due, decision_reason = private.said(words),
      decided_by = private.person_id(), decided_by_organisation = private.acting_organisation(), decided_at = now()
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
  set due_on = given, original_due_on = coalesce(o.original_due_on, o.due_on), changed_at = now(), changes = o.changes + 1
  where o.id = r.obligation_id and given > o.due_on and given <= o.due_on + 380;
  if not found then
    raise sqlstate 'PT422' using message = 'extension_date_not_valid';
  end if;
  -- What came while the request was open is late, or not, by the date that was decided.
  update public.submissions s
  set late_days = greatest((s.submitted_at at time zone 'Asia/Shanghai')::date - given, 0)
  where s.obligation_id = r.obligation_id and s.late_days > 0;
  perform private.decide_extension(r, 'approved', given, note);
  return given;
exception
  when check_violation then raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
end $$;
comment on function public.approve_extension(uuid, date, text) is
  'A reviewer of the regulator or the secretariat moves the due date, to the wished or another day; a day off rolls forward to the next working day, which is returned. Lateness counts from there. Refusals: extension_not_found, nobody_decides_their_own, extension_not_open, extension_date_not_valid, extension_needs_a_reason.';

create function public.decline_extension(request uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
  end if;
  perform private.decide_extension(private.open_extension(request), 'declined', null, reason);
exception
  when check_violation then raise sqlstate 'PT422' using message = 'extension_needs_a_reason';
end $$;
comment on function public.decline_extension(uuid, text) is
  'A reviewer of the regulator or the secretariat declines, with a reason; the due date stays. Refusals: extension_needs_a_reason, extension_not_found, nobody_decides_their_own, extension_not_open.';

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
  where r.status = 'open' and r.council_id in (select private.councils_joined())
    and (r.organisation_id in (select private.organisations_reviewed()) or r.council_id in (select private.councils_convened()))
    and r.asked_by <> private.person_id() and r.organisation_id not in (select private.organisations_as())
  order by o.due_on, r.asked_at
$$;
comment on function public.extension_queue() is 'Requests for more time on which the caller may decide now; the nearest due date first.';

-- ---------------------------------------------------------------- excuses

create function public.excuse_obligation(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = excuse_obligation.obligation for update;
  perform private.require_secretariat(o.council_id);
  if o.organisation_id in (select private.organisations_as()) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
  if o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_already_excused';
  end if;
  if exists (select 1 from public.submissions s where s.obligation_id = o.id and s.status in ('submitted', 'accepted')) then
    raise sqlstate 'PT409' using message = 'obligation_already_filed';
  end if;
  insert into public.excuses (obligation_id, council_id, organisation_id, reason, excused_by)
  values (o.id, o.council_id, o.organisation_id, private.said(excuse_obligation.reason), private.person_id());
  update public.obligations x set excused_reason = private.said(excuse_obligation.reason), changed_at = now(), changes = x.changes + 1
  where x.id = o.id;
  perform private.record('excuse_obligation', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.excuse_obligation(uuid, text) is
  'The secretariat excuses an organisation from a period that it has not filed, with a reason of 5 to 1000 characters; the cell leaves the denominator. Refusals: only_the_secretariat, nobody_decides_their_own, obligation_already_excused, obligation_already_filed, excuse_needs_a_reason.';

create function public.end_excuse(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = end_excuse.obligation for update;
  perform private.require_secretariat(o.council_id);
  if o.excused_reason is null then
    raise sqlstate 'PT409' using message = 'obligation_not_excused';
  end if;
  if coalesce(char_length(private.said(end_excuse.reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
  end if;
  update public.excuses x set ended_reason = private.said(end_excuse.reason), ended_by = private.person_id(), ended_at = now()
  where x.obligation_id = o.id and x.ended_at is null;
  update public.obligations x set excused_reason = null, changed_at = now(), changes = x.changes + 1 where x.id = o.id;
  perform private.record('end_excuse', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.end_excuse(uuid, text) is
  'The secretariat takes an excuse back, with a reason; the period counts again. Refusals: only_the_secretariat, obligation_not_excused, excuse_needs_a_reason.';

-- ---------------------------------------------------------------- who may call what

revoke execute on function
  private.keep_decided(), private.keep_ended(), private.open_extension(uuid),
  private.decide_extension(public.extension_requests, text, date, text)
  from public;
grant execute on function
  public.request_extension(uuid, date, text), public.withdraw_extension(uuid),
  public.approve_extension(uuid, date, text), public.decline_extension(uuid, text), public.extension_queue(),
  public.excuse_obligation(uuid, text), public.end_excuse(uuid, text)
  to authenticated;
