-- Reminders, and the mails that notifications make.

-- ---------------------------------------------------------------- what a domain reminds of: private.reminders_<domain>(today)

create type private.reminder as (kind text, subject_id text, due_on date, person_id uuid, organisation_id uuid);
comment on type private.reminder is 'Whom a kind of notification is due to today.';

create function private.remind(today date default private.today()) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  told integer;
begin
  execute format(
    'insert into public.notifications (person_id, organisation_id, kind, subject_type, subject_id, due_on)
     select distinct on (r.person_id, r.kind, r.subject_id) r.person_id, r.organisation_id, k.kind, k.subject_type, r.subject_id, r.due_on
     from (%s) r
     join private.notification_kinds k on k.kind = r.kind
     join public.people p on p.id = r.person_id and p.email not like ''%%.invalid''
     order by r.person_id, r.kind, r.subject_id, r.organisation_id
     on conflict on constraint everybody_is_told_once do nothing',
    private.of_every_domain('reminders', '$1')
  ) using today;
  get diagnostics told = row_count;
  return told;
end $$;
comment on function private.remind(date) is
  'Tells people what each domain reminds of today. May run again at any time: nobody is told twice. Returns how many notifications are new.';
grant execute on function private.remind(date) to xiezhi_jobs;

create function private.reminders_obligations(today date) returns setof private.reminder
  language sql stable security definer set search_path = '' as $$
  with owed as (
    select o.id::text, o.organisation_id, o.council_id, o.due_on,
           case
             when today >= private.due_date(o.due_on, 5) then 'escalated'
             when today > o.due_on then 'overdue'
             when today >= private.working_day_before(o.due_on, 1) then 'due_in_1'
             when today >= private.working_day_before(o.due_on, 5) then 'due_in_5'
           end as kind
    from public.obligations o
    where o.opens_on <= today and o.excused_reason is null
      and not exists (select 1 from public.submissions s where s.obligation_id = o.id and s.status <> 'draft')
  )
  select case o.kind when 'escalated' then 'overdue' else o.kind end, o.id, o.due_on, m.person_id, m.organisation_id
  from owed o
  join public.members m on m.organisation_id = o.organisation_id and m.ended_at is null and 'reporter' = any (m.roles)
  where o.kind is not null
  union all
  select o.kind, o.id, o.due_on, m.person_id, m.organisation_id
  from owed o
  cross join lateral private.due_date_deciders(o.council_id, o.organisation_id) m
  where o.kind = 'escalated'
$$;
comment on function private.reminders_obligations(date) is
  'Who files is reminded of what is due in 5 or 1 working days or overdue; after 5 working days who decides on their due dates.';

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
grant execute on function private.gather_mails() to xiezhi_jobs;

create function private.next_mail() returns jsonb
  language plpgsql security definer set search_path = '' as $$
declare
  mail private.mails;
  items jsonb;
begin
  loop
    select * into mail from private.mails x
    where x.sent_at is null and x.dropped_at is null and x.try_at <= (select private.now())
    order by x.try_at, x.id limit 1 for update skip locked;
    if mail.id is null then
      return null;
    end if;
    select jsonb_agg(
      to_jsonb(w) - '{id,created_at,read_at,passed,organisation_id}'::text[] order by w.due_on, w.organisation_zh, w.title_zh, w.created_at, w.kind, w.subject_id
    )
    into items
    from private.worded(array(
      select n from public.notifications n
      join public.members m on m.person_id = n.person_id and m.organisation_id = n.organisation_id and m.ended_at is null
      where n.mail_id = mail.id
    )) w
    where not w.passed;
    if items is not null then
      return (select jsonb_build_object('id', mail.id, 'to', p.email, 'name', p.name, 'items', items) from public.people p where p.id = mail.person_id);
    end if;
    update private.mails x set dropped_at = private.now() where x.id = mail.id;
  end loop;
end $$;
comment on function private.next_mail() is
  'Locks the next mail that is to be sent and gives {id, to, name, items}, or null. What has passed, and what is no longer any business of the membership or ended with it, is left out.';
grant execute on function private.next_mail() to xiezhi_jobs;

create function private.mail_sent(mail uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update private.mails x set sent_at = private.now() where x.id = mail
$$;
comment on function private.mail_sent(uuid) is 'Notes in the transaction of next_mail that the mail went out.';
grant execute on function private.mail_sent(uuid) to xiezhi_jobs;

create function private.mail_failed(mail uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update private.mails x
  set tries = x.tries + 1,
      try_at = private.now() + interval '2 minutes' * 2 ^ least(x.tries, 9),
      dropped_at = case when x.tries >= 11 then private.now() end
  where x.id = mail
$$;
comment on function private.mail_failed(uuid) is
  'Puts a mail off: after 2 minutes, then twice as long each time up to 17 hours; given up after 12 tries, about 3 days.';
grant execute on function private.mail_failed(uuid) to xiezhi_jobs;
