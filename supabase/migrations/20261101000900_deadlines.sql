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
  excused_by_organisation uuid not null references public.organisations (id),
  excused_at timestamptz not null default now(),
  ended_reason text,
  ended_by uuid references public.people (id),
  ended_by_organisation uuid references public.organisations (id),
  ended_at timestamptz,
  constraint an_excuse_has_its_reason check (char_length(reason) between 5 and 1000),
  constraint its_end_has_a_reason check ((ended_at is null) = (ended_reason is null) and char_length(ended_reason) between 5 and 1000)
);
comment on table public.excuses is
  'Periods that an organisation need not file, by decision; they leave the denominator of completeness. An ended excuse stays as a row.';
create unique index one_excuse_at_a_time on public.excuses (obligation_id) where ended_at is null;
create index excuses_by_obligation on public.excuses (obligation_id, excused_at desc);
create index excuses_by_council on public.excuses (council_id);
create index excuses_by_organisation on public.excuses (organisation_id);
create index excuses_by_excuser on public.excuses (excused_by);
create index excuses_by_excusing_organisation on public.excuses (excused_by_organisation);
create index excuses_by_ender on public.excuses (ended_by);
create index excuses_by_ending_organisation on public.excuses (ended_by_organisation);

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

create function private.deciders_for_convener() returns table (council_id uuid, organisation_id uuid)
  language sql stable parallel safe security definer set search_path = '' as $$
  select c.id, o.id
  from public.councils c
  join public.council_seats s on s.council_id = c.id and s.standing = 'voting'
    and s.since <= current_date and (s.until is null or s.until > current_date)
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
  join public.council_seats s on s.council_id = c.id and s.since <= current_date and (s.until is null or s.until > current_date)
  join public.organisations r on r.id = s.organisation_id and r.id <> o.id
  join public.members m on m.organisation_id = r.id and m.ended_at is null
  where c.id = council and case
    when o.id = c.convener_id then
      'reviewer' = any (m.roles) and r.id in (select d.organisation_id from private.deciders_for_convener() d where d.council_id = c.id)
    else
      (r.id = c.convener_id and 'admin' = any (m.roles))
      or ('reviewer' = any (m.roles) and r.kind = 'government' and o.kind <> 'government' and o.region_code like r.region_code || '%')
  end
$$;
comment on function private.due_date_deciders(uuid, uuid) is
  'The people who may decide on an organisation''s due dates now, each with the organisation they do it for: private.due_dates_decided from the other side.';

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
    and (x.council_id, x.organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
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
  'Locks a request that the caller may decide on now, or refuses with the reason.';

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
  where o.id = r.obligation_id and given > o.due_on and given <= greatest(o.due_on, private.today()) + 380;
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
  where r.status = 'open' and o.excused_reason is null
    and (r.council_id, r.organisation_id) in (select x.council_id, x.organisation_id from private.due_dates_decided() x)
    and r.asked_by <> private.person_id() and r.organisation_id not in (select private.organisations_as())
  order by o.due_on, r.asked_at
$$;
comment on function public.extension_queue() is 'Requests for more time on which the caller may decide now; the nearest due date first.';

create function public.obligation_to_decide(obligation uuid) returns setof public.obligation_states
  language sql stable security definer set search_path = '' as $$
  select v.* from public.obligation_states v
  where v.id = obligation_to_decide.obligation
    and (v.council_id, v.organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
$$;
comment on function public.obligation_to_decide(uuid) is
  'An obligation with its state for whoever decides on its due date, also where its figures are none of theirs; nothing for everybody else.';

-- ---------------------------------------------------------------- excuses

create function private.require_excuser(o public.obligations) returns void
  language plpgsql stable security definer set search_path = '' as $$
declare
  convener constant uuid := (select c.convener_id from public.councils c where c.id = o.council_id);
begin
  if o.organisation_id = convener and exists (
    select 1 from private.due_date_deciders(o.council_id, convener) d
    where d.person_id = private.person_id() and d.organisation_id in (select private.organisations_as())
  ) then
    if exists (
      select 1 from public.members m where m.organisation_id = convener and m.person_id = private.person_id() and m.ended_at is null
    ) then
      raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
    end if;
    return;
  end if;
  perform private.require_secretariat(o.council_id);
  if o.organisation_id = convener then
    if not exists (
      select 1 from private.due_date_deciders(o.council_id, convener) d
      where not exists (select 1 from public.members m where m.organisation_id = convener and m.person_id = d.person_id and m.ended_at is null)
    ) then
      raise sqlstate 'PT409' using message = 'excuse_nobody_decides';
    end if;
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
end $$;
comment on function private.require_excuser(public.obligations) is
  'Refuses everybody but the secretariat, and on the convener''s own periods everybody but a reviewer of another authority who is not also its member.';

create function public.excuse_obligation(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = excuse_obligation.obligation for update;
  perform private.require_excuser(o);
  if o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_already_excused';
  end if;
  if exists (
    select 1 from public.submissions s
    where s.obligation_id = o.id
      and (
        s.status in ('submitted', 'accepted', 'reopened')
        -- What was accepted of it counts, and a contest may still make the rest count.
        or (s.status = 'returned' and s.accepted_measures <> '{}')
        or exists (select 1 from public.contests c where c.submission_id = s.id and c.outcome is null)
      )
  ) then
    raise sqlstate 'PT409' using message = 'obligation_already_filed';
  end if;
  insert into public.excuses (obligation_id, council_id, organisation_id, reason, excused_by, excused_by_organisation)
  values (o.id, o.council_id, o.organisation_id, private.said(excuse_obligation.reason), private.person_id(), private.acting_organisation());
  update public.obligations x set excused_reason = private.said(excuse_obligation.reason), changed_at = now(), changes = x.changes + 1
  where x.id = o.id;
  perform private.record('excuse_obligation', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.excuse_obligation(uuid, text) is
  'The secretariat, for the convener itself a reviewer of another authority, excuses an organisation from a period that it has not filed, with a reason of 5 to 1000 characters; the cell leaves the denominator. Refusals: only_the_secretariat, nobody_decides_their_own, excuse_nobody_decides (the convener''s own, and no other authority has a seat), obligation_already_excused, obligation_already_filed, excuse_needs_a_reason.';

create function public.end_excuse(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = end_excuse.obligation for update;
  perform private.require_excuser(o);
  if o.excused_reason is null then
    raise sqlstate 'PT409' using message = 'obligation_not_excused';
  end if;
  if coalesce(char_length(private.said(end_excuse.reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
  end if;
  update public.excuses x
  set ended_reason = private.said(end_excuse.reason), ended_by = private.person_id(),
      ended_by_organisation = private.acting_organisation(), ended_at = now()
  where x.obligation_id = o.id and x.ended_at is null;
  update public.obligations x set excused_reason = null, changed_at = now(), changes = x.changes + 1 where x.id = o.id;
  perform private.record('end_excuse', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.end_excuse(uuid, text) is
  'Whoever may excuse takes an excuse back, with a reason; the period counts again. Refusals: only_the_secretariat, nobody_decides_their_own, excuse_nobody_decides, obligation_not_excused, excuse_needs_a_reason.';

-- ---------------------------------------------------------------- calendar addresses

create table public.calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  person_id uuid not null references public.people (id),
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid references public.people (id),
  constraint a_hash_has_64_digits check (token_hash ~ '^[0-9a-f]{64}$')
);
comment on table public.calendar_feeds is
  'An address that shows a member''s calendar program the due dates of their organisation. Shown once; only the SHA-256 of its token is kept. It ends with the membership.';
create index calendar_feeds_by_organisation on public.calendar_feeds (organisation_id, created_at desc);
create index calendar_feeds_by_person on public.calendar_feeds (person_id);
create index calendar_feeds_by_revoker on public.calendar_feeds (revoked_by);

alter table public.calendar_feeds enable row level security;
alter table public.calendar_feeds force row level security;
create policy "members read their calendar addresses, administrators all" on public.calendar_feeds
  for select to authenticated
  using (
    (person_id = (select private.person_id()) and organisation_id in (select private.organisations_as()))
    or organisation_id in (select private.organisations_as('admin'))
  );
-- Without token_hash.
grant select (id, organisation_id, person_id, created_at, revoked_at, revoked_by) on public.calendar_feeds to authenticated;

create function public.make_calendar_feed() returns text
  language plpgsql security definer set search_path = '' as $$
declare
  most constant integer := 5;
  token constant text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  organisation constant uuid := private.acting_organisation();
  made uuid;
begin
  if organisation is null then
    raise sqlstate 'PT403' using message = 'not_a_member';
  end if;
  perform 1 from public.people p where p.id = private.person_id() for update;
  if (
    select count(*) from public.calendar_feeds f
    where f.person_id = private.person_id() and f.organisation_id = organisation and f.revoked_at is null
  ) >= most then
    raise sqlstate 'PT409' using message = 'too_many_calendar_feeds';
  end if;
  insert into public.calendar_feeds (organisation_id, person_id, token_hash)
  values (organisation, private.person_id(), private.token_hash(token))
  returning id into made;
  perform private.record('make_calendar_feed', 'calendar_feed', made::text, null, organisation);
  return token;
end $$;
comment on function public.make_calendar_feed() is
  'A member makes a calendar address for the organisation they act for; returns its token, which is kept nowhere. Refusals: not_a_member, too_many_calendar_feeds.';

create function public.revoke_calendar_feed(feed uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
begin
  update public.calendar_feeds f set revoked_at = now(), revoked_by = private.person_id()
  where f.id = feed and f.revoked_at is null
    and (
      (f.person_id = private.person_id() and f.organisation_id in (select private.organisations_as()))
      or f.organisation_id in (select private.organisations_as('admin'))
    )
  returning f.organisation_id into organisation;
  if not found then
    raise sqlstate 'PT409' using message = 'calendar_feed_not_live';
  end if;
  perform private.record('revoke_calendar_feed', 'calendar_feed', feed::text, null, organisation);
end $$;
comment on function public.revoke_calendar_feed(uuid) is
  'Its maker or an administrator of the organisation ends a calendar address. Refusals: calendar_feed_not_live.';

create function private.calendar_of(token text) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name_zh', g.name_zh, 'name_en', g.name_en,
    'days', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', o.id, 'dataset_zh', d.name_zh, 'dataset_en', d.name_en, 'period', o.period, 'due_on', o.due_on,
        'original_due_on', o.original_due_on, 'excused', o.excused_reason is not null, 'changes', o.changes, 'changed_at', o.changed_at
      ) order by o.due_on, o.id)
      from public.obligations o
      join public.datasets d on d.code = o.dataset_code
      where o.organisation_id = g.id and o.due_on > private.today() - 400
    ), '[]')
  )
  from public.calendar_feeds f
  join public.members m on m.person_id = f.person_id and m.organisation_id = f.organisation_id and m.ended_at is null
  join public.organisations g on g.id = f.organisation_id
  where f.token_hash = private.token_hash(token) and f.revoked_at is null
$$;
comment on function private.calendar_of(text) is
  'Due dates of the organisation behind a calendar address, of the last 400 days and to come; null if the address was revoked or its maker''s membership ended.';
grant execute on function private.calendar_of(text) to xiezhi_identity;

-- ---------------------------------------------------------------- notifications

create table private.mails (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id),
  created_at timestamptz not null default now(),
  tries smallint not null default 0,
  try_at timestamptz not null default now(),
  sent_at timestamptz,
  dropped_at timestamptz,
  constraint it_is_sent_or_dropped check (sent_at is null or dropped_at is null)
);
comment on table private.mails is
  'Mails to be sent: one digest for a person and run. Words and address are put together when it is sent, by what the person may see then. dropped_at: nothing was left to say, or it could not be delivered.';
create index mails_to_send on private.mails (try_at) where sent_at is null and dropped_at is null;
create index mails_by_person on private.mails (person_id);
alter table private.mails enable row level security;
alter table private.mails force row level security;

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id),
  organisation_id uuid not null references public.organisations (id),
  obligation_id uuid not null references public.obligations (id),
  kind text not null,
  due_on date not null,
  submission_id uuid references public.submissions (id),
  event_id uuid,
  cells integer,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mail_id uuid references private.mails (id),
  constraint the_kind_is_known check (
    kind in (
      'due_in_5', 'due_in_1', 'overdue', 'escalated', 'calendar_moved', 'extension_asked', 'extension_approved', 'extension_declined',
      'excused', 'excuse_ended', 'returned', 'partly_accepted', 'cells_opened', 'accepted', 'reopened', 'objection_upheld', 'objection_granted',
      'replied', 'objected', 'objection_to_decide', 'decision_upheld', 'decision_overruled'
    )
  ),
  constraint everybody_is_told_once unique nulls not distinct (person_id, obligation_id, kind, due_on, event_id)
);
comment on table public.notifications is
  'What a person was told about a due date or a filing, in the organisation they are a member of. Once for each person, obligation, kind, due date and event: a date that a decision moved is reminded of anew. event_id: the request, excuse, review, revision or contest that it tells of, or the filing that was accepted. cells: how many values are to be corrected, or were answered.';
create index notifications_by_organisation on public.notifications (organisation_id);
create index notifications_by_obligation on public.notifications (obligation_id);
create index notifications_by_submission on public.notifications (submission_id);
create index notifications_by_mail on public.notifications (mail_id);
create index notifications_of_person on public.notifications (person_id, organisation_id, created_at desc);
create index notifications_without_mail on public.notifications (person_id) where mail_id is null;

create function private.obligations_told() returns setof uuid
  language sql stable parallel safe security definer set search_path = '' as $$
  select distinct o.id
  from public.notifications n
  join public.obligations o on o.id = n.obligation_id
  where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
    and (
      o.organisation_id = n.organisation_id
      or (o.council_id, o.organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
    )
$$;
comment on function private.obligations_told() is
  'Obligations of which the caller was told something, those that are no longer any of their business left out.';
grant execute on function private.obligations_told() to authenticated;

alter table public.notifications enable row level security;
alter table public.notifications force row level security;
create policy "people read what they were told, while it is their business" on public.notifications
  for select to authenticated
  using (
    person_id = (select private.person_id())
    and organisation_id in (select private.organisations_as())
    and obligation_id in (select private.obligations_told())
  );
-- Without mail_id.
grant select (id, person_id, organisation_id, obligation_id, kind, due_on, submission_id, event_id, cells, created_at, read_at)
  on public.notifications to authenticated;

create function public.mark_notifications_read(notification uuid default null) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  marked integer;
begin
  update public.notifications n set read_at = now()
  where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
    and n.read_at is null and (notification is null or n.id = notification);
  get diagnostics marked = row_count;
  return marked;
end $$;
comment on function public.mark_notifications_read(uuid) is
  'Marks one notification of the caller as read, or all of the organisation they act for; returns how many were unread.';

create function private.tell(
  who public.members[], kind text, obligation uuid, event uuid, due_on date default null, submission uuid default null, cells integer default null
) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into public.notifications as n (person_id, organisation_id, obligation_id, kind, due_on, submission_id, event_id, cells)
  select distinct on (m.person_id) m.person_id, m.organisation_id, o.id, tell.kind, coalesce(tell.due_on, o.due_on), tell.submission, tell.event, tell.cells
  from unnest(who) m
  join public.people p on p.id = m.person_id and p.email not like '%.invalid'
  join public.obligations o on o.id = tell.obligation
  where m.ended_at is null and m.person_id is distinct from private.person_id()
  order by m.person_id, m.organisation_id
  on conflict on constraint everybody_is_told_once do update
  set cells = excluded.cells, created_at = now(), read_at = null, mail_id = null
  where n.cells <> excluded.cells
$$;
comment on function private.tell(public.members[], text, uuid, uuid, date, uuid, integer) is
  'Tells these members of an event, but for whose deed it is, whose membership ended, and the people that API keys act as. Where more cells came to an event it is told again, in the same line.';

create function private.deciding_members(council uuid, organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m)
  from private.due_date_deciders(council, organisation) d
  join public.members m on m.person_id = d.person_id and m.organisation_id = d.organisation_id and m.ended_at is null
$$;
comment on function private.deciding_members(uuid, uuid) is 'private.due_date_deciders, as private.tell takes them.';

create function private.tell_request() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.deciding_members(new.council_id, new.organisation_id), 'extension_asked', new.obligation_id, new.id, new.wished_on
  );
  return null;
end $$;
comment on function private.tell_request() is 'Trigger: whoever may decide learns of a request for more time.';
create trigger deciders_learn_of_requests after insert on public.extension_requests
  for each row when (new.status = 'open') execute function private.tell_request();

create function private.tell_decision() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    array(
      select m from public.members m
      where m.organisation_id = new.organisation_id and ('reporter' = any (m.roles) or m.person_id = new.asked_by)
    ),
    'extension_' || new.status, new.obligation_id, new.id, coalesce(new.due_after, new.due_before)
  );
  return null;
end $$;
comment on function private.tell_decision() is 'Trigger: who files for an organisation, and who asked, learn of a decision.';
create trigger askers_learn_of_decisions after update of status on public.extension_requests
  for each row when (new.status in ('approved', 'declined')) execute function private.tell_decision();

create function private.filers(organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m) from public.members m
  where m.organisation_id = filers.organisation and m.ended_at is null and 'reporter' = any (m.roles)
$$;
comment on function private.filers(uuid) is 'Who files for an organisation, as private.tell takes them.';

create function private.tell_excuse() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.filers(new.organisation_id), case when new.ended_at is null then 'excused' else 'excuse_ended' end, new.obligation_id, new.id
  );
  return null;
end $$;
comment on function private.tell_excuse() is 'Trigger: who files learns that a period need not be filed, or has to be after all.';
create trigger filers_learn_of_excuses after insert or update of ended_at on public.excuses
  for each row execute function private.tell_excuse();

-- ---------------------------------------------------------------- a changed calendar

create table public.calendar_moves (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  due_before date not null,
  due_after date not null,
  moved_at timestamptz not null default now(),
  constraint it_moves_later check (due_after > due_before)
);
comment on table public.calendar_moves is
  'Due dates that moved because holidays became known after their period was opened: later only, and never one that is past, was decided on or was filed for.';
create index calendar_moves_by_obligation on public.calendar_moves (obligation_id, moved_at desc);
create index calendar_moves_by_council on public.calendar_moves (council_id);
create index calendar_moves_by_organisation on public.calendar_moves (organisation_id);
create trigger calendar_moves_are_kept before update or delete on public.calendar_moves
  for each row execute function private.refuse_change();

-- What was asked, excused and moved is for the same readers.
do $$
declare recorded text;
begin
  foreach recorded in array array['extension_requests', 'excuses', 'calendar_moves'] loop
    execute format('alter table public.%I enable row level security', recorded);
    execute format('alter table public.%I force row level security', recorded);
    execute format(
      'create policy "organisations, their regulators and who decides read it" on public.%I for select to authenticated using (
         organisation_id in (select private.organisations_as())
         or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
         or (council_id, organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
       )', recorded);
    execute format('grant select on public.%I to authenticated', recorded);
  end loop;
end $$;

create function private.follow_calendar() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  -- Nobody files or decides in between; whoever did is seen below.
  perform 1 from public.obligations o
  where o.due_on > private.today() and o.original_due_on is null
  order by o.id for update;

  with computed as materialized (
    select p.dataset_code, p.period, private.due_date(private.period_end(p.period), d.due_working_days) as due_on
    from (select distinct o.dataset_code, o.period from public.obligations o where o.due_on > private.today()) p
    join public.datasets d on d.code = p.dataset_code
  ),
  moved as materialized (
    select o.id, o.council_id, o.organisation_id, o.dataset_code, o.period, o.due_on as due_before, c.due_on as due_after, o.excused_reason
    from public.obligations o
    join computed c on c.dataset_code = o.dataset_code and c.period = o.period
    where o.due_on > private.today() and o.original_due_on is null and c.due_on > o.due_on
      and not exists (select 1 from public.submissions s where s.obligation_id = o.id and s.status <> 'draft')
  ),
  changed as (
    update public.obligations o set due_on = m.due_after, changed_at = now(), changes = o.changes + 1
    from moved m where o.id = m.id
  ),
  kept as (
    insert into public.calendar_moves (obligation_id, council_id, organisation_id, due_before, due_after)
    select m.id, m.council_id, m.organisation_id, m.due_before, m.due_after from moved m
  ),
  recorded as (
    -- The calendar is the convener's, whoever put it in.
    insert into public.audit_events (council_id, organisation_id, subject_organisation_id, person_id, audience, verb, subject_type, subject_id, details)
    select m.council_id, c.convener_id, m.organisation_id, private.person_id(), 'organisation', 'follow_calendar', 'obligation', m.id::text,
           jsonb_build_object('dataset', m.dataset_code, 'period', m.period, 'due_before', m.due_before, 'due_on', m.due_after)
    from moved m join public.councils c on c.id = m.council_id
  )
  insert into public.notifications (person_id, organisation_id, obligation_id, kind, due_on)
  select r.person_id, r.organisation_id, m.id, 'calendar_moved', m.due_after
  from moved m
  join public.members r on r.organisation_id = m.organisation_id and r.ended_at is null and 'reporter' = any (r.roles)
  join public.people p on p.id = r.person_id and p.email not like '%.invalid'
  where m.excused_reason is null
  on conflict on constraint everybody_is_told_once do nothing;
  return null;
end $$;
comment on function private.follow_calendar() is
  'Trigger: computes the due dates anew that a new or changed holiday makes later. Past ones, decided ones and those of what was filed stay; none becomes earlier, because people were told of it.';
create trigger due_dates_follow_the_calendar after insert or update or delete on public.calendar_days
  for each statement execute function private.follow_calendar();

-- ---------------------------------------------------------------- reminders

create function private.working_day_before(day date, working_days integer) returns date
  language sql stable set search_path = '' as $$
  select g.at::date
  from generate_series(day - 1, day - working_days * 3 - 40, interval '-1 day') as g (at)
  left join public.calendar_days c on c.day = g.at::date
  where coalesce(c.working, extract(isodow from g.at) < 6)
  order by g.at desc
  offset working_days - 1 limit 1
$$;
comment on function private.working_day_before(date, integer) is 'The n-th working day before a date, by the State Council''s holiday table.';

create function private.remind(today date default private.today()) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  told integer;
begin
  with owed as (
    select o.id, o.organisation_id, o.council_id, o.due_on,
           case
             when today >= private.due_date(o.due_on, 5) then 'escalated'
             when today > o.due_on then 'overdue'
             when today >= private.working_day_before(o.due_on, 1) then 'due_in_1'
             when today >= private.working_day_before(o.due_on, 5) then 'due_in_5'
           end as kind
    from public.obligations o
    where o.opens_on <= today and o.excused_reason is null
      and not exists (select 1 from public.submissions s where s.obligation_id = o.id and s.status <> 'draft')
  ),
  tell as (
    select o.id, o.due_on, case o.kind when 'escalated' then 'overdue' else o.kind end as kind, m.person_id, m.organisation_id
    from owed o
    join public.members m on m.organisation_id = o.organisation_id and m.ended_at is null and 'reporter' = any (m.roles)
    where o.kind is not null
    union all
    select o.id, o.due_on, o.kind, m.person_id, m.organisation_id
    from owed o
    cross join lateral private.due_date_deciders(o.council_id, o.organisation_id) m
    where o.kind = 'escalated'
  )
  insert into public.notifications (person_id, organisation_id, obligation_id, kind, due_on)
  select distinct on (t.person_id, t.id, t.kind) t.person_id, t.organisation_id, t.id, t.kind, t.due_on
  from tell t
  join public.people p on p.id = t.person_id and p.email not like '%.invalid'
  order by t.person_id, t.id, t.kind, t.organisation_id
  on conflict on constraint everybody_is_told_once do nothing;
  get diagnostics told = row_count;
  return told;
end $$;
comment on function private.remind(date) is
  'Tells who files what is due in 5 or 1 working days or overdue, and after 5 working days who decides on their due dates. May run again at any time: nobody is told twice. Returns how many notifications are new.';

-- ---------------------------------------------------------------- mails

create function private.gather_mails() returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  gathered integer;
begin
  with waiting as (
    select n.id, n.person_id from public.notifications n where n.mail_id is null for update skip locked
  ),
  made as (
    insert into private.mails (person_id) select distinct w.person_id from waiting w returning id, person_id
  )
  update public.notifications n set mail_id = made.id
  from waiting w
  join made on made.person_id = w.person_id
  where n.id = w.id;
  get diagnostics gathered = row_count;
  return gathered;
end $$;
comment on function private.gather_mails() is 'One mail for each person with notifications that no mail carries yet; returns how many notifications.';

create function private.still_matters(n public.notifications) returns boolean
  language plpgsql stable security definer set search_path = '' as $$
begin
  -- plpgsql, because contests come after this file.
  return (
    select case
      when n.kind in ('due_in_5', 'due_in_1', 'overdue', 'escalated', 'calendar_moved') then
        o.excused_reason is null and o.due_on = n.due_on and last.id is null
      when n.kind = 'extension_asked' then
        o.excused_reason is null and exists (select 1 from public.extension_requests r where r.id = n.event_id and r.status = 'open')
      when n.kind = 'excused' then exists (select 1 from public.excuses e where e.id = n.event_id and e.ended_at is null)
      when n.kind = 'excuse_ended' then o.excused_reason is null and (last.id is null or last.status in ('returned', 'reopened'))
      when n.kind in ('returned', 'partly_accepted', 'cells_opened', 'objection_upheld', 'replied') then
        o.excused_reason is null and last.id = n.submission_id and last.status in ('returned', 'reopened')
      when n.kind = 'reopened' then last.id = n.submission_id and last.status = 'reopened'
      when n.kind = 'accepted' then last.id = n.submission_id and last.status = 'accepted'
      when n.kind in ('objected', 'objection_to_decide') then
        exists (select 1 from public.contests c where c.id = n.event_id and c.outcome is null)
      else true
    end
    from public.obligations o
    left join lateral (
      select s.id, s.status from public.submissions s
      where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1
    ) last on true
    where o.id = n.obligation_id
  );
end $$;
comment on function private.still_matters(public.notifications) is
  'Whether there is still something in what a person was told: not once it was filed, decided, moved or excused meanwhile.';

create function private.told() returns setof public.notifications
  language sql stable security definer set search_path = '' as $$
  select n
  from public.notifications n
  where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
    and n.obligation_id in (select private.obligations_told())
$$;
comment on function private.told() is 'What the caller was told in the organisation they act for, while it is their business.';

create function public.my_notifications(at_most integer default 100)
  returns table (
    id uuid, kind text, due_on date, cells integer, created_at timestamptz, read_at timestamptz, passed boolean, obligation_id uuid, submission_id uuid,
    organisation_id uuid, organisation_zh text, organisation_en text, dataset_zh text, dataset_en text, period text
  )
  language sql stable security definer set search_path = '' as $$
  select n.id, n.kind, n.due_on, n.cells, n.created_at, n.read_at, n.passed, o.id, n.submission_id,
         g.id, g.short_zh, g.short_en, d.name_zh, d.name_en, o.period
  from (select t.*, t.read_at is null and not private.still_matters(t) as passed from private.told() t) n
  join public.obligations o on o.id = n.obligation_id
  join public.organisations g on g.id = o.organisation_id
  join public.datasets d on d.code = o.dataset_code
  order by n.read_at is not null or n.passed, n.created_at desc, n.due_on, n.id
  limit least(greatest(at_most, 1), 500)
$$;
comment on function public.my_notifications(integer) is
  'What the caller was told in the organisation they act for: unread first, then the newest. passed: not read, and filed, decided, moved or excused meanwhile. Of the obligations behind them no more than names and dates.';

create function public.unread_notifications() returns integer
  language sql stable security definer set search_path = '' as $$
  select count(*)::integer from private.told() t where t.read_at is null and private.still_matters(t)
$$;
comment on function public.unread_notifications() is
  'How many notifications the caller has not read in the organisation they act for; those that have passed do not count.';

create function private.next_mail() returns jsonb
  language plpgsql security definer set search_path = '' as $$
declare
  mail private.mails;
  items jsonb;
begin
  loop
    select * into mail from private.mails x
    where x.sent_at is null and x.dropped_at is null and x.try_at <= now()
    order by x.try_at, x.id limit 1 for update skip locked;
    if mail.id is null then
      return null;
    end if;
    select jsonb_agg(jsonb_build_object(
      'kind', n.kind, 'due_on', n.due_on, 'cells', n.cells, 'obligation_id', o.id, 'submission_id', n.submission_id, 'period', o.period, 'dataset_zh', d.name_zh, 'dataset_en', d.name_en,
      'organisation_zh', g.short_zh, 'organisation_en', g.short_en
    ) order by n.due_on, g.short_zh, d.code, n.created_at, n.kind)
    into items
    from public.notifications n
    join public.members m on m.person_id = n.person_id and m.organisation_id = n.organisation_id and m.ended_at is null
    join public.obligations o on o.id = n.obligation_id
    join public.datasets d on d.code = o.dataset_code
    join public.organisations g on g.id = o.organisation_id
    where n.mail_id = mail.id and private.still_matters(n)
      and (o.organisation_id = m.organisation_id or m = any (private.deciding_members(o.council_id, o.organisation_id)));
    if items is not null then
      return (select jsonb_build_object('id', mail.id, 'to', p.email, 'name', p.name, 'items', items) from public.people p where p.id = mail.person_id);
    end if;
    update private.mails x set dropped_at = now() where x.id = mail.id;
  end loop;
end $$;
comment on function private.next_mail() is
  'Locks the next mail that is to be sent and gives {id, to, name, items}, or null. What no longer matters, and what is no longer any business of the membership or ended with it, is left out.';

create function private.mail_sent(mail uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update private.mails x set sent_at = now() where x.id = mail
$$;
comment on function private.mail_sent(uuid) is 'Notes in the transaction of next_mail that the mail went out.';

create function private.mail_failed(mail uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update private.mails x
  set tries = x.tries + 1,
      try_at = now() + interval '2 minutes' * 2 ^ least(x.tries, 9),
      dropped_at = case when x.tries >= 11 then now() end
  where x.id = mail
$$;
comment on function private.mail_failed(uuid) is
  'Puts a mail off: after 2 minutes, then twice as long each time up to 17 hours; given up after 12 tries, about 3 days.';

-- ---------------------------------------------------------------- the job queue

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'xiezhi_jobs') then
    create role xiezhi_jobs nologin noinherit;
  end if;
  -- The owner reads the queue too: for backups, and to make the schema over.
  execute format('grant xiezhi_jobs to %I', current_user);
end $$;
alter role xiezhi_jobs set search_path = jobs;
comment on role xiezhi_jobs is
  'The app''s login for the job queue: owns schema jobs, whose tables pg-boss makes and keeps up to date itself, and may remind and mail. The operator gives it LOGIN and a password.';
create schema if not exists jobs authorization xiezhi_jobs;
comment on schema jobs is 'The job queue (pg-boss). Holds times and ids, no personal data. Never exposed by the API.';
grant usage on schema private to xiezhi_jobs;
grant execute on function
  private.remind(date), private.gather_mails(), private.next_mail(), private.mail_sent(uuid), private.mail_failed(uuid)
  to xiezhi_jobs;

-- ---------------------------------------------------------------- who may call what

revoke execute on function
  private.keep_decided(), private.keep_ended(), private.deciders_for_convener(), private.due_date_deciders(uuid, uuid), private.open_extension(uuid), private.require_excuser(public.obligations),
  private.decide_extension(public.extension_requests, text, date, text), private.calendar_of(text),
  private.tell(public.members[], text, uuid, uuid, date, uuid, integer), private.deciding_members(uuid, uuid), private.tell_request(),
  private.tell_decision(), private.filers(uuid), private.tell_excuse(), private.follow_calendar(), private.obligations_told(), private.still_matters(public.notifications), private.told(),
  private.working_day_before(date, integer), private.remind(date), private.gather_mails(), private.next_mail(),
  private.mail_sent(uuid), private.mail_failed(uuid)
  from public;
grant execute on function
  public.request_extension(uuid, date, text), public.withdraw_extension(uuid),
  public.approve_extension(uuid, date, text), public.decline_extension(uuid, text), public.extension_queue(), public.obligation_to_decide(uuid),
  public.excuse_obligation(uuid, text), public.end_excuse(uuid, text),
  public.make_calendar_feed(), public.revoke_calendar_feed(uuid),
  public.my_notifications(integer), public.unread_notifications(), public.mark_notifications_read(uuid)
  to authenticated;
