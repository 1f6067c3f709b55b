-- What a page reads, in one call.
--
-- A page's function composes guarded reads and views under the reader's own rights: nobody sees more by it than by each of them.

create function public.home_page(council uuid, at_most integer) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'tasks', (select coalesce(jsonb_agg(t), '[]') from public.my_tasks() t),
    'events', (select coalesce(jsonb_agg(e), '[]') from public.recent_events(at_most) e),
    'meeting', (
      select to_jsonb(n)
      from (
        select m.id, m.number, m.title_zh, m.title_en, m.place_zh, m.place_en, m.scheduled_at, m.status
        from public.meetings m
        where m.council_id = home_page.council and m.status in ('open', 'planned')
        order by m.status, m.scheduled_at limit 1
      ) n
    ),
    'overview', case when home_page.council is null then '[]' else (select coalesce(jsonb_agg(o), '[]') from public.council_overview(home_page.council) o) end
  )
$$;
comment on function public.home_page(uuid, integer) is
  'What waits for the caller, what happened, the next meeting and the overview of a council. council null: of none. Under the reader''s own rights. Refusal: council_not_found.';

create function private.period_spoken_of(series jsonb, wanted text) returns text
  language sql stable security definer set search_path = '' as $$
  with figures as (
    select s ->> 'period' as period, private.period_start(s ->> 'period') as starts_on, s ->> 'scope' = 'total' as is_total,
           coalesce((s ->> 'contributors')::integer, 0) as contributors
    from jsonb_array_elements(series) s
  ),
  totals as (
    select f.*, row_number() over (order by f.starts_on desc) as place from figures f where f.is_total
  )
  select coalesce(
    (select f.period from figures f where f.period = wanted and (f.is_total or not exists (select from totals)) limit 1),
    (
      select t.period from totals t
      where t.contributors >= 0.8 * (select max(u.contributors) from totals u where u.place <= 15)
      order by t.place limit 1
    ),
    (select f.period from figures f order by f.starts_on desc limit 1)
  )
$$;
comment on function private.period_spoken_of(jsonb, text) is
  'Of rows of indicator_series: the period asked for if it is there, else the newest with four fifths of the usual contributors, else the newest.';

create function public.indicator_page(council uuid, indicator text, region text default null, since date default null, period text default null) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  series jsonb;
  speaks_of text;
begin
  select coalesce(jsonb_agg(s), '[]') into series
  from public.indicator_series(indicator_page.council, indicator_page.indicator, indicator_page.region, indicator_page.since) s;

  speaks_of := private.period_spoken_of(series, indicator_page.period);
  return jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = indicator_page.council) c),
    'series', series,
    'period', speaks_of,
    'districts', case when speaks_of is null then '[]' else (
      select coalesce(jsonb_agg(d), '[]') from public.indicator_districts(indicator_page.council, indicator_page.indicator, speaks_of) d
    ) end,
    'targets', (
      select coalesce(jsonb_agg(t order by t.set_at desc), '[]')
      from (
        select g.id, g.region_code, g.organisation_id, g.period, g.kind, g.value, g.upper_value, g.origin_zh, g.origin_en, g.resolution_id, g.set_at, g.superseded_at
        from public.targets g
        where g.council_id = indicator_page.council and g.indicator_code = indicator_page.indicator
      ) t
    ),
    'links', (select coalesce(jsonb_agg(l), '[]') from public.links(indicator_page.council, 'indicator', indicator_page.indicator) l),
    'revised', (
      select coalesce(jsonb_agg(r), '[]')
      from public.indicator_revisions(indicator_page.council, indicator_page.indicator, indicator_page.region) r
    )
  );
end $$;
comment on function public.indicator_page(uuid, text, text, date, text) is
  'An indicator in a council: its series, targets, links and revisions, and its districts in the period the page speaks of: the one asked for, else the newest with four fifths of the usual contributors. Under the reader''s own rights. Refusal: council_not_found.';

revoke execute on function
  private.period_spoken_of(jsonb, text), public.home_page(uuid, integer), public.indicator_page(uuid, text, text, date, text)
  from public, anon;
grant execute on function
  private.period_spoken_of(jsonb, text), public.home_page(uuid, integer), public.indicator_page(uuid, text, text, date, text)
  to authenticated;
