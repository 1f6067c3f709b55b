-- The list of filings counts as on time what completeness counts: the first version filed, not the newest.

create or replace function public.submissions_page(list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with chosen as materialized (
    select v.id, v.due_on, v.state, v.late_days,
           case list ->> 'sort'
             when 'organisation' then private.in_language(list, v.organisation_zh, v.organisation_en)
             when 'period' then v.period
             when 'due' then v.due_on::text
             when 'state' then to_char(array_position(
               array['overdue', 'due_soon', 'open', 'returned', 'partly_accepted', 'reopened', 'submitted', 'accepted', 'excused', 'not_open'], v.state
             ), 'FM00')
           end as key
    from public.obligation_states v
    where (list ->> 'state' is null or v.state = list ->> 'state')
      and (list ->> 'dataset' is null or v.dataset_code = list ->> 'dataset')
      and (list ->> 'organisation' is null or v.organisation_id = (list ->> 'organisation')::uuid)
  ),
  page as materialized (
    select c.id, row_number() over (
      order by case when list ->> 'descending' is null then c.key end collate "zh-x-icu",
               case when list ->> 'descending' is not null then c.key end collate "zh-x-icu" desc nulls last, c.due_on desc, c.id
    ) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  ),
  waiting as materialized (
    select v.id, row_number() over (order by v.due_on, v.id desc) as place
    from public.obligation_states v
    where v.organisation_id in (select private.organisations_as('reporter'))
      and v.state in ('open', 'due_soon', 'overdue', 'returned', 'partly_accepted', 'reopened')
  ),
  shown as (
    select v.*, (select r.wished_on from public.extension_requests r where r.obligation_id = v.id and r.status = 'open') as wished_on
    from public.obligation_states v
    where v.id = any (array(select p.id from page p union select w.id from waiting w where w.place <= 50))
  )
  select jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(s order by p.place), '[]') from page p join shown s on s.id = p.id),
    'total', (select count(*) from chosen),
    'completeness', (
      select jsonb_build_object(
        'expected', count(*), 'received', count(c.late_days), 'accepted', count(*) filter (where c.state = 'accepted'),
        'on_time', count(*) filter (where f.late_days = 0)
      )
      from chosen c
      -- As completeness counts it: a later version does not make a period late.
      left join lateral (
        select s.late_days from public.submissions s
        where c.late_days is not null and s.obligation_id = c.id and s.status <> 'draft' order by s.version limit 1
      ) f on true
      where c.state not in ('excused', 'not_open')
    ),
    'waiting', (
      select jsonb_build_object('rows', coalesce(jsonb_agg(s order by w.place), '[]'), 'total', (select count(*) from waiting))
      from waiting w join shown s on s.id = w.id where w.place <= 50
    ),
    'objections', (
      select coalesce(jsonb_agg(c), '[]')
      from (
        select k.id, k.submission_id, k.organisation_id, k.kind, k.reason, k.objected_at, k.outcome, k.decision_reason, k.decided_at
        from public.objections k where k.outcome is null order by k.objected_at limit 200
      ) c
    ),
    'datasets', (
      select coalesce(jsonb_agg(d order by d.code), '[]')
      from (select x.code, x.name_zh, x.name_en from public.datasets x where x.code in (select o.dataset_code from public.obligations o)) d
    ),
    'organisations', (
      select coalesce(jsonb_agg(g order by private.in_language(list, g.name_zh, g.name_en) collate "zh-x-icu", g.id), '[]')
      from (select x.id, x.name_zh, x.name_en from public.organisations x where x.id in (select o.organisation_id from public.obligations o)) g
    ),
    'years', (
      select coalesce(jsonb_agg(y.year order by y.year), '[]')
      from (select distinct extract(year from o.due_on)::integer as year from public.obligations o) y
    )
  )
$$;
comment on function public.submissions_page(jsonb) is
  'A page of the obligations the caller may see (filters: state, dataset, organisation; sort: organisation, period, due, state; else the newest due first), how complete all that match are, what waits for a reporter to file (the first 50), objections that wait for a decision, and what there is to choose from. Under the reader''s own rights.';
