-- Due dates follow the calendar when holidays become known.

create table public.calendar_moves (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  due_before date not null,
  due_after date not null,
  moved_at timestamptz not null default private.now(),
  constraint it_moves_later check (due_after > due_before)
);
comment on table public.calendar_moves is
  'Due dates that moved because holidays became known after their period was opened: later only, and never one that is past, was decided on or was filed for.';
create index calendar_moves_by_obligation on public.calendar_moves (obligation_id, moved_at desc);
create index calendar_moves_by_council on public.calendar_moves (council_id);
create index calendar_moves_by_organisation on public.calendar_moves (organisation_id);
create trigger calendar_moves_are_kept before update or delete on public.calendar_moves
  for each row execute function private.refuse_change();

alter table public.calendar_moves enable row level security;
alter table public.calendar_moves force row level security;
create policy "organisations, their regulators and who decides read it" on public.calendar_moves
  for select to authenticated
  using (
    (organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
    or (council_id, organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
  );
grant select on public.calendar_moves to authenticated;

create function private.follow_calendar() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  -- Nobody files or decides in between; whoever did is seen below.
  perform 1 from public.obligations o
  where o.due_on > (select private.today()) and o.original_due_on is null
  order by o.id for update;

  with computed as materialized (
    select p.dataset_code, p.period, private.due_date(private.period_end(p.period), d.due_working_days) as due_on
    from (select distinct o.dataset_code, o.period from public.obligations o where o.due_on > (select private.today())) p
    join public.datasets d on d.code = p.dataset_code
  ),
  moved as materialized (
    select o.id, o.council_id, o.organisation_id, o.dataset_code, o.period, o.due_on as due_before, c.due_on as due_after, o.excused_reason
    from public.obligations o
    join computed c on c.dataset_code = o.dataset_code and c.period = o.period
    where o.due_on > (select private.today()) and o.original_due_on is null and c.due_on > o.due_on
      and not exists (select 1 from public.submissions s where s.obligation_id = o.id and s.status <> 'draft')
  ),
  changed as (
    update public.obligations o set due_on = m.due_after, changed_at = private.now(), changes = o.changes + 1
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
  insert into public.notifications (person_id, organisation_id, kind, subject_type, subject_id, due_on)
  select r.person_id, r.organisation_id, 'calendar_moved', 'obligation', m.id::text, m.due_after
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
