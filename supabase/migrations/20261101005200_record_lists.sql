-- The lists of what somebody was told and of what was done, as *_lists.sql answers lists.

create function public.notifications_page(list jsonb default '{}') returns jsonb
  language sql stable security definer set search_path = '' as $$
  with theirs as materialized (
    select n.kind, n.subject_type, n.subject_id, n.due_on, n.cells, n.created_at, n.read_at, x.*
    from (select private.told(list ->> 'unread' is not null, list ->> 'about') as all_told) t
    cross join lateral private.notifications(t.all_told) x
    join lateral unnest(t.all_told) n on n.id = x.id
  ),
  chosen as materialized (
    select h.id, h.created_at from theirs h where list ->> 'unread' is null or not h.passed
  ),
  page as materialized (
    select c.id, row_number() over (order by c.created_at desc, c.id) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  )
  select jsonb_build_object(
    'rows', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'id', h.id, 'kind', h.kind, 'subject_type', h.subject_type, 'subject_id', h.subject_id, 'parent_id', h.parent_id,
          'due_on', h.due_on, 'cells', h.cells, 'created_at', h.created_at, 'read_at', h.read_at, 'passed', h.read_at is null and h.passed,
          'organisation_id', o.id, 'organisation_zh', o.short_zh, 'organisation_en', o.short_en,
          'title_zh', h.title_zh, 'title_en', h.title_en, 'period', h.period
        ) order by p.place
      ), '[]')
      from page p join theirs h on h.id = p.id left join public.organisations o on o.id = h.organisation_id
    ),
    'total', (select count(*) from chosen),
    'about', (select coalesce(jsonb_agg(distinct k.subject_type), '[]') from private.notification_kinds k)
  )
$$;
comment on function public.notifications_page(jsonb) is
  'A page of what the caller was told in the organisation they act for, the newest first (filters: unread, as public.unread_notifications counts; about: a type of subject), and the types that people are told of. passed: not read, and there is nothing in it any more. Of what is behind them no more than names and dates.';
grant execute on function public.notifications_page(jsonb) to authenticated;

create function public.audit_page(council uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with chosen as not materialized (
    select e.id, e.at from public.audit_events e
    where (list ->> 'verb' is null or e.verb = list ->> 'verb')
      and (list ->> 'organisation' is null or (list ->> 'organisation')::uuid in (e.organisation_id, e.subject_organisation_id))
      and (list ->> 'since' is null or e.at >= (list ->> 'since')::timestamp at time zone 'Asia/Shanghai')
      and (list ->> 'until' is null or e.at < ((list ->> 'until')::timestamp + interval '1 day') at time zone 'Asia/Shanghai')
  ),
  page as materialized (
    select c.id, row_number() over (order by c.at desc, c.id) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  ),
  rows as materialized (
    select e.id, e.at, e.verb, e.subject_type, e.subject_id, e.details, p.place,
           private.party(e.organisation_id) as organisation, private.party(e.subject_organisation_id) as subject_organisation,
           (select x.name from public.people x where x.id = e.person_id) as person,
           (select jsonb_build_object('name_zh', d.name_zh, 'name_en', d.name_en) from public.datasets d where d.code = e.details ->> 'dataset') as dataset
    from page p join public.audit_events e on e.id = p.id
  )
  select jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(to_jsonb(r) - 'place' order by r.place), '[]') from rows r),
    'total', (select count(*) from chosen),
    'subjects', (
      select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('type', k.subject_type)), '[]')
      from (select r.subject_type, array_agg(distinct r.subject_id) as ids from rows r group by r.subject_type) k
      cross join lateral private.subjects(k.subject_type, k.ids) s
    ),
    'organisations', (
      select coalesce(jsonb_agg(g order by private.in_language(list, g.name_zh, g.name_en) collate "zh-x-icu", g.id), '[]')
      from (
        select o.id, o.name_zh, o.name_en from public.organisations o
        where o.id in (select s.organisation_id from public.council_seats s where s.council_id = audit_page.council)
      ) g
    )
  )
$$;
comment on function public.audit_page(uuid, jsonb) is
  'A page of the events that the caller may read, the newest first (filters: verb, organisation that acted or was concerned, since and until a day), what they were about as far as the caller may read that, and the organisations of a council (null: of none). Under the reader''s own rights.';
grant execute on function public.audit_page(uuid, jsonb) to authenticated;
