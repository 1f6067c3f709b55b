-- Whether what somebody reads is invented: of a council that is a demonstration, or of an organisation of one.

create or replace function private.session_memberships(person uuid)
  returns table (
    organisation_id uuid, name_zh text, name_en text, kind text, region_code text, roles text[],
    council_id uuid, secretariat boolean, is_demo boolean
  )
  language sql stable security definer set search_path = '' as $$
  select o.id, o.name_zh, o.name_en, o.kind, o.region_code, m.roles,
         c.id, coalesce(c.convener_id = o.id and 'admin' = any (m.roles), false), o.is_demo or coalesce(c.is_demo, false)
  from public.members m
  join public.organisations o on o.id = m.organisation_id
  left join lateral (
    select k.id, k.convener_id, k.is_demo
    from public.councils k
    left join public.council_seats s on s.council_id = k.id and s.organisation_id = o.id
    where k.convener_id = o.id
       or (s.since <= (select private.today()) and (s.until is null or s.until > (select private.today())))
    order by k.convener_id = o.id desc, s.since, k.id
    limit 1
  ) c on true
  where m.person_id = person and m.ended_at is null
  order by m.created_at, o.name_zh
$$;
comment on function private.session_memberships(uuid) is
  'The organisations a signed-in person may act for now, with the council each sits in, and whether what they read there is invented. Asked at every request.';

-- ---------------------------------------------------------------- releases, for readers who belong to no council

alter table public.releases add column is_demo boolean not null default false;
update public.releases r set is_demo = true from public.councils c where c.id = r.council_id and c.is_demo;
comment on column public.releases.is_demo is 'Its figures are invented: as its council says, which strangers do not read.';
grant select (is_demo) on public.releases to anon, authenticated;

create function private.label_release() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  new.is_demo := (select c.is_demo from public.councils c where c.id = new.council_id);
  return new;
end $$;
comment on function private.label_release() is 'A release is published as invented or real as its council is.';
create trigger releases_are_labelled before insert on public.releases for each row execute function private.label_release();

create function private.relabel_releases() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.releases r set is_demo = new.is_demo where r.council_id = new.id;
  return null;
end $$;
comment on function private.relabel_releases() is 'What a council is, its releases are.';
create trigger releases_follow after update of is_demo on public.councils for each row execute function private.relabel_releases();

-- ---------------------------------------------------------------- what leaves without a session: mails and calendars

create or replace function private.next_mail() returns jsonb
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
      return (
        select jsonb_build_object('id', mail.id, 'to', p.email, 'name', p.name, 'items', items, 'is_demo', exists (
          select from public.notifications n
          join private.session_memberships(mail.person_id) s on s.organisation_id = n.organisation_id
          where n.mail_id = mail.id and s.is_demo
        ))
        from public.people p where p.id = mail.person_id
      );
    end if;
    update private.mails x set dropped_at = private.now() where x.id = mail.id;
  end loop;
end $$;
comment on function private.next_mail() is
  'Locks the next mail that is to be sent and gives {id, to, name, items, is_demo}, or null. What has passed, and what is no longer any business of the membership or ended with it, is left out. is_demo: something in it is of a demonstration.';

create or replace function private.calendar_of(token text) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name_zh', g.name_zh, 'name_en', g.name_en,
    'is_demo', exists (select from private.session_memberships(f.person_id) s where s.organisation_id = g.id and s.is_demo),
    'days', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', o.id, 'dataset_zh', d.name_zh, 'dataset_en', d.name_en, 'period', o.period, 'due_on', o.due_on,
        'original_due_on', o.original_due_on, 'excused', o.excused_reason is not null, 'changes', o.changes, 'changed_at', o.changed_at
      ) order by o.due_on, o.id)
      from public.obligations o
      join public.datasets d on d.code = o.dataset_code
      where o.organisation_id = g.id and o.due_on > (select private.today()) - 400
    ), '[]')
  )
  from public.calendar_feeds f
  join public.members m on m.person_id = f.person_id and m.organisation_id = f.organisation_id and m.ended_at is null
  join public.organisations g on g.id = f.organisation_id
  where f.token_hash = private.token_hash(token) and f.revoked_at is null
$$;
comment on function private.calendar_of(text) is
  'Due dates of the organisation behind a calendar address, of the last 400 days and to come, and whether it is of a demonstration; null if the address was revoked or its maker''s membership ended.';
