-- What everybody is told of ratios of which cells are missing.

create function private.told_in_steps(amount numeric) returns numeric
  language sql immutable parallel safe set search_path = '' as $$
  select sign(amount) * case
    when amount = 0 then 0
    when abs(amount) <= 20 then 10
    else round(25 * 1.5 ^ floor(ln(abs(amount) / 20) / ln(1.5)))
  end
$$;
comment on function private.told_in_steps(numeric) is
  'An amount as it is counted where it must not be known: the middle of its step. The first step is 1 to 20, each other one reaches from its lower end to half as much again, so that whoever computes back finds an interval of at least 20, or a third of the amount.';

create or replace function private.keep_figures(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  day date := private.period_start(keep_figures.period);
  codes text[] := (select array_agg(i.code) from public.indicators i);
begin
  -- Of two acceptances at the same moment the second waits, and then counts both.
  perform pg_advisory_xact_lock(hashtextextended(council || keep_figures.period, 0));
  delete from private.figures f where f.council_id = council and f.period = keep_figures.period;
  insert into private.figures
    (council_id, exact, region_code, indicator_code, starts_on, period, version, numerator, denominator, value, contributors, hidden,
     base_share, cells_unknown, approximate)
  with left_out as materialized (
    select u.indicator_code, u.region_code, sum(u.numerator) as n, sum(u.denominator) as d, sum(u.missing) as missing, sum(u.unknown)::integer as unknown,
           private.hidden_reason(true, i.suppression_threshold, bool_or(o.kind = 'platform'), count(*), sum(u.denominator),
             array_agg(abs(u.denominator) order by abs(u.denominator) desc)) is not null
           or sum(u.numerator) <> 0 and private.hidden_reason(true, i.suppression_threshold, bool_or(o.kind = 'platform'), count(*), sum(u.numerator),
             array_agg(abs(u.numerator) order by abs(u.numerator) desc)) is not null as tells
    from private.unmatched u
    join public.organisations o on o.id = u.organisation_id
    join public.indicators i on i.code = u.indicator_code
    where u.council_id = council and u.period = keep_figures.period and u.occupation = ''
    group by u.indicator_code, u.region_code, i.suppression_threshold
  ),
  -- Exactly, what the organisations answered, added up.
  everything as materialized (
    select false as exact, x.* from private.disclosed(council, codes, day, day, true, false) x where x.period = keep_figures.period
    union all
    select true, s.indicator_code, s.version, keep_figures.period, day, s.region_code,
           case when s.hidden is null then s.n end, case when s.hidden is null then s.d end,
           case when s.hidden is null then round(s.n / case when s.d is null then 1 else s.d end * s.factor, 4) end, s.contributors, s.hidden
    from (
      select c.indicator_code, c.version, c.region_code, f.factor, sum(c.numerator) as n, sum(c.denominator) as d, count(*)::integer as contributors,
             case when f.kind = 'statistic' and count(*) > 1 then 'statistic' when sum(c.denominator) = 0 then 'no_denominator' end as hidden
      from private.contributions c
      join public.indicator_definitions f on f.indicator_code = c.indicator_code and f.version = c.version
      where c.council_id = council and c.period = keep_figures.period and c.answer = 'reported'
      group by c.indicator_code, c.version, c.region_code, f.factor, f.kind
    ) s
  ),
  matched as materialized (
    select x.*, d.factor, l.indicator_code is not null and not x.exact as is_left_out, coalesce(l.tells and not x.exact, false) as approximate, coalesce(l.unknown, 0) as unknown,
           -- Exactly, cells come without what is left out. Persons are counted to the next five, as in totals.
           x.numerator - case when x.exact then 0 when l.tells then private.told_in_steps(l.n) when p.counted then round(l.n / 5) * 5 else l.n end as n,
           x.denominator - case when x.exact then 0 when l.tells then private.told_in_steps(l.d) when p.counted then round(l.d / 5) * 5 else l.d end as d,
           case when x.exact then l.missing when l.tells then private.told_in_steps(l.missing) when p.counted then round(l.missing / 5) * 5 else l.missing end as missing
    from everything x
    join public.indicator_definitions d on d.indicator_code = x.indicator_code and d.version = x.version
    cross join lateral (
      select exists (
        select from public.definition_terms dt join public.measures m on m.code = dt.measure_code
        where dt.indicator_code = x.indicator_code and dt.version = x.version and m.counts_persons
      ) as counted
    ) p
    left join left_out l on l.indicator_code = x.indicator_code and l.region_code = x.region_code
  ),
  decided as (
    select m.*,
           coalesce(m.hidden, case
             when m.is_left_out and m.denominator = 0 then 'no_denominator'
             -- Of so little the steps would make any ratio.
             when m.is_left_out and m.d < case when m.approximate then m.denominator / 2 else 1 end then 'incomplete'
           end) as hidden_because
    from matched m
  )
  select council, z.exact, z.region_code, z.indicator_code, z.starts_on, z.period, z.version,
         case when z.hidden_because is null then case when z.is_left_out then z.n else z.numerator end end,
         case when z.hidden_because is null then case when z.is_left_out then z.d else z.denominator end end,
         case when z.hidden_because is null then case when z.is_left_out then round(z.n / z.d * z.factor, 4) else z.value end end,
         z.contributors, z.hidden_because,
         case when z.hidden_because is null and z.missing > 0 then round(z.d / (z.d + z.missing), 4) end, z.unknown, z.approximate
  from decided z;
end $$;
comment on function private.keep_figures(uuid, text) is
  'Computes the figures of a council and period anew. Ratios count the cells in which all their parts were reported; where others would learn too much from what was left out (private.hidden_reason), it is counted in steps.';

select private.keep_figures(x.council_id, x.period)
from (select distinct t.council_id, t.period from public.totals t order by 1, 2) x;
