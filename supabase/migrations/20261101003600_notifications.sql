-- What people are told, of anything: a domain registers its kinds, and says of what it told whether that is still so.

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

create table private.notification_kinds (
  kind text primary key,
  subject_type text not null,
  unique (kind, subject_type)
);
comment on table private.notification_kinds is
  'What people are told of, and what kind of row it is about. A domain adds its kinds in its own migration, and for each of its subject types the function private.notifications_<subject type>.';

alter table private.notification_kinds enable row level security;
alter table private.notification_kinds force row level security;

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id),
  organisation_id uuid not null references public.organisations (id),
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  due_on date,
  event_id uuid,
  cells integer,
  created_at timestamptz not null default private.now(),
  read_at timestamptz,
  mail_id uuid references private.mails (id),
  constraint the_kind_is_known foreign key (kind, subject_type) references private.notification_kinds (kind, subject_type),
  constraint everybody_is_told_once unique nulls not distinct (person_id, subject_id, kind, due_on, event_id)
);
comment on table public.notifications is
  'What a person was told, in the organisation they are a member of. Once for each person, subject, kind, date and event: a date that a decision moved is reminded of anew. due_on: the day that it is about, where there is one. event_id: the request, review, report … that it tells of, where the subject may meet with it more than once. cells: how many values are to be corrected, or were answered.';
create index notifications_by_kind on public.notifications (kind, subject_type);
create index notifications_by_organisation on public.notifications (organisation_id);
create index notifications_by_subject on public.notifications (subject_type, subject_id);
create index notifications_by_mail on public.notifications (mail_id);
create index notifications_of_person on public.notifications (person_id, organisation_id, created_at desc);
create index notifications_without_mail on public.notifications (person_id) where mail_id is null;

-- ---------------------------------------------------------------- what a domain says of them: private.notifications_<subject type>(told)

create type private.notification as (
  id uuid, passed boolean, organisation_id uuid, title_zh text, title_en text, period text, parent_id uuid
);
comment on type private.notification is
  'What a notification is about. passed: there is nothing in it any more. organisation_id: whom it concerns, where it is somebody. parent_id: the row on whose page its subject stands, where that has none of its own.';

create function private.notifications(told public.notifications[]) returns setof private.notification
  language plpgsql stable security definer set search_path = '' as $$
declare
  of_type text;
  theirs public.notifications[];
begin
  for of_type, theirs in select n.subject_type, array_agg(n) from unnest(told) n group by n.subject_type loop
    return query execute format('select * from private.%I($1)', 'notifications_' || of_type) using theirs;
  end loop;
end $$;
comment on function private.notifications(public.notifications[]) is
  'Those of the notifications that are still the business of the membership to which they were told, with what they are about, as the domain of each subject gives it. Whoever asks does not matter: mails are put together for nobody.';

create function private.worded(told public.notifications[]) returns table (
  id uuid, kind text, subject_type text, subject_id text, parent_id uuid, due_on date, cells integer, created_at timestamptz, read_at timestamptz,
  passed boolean, organisation_id uuid, organisation_zh text, organisation_en text, title_zh text, title_en text, period text
)
  language sql stable security definer set search_path = '' as $$
  select n.id, n.kind, n.subject_type, n.subject_id, x.parent_id, n.due_on, n.cells, n.created_at, n.read_at,
         x.passed, g.id, g.short_zh, g.short_en, x.title_zh, x.title_en, x.period
  from private.notifications(told) x
  join unnest(told) n on n.id = x.id
  left join public.organisations g on g.id = x.organisation_id
$$;
comment on function private.worded(public.notifications[]) is 'All that a sentence about each needs: of what is behind it no more than names and dates.';

create function private.told(unread boolean default false, about text default null) returns public.notifications[]
  language sql stable security definer set search_path = '' as $$
  select array(
    select n from public.notifications n
    where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
      and not (told.unread and n.read_at is not null) and (told.about is null or n.subject_type = told.about)
  )
$$;
comment on function private.told(boolean, text) is
  'What the caller was told in the organisation they act for, or did not read of it, or of one type of subject.';

create function private.notifications_told() returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select x.id from private.notifications(private.told()) x
$$;
comment on function private.notifications_told() is 'The caller''s notifications, those that are no longer any of their business left out.';
grant execute on function private.notifications_told() to authenticated;

-- ---------------------------------------------------------------- who may see what

alter table public.notifications enable row level security;
alter table public.notifications force row level security;
create policy "people read what they were told, while it is their business" on public.notifications
  for select to authenticated
  using (
    person_id = (select private.person_id())
    and organisation_id in (select private.organisations_as())
    and id in (select private.notifications_told())
  );
-- Without mail_id.
grant select (id, person_id, organisation_id, kind, subject_type, subject_id, due_on, event_id, cells, created_at, read_at)
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
  who public.members[], kind text, subject text, event uuid default null, due_on date default null, cells integer default null
) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into public.notifications as n (person_id, organisation_id, kind, subject_type, subject_id, due_on, event_id, cells)
  select distinct on (m.person_id) m.person_id, m.organisation_id, k.kind, k.subject_type, tell.subject, tell.due_on, tell.event, tell.cells
  from unnest(who) m
  join public.people p on p.id = m.person_id and p.email not like '%.invalid'
  join private.notification_kinds k on k.kind = tell.kind
  where m.ended_at is null and m.person_id is distinct from private.person_id()
  order by m.person_id, m.organisation_id
  on conflict on constraint everybody_is_told_once do update
  set cells = excluded.cells, created_at = private.now(), read_at = null, mail_id = null
  where n.cells <> excluded.cells
$$;
comment on function private.tell(public.members[], text, text, uuid, date, integer) is
  'Tells these members of an event, but for whose deed it is, whose membership ended, and the people that API keys act as. Where more cells came to an event it is told again, in the same line.';

create function private.members_as(organisation uuid, variadic wanted text[]) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m) from public.members m
  where m.organisation_id = members_as.organisation and m.ended_at is null and m.roles && wanted
$$;
comment on function private.members_as(uuid, text[]) is 'The members of an organisation who hold one of these roles, as private.tell takes them.';

create function private.seated_as(council uuid, standings text[], variadic wanted text[]) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m)
  from public.council_seats s
  join public.members m on m.organisation_id = s.organisation_id and m.ended_at is null and m.roles && wanted
  where s.council_id = seated_as.council and s.standing = any (standings)
    and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
$$;
comment on function private.seated_as(uuid, text[], text[]) is
  'The members who hold one of these roles in an organisation that has a seat of these standings today, as private.tell takes them.';

create function private.seats_today(standings text[] default '{voting,observer}') returns table (council_id uuid, organisation_id uuid)
  language sql stable security definer set search_path = '' as $$
  select s.council_id, s.organisation_id from public.council_seats s
  where s.standing = any (standings) and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
$$;
comment on function private.seats_today(text[]) is
  'Which organisations have a seat of these standings today: private.councils_joined of somebody who does not ask. A set, asked for once for all that somebody was told.';

-- ---------------------------------------------------------------- reading

create function public.unread_notifications() returns integer
  language sql stable security definer set search_path = '' as $$
  select count(*)::integer from private.notifications(private.told(unread => true)) n where not n.passed
$$;
comment on function public.unread_notifications() is
  'How many notifications the caller has not read in the organisation they act for; those that have passed do not count.';
grant execute on function public.unread_notifications() to authenticated;
