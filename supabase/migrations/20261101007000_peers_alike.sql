-- Peers are who do the same: a ride-hailing platform is not ranked among delivery platforms, and nobody is ranked where
-- more is neither better nor worse.

create type private.peer_cell as (
  organisation_id uuid,
  period text,
  competing boolean,
  numerator numeric,
  denominator numeric,
  rate numeric
);
comment on type private.peer_cell is 'What an organisation reported of an indicator in a period.';

create function private.main_occupations(council uuid, indicator text, since date, until date)
  returns table (organisation_id uuid, period text, occupation text)
  language sql stable security definer set search_path = '' as $$
  select distinct on (t.organisation_id, t.period) t.organisation_id, t.period, t.occupation
  from public.councils c
  join public.totals t on t.council_id = c.id and t.region_code = c.region_code
  where c.id = council and t.starts_on between since and until and t.occupation <> ''
    and t.measure_code in (select dt.measure_code from public.definition_terms dt where dt.indicator_code = indicator)
  group by t.organisation_id, t.period, t.occupation
  order by t.organisation_id, t.period, sum(abs(t.value)) desc nulls last, t.occupation
$$;
comment on function private.main_occupations(uuid, text, date, date) is
  'In which occupation most of an organisation''s figures for an indicator are, in each period; no row for who files without.';

create function private.among_peers(council uuid, indicator text, me uuid, since date, until date, cells private.peer_cell[])
  returns table (period text, peers integer, quartiles numeric[], rank_band text)
  language sql stable security definer set search_path = '' as $$
  with compared as materialized (
    select c.organisation_id, c.period, c.rate, coalesce(o.occupation, '') as occupation, i.direction,
           -- A count says its size, and so few persons are nobody's business.
           c.denominator is not null and c.numerator >= greatest(i.suppression_threshold, 10) as tells_a_rate
    from unnest(cells) c
    join public.indicators i on i.code = indicator
    left join private.main_occupations(council, indicator, since, until) o on o.organisation_id = c.organisation_id and o.period = c.period
    where c.competing and c.rate is not null and i.tier <> 'restricted' and (c.denominator is null or c.denominator >= i.suppression_threshold)
  ),
  mine as (
    select c.period, coalesce(o.occupation, '') as occupation
    from unnest(cells) c
    left join private.main_occupations(council, indicator, since, until) o on o.organisation_id = c.organisation_id and o.period = c.period
    where c.organisation_id = me
  ),
  peer_values as (
    select c.period, count(*)::integer as peers, private.quartiles_told(array_agg(round(c.rate, 4)) filter (where c.tells_a_rate)) as quartiles
    from compared c join mine m on m.period = c.period and m.occupation = c.occupation
    where c.organisation_id <> me
    group by c.period
  ),
  ranks as (
    select c.organisation_id, c.period,
           percent_rank() over (partition by c.period, c.occupation order by case when c.direction = 'lower' then c.rate else -c.rate end) as place
    from compared c where c.direction in ('higher', 'lower')
  )
  select m.period, p.peers, p.quartiles,
         case when p.peers >= 5 then case when r.place <= 1.0 / 3 then 'upper' when r.place <= 2.0 / 3 then 'middle' when r.place <= 1 then 'lower' end end
  from mine m
  left join peer_values p on p.period = m.period
  left join ranks r on r.period = m.period and r.organisation_id = me
$$;
comment on function private.among_peers(uuid, text, uuid, date, date, private.peer_cell[]) is
  'Where an organisation stands among competing ones of its main occupation: how many there are, from 5 on the third it is in where the indicator has a direction (higher or lower), and of a rate their quartiles as private.quartiles_told tells them; never of a restricted indicator or of fewer persons than the threshold.';

drop function public.indicator_series(uuid, text, text, date, date);

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
    select c.*, case when c.denominator is null then c.numerator * d.factor else c.numerator / nullif(c.denominator, 0) * d.factor end as rate
    from private.indicator_cells(council, array[indicator], from_day, to_day, place <> whole) c
    join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
    where c.region_code = place
  ),
  among as materialized (
    select * from private.among_peers(council, indicator, me, from_day, to_day,
      array(select row(c.organisation_id, c.period, c.competing, c.numerator, c.denominator, c.rate)::private.peer_cell from own_cells c))
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
         p.peers, p.quartiles[1], p.quartiles[2], p.quartiles[3], p.rank_band,
         null, null, null, null, null,
         case when u.missing > 0 then round(c.denominator / (c.denominator + u.missing), 4) end, u.unknown
  from own_cells c
  join public.organisations o on o.id = c.organisation_id
  left join private.unmatched u on u.council_id = council and u.indicator_code = indicator and u.organisation_id = c.organisation_id
    and u.region_code = place and u.occupation = '' and u.starts_on = c.starts_on and u.period = c.period
  left join among p on p.period = c.period and c.organisation_id = me
  where c.organisation_id = me or c.organisation_id in (select private.organisations_regulated())
  order by 1, 2, 4;
end $$;
comment on function public.indicator_series(uuid, text, text, date, date) is
  'An indicator over time for one region: scope total (as far as the caller may see it, with how far it is reported, whether its period is finished, what share of its base was reported, and what it changed by since the period before and the year before), own (with its place among peers, as private.among_peers says), organisation (by name, for its regulator). since and until bound the periods'' first days; default the last 25 months. Refusal: council_not_found.';
grant execute on function public.indicator_series(uuid, text, text, date, date) to authenticated;
