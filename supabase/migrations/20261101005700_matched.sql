-- Numerator and denominator over the same cells: what is missing in one of them is left out of both, and counted.

create table private.unmatched (
  council_id uuid not null,
  indicator_code text not null,
  organisation_id uuid not null,
  region_code text not null,
  occupation text not null,
  starts_on date not null,
  period text not null,
  numerator numeric not null,
  denominator numeric not null,
  missing numeric not null,
  unknown integer not null,
  primary key (council_id, indicator_code, organisation_id, region_code, occupation, starts_on, period)
);
comment on table private.unmatched is
  'What totals hold of cells (place × occupation × employment mode) in which a part of a ratio is missing: its numerator and denominator are left out of the ratio. missing: the denominator of the cells that were not reported; unknown: how many such cells have no denominator. Cells that are not applicable, or not asked for in one of the parts, are left out and not missing. occupation '''': all. It follows the totals and the registry by trigger.';
create index unmatched_by_period on private.unmatched (council_id, period, organisation_id);

-- No policy and no grant: it is read by functions that ask first who reads.
alter table private.unmatched enable row level security;
alter table private.unmatched force row level security;

alter table private.figures
  add column base_share numeric,
  add column cells_unknown integer not null default 0,
  add column approximate boolean not null default false;
comment on column private.figures.base_share is
  'The share (0 to 1) of the base that was reported, null where all of it was.';
comment on column private.figures.cells_unknown is 'How many cells were not reported of which nobody knows how large they are.';
comment on column private.figures.approximate is 'Whether what was left out is counted in the steps of private.told_in_steps, because others would learn too much from it.';

create function private.unmatched_of(council uuid, organisation uuid, period text)
  returns table (indicator_code text, region_code text, occupation text, numerator numeric, denominator numeric, missing numeric, unknown integer)
  language sql stable security definer set search_path = '' set enable_nestloop = on as $$
  with terms as materialized (
    select dt.indicator_code, dt.part, dt.measure_code, dt.weight, count(*) over (partition by dt.indicator_code) as needed
    from public.definition_terms dt
    join public.indicator_definitions d on d.indicator_code = dt.indicator_code and d.version = dt.version
    cross join lateral (select private.period_start(unmatched_of.period) as day) p
    where d.kind = 'ratio' and d.valid_from <= p.day and (d.valid_to is null or d.valid_to > p.day)
  ),
  told as materialized (
    select t.measure_code, t.submission_id, t.region_code, t.occupation, t.value
    from public.totals t
    where t.council_id = council and t.organisation_id = organisation and t.period = unmatched_of.period
  ),
  -- Who did not report a part at all gives no figure of which anything could be left out.
  given as (
    select x.indicator_code, t.region_code, t.occupation
    from told t join terms x on x.measure_code = t.measure_code
    group by x.indicator_code, x.needed, t.region_code, t.occupation
    having count(t.value) = x.needed
  ),
  accepted as (
    select distinct t.measure_code, t.submission_id from told t where t.occupation = ''
  ),
  -- Parts that are filed in unequal detail are matched in the detail that they share.
  cells as (
    select x.indicator_code, x.part, x.needed, x.measure_code, e.value * x.weight as value, e.value is null and e.missing_reason <> 'not_applicable' as not_reported,
           e.region_code, e.occupation, e.employment_mode,
           min(length(e.region_code)) over w as digits, bool_and(e.occupation <> '') over w as by_occupation, bool_and(e.employment_mode <> '') over w as by_mode
    from accepted a
    join public.entries e on e.submission_id = a.submission_id and e.measure_code = a.measure_code
    join terms x on x.measure_code = e.measure_code
    window w as (partition by x.indicator_code)
  ),
  places as (
    select c.indicator_code, left(c.region_code, c.digits) as region_code, case when c.by_occupation then c.occupation else '' end as occupation,
           coalesce(sum(c.value) filter (where c.part = 'numerator'), 0) as numerator,
           coalesce(sum(c.value) filter (where c.part = 'denominator'), 0) as denominator,
           bool_or(c.not_reported) as not_reported,
           coalesce(bool_and(c.value is not null) filter (where c.part = 'denominator'), false) as has_base,
           bool_and(c.value is not null) and count(distinct (c.part, c.measure_code)) = c.needed as is_whole
    from cells c
    group by c.indicator_code, c.needed, 2, 3, case when c.by_mode then c.employment_mode else '' end
  )
  select p.indicator_code, r.region_code, o.occupation, sum(p.numerator), sum(p.denominator),
         coalesce(sum(p.denominator) filter (where p.not_reported and p.has_base), 0),
         (count(*) filter (where p.not_reported and not p.has_base))::integer
  from places p
  cross join lateral (
    select c.region_code from public.councils c where c.id = council
    union
    select left(p.region_code, 6) where length(p.region_code) >= 6
  ) r
  cross join lateral (select '' as occupation union select p.occupation) o
  join given g on g.indicator_code = p.indicator_code and g.region_code = r.region_code and g.occupation = o.occupation
  where not p.is_whole
  group by p.indicator_code, r.region_code, o.occupation
$$;
comment on function private.unmatched_of(uuid, uuid, text) is
  'What an organisation''s accepted filings of a period hold of cells in which a part of a ratio is missing, per county, the council''s whole region, and occupation.';

create function private.keep_unmatched(council uuid, organisation uuid, period text) returns void
  language sql volatile security definer set search_path = '' as $$
  delete from private.unmatched u
  where u.council_id = council and u.organisation_id = organisation and u.period = keep_unmatched.period;
  insert into private.unmatched (council_id, indicator_code, organisation_id, region_code, occupation, starts_on, period, numerator, denominator, missing, unknown)
  select council, x.indicator_code, organisation, x.region_code, x.occupation, private.period_start(keep_unmatched.period), keep_unmatched.period,
         x.numerator, x.denominator, x.missing, x.unknown
  from private.unmatched_of(council, organisation, keep_unmatched.period) x;
$$;
comment on function private.keep_unmatched(uuid, uuid, text) is 'Computes anew what an organisation''s ratios leave out in a period.';

-- ---------------------------------------------------------------- the cells of one organisation

create or replace function private.indicator_cells(council uuid, wanted text[], since date, until date, counties boolean, only_of uuid default null)
  returns table (
    indicator_code text, version smallint, period text, starts_on date, region_code text, organisation_id uuid,
    competing boolean, numerator numeric, denominator numeric
  )
  language sql stable security definer set search_path = '' set enable_nestloop = on set plan_cache_mode = force_custom_plan as $$
  with terms as (
    select dt.indicator_code, dt.version, dt.part, dt.measure_code, dt.weight, d.valid_from, d.valid_to,
           count(*) over (partition by dt.indicator_code, dt.version) as needed
    from public.definition_terms dt
    join public.indicator_definitions d on d.indicator_code = dt.indicator_code and d.version = dt.version
    where dt.indicator_code = any (wanted)
  ),
  summed as (
    select x.indicator_code, x.version, t.period, t.starts_on, t.region_code, t.organisation_id, o.kind = 'platform' as competing,
           sum(t.value * x.weight) filter (where x.part = 'numerator') as numerator,
           sum(t.value * x.weight) filter (where x.part = 'denominator') as denominator
    from public.councils c
    join public.totals t on t.council_id = c.id
    join terms x on x.measure_code = t.measure_code
      and t.starts_on >= x.valid_from and (x.valid_to is null or t.starts_on < x.valid_to)
    join public.organisations o on o.id = t.organisation_id
    where c.id = council and t.occupation = '' and t.starts_on between since and until
      and (counties or t.region_code = c.region_code) and (only_of is null or t.organisation_id = only_of)
      and t.measure_code in (select measure_code from terms)
    group by x.indicator_code, x.version, x.needed, t.period, t.starts_on, t.region_code, t.organisation_id, o.kind
    having count(t.value) = x.needed
  )
  select s.indicator_code, s.version, s.period, s.starts_on, s.region_code, s.organisation_id, s.competing,
         s.numerator - coalesce(u.numerator, 0), s.denominator - coalesce(u.denominator, 0)
  from summed s
  left join private.unmatched u on u.council_id = council and u.indicator_code = s.indicator_code and u.organisation_id = s.organisation_id
    and u.region_code = s.region_code and u.occupation = '' and u.starts_on = s.starts_on and u.period = s.period
$$;
comment on function private.indicator_cells(uuid, text[], date, date, boolean, uuid) is
  'Numerator and denominator per organisation over the same cells, unprotected: for the guarded reads only. An organisation that reported only a part of an indicator''s measures is left out. only_of: of this organisation only.';

-- What an earlier version kept knows nothing of it.
select private.keep_unmatched(x.council_id, x.organisation_id, x.period)
from (select distinct t.council_id, t.organisation_id, t.period from public.totals t) x;
