-- Quarters, half-years and years of what is filed by the month: computed when read, from the figures that are shown.

alter table public.measures add column over_time text not null default 'unique'
  constraint the_way_over_time_is_known check (over_time in ('stock', 'flow', 'opening', 'unique'));
comment on column public.measures.over_time is
  'What becomes of it in a longer period: stock, taken at the end; flow, added; opening, taken at the beginning; unique, counted once in a period, so that a longer one must be filed by itself.';

create function private.longer_period(period text, frequency text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select case frequency
    when 'month' then case when private.period_months(period) = 1 then period end
    when 'quarter' then to_char(private.period_start(period), 'YYYY-"Q"Q')
    when 'half_year' then to_char(private.period_start(period), 'YYYY-"H"') || case when extract(month from private.period_start(period)) < 7 then 1 else 2 end
    when 'year' then to_char(private.period_start(period), 'YYYY')
  end
$$;
comment on function private.longer_period(text, text) is 'The period of a frequency in which another one begins; null when there is none.';

-- ---------------------------------------------------------------- which way

create function private.over_time(indicators text[])
  returns table (indicator_code text, version smallint, numerator text, denominator text)
  language sql stable security definer set search_path = '' as $$
  select d.indicator_code, d.version,
         case
           when d.kind not in ('ratio', 'sum', 'difference') then null
           when bool_and(m.over_time = 'flow') filter (where t.part = 'numerator') then 'sum'
           when bool_and(m.over_time = 'stock') filter (where t.part = 'numerator') then 'last'
         end,
         case
           when bool_and(m.over_time = 'flow') filter (where t.part = 'denominator') then 'sum'
           when bool_and(m.over_time in ('stock', 'unique')) filter (where t.part = 'denominator') then 'last'
           when bool_or(t.part = 'denominator') then 'none'
         end
  from public.indicator_definitions d
  join public.definition_terms t on t.indicator_code = d.indicator_code and t.version = d.version
  join public.measures m on m.code = t.measure_code
  where d.indicator_code = any (indicators)
  group by d.indicator_code, d.version, d.kind
$$;
comment on function private.over_time(text[]) is
  'How an indicator''s parts become those of a longer period: sum of flows, last of stocks. A numerator that counts persons once in a period has none (null), nor has one of mixed parts; a denominator that does is taken at the end, beside a stock or a flow.';

create function private.longer_figures(council uuid, regions text[], indicators text[], exact boolean, frequency text, since date, until date)
  returns table (
    indicator_code text, region_code text, version smallint, period text, starts_on date, numerator numeric, denominator numeric, value numeric, hidden text,
    contributors integer, expected integer, not_applicable integer, finished boolean, share numeric, base_share numeric, cells_unknown integer, approximate boolean,
    parts integer, needed integer, newest text, way text
  )
  language sql stable security definer set search_path = '' as $$
  with filed as materialized (
    select f.*, private.longer_period(f.period, longer_figures.frequency) as longer, private.period_months(f.period) as months,
           coalesce(r.finished, false) as finished, r.expected, r.not_applicable, private.share_told(r.share, r.competing, longer_figures.exact) as share, r.filed
    from private.figures f
    left join private.reporting r on r.council_id = f.council_id and r.region_code = f.region_code and r.indicator_code = f.indicator_code
      and r.starts_on = f.starts_on and r.period = f.period
    where f.council_id = council and f.exact = longer_figures.exact and f.region_code = any (regions) and f.indicator_code = any (indicators)
      and f.starts_on between private.period_start(private.longer_period(to_char(since, 'YYYY-MM'), longer_figures.frequency)) and until
  ),
  -- Of what is filed at several frequencies, the shortest; and nothing where the longer period was filed itself.
  shortest as (
    select f.indicator_code, min(f.months) as months from filed f group by f.indicator_code
  ),
  used as (
    select f.*, s.months as of_months
    from filed f
    join shortest s on s.indicator_code = f.indicator_code and s.months = f.months
    where f.months < private.period_months(f.longer)
      and not exists (select from filed o where o.indicator_code = f.indicator_code and o.region_code = f.region_code and o.period = f.longer)
  ),
  -- Only finished periods are added: what is unfinished says nothing yet.
  grouped as (
    select u.indicator_code, u.region_code, u.longer, private.period_months(u.longer) / u.of_months as needed,
           count(*) filter (where u.finished)::integer as parts,
           (array_agg(u.period order by u.starts_on desc) filter (where u.finished))[1] as newest,
           min(u.version) as version, min(u.version) <> max(u.version) as is_broken,
           sum(u.numerator) filter (where u.finished) as n_sum, sum(u.denominator) filter (where u.finished) as d_sum,
           sum(case when u.base_share > 0 then u.denominator / u.base_share else u.denominator end) filter (where u.finished) as base_sum,
           (array_agg(u.hidden order by u.starts_on) filter (where u.finished and u.hidden is not null))[1] as hidden_in_it,
           bool_or(u.approximate) filter (where u.finished) as approximate,
           min(u.share) filter (where u.finished) as share,
           coalesce(sum(u.cells_unknown) filter (where u.finished), 0)::integer as cells_unknown
    from used u
    group by u.indicator_code, u.region_code, u.longer, u.of_months
  ),
  decided as (
    select g.*, w.numerator as way, l.hidden as last_hidden, l.base_share as last_share, l.filed, l.contributors, l.expected, l.not_applicable, l.value as last_value,
           case w.numerator when 'sum' then g.n_sum when 'last' then l.numerator end as n,
           case when w.denominator = 'sum' and w.numerator = 'sum' then g.d_sum else l.denominator end as d,
           w.denominator is not null as has_denominator, d.factor,
           case
             when w.numerator is null or w.denominator = 'none' then 'filed_by_itself'
             when g.is_broken then 'definition_changed'
             when w.numerator = 'last' then l.hidden
             else g.hidden_in_it
           end as hidden_because
    from grouped g
    join private.over_time(indicators) w on w.indicator_code = g.indicator_code and w.version = g.version
    join public.indicator_definitions d on d.indicator_code = g.indicator_code and d.version = g.version
    join used l on l.indicator_code = g.indicator_code and l.region_code = g.region_code and l.period = g.newest
  )
  select z.indicator_code, z.region_code, z.version, z.longer, private.period_start(z.longer),
         case when z.hidden_because is null then z.n end, case when z.hidden_because is null then z.d end,
         case
           when z.hidden_because is not null then null
           when z.way = 'last' then z.last_value
           else round(z.n / case when z.has_denominator then nullif(z.d, 0) else 1 end * z.factor, 4)
         end,
         coalesce(z.hidden_because, case when z.has_denominator and z.d = 0 then 'no_denominator' end),
         coalesce(z.filed, z.contributors), z.expected, z.not_applicable,
         case when z.way = 'last' then private.period_end(z.newest) = private.period_end(z.longer) else z.parts = z.needed end,
         z.share,
         case when z.way = 'last' then z.last_share when z.base_sum > z.d_sum then round(z.d_sum / z.base_sum, 4) end,
         z.cells_unknown, coalesce(z.approximate, false), z.parts, z.needed, z.newest, z.way
  from decided z
$$;
comment on function private.longer_figures(uuid, text[], text[], boolean, text, date, date) is
  'The figures of quarters, half-years or years of what is filed for shorter periods, from the finished ones of those (parts of needed, up to newest): flows added, of ratios numerator and denominator each, stocks at the end. They are computed from what the reader is shown, so that they show no more. finished: every part is in, or of a stock the last one. hidden besides the reasons of disclosed: filed_by_itself, definition_changed.';

create function private.longer_changes(council uuid, indicator text, place text, exact boolean, frequency text, figures jsonb, years integer)
  returns table (period text, against text, change numeric, same integer, joined integer, gone integer, hidden text)
  language sql stable security definer set search_path = '' as $$
  with told as (
    select f.period, f.version, f.value, f.finished, f.starts_on, f.contributors,
           count(*) filter (where f.value is not null and f.finished) over (partition by f.version order by f.starts_on) as points
    from jsonb_to_recordset(figures) f (period text, version smallint, value numeric, finished boolean, starts_on date, contributors integer)
  ),
  moves as (
    select c.starts_on, c.joined, c.gone from private.compared c
    where c.council_id = council and c.region_code = place and c.indicator_code = longer_changes.indicator and c.years = 0 and c.joined + c.gone > 0
  )
  select t.period, a.against,
         case when h.hidden is null then t.value - b.value end,
         case when h.hidden is null then t.contributors else 0 end, s.joined, s.gone, h.hidden
  from told t
  cross join lateral (select private.period_before(t.period, years) as against) a
  left join told b on b.period = a.against
  -- The same contributors from the first day of the one to the last day of the other.
  cross join lateral (
    select coalesce(sum(m.joined), 0)::integer as joined, coalesce(sum(m.gone), 0)::integer as gone from moves m
    where m.starts_on > private.period_start(a.against) and m.starts_on <= private.period_end(t.period)
  ) s
  cross join lateral (
    select case
      when b.period is null then 'nothing_before'
      when b.version <> t.version then 'definition_changed'
      when t.value is null or b.value is null then 'hidden'
      when not t.finished or not b.finished then 'unfinished'
      when s.joined + s.gone > 0 then 'others_between'
      when t.points < 5 then 'few_points'
    end as hidden
  ) h
$$;
comment on function private.longer_changes(uuid, text, text, boolean, text, jsonb, integer) is
  'What figures of longer periods changed by since the period before (years = 0) or the same one years earlier: only where the same contributors gave every part of both. figures: rows of private.longer_figures.';

create function public.longer_series(council uuid, indicator text, frequency text, region text default null, since date default null, until date default null)
  returns table (
    period text, scope text, organisation_id uuid, name_zh text, name_en text,
    numerator numeric, denominator numeric, value numeric, hidden text,
    contributors integer, expected integer, accepted_at timestamptz, definition_version smallint,
    peers integer, lower_quartile numeric, median numeric, upper_quartile numeric, rank_band text,
    finished boolean, share numeric, not_applicable integer, change jsonb, year_change jsonb,
    base_share numeric, cells_unknown integer, parts integer, needed integer, newest text, way text
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.acting_organisation();
  place text := coalesce(region, (select c.region_code from public.councils c where c.id = council));
  from_day date := coalesce(since, (private.today() - interval '61 months')::date);
  to_day date := coalesce(until, private.today());
  exactly boolean := private.sees_exactly(council);
  told jsonb;
begin
  perform private.require_seat(council);
  if frequency not in ('quarter', 'half_year', 'year') then
    raise sqlstate 'PT422' using message = 'frequency_not_valid';
  end if;
  select coalesce(jsonb_agg(f), '[]') into told
  from private.longer_figures(council, array[place], array[indicator], exactly, longer_series.frequency, from_day, to_day) f;
  return query
  with shown as materialized (
    select f.* from jsonb_to_recordset(told) f (
      version smallint, period text, starts_on date, numerator numeric, denominator numeric, value numeric, hidden text, contributors integer, expected integer,
      not_applicable integer, finished boolean, share numeric, base_share numeric, cells_unknown integer, parts integer, needed integer, newest text, way text)
  ),
  filings as materialized (select * from private.accepted_times(council, indicator)),
  moved as materialized (
    select c.*, y.years from (values (0), (1)) y (years)
    cross join lateral private.longer_changes(council, indicator, place, exactly, longer_series.frequency, told, y.years) c
  ),
  -- Organisations by name: who reported every finished part, of a stock the last one.
  parts as (
    select s.period, s.version, s.way, c.organisation_id, count(*) as parts, sum(c.numerator) as n_sum, sum(c.denominator) as d_sum,
           (array_agg(c.numerator order by c.starts_on desc))[1] as n_last, (array_agg(c.denominator order by c.starts_on desc))[1] as d_last,
           bool_or(c.period = s.newest) as has_last, w.denominator as d_way
    from shown s
    join private.over_time(array[indicator]) w on w.indicator_code = longer_series.indicator and w.version = s.version
    join private.contributions c on c.council_id = council and c.region_code = place and c.indicator_code = longer_series.indicator and c.answer = 'reported'
      and c.starts_on >= s.starts_on and private.period_end(c.period) <= private.period_end(s.newest) and c.months < private.period_months(s.period)
    where s.way is not null and s.hidden is distinct from 'definition_changed'
    group by s.period, s.version, s.way, s.parts, c.organisation_id, w.denominator
    having case when s.way = 'sum' then count(*) >= s.parts else bool_or(c.period = s.newest) end
  ),
  own as (
    select p.period, p.version, p.organisation_id, x.n, x.d, x.n / case when x.d is null then 1 else nullif(x.d, 0) end * d.factor as rate
    from parts p
    join public.indicator_definitions d on d.indicator_code = longer_series.indicator and d.version = p.version
    cross join lateral (
      select case when p.way = 'sum' then p.n_sum else p.n_last end as n, case when p.way = 'sum' and p.d_way = 'sum' then p.d_sum else p.d_last end as d
    ) x
    where p.organisation_id = me or p.organisation_id in (select private.organisations_regulated())
  )
  select s.period, 'total', null::uuid, null::text, null::text, s.numerator, s.denominator, s.value, s.hidden, s.contributors, s.expected,
         (select max(f.accepted_at) from filings f where f.period = s.newest), s.version,
         null::integer, null::numeric, null::numeric, null::numeric, null::text, s.finished, s.share, s.not_applicable,
         (select to_jsonb(m) - array['period', 'years'] from moved m where m.period = s.period and m.years = 0),
         (select to_jsonb(m) - array['period', 'years'] from moved m where m.period = s.period and m.years = 1),
         s.base_share, s.cells_unknown, s.parts, s.needed, s.newest, s.way
  from shown s
  union all
  select o.period, case when o.organisation_id = me then 'own' else 'organisation' end, g.id, g.name_zh, g.name_en, o.n, o.d, round(o.rate, 4),
         case when o.rate is null then 'no_denominator' end, null, null, null, o.version, null, null, null, null, null, null, null, null, null, null, null, null,
         null, null, null, null
  from own o join public.organisations g on g.id = o.organisation_id
  order by 1, 2, 4;
end $$;
comment on function public.longer_series(uuid, text, text, text, date, date) is
  'An indicator by quarter, half_year or year where it is filed for shorter periods: rows as of indicator_series, computed from the finished shorter periods (parts of needed, up to newest), total as far as the caller may see it, own, and organisation by name for its regulator. A period that was filed itself stands in indicator_series. since and until bound the days; default the last 61 months. Refusals: council_not_found, frequency_not_valid.';
grant execute on function public.longer_series(uuid, text, text, text, date, date) to authenticated;
