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

create function private.changes(council uuid, region text, indicators text[], periods text[], years integer, exact boolean)
  returns table (indicator_code text, period text, against text, change numeric, same integer, joined integer, gone integer, hidden text)
  language sql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
  with asked as materialized (
    select w.indicator_code, w.period, private.period_start(w.period) as starts_on, x.against, private.period_start(x.against) as against_on
    from unnest(indicators, periods) as w (indicator_code, period)
    cross join lateral (select private.period_before(w.period, changes.years) as against) x
  ),
  -- Who gave a figure in one of the two, with both.
  parties as materialized (
    select a.indicator_code, a.period, c.organisation_id, o.kind = 'platform' as competing,
           bool_or(v.is_now) as is_now, bool_or(not v.is_now) as was_before,
           sum(c.numerator) filter (where v.is_now) as n, sum(c.denominator) filter (where v.is_now) as d,
           sum(c.numerator) filter (where not v.is_now) as n_before, sum(c.denominator) filter (where not v.is_now) as d_before
    from asked a
    cross join lateral (values (a.period, a.starts_on, true), (a.against, a.against_on, false)) v (period, starts_on, is_now)
    join private.contributions c on c.council_id = council and c.region_code = region and c.indicator_code = a.indicator_code
      and c.answer = 'reported' and c.starts_on = v.starts_on and c.period = v.period
    join public.organisations o on o.id = c.organisation_id
    group by a.indicator_code, a.period, c.organisation_id, o.kind
  ),
  -- Of those who came and those who went, what the difference of two totals would show.
  others as (
    select p.indicator_code, p.period, p.is_now, count(*) as parties, bool_or(p.competing) as competing,
           sum(x.n) as n, array_agg(abs(x.n) order by abs(x.n) desc) as largest_n,
           sum(x.d) as d, array_agg(abs(x.d) order by abs(x.d) desc) as largest_d
    from parties p
    cross join lateral (select coalesce(p.n, p.n_before) as n, coalesce(p.d, p.d_before) as d) x
    where not (p.is_now and p.was_before)
    group by p.indicator_code, p.period, p.is_now
  ),
  guarded as (
    select o.indicator_code, o.period,
           bool_or(
             private.hidden_reason(true, i.suppression_threshold, o.competing, o.parties, o.n, o.largest_n) is not null
             or private.hidden_reason(true, i.suppression_threshold, o.competing, o.parties, o.d, o.largest_d) is not null
           ) as tells
    from others o join public.indicators i on i.code = o.indicator_code
    group by o.indicator_code, o.period
  ),
  alike as (
    select p.indicator_code, p.period,
           count(*) filter (where p.is_now and p.was_before)::integer as same,
           count(*) filter (where p.is_now and not p.was_before)::integer as joined,
           count(*) filter (where p.was_before and not p.is_now)::integer as gone,
           sum(p.n) filter (where p.was_before) as n, sum(p.d) filter (where p.was_before) as d,
           sum(p.n_before) filter (where p.is_now) as n_before, sum(p.d_before) filter (where p.is_now) as d_before
    from parties p
    group by p.indicator_code, p.period
  ),
  compared as materialized (
    select a.indicator_code, a.period, a.against, k.same, k.joined, k.gone, d.factor, x.value, b.value as value_before, g.tells,
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
    join alike k on k.indicator_code = a.indicator_code and k.period = a.period
    cross join lateral (
      select not changes.exact and exists (
        select from public.definition_terms dt join public.measures m on m.code = dt.measure_code
        where dt.indicator_code = x.indicator_code and dt.version = x.version and m.counts_persons
      ) as rounds
    ) s
    -- Persons are counted to the next five, as in totals.
    cross join lateral (
      select case when not s.rounds then k.n else round(k.n / 5) * 5 end as n, case when not s.rounds then k.d else round(k.d / 5) * 5 end as d,
             case when not s.rounds then k.n_before else round(k.n_before / 5) * 5 end as n_before,
             case when not s.rounds then k.d_before else round(k.d_before / 5) * 5 end as d_before
    ) r
    left join private.figures b on b.council_id = council and b.exact = changes.exact and b.region_code = region and b.indicator_code = a.indicator_code
      and b.starts_on = a.against_on and b.period = a.against
    left join guarded g on g.indicator_code = a.indicator_code and g.period = a.period
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
