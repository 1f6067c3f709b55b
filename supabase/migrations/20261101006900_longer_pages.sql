-- Longer periods on the page of an indicator, and the figure by which a target is judged.

create function private.frequency_months(frequency text) returns integer
  language sql immutable parallel safe set search_path = '' as $$
  select case frequency when 'month' then 1 when 'quarter' then 3 when 'half_year' then 6 when 'year' then 12 end
$$;
comment on function private.frequency_months(text) is 'How many months a frequency''s periods have; null when it is none.';
grant execute on function private.frequency_months(text) to authenticated;
grant execute on function private.period_months(text) to authenticated;
grant execute on function private.period_frequency(text) to authenticated;
grant execute on function private.period_end(text) to authenticated;

create function private.shortest_frequency(series jsonb) returns text
  language sql immutable set search_path = '' as $$
  select private.period_frequency(s ->> 'period') from jsonb_array_elements(series) s order by private.period_months(s ->> 'period') limit 1
$$;
comment on function private.shortest_frequency(jsonb) is 'Of rows of indicator_series: the frequency of the shortest periods; null without any.';
grant execute on function private.shortest_frequency(jsonb) to authenticated;
grant execute on function private.target_for(uuid, text, text, text) to authenticated;

create function public.longer_districts(council uuid, indicator text, period text)
  returns table (
    region_code text, name_zh text, name_en text, short_zh text,
    numerator numeric, denominator numeric, value numeric, hidden text, contributors integer, own_value numeric,
    expected integer, finished boolean
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  whole text := (select c.region_code from public.councils c where c.id = council);
  day date := private.period_start(longer_districts.period);
  last date := least(private.period_end(longer_districts.period), private.today());
  places text[];
begin
  perform private.require_seat(council);
  select array_agg(r.code order by r.code) into places
  from public.regions r
  where r.level = 'county' and r.code like whole || '%' and r.in_gb2260
    and (r.valid_from is null or r.valid_from <= day) and (r.valid_to is null or r.valid_to > day);
  return query
  select r.code, r.name_zh, r.name_en, r.short_zh, x.numerator, x.denominator, x.value,
         coalesce(x.hidden, case when x.region_code is null then 'no_data' end), x.contributors, null::numeric, x.expected, coalesce(x.finished, false)
  from public.regions r
  left join private.longer_figures(
    council, places, array[indicator], private.sees_exactly(council), private.period_frequency(longer_districts.period), day, last
  ) x on x.region_code = r.code and x.period = longer_districts.period
  where r.code = any (places)
  order by r.code;
end $$;
comment on function public.longer_districts(uuid, text, text) is
  'An indicator in a quarter, half-year or year that was not filed itself, for every county of the council, as far as the caller may see it. Refusal: council_not_found.';
grant execute on function public.longer_districts(uuid, text, text) to authenticated;

drop function public.indicator_page(uuid, text, text, date, text);

create function public.indicator_page(
  council uuid, indicator text, region text default null, since date default null, period text default null, frequency text default null
) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  series jsonb;
  speaks_of text;
  filed_by text;
  longer text;
  judged_by text;
begin
  select coalesce(jsonb_agg(s), '[]') into series
  from public.indicator_series(indicator_page.council, indicator_page.indicator, indicator_page.region, indicator_page.since) s;

  -- Of what is filed for shorter periods, the longer ones that were asked for, by name or by one of them.
  filed_by := private.shortest_frequency(series);
  longer := coalesce(indicator_page.frequency, private.period_frequency(indicator_page.period));
  if private.frequency_months(longer) > private.frequency_months(filed_by)
    and (indicator_page.frequency is not null or not exists (select from jsonb_array_elements(series) s where s ->> 'period' = indicator_page.period))
  then
    select coalesce(jsonb_agg(l), '[]') into series
    from public.longer_series(indicator_page.council, indicator_page.indicator, longer, indicator_page.region, indicator_page.since) l;
  else
    longer := null;
  end if;

  speaks_of := private.period_spoken_of(series, indicator_page.period);
  -- A target is judged in the period it speaks of, as far as that has come.
  judged_by := (
    select g.period from private.target_for(
      indicator_page.council, indicator_page.indicator,
      coalesce(indicator_page.region, (select k.region_code from public.councils k where k.id = indicator_page.council)), speaks_of
    ) g
    where private.period_months(g.period) > private.period_months(speaks_of)
  );
  return jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = indicator_page.council) c),
    'series', series,
    'period', speaks_of,
    'filed_by', filed_by,
    'frequency', coalesce(longer, filed_by),
    'judged', case when judged_by is not null then (
      select to_jsonb(l)
      from public.longer_series(
        indicator_page.council, indicator_page.indicator, private.period_frequency(judged_by), indicator_page.region,
        private.period_start(judged_by), private.period_end(speaks_of)
      ) l
      where l.scope = 'total' and l.period = judged_by
    ) end,
    'filed', private.is_filed(indicator_page.council, indicator_page.indicator),
    'districts', case when speaks_of is null then '[]' when longer is null then (
      select coalesce(jsonb_agg(d), '[]') from public.indicator_districts(indicator_page.council, indicator_page.indicator, speaks_of) d
    ) else (
      select coalesce(jsonb_agg(d), '[]') from public.longer_districts(indicator_page.council, indicator_page.indicator, speaks_of) d
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
comment on function public.indicator_page(uuid, text, text, date, text, text) is
  'An indicator in a council: its series (with frequency, or a period that is longer than the filed ones, that of quarters, half-years or years), targets, links and revisions, and its districts in the period the page speaks of: the one asked for, else the newest finished one; judged: the figure of the period that its target speaks of, where that is longer; filed: whether anybody gave a figure, also where none can be added up. Under the reader''s own rights. Refusal: council_not_found.';
grant execute on function public.indicator_page(uuid, text, text, date, text, text) to authenticated;

drop function public.council_overview(uuid);

create function public.council_overview(council uuid)
  returns table (
    indicator_code text, period text, value numeric, numerator numeric, denominator numeric, hidden text,
    contributors integer, expected integer, accepted_at timestamptz, definition_version smallint, own_value numeric, trend jsonb,
    target_kind text, target_value numeric, target_upper numeric, target_period text, target_set_on date,
    finished boolean, share numeric, not_applicable integer, change jsonb, year_change jsonb, later jsonb,
    base_share numeric, cells_unknown integer, judged jsonb
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.acting_organisation();
  whole text := (select c.region_code from public.councils c where c.id = council);
  today date := private.today();
  since date := (today - interval '15 months')::date;
  exactly boolean := private.sees_exactly(council);
  wanted text[];
begin
  perform private.require_seat(council);
  select array_agg(distinct dt.indicator_code) into wanted
  from public.definition_terms dt
  join public.dataset_measures dm on dm.measure_code = dt.measure_code;
  return query
  with shown as materialized (
    select x.*, coalesce(r.filed, x.contributors) as filed, r.expected, coalesce(r.finished, false) as finished,
           private.share_told(r.share, r.competing, exactly) as share, r.not_applicable
    from private.figures x
    left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
      and r.starts_on = x.starts_on and r.period = x.period
    where x.council_id = council and x.exact = exactly and x.region_code = whole and x.indicator_code = any (wanted)
      and x.starts_on between since and today
  ),
  own as (
    select c.indicator_code, c.period, c.numerator / case when c.denominator is null then 1 else nullif(c.denominator, 0) end * d.factor as rate
    from private.indicator_cells(council, wanted, since, today, false, me) c
    join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
  ),
  filings as (
    select dm.indicator_code, o.period, max(s.decided_at) as accepted_at
    from public.obligations o
    join public.submissions s on s.obligation_id = o.id and s.status = 'accepted'
    join (
      select distinct m.dataset_code, dt.indicator_code
      from public.dataset_measures m join public.definition_terms dt on dt.measure_code = m.measure_code
    ) dm on dm.dataset_code = o.dataset_code
    where o.council_id = council and o.due_on >= since
    group by dm.indicator_code, o.period
  ),
  newest as materialized (select * from private.newest_spoken_of(council, whole, wanted, exactly, since)),
  lines as (
    select s.indicator_code, n.period,
           jsonb_agg(jsonb_build_object('period', s.period, 'value', s.value, 'hidden', s.hidden, 'version', s.version, 'finished', s.finished)
             order by s.starts_on) filter (where s.starts_on <= n.starts_on) as trend,
           coalesce(jsonb_agg(jsonb_build_object('period', s.period, 'value', s.value, 'hidden', s.hidden, 'version', s.version,
             'contributors', s.filed, 'expected', s.expected) order by s.starts_on) filter (where s.starts_on > n.starts_on), '[]') as later
    from shown s
    join newest n on n.indicator_code = s.indicator_code
    group by s.indicator_code, n.period
  ),
  aims as materialized (
    select t.* from newest n cross join lateral private.target_for(council, n.indicator_code, whole, n.period) t
  ),
  -- A target is judged in the period it speaks of, as far as that has come.
  judged as (
    select f.*
    from (
      select private.period_frequency(a.period) as frequency, array_agg(a.indicator_code) as codes, min(private.period_start(a.period)) as since
      from aims a join newest n on n.indicator_code = a.indicator_code
      where private.period_months(a.period) > private.period_months(n.period)
      group by 1
    ) q
    cross join lateral private.longer_figures(council, array[whole], q.codes, exactly, q.frequency, q.since, today) f
    join aims a on a.indicator_code = f.indicator_code and a.period = f.period
  ),
  moved as materialized (
    select c.*, y.years
    from (select array_agg(n.indicator_code) as codes, array_agg(n.period) as periods from newest n) w
    cross join (values (0), (1)) y (years)
    cross join lateral private.changes(council, whole, w.codes, w.periods, y.years, exactly) c
  )
  select l.indicator_code, l.period, s.value, s.numerator, s.denominator, s.hidden, s.filed, s.expected, f.accepted_at, s.version,
         round(o.rate, 4), l.trend, t.kind, t.value, t.upper_value, t.period, private.day_of(t.set_at),
         s.finished, s.share, s.not_applicable,
         (select to_jsonb(m) - array['indicator_code', 'period', 'years'] from moved m where m.indicator_code = l.indicator_code and m.years = 0),
         (select to_jsonb(m) - array['indicator_code', 'period', 'years'] from moved m where m.indicator_code = l.indicator_code and m.years = 1),
         l.later, s.base_share, s.cells_unknown, to_jsonb(j) - array['indicator_code', 'region_code']
  from lines l
  join public.indicators i on i.code = l.indicator_code
  join shown s on s.indicator_code = l.indicator_code and s.period = l.period
  left join own o on o.indicator_code = l.indicator_code and o.period = l.period
  left join filings f on f.indicator_code = l.indicator_code and f.period = l.period
  left join aims t on t.indicator_code = l.indicator_code
  left join judged j on j.indicator_code = l.indicator_code
  order by i.position;
end $$;
comment on function public.council_overview(uuid) is
  'Every indicator with figures: in the newest finished period (else the newest) its value as far as the caller may see it, 15 months'' trend, what is newer and unfinished (later), what it changed by, own value, target with the figure by which it is judged where its period is longer (judged), completeness and freshness. Refusal: council_not_found.';
grant execute on function public.council_overview(uuid) to authenticated;
