-- The list of what somebody was told, as *_lists.sql answers lists.

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
