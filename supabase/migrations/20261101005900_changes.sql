-- What a figure changed by: of the same contributors in both periods, or not at all.

create function private.period_before(period text, years integer default 0) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select case when years > 0 then (left(period, 4)::integer - years)::text || substr(period, 5)
  else (
    select case private.period_frequency(period)
      when 'month' then to_char(x.day, 'YYYY-MM')
      when 'quarter' then to_char(x.day, 'YYYY-"Q"Q')
      when 'half_year' then to_char(x.day, 'YYYY-"H"') || case when extract(month from x.day) < 7 then 1 else 2 end
      when 'year' then to_char(x.day, 'YYYY')
    end
    from (select private.period_start(period) - 1 as day) x
  ) end
$$;
comment on function private.period_before(text, integer) is 'The period before one, or the same one so many years earlier; null when the text is no period.';

-- ---------------------------------------------------------------- kept by period

create table private.compared (
  council_id uuid not null,
  region_code text not null,
  indicator_code text not null,
  starts_on date not null,
  period text not null,
  years smallint not null,
  same integer not null,
  joined integer not null,
  gone integer not null,
  numerator numeric,
  denominator numeric,
  numerator_before numeric,
  denominator_before numeric,
  tells boolean not null,
  primary key (council_id, region_code, indicator_code, starts_on, period, years)
);
comment on table private.compared is
  'Sums of those who gave a figure both in a period and in the one before (years = 0) or the same one years earlier: same, joined and gone count who gave it in both, only now, only then; tells: those who came or went are so few that their figures could be told from the difference to the totals. It follows with reporting.';
create index compared_by_period on private.compared (council_id, period);

-- No policy and no grant: it is read by functions that ask first who reads.
alter table private.compared enable row level security;
alter table private.compared force row level security;

create function private.compared_of(council uuid, period text) returns setof private.compared
  language sql stable security definer set search_path = '' set enable_nestloop = off as $$
  with asked as materialized (
    select y.years, a.period, private.period_start(a.period) as starts_on
    from (values (0), (1)) y (years)
    cross join lateral (select private.period_before(compared_of.period, y.years) as period) a
  ),
  -- Who gave a figure in one of the two, with both.
  parties as materialized (
    select x.years, x.region_code, x.indicator_code, x.organisation_id, o.kind = 'platform' as competing,
           bool_or(x.is_now) as is_now, bool_or(not x.is_now) as was_before,
           sum(x.numerator) filter (where x.is_now) as n, sum(x.denominator) filter (where x.is_now) as d,
           sum(x.numerator) filter (where not x.is_now) as n_before, sum(x.denominator) filter (where not x.is_now) as d_before
    from (
      select y.years, true as is_now, c.region_code, c.indicator_code, c.organisation_id, c.numerator, c.denominator
      from private.contributions c cross join (values (0), (1)) y (years)
      where c.council_id = council and c.period = compared_of.period and c.answer = 'reported'
      union all
      select a.years, false, c.region_code, c.indicator_code, c.organisation_id, c.numerator, c.denominator
      from private.contributions c join asked a on a.period = c.period
      where c.council_id = council and c.answer = 'reported'
    ) x
    join public.organisations o on o.id = x.organisation_id
    group by x.years, x.region_code, x.indicator_code, x.organisation_id, o.kind
  ),
  -- Of those who came and those who went, what the difference of two totals would show.
  others as (
    select p.years, p.region_code, p.indicator_code, p.is_now, count(*) as parties, bool_or(p.competing) as competing,
           sum(x.n) as n, array_agg(abs(x.n) order by abs(x.n) desc) as largest_n,
           sum(x.d) as d, array_agg(abs(x.d) order by abs(x.d) desc) as largest_d
    from parties p
    cross join lateral (select coalesce(p.n, p.n_before) as n, coalesce(p.d, p.d_before) as d) x
    where not (p.is_now and p.was_before)
    group by p.years, p.region_code, p.indicator_code, p.is_now
  ),
  guarded as (
    select o.years, o.region_code, o.indicator_code,
           bool_or(
             private.hidden_reason(true, i.suppression_threshold, o.competing, o.parties, o.n, o.largest_n) is not null
             or private.hidden_reason(true, i.suppression_threshold, o.competing, o.parties, o.d, o.largest_d) is not null
           ) as tells
    from others o join public.indicators i on i.code = o.indicator_code
    group by o.years, o.region_code, o.indicator_code
  ),
  alike as (
    select p.years, p.region_code, p.indicator_code,
           count(*) filter (where p.is_now and p.was_before)::integer as same,
           count(*) filter (where p.is_now and not p.was_before)::integer as joined,
           count(*) filter (where p.was_before and not p.is_now)::integer as gone,
           sum(p.n) filter (where p.was_before) as n, sum(p.d) filter (where p.was_before) as d,
           sum(p.n_before) filter (where p.is_now) as n_before, sum(p.d_before) filter (where p.is_now) as d_before
    from parties p
    group by p.years, p.region_code, p.indicator_code
  )
  select council, k.region_code, k.indicator_code, private.period_start(compared_of.period), compared_of.period, k.years::smallint,
         k.same, k.joined, k.gone, k.n, k.d, k.n_before, k.d_before, coalesce(g.tells, false)
  from alike k
  left join guarded g on g.years = k.years and g.region_code = k.region_code and g.indicator_code = k.indicator_code
$$;
comment on function private.compared_of(uuid, text) is 'What the contributors of a period gave in it, and in the period and the year before.';

-- Reporting is computed anew in the year after a change too, so that what is compared with it is as well.
create or replace function private.keep_reporting(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Of two acceptances at the same moment the second waits, and then counts both.
  perform pg_advisory_xact_lock(hashtextextended(council || keep_reporting.period || ' reporting', 0));
  delete from private.reporting r where r.council_id = council and r.period = keep_reporting.period;
  insert into private.reporting select * from private.reporting_of(council, keep_reporting.period);
  delete from private.compared c where c.council_id = council and c.period = keep_reporting.period;
  insert into private.compared select * from private.compared_of(council, keep_reporting.period);
end $$;
comment on function private.keep_reporting(uuid, text) is 'Computes anew how far the figures of a council and period are reported, and what they are compared with.';

insert into private.compared
select c.* from (select distinct t.council_id, t.period from public.totals t) x cross join lateral private.compared_of(x.council_id, x.period) c;

-- ---------------------------------------------------------------- what is said

create function private.changes(council uuid, region text, indicators text[], periods text[], years integer, exact boolean)
  returns table (indicator_code text, period text, against text, change numeric, same integer, joined integer, gone integer, hidden text)
  language sql stable security definer set search_path = '' as $$
  with asked as materialized (
    select w.indicator_code, w.period, private.period_start(w.period) as starts_on, x.against, private.period_start(x.against) as against_on
    from unnest(indicators, periods) as w (indicator_code, period)
    cross join lateral (select private.period_before(w.period, changes.years) as against) x
  ),
  -- Nothing is rounded for who sees exactly.
  rounded as materialized (
    select dt.indicator_code, dt.version
    from public.definition_terms dt join public.measures m on m.code = dt.measure_code
    where not changes.exact and m.counts_persons and dt.indicator_code = any (indicators)
    group by dt.indicator_code, dt.version
  ),
  compared as materialized (
    select a.indicator_code, a.period, a.against, k.same, k.joined, k.gone, d.factor, x.value, b.value as value_before,
           k.tells or x.approximate or b.approximate as tells,
           round(r.n / case when r.d is null then 1 else nullif(r.d, 0) end * d.factor
             - r.n_before / case when r.d_before is null then 1 else nullif(r.d_before, 0) end * d.factor, 4) as alike,
           case
             when b.period is null then 'nothing_before'
             when x.version <> b.version then 'definition_changed'
             when x.value is null or b.value is null then 'hidden'
             when k.same = 0 then 'nobody_both'
             when (
               select count(*) from private.figures f
               where f.council_id = council and f.exact = changes.exact and f.region_code = region and f.indicator_code = a.indicator_code
                 and f.version = x.version and f.value is not null and f.starts_on <= a.starts_on
             ) < 5 then 'few_points'
           end as none_because
    from asked a
    join private.figures x on x.council_id = council and x.exact = changes.exact and x.region_code = region and x.indicator_code = a.indicator_code
      and x.starts_on = a.starts_on and x.period = a.period
    join public.indicator_definitions d on d.indicator_code = x.indicator_code and d.version = x.version
    join private.compared k on k.council_id = council and k.region_code = region and k.indicator_code = a.indicator_code
      and k.starts_on = a.starts_on and k.period = a.period and k.years = changes.years
    left join rounded s on s.indicator_code = x.indicator_code and s.version = x.version
    -- Persons are counted to the next five, as in totals.
    cross join lateral (
      select case when s.version is null then k.numerator else round(k.numerator / 5) * 5 end as n,
             case when s.version is null then k.denominator else round(k.denominator / 5) * 5 end as d,
             case when s.version is null then k.numerator_before else round(k.numerator_before / 5) * 5 end as n_before,
             case when s.version is null then k.denominator_before else round(k.denominator_before / 5) * 5 end as d_before
    ) r
    left join private.figures b on b.council_id = council and b.exact = changes.exact and b.region_code = region and b.indicator_code = a.indicator_code
      and b.starts_on = a.against_on and b.period = a.against
  )
  select c.indicator_code, c.period, c.against,
         case
           when c.none_because is not null then null
           -- The same contributors: the difference of what is shown, which shows no more.
           when c.joined + c.gone = 0 then c.value - c.value_before
           when changes.exact or not coalesce(c.tells, false) then c.alike
         end,
         c.same, c.joined, c.gone,
         coalesce(c.none_because, case when c.tells and not changes.exact then 'others_filed' end)
  from compared c
$$;
comment on function private.changes(uuid, text, text[], text[], integer, boolean) is
  'What figures changed by since the period before (years = 0) or the same period years earlier, of those who gave a figure in both: same, joined and gone count them. No change, and why, across a new definition, where one of both is hidden or missing, under five points, and, for who does not see exactly (exact), where those who came or went are too few: the difference to the totals would show their figures.';
