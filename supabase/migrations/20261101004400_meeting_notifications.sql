-- What people are told of meetings, their agenda and what is voted on.

insert into private.notification_kinds (subject_type, kind) values
  ('meeting', 'meeting_planned'),
  ('meeting', 'meeting_opened'),
  ('meeting', 'meeting_closed'),
  ('agenda_item', 'agenda_item_proposed'),
  ('agenda_item', 'agenda_item_scheduled'),
  ('agenda_item', 'agenda_item_declined'),
  ('resolution', 'voting_opened'),
  ('resolution', 'resolution_adopted'),
  ('resolution', 'resolution_rejected');

-- ---------------------------------------------------------------- until when

create function private.notifications_meeting(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select n.id,
         (n.kind = 'meeting_planned' and m.status <> 'planned') or (n.kind = 'meeting_opened' and m.status <> 'open'),
         null::uuid, m.title_zh, m.title_en, null::text, null::uuid
  from unnest(told) n
  join public.meetings m on m.id = n.subject_id::uuid
  where (m.council_id, n.organisation_id) in (select s.council_id, s.organisation_id from private.seats_today() s)
$$;
comment on function private.notifications_meeting(public.notifications[]) is
  'What was told of meetings, as private.notifications gives it: for seats. A planned one has passed once it opens, an open one once it closes.';

create function private.notifications_agenda_item(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select n.id,
         (n.kind = 'agenda_item_proposed' and a.status <> 'proposed') or (n.kind = 'agenda_item_scheduled' and m.status is distinct from 'planned'),
         a.proposed_by_organisation, a.title_zh, a.title_en, null::text, a.meeting_id
  from unnest(told) n
  join public.agenda_items a on a.id = n.subject_id::uuid
  join public.councils c on c.id = a.council_id
  left join public.meetings m on m.id = a.meeting_id
  where (a.council_id, n.organisation_id) in (select s.council_id, s.organisation_id from private.seats_today() s)
    and (
      a.proposed_by_organisation = n.organisation_id
      or (c.convener_id = n.organisation_id and (n.person_id, n.organisation_id) in (
        select x.person_id, x.organisation_id from public.members x where x.ended_at is null and 'admin' = any (x.roles)
      ))
    )
$$;
comment on function private.notifications_agenda_item(public.notifications[]) is
  'What was told of agenda items, as private.notifications gives it: for the organisation that proposed, and the secretariat. A proposal has passed once the secretariat decided, a place on an agenda once the meeting opens.';

create function private.notifications_resolution(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select n.id,
         n.kind = 'voting_opened' and (
           r.status <> 'voting' or (r.council_id, n.organisation_id) not in (select s.council_id, s.organisation_id from private.seats_today('{voting}') s)
           or exists (select from public.votes v where v.resolution_id = r.id and v.organisation_id = n.organisation_id)
         ),
         null::uuid, a.title_zh, a.title_en, null::text, r.meeting_id
  from unnest(told) n
  join public.resolutions r on r.id = n.subject_id::uuid
  join public.agenda_items a on a.id = r.agenda_item_id
  where (r.council_id, n.organisation_id) in (select s.council_id, s.organisation_id from private.seats_today() s)
$$;
comment on function private.notifications_resolution(public.notifications[]) is
  'What was told of resolutions, as private.notifications gives it: for seats. A voting has passed once the seat voted or it is over.';

-- ---------------------------------------------------------------- who is told

create function private.tell_meeting() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.seated_as(new.council_id, '{voting,observer}', 'delegate', 'admin'),
    case new.status when 'planned' then 'meeting_planned' when 'open' then 'meeting_opened' else 'meeting_closed' end,
    new.id::text, due_on => private.day_of(new.scheduled_at)
  );
  return null;
end $$;
comment on function private.tell_meeting() is 'Trigger: delegates and administrators of all seats learn of a meeting, its opening, and its minutes.';
create trigger seats_learn_of_meetings after insert on public.meetings
  for each row when (new.status = 'planned') execute function private.tell_meeting();
create trigger seats_learn_how_meetings_go after update of status on public.meetings
  for each row when (new.status <> old.status) execute function private.tell_meeting();

create function private.tell_agenda_item() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'proposed' then
    perform private.tell(private.members_as(c.convener_id, 'admin'), 'agenda_item_proposed', new.id::text)
    from public.councils c where c.id = new.council_id;
  else
    perform private.tell(
      array(
        select m from public.members m
        where m.organisation_id = new.proposed_by_organisation and (m.roles && '{delegate,admin}' or m.person_id = new.proposed_by)
      ),
      case new.status when 'scheduled' then 'agenda_item_scheduled' else 'agenda_item_declined' end, new.id::text,
      due_on => (select private.day_of(m.scheduled_at) from public.meetings m where m.id = new.meeting_id)
    );
  end if;
  return null;
end $$;
comment on function private.tell_agenda_item() is 'Trigger: the secretariat learns of a proposal, and whoever proposed what becomes of it.';
create trigger the_secretariat_learns_of_proposals after insert on public.agenda_items
  for each row when (new.status = 'proposed') execute function private.tell_agenda_item();
create trigger proposers_learn_of_decisions after update of status on public.agenda_items
  for each row when (new.status in ('scheduled', 'declined') and new.status <> old.status) execute function private.tell_agenda_item();

create function private.tell_resolution() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'voting' then
    perform private.tell(private.seated_as(new.council_id, '{voting}', 'delegate'), 'voting_opened', new.id::text);
  else
    perform private.tell(private.seated_as(new.council_id, '{voting,observer}', 'delegate', 'admin'), 'resolution_' || new.status, new.id::text);
  end if;
  return null;
end $$;
comment on function private.tell_resolution() is 'Trigger: who may vote learns of a voting, delegates and administrators of all seats what it came to.';
create trigger voters_learn_of_votings after insert on public.resolutions
  for each row when (new.status = 'voting') execute function private.tell_resolution();
create trigger seats_learn_of_resolutions after update of status on public.resolutions
  for each row when (new.status <> old.status) execute function private.tell_resolution();
