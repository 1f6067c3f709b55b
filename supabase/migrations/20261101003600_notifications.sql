-- What people are told about due dates and filings.

create table private.mails (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id),
  created_at timestamptz not null default private.now(),
  tries smallint not null default 0,
  try_at timestamptz not null default private.now(),
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
  created_at timestamptz not null default private.now(),
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

-- ---------------------------------------------------------------- who may see what

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
  update public.notifications n set read_at = private.now()
  where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
    and n.read_at is null and (notification is null or n.id = notification);
  get diagnostics marked = row_count;
  return marked;
end $$;
comment on function public.mark_notifications_read(uuid) is
  'Marks one notification of the caller as read, or all of the organisation they act for; returns how many were unread.';
grant execute on function public.mark_notifications_read(uuid) to authenticated;

-- ---------------------------------------------------------------- telling

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
  set cells = excluded.cells, created_at = private.now(), read_at = null, mail_id = null
  where n.cells <> excluded.cells
$$;
comment on function private.tell(public.members[], text, uuid, uuid, date, uuid, integer) is
  'Tells these members of an event, but for whose deed it is, whose membership ended, and the people that API keys act as. Where more cells came to an event it is told again, in the same line.';

create function private.filers(organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m) from public.members m
  where m.organisation_id = filers.organisation and m.ended_at is null and 'reporter' = any (m.roles)
$$;
comment on function private.filers(uuid) is 'Who files for an organisation, as private.tell takes them.';

create function private.deciding_members(council uuid, organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m)
  from private.due_date_deciders(council, organisation) d
  join public.members m on m.person_id = d.person_id and m.organisation_id = d.organisation_id and m.ended_at is null
$$;
comment on function private.deciding_members(uuid, uuid) is 'private.due_date_deciders, as private.tell takes them.';

-- ---------------------------------------------------------------- reading

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
grant execute on function public.my_notifications(integer) to authenticated;

create function public.unread_notifications() returns integer
  language sql stable security definer set search_path = '' as $$
  select count(*)::integer from private.told() t where t.read_at is null and private.still_matters(t)
$$;
comment on function public.unread_notifications() is
  'How many notifications the caller has not read in the organisation they act for; those that have passed do not count.';
grant execute on function public.unread_notifications() to authenticated;
