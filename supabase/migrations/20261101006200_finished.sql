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
