-- What pages, files and the API say of a figure: how far it is reported, whether its period is finished, and what it changed by.

create function private.share_told(share numeric, competing boolean, exact boolean) returns numeric
  language sql immutable parallel safe set search_path = '' as $$
  select case when exact or not competing then share when private.enough_is_in(share) then 0.9 when share >= 0.5 then 0.5 else 0 end
$$;
comment on function private.share_told(numeric, boolean, boolean) is
  'The share of the usual weight as a reader is told it: of competing platforms only whether it is at least a half, or nine tenths; the rest would show the size of who is missing.';

create function private.newest_spoken_of(council uuid, region text, indicators text[], exact boolean, since date)
  returns table (indicator_code text, period text, starts_on date, finished boolean)
  language sql stable security definer set search_path = '' as $$
  select distinct on (f.indicator_code) f.indicator_code, f.period, f.starts_on, coalesce(r.finished, false)
  from private.figures f
  left join private.reporting r on r.council_id = f.council_id and r.region_code = f.region_code and r.indicator_code = f.indicator_code
    and r.starts_on = f.starts_on and r.period = f.period
  where f.council_id = council and f.exact = newest_spoken_of.exact and f.region_code = region and f.indicator_code = any (indicators)
    and f.starts_on between since and (select private.today())
  order by f.indicator_code, coalesce(r.finished, false) desc, f.starts_on desc
$$;
comment on function private.newest_spoken_of(uuid, text, text[], boolean, date) is
  'The period in which each indicator is spoken of in a region: the newest finished one since a day, else the newest.';

create function private.target_for(council uuid, indicator text, region text, period text) returns setof public.targets
  language sql stable security definer set search_path = '' as $$
  select g.* from public.targets g
  where g.council_id = council and g.indicator_code = indicator and g.region_code = region and g.organisation_id is null and g.superseded_at is null
    and private.period_start(g.period) <= private.period_start(target_for.period) and private.period_end(g.period) >= private.period_end(target_for.period)
  order by private.period_months(g.period) limit 1
$$;
comment on function private.target_for(uuid, text, text, text) is
  'The target by which a figure of the whole is judged: of those that stand, the one whose period holds the figure''s, the shortest first; none where none does.';

drop function public.indicator_series(uuid, text, text, date, date);
drop function private.expected_filings(uuid, text);

create function private.accepted_times(council uuid, indicator text) returns table (period text, accepted_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select o.period, max(s.decided_at)
  from public.obligations o
  join public.submissions s on s.obligation_id = o.id and s.status = 'accepted'
  where o.council_id = council
    and o.dataset_code in (
      select dm.dataset_code from public.dataset_measures dm
      join public.definition_terms dt on dt.measure_code = dm.measure_code and dt.indicator_code = indicator
    )
  group by o.period
$$;
comment on function private.accepted_times(uuid, text) is 'Freshness: when the last filing of each period that feeds an indicator was accepted.';

create function public.indicator_series(council uuid, indicator text, region text default null, since date default null, until date default null)
  returns table (
    period text, scope text, organisation_id uuid, name_zh text, name_en text,
    numerator numeric, denominator numeric, value numeric, hidden text,
    contributors integer, expected integer, accepted_at timestamptz, definition_version smallint,
    peers integer, lower_quartile numeric, median numeric, upper_quartile numeric, rank_band text,
    finished boolean, share numeric, not_applicable integer, change jsonb, year_change jsonb,
    base_share numeric, cells_unknown integer
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
  with filings as materialized (select * from private.accepted_times(council, indicator)),
  shown as materialized (
    select x.*, coalesce(r.filed, x.contributors) as filed, r.expected, coalesce(r.finished, false) as finished,
           private.share_told(r.share, r.competing, exactly) as share, r.not_applicable
    from private.figures x
    left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
      and r.starts_on = x.starts_on and r.period = x.period
    where x.council_id = council and x.exact = exactly and x.region_code = place and x.indicator_code = indicator
      and x.starts_on between from_day and to_day
  ),
  moved as materialized (
    select c.*, y.years
    from (select array_agg(indicator) as codes, array_agg(s.period) as periods from shown s) w
    cross join (values (0), (1)) y (years)
    cross join lateral private.changes(council, place, w.codes, w.periods, y.years, exactly) c
  ),
  own_cells as materialized (
    select c.*, case when c.denominator is null then c.numerator * d.factor else c.numerator / nullif(c.denominator, 0) * d.factor end as rate,
           (i.direction = 'lower') as lower_is_better,
           c.competing and i.tier <> 'restricted' and (c.denominator is null or c.denominator >= i.suppression_threshold) as comparable,
           -- A count says its size, and so few persons are nobody's business.
           c.denominator is not null and c.numerator >= greatest(i.suppression_threshold, 10) as tells_a_rate
    from private.indicator_cells(council, array[indicator], from_day, to_day, place <> whole) c
    join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
    join public.indicators i on i.code = c.indicator_code
    where c.region_code = place
  ),
  peer_values as materialized (
    select c.period, count(*)::integer as peers,
           private.quartiles_told(array_agg(round(c.rate, 4)) filter (where c.tells_a_rate)) as quartiles
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
         x.filed, x.expected, f.accepted_at, x.version,
         null::integer, null::numeric, null::numeric, null::numeric, null::text,
         x.finished, x.share, x.not_applicable,
         (select to_jsonb(m) - array['indicator_code', 'period', 'years'] from moved m where m.period = x.period and m.years = 0),
         (select to_jsonb(m) - array['indicator_code', 'period', 'years'] from moved m where m.period = x.period and m.years = 1),
         x.base_share, x.cells_unknown
  from shown x
  left join filings f on f.period = x.period
  union all
  select c.period, case when c.organisation_id = me then 'own' else 'organisation' end, o.id, o.name_zh, o.name_en,
         c.numerator, c.denominator, round(c.rate, 4), case when c.rate is null then 'no_denominator' end,
         null, null, null, c.version,
         case when c.organisation_id = me then p.peers end,
         case when c.organisation_id = me then p.quartiles[1] end,
         case when c.organisation_id = me then p.quartiles[2] end,
         case when c.organisation_id = me then p.quartiles[3] end,
         case when c.organisation_id = me and p.peers >= 5 then
           case when r.place <= 1.0 / 3 then 'upper' when r.place <= 2.0 / 3 then 'middle' else 'lower' end end,
         null, null, null, null, null,
         case when u.missing > 0 then round(c.denominator / (c.denominator + u.missing), 4) end, u.unknown
  from own_cells c
  join public.organisations o on o.id = c.organisation_id
  left join private.unmatched u on u.council_id = council and u.indicator_code = indicator and u.organisation_id = c.organisation_id
    and u.region_code = place and u.occupation = '' and u.starts_on = c.starts_on and u.period = c.period
  left join peer_values p on p.period = c.period and c.organisation_id = me
  left join ranks r on r.period = c.period and c.organisation_id = me
  where c.organisation_id = me or c.organisation_id in (select private.organisations_regulated())
  order by 1, 2, 4;
end $$;
comment on function public.indicator_series(uuid, text, text, date, date) is
  'An indicator over time for one region: scope total (as far as the caller may see it, with how far it is reported, whether its period is finished, what share of its base was reported, and what it changed by since the period before and the year before), own (from 5 peers on with its rank band, and of a rate the peers'' quartiles as private.quartiles_told tells them; never of a restricted indicator or of fewer persons than the threshold), organisation (by name, for its regulator). since and until bound the periods'' first days; default the last 25 months. Refusal: council_not_found.';
grant execute on function public.indicator_series(uuid, text, text, date, date) to authenticated;

drop function public.indicator_districts(uuid, text, text);

create function public.indicator_districts(council uuid, indicator text, period text)
  returns table (
    region_code text, name_zh text, name_en text, short_zh text,
    numerator numeric, denominator numeric, value numeric, hidden text, contributors integer, own_value numeric,
    expected integer, finished boolean
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
         coalesce(e.filed, x.contributors), round(o.numerator / case when o.denominator is null then 1 else nullif(o.denominator, 0) end * d.factor, 4),
         e.expected, coalesce(e.finished, false)
  from public.regions r
  left join private.figures x
    on x.council_id = council and x.exact = exactly and x.indicator_code = indicator and x.starts_on = day
    and x.region_code = r.code and x.period = indicator_districts.period
  left join private.reporting e on e.council_id = council and e.region_code = r.code and e.indicator_code = indicator
    and e.starts_on = day and e.period = indicator_districts.period
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

create or replace function private.period_spoken_of(series jsonb, wanted text) returns text
  language sql stable security definer set search_path = '' as $$
  with figures as (
    select s ->> 'period' as period, private.period_start(s ->> 'period') as starts_on, s ->> 'scope' = 'total' as is_total,
           coalesce((s ->> 'finished')::boolean, false) as finished
    from jsonb_array_elements(series) s
  )
  select coalesce(
    (select f.period from figures f where f.period = wanted and (f.is_total or not exists (select from figures t where t.is_total)) limit 1),
    (select f.period from figures f order by f.is_total desc, f.finished desc, f.starts_on desc limit 1)
  )
$$;
comment on function private.period_spoken_of(jsonb, text) is
  'Of rows of indicator_series: the period asked for if it is there, else the newest finished one, else the newest.';

create function private.is_filed(council uuid, indicator text) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (
    select from private.reporting r
    where r.council_id = council and r.indicator_code = indicator and council in (select private.councils_joined())
  )
$$;
comment on function private.is_filed(uuid, text) is 'Whether anybody gave a figure of an indicator, for who sits in the council.';
grant execute on function private.is_filed(uuid, text) to authenticated;
