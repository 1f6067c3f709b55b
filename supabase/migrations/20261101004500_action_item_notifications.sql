-- What people are told of action items.

insert into private.notification_kinds (subject_type, kind)
select 'action_item', unnest(array[
  'action_item_assigned', 'action_item_due_in_5', 'action_item_due_in_1', 'action_item_overdue', 'action_item_reported', 'action_item_sent_back',
  'action_item_accepted', 'action_item_cancelled'
]);

create function private.notifications_action_item(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select n.id,
         case
           when n.kind in ('action_item_accepted', 'action_item_cancelled') then false
           when n.kind = 'action_item_reported' then a.status <> 'reported' or n.event_id <> last.id
           when n.kind = 'action_item_sent_back' then a.status <> 'in_progress' or n.event_id <> last.id
           else a.status not in ('assigned', 'in_progress') or n.due_on <> a.due_on
         end,
         a.accountable_id, a.title_zh, a.title_en, null::text, null::uuid
  from unnest(told) n
  join public.action_items a on a.id = n.subject_id::uuid
  left join lateral (
    select r.id from public.action_reports r
    where r.action_item_id = a.id and r.kind = case n.kind when 'action_item_reported' then 'done' else 'sent_back' end
    order by r.written_at desc limit 1
  ) last on true
  where n.organisation_id in (a.accountable_id, a.accepting_id) and (a.council_id, n.organisation_id) in (select s.council_id, s.organisation_id from private.seats_today() s)
$$;
comment on function private.notifications_action_item(public.notifications[]) is
  'What was told of action items, as private.notifications gives it: for the two parties, while they have seats. Passed once it was reported, decided or cancelled.';

create function private.tell_assignment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(private.members_as(new.accountable_id, 'reporter', 'admin'), 'action_item_assigned', new.id::text, due_on => new.due_on);
  return null;
end $$;
comment on function private.tell_assignment() is 'Trigger: who reports for the accountable organisation learns of an action item.';
create trigger the_accountable_learn_of_action_items after insert on public.action_items
  for each row when (new.status = 'assigned') execute function private.tell_assignment();

create function private.tell_action_report() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  a constant public.action_items := (select x from public.action_items x where x.id = new.action_item_id);
  does constant public.members[] := private.members_as(a.accountable_id, 'reporter', 'admin');
  accepts constant public.members[] := private.members_as(a.accepting_id, 'reviewer', 'delegate', 'admin');
begin
  perform private.tell(
    case new.kind when 'done' then accepts when 'cancelled' then does || accepts else does end,
    'action_item_' || case new.kind when 'done' then 'reported' else new.kind end, a.id::text, new.id
  );
  return null;
end $$;
comment on function private.tell_action_report() is
  'Trigger: who accepts learns that an action item is done, who reports that it was accepted or sent back, and both that it was cancelled.';
create trigger the_parties_learn_of_reports after insert on public.action_reports
  for each row when (new.kind <> 'progress') execute function private.tell_action_report();

create function private.reminders_action_items(today date) returns setof private.reminder
  language sql stable security definer set search_path = '' as $$
  with due as (
    select a.id::text, a.accountable_id, a.due_on,
           case
             when today > a.due_on then 'action_item_overdue'
             when today >= private.working_day_before(a.due_on, 1) then 'action_item_due_in_1'
             when today >= private.working_day_before(a.due_on, 5) then 'action_item_due_in_5'
           end as kind
    from public.action_items a where a.status in ('assigned', 'in_progress')
  )
  select d.kind, d.id, d.due_on, m.person_id, m.organisation_id
  from due d
  cross join lateral unnest(private.members_as(d.accountable_id, 'reporter', 'admin')) m
  where d.kind is not null
$$;
comment on function private.reminders_action_items(date) is 'Who reports is reminded of action items that are due in 5 or 1 working days or overdue, until they report them done.';
