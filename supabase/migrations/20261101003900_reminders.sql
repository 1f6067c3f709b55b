-- Reminders, and the mails they make.

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
grant execute on function private.remind(date) to xiezhi_jobs;

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
    update private.mails x set dropped_at = private.now() where x.id = mail.id;
  end loop;
end $$;
comment on function private.next_mail() is
  'Locks the next mail that is to be sent and gives {id, to, name, items}, or null. What no longer matters, and what is no longer any business of the membership or ended with it, is left out.';
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
