-- What a council reads of its indicators, as far as each may see it.

create function private.expected_filings(council uuid, indicator text)
  returns table (period text, expected integer, accepted integer, accepted_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select o.period, count(*)::integer, count(s.id)::integer, max(s.decided_at)
  from public.obligations o
  left join public.submissions s on s.obligation_id = o.id and s.status = 'accepted'
  where o.council_id = council and o.excused_reason is null and o.opens_on <= (select private.today())
    and o.dataset_code in (
      select dm.dataset_code from public.dataset_measures dm
      join public.definition_terms dt on dt.measure_code = dm.measure_code and dt.indicator_code = indicator
    )
  group by o.period
$$;
comment on function private.expected_filings(uuid, text) is 'Completeness and freshness: how many filings an indicator waits for in each period, how many are accepted, and when the last was. Excused ones do not count.';

create function public.indicator_series(council uuid, indicator text, region text default null, since date default null, until date default null)
  returns table (
    period text, scope text, organisation_id uuid, name_zh text, name_en text,
    numerator numeric, denominator numeric, value numeric, hidden text,
    contributors integer, expected integer, accepted_at timestamptz, definition_version smallint,
    peers integer, lower_quartile numeric, median numeric, upper_quartile numeric, rank_band text
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.acting_organisation();
  whole text := (select c.region_code from public.councils c where c.id = council);
  place text := coalesce(region, whole);
  from_day date := coalesce(since, (private.today() - interval '25 months')::date);
  to_day date := coalesce(until, private.today());
  exactly boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return query
  with filings as materialized (select * from private.expected_filings(council, indicator)),
  own_cells as materialized (
    select c.*, case when c.denominator is null then c.numerator * d.factor else c.numerator / nullif(c.denominator, 0) * d.factor end as rate,
           (i.direction = 'lower') as lower_is_better,
           c.competing and i.tier <> 'restricted' and (c.denominator is null or c.denominator >= i.suppression_threshold) as comparable
    from private.indicator_cells(council, array[indicator], from_day, to_day, place <> whole) c
    join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
    join public.indicators i on i.code = c.indicator_code
    where c.region_code = place
  ),
  peer_values as materialized (
    select c.period, count(*)::integer as peers,
           percentile_cont(array[0.25, 0.5, 0.75]) within group (order by c.rate::double precision) as quartiles
    from own_cells c where c.organisation_id <> me and c.rate is not null and c.comparable
    group by c.period
  ),
  ranks as materialized (
    select r.period, r.place
    from (
      select c.period, c.organisation_id,
             percent_rank() over (partition by c.period order by case when c.lower_is_better then c.rate else -c.rate end) as place
      from own_cells c where c.rate is not null and c.comparable
    ) r
    where r.organisation_id = me
  )
  select x.period, 'total', null::uuid, null::text, null::text, x.numerator, x.denominator, x.value, x.hidden,
         x.contributors, f.expected, f.accepted_at, x.version,
         null::integer, null::numeric, null::numeric, null::numeric, null::text
  from private.figures x
  left join filings f on f.period = x.period
  where x.council_id = council and x.exact = exactly and x.region_code = place and x.indicator_code = indicator
    and x.starts_on between from_day and to_day
  union all
  select c.period, case when c.organisation_id = me then 'own' else 'organisation' end, o.id, o.name_zh, o.name_en,
         c.numerator, c.denominator, round(c.rate, 4), case when c.rate is null then 'no_denominator' end,
         null, null, null, c.version,
         case when c.organisation_id = me then p.peers end,
         case when c.organisation_id = me and p.peers >= 5 then round(p.quartiles[1]::numeric, 2) end,
         case when c.organisation_id = me and p.peers >= 5 then round(p.quartiles[2]::numeric, 2) end,
         case when c.organisation_id = me and p.peers >= 5 then round(p.quartiles[3]::numeric, 2) end,
         case when c.organisation_id = me and p.peers >= 5 then
           case when r.place <= 1.0 / 3 then 'upper' when r.place <= 2.0 / 3 then 'middle' else 'lower' end end
  from own_cells c
  join public.organisations o on o.id = c.organisation_id
  left join peer_values p on p.period = c.period and c.organisation_id = me
  left join ranks r on r.period = c.period and c.organisation_id = me
  where c.organisation_id = me or c.organisation_id in (select private.organisations_regulated())
  order by 1, 2, 4;
end $$;
comment on function public.indicator_series(uuid, text, text, date, date) is
  'An indicator over time for one region: scope total (as far as the caller may see it), own (with peers'' quartiles and rank band from 5 peers on, never of a restricted indicator or of rates of fewer persons than the threshold), organisation (by name, for its regulator). since and until bound the periods'' first days; default the last 25 months. Refusal: council_not_found.';
grant execute on function public.indicator_series(uuid, text, text, date, date) to authenticated;

create function public.indicator_districts(council uuid, indicator text, period text)
  returns table (
    region_code text, name_zh text, name_en text, short_zh text,
    numerator numeric, denominator numeric, value numeric, hidden text, contributors integer, own_value numeric
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.acting_organisation();
  whole text := (select c.region_code from public.councils c where c.id = council);
  day date := private.period_start(indicator_districts.period);
  exactly boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return query
  select r.code, r.name_zh, r.name_en, r.short_zh, x.numerator, x.denominator, x.value, coalesce(x.hidden, case when x.region_code is null then 'no_data' end),
         x.contributors, round(o.numerator / case when o.denominator is null then 1 else nullif(o.denominator, 0) end * d.factor, 4)
  from public.regions r
  left join private.figures x
    on x.council_id = council and x.exact = exactly and x.indicator_code = indicator and x.starts_on = day
    and x.region_code = r.code and x.period = indicator_districts.period
  left join private.indicator_cells(council, array[indicator], day, day, true, me) o
    on o.region_code = r.code and o.period = indicator_districts.period
  left join public.indicator_definitions d on d.indicator_code = o.indicator_code and d.version = o.version
  where r.level = 'county' and r.code like whole || '%' and r.in_gb2260
    and (r.valid_from is null or r.valid_from <= day) and (r.valid_to is null or r.valid_to > day)
  order by r.code;
end $$;
comment on function public.indicator_districts(uuid, text, text) is
  'An indicator in one period for every county of the council, as far as the caller may see it; own_value is the caller''s organisation''s. Refusal: council_not_found.';
grant execute on function public.indicator_districts(uuid, text, text) to authenticated;

create function public.council_overview(council uuid)
  returns table (
    indicator_code text, period text, value numeric, numerator numeric, denominator numeric, hidden text,
    contributors integer, expected integer, accepted_at timestamptz, definition_version smallint, own_value numeric, trend jsonb,
    target_kind text, target_value numeric, target_upper numeric, target_period text
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
    select x.* from private.figures x
    where x.council_id = council and x.exact = exactly and x.region_code = whole and x.indicator_code = any (wanted)
      and x.starts_on between since and today
  ),
  own as (
    select c.indicator_code, c.period, c.numerator / case when c.denominator is null then 1 else nullif(c.denominator, 0) end * d.factor as rate
    from private.indicator_cells(council, wanted, since, today, false, me) c
    join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
  ),
  filings as (
    select dm.indicator_code, o.period, count(*)::integer as expected, max(s.decided_at) as accepted_at
    from public.obligations o
    left join public.submissions s on s.obligation_id = o.id and s.status = 'accepted'
    join (
      select distinct m.dataset_code, dt.indicator_code
      from public.dataset_measures m join public.definition_terms dt on dt.measure_code = m.measure_code
    ) dm on dm.dataset_code = o.dataset_code
    where o.council_id = council and o.excused_reason is null and o.opens_on <= today and o.due_on >= since
    group by dm.indicator_code, o.period
  ),
  -- Half a period would look like a fall: the newest with four fifths of the usual contributors.
  newest as (
    select s.indicator_code, max(s.starts_on) as starts_on
    from (select f.indicator_code, f.starts_on, f.contributors, max(f.contributors) over (partition by f.indicator_code) as usual from shown f) s
    where s.contributors >= 0.8 * s.usual
    group by s.indicator_code
  ),
  lines as (
    select s.indicator_code, max(s.period) filter (where s.starts_on = n.starts_on) as period,
           jsonb_agg(jsonb_build_object('period', s.period, 'value', s.value, 'hidden', s.hidden, 'version', s.version) order by s.starts_on) as trend
    from shown s
    join newest n on n.indicator_code = s.indicator_code and s.starts_on <= n.starts_on
    group by s.indicator_code
  )
  select l.indicator_code, l.period, s.value, s.numerator, s.denominator, s.hidden, s.contributors, f.expected, f.accepted_at, s.version,
         round(o.rate, 4), l.trend, t.kind, t.value, t.upper_value, t.period
  from lines l
  join public.indicators i on i.code = l.indicator_code
  join shown s on s.indicator_code = l.indicator_code and s.period = l.period
  left join own o on o.indicator_code = l.indicator_code and o.period = l.period
  left join filings f on f.indicator_code = l.indicator_code and f.period = l.period
  left join lateral (
    select g.kind, g.value, g.upper_value, g.period from public.targets g
    where g.council_id = council and g.indicator_code = l.indicator_code and g.region_code = whole and g.organisation_id is null
      and g.superseded_at is null and private.period_end(g.period) >= s.starts_on
    order by private.period_end(g.period) limit 1
  ) t on true
  order by i.position;
end $$;
comment on function public.council_overview(uuid) is
  'Every indicator with figures: the newest period with four fifths of the usual contributors, value as far as the caller may see it, 15 months'' trend, own value, target, completeness and freshness. Refusal: council_not_found.';
grant execute on function public.council_overview(uuid) to authenticated;
