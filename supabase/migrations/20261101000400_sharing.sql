-- Who may see which figure: one guarded read for pages, files, snapshots, releases and the API.
--
-- Rules (defaults of the disclosure table, docs/decisions/disclosure.md): a cell counts at least suppression_threshold persons;
-- a total of competing platforms has at least 3 contributors and obeys the p % rule at 15, whichever contributor reads it;
-- where a county is hidden, enough others are hidden that the difference to the whole obeys the same rules and counts twice as
-- many persons (that a hidden neighbour has enough is known); person counts are rounded to 5 and rates computed from the
-- rounded counts. Every reader is shown the same.
-- A government body whose jurisdiction covers the whole council is the regulator and reads exact figures by name.

create function private.sees_exactly(council uuid) returns boolean
  language sql stable parallel safe security definer set search_path = '' as $$
  select exists (
    select 1
    from public.councils c
    join public.organisations me on me.id in (select private.organisations_as())
    where c.id = council and c.id in (select private.councils_joined())
      and me.kind = 'government' and c.region_code like me.region_code || '%'
  )
$$;
comment on function private.sees_exactly(uuid) is 'Whether the caller acts for a regulator of the whole council.';

create function private.indicator_cells(council uuid, wanted text[], since date, until date, counties boolean, only_of uuid default null)
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
  )
  select x.indicator_code, x.version, t.period, t.starts_on, t.region_code, t.organisation_id, o.kind = 'platform',
         sum(t.value * x.weight) filter (where x.part = 'numerator'),
         sum(t.value * x.weight) filter (where x.part = 'denominator')
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
$$;
comment on function private.indicator_cells(uuid, text[], date, date, boolean, uuid) is
  'Numerator and denominator per organisation, unprotected: for the guarded reads only. An organisation that reported only a part of an indicator''s measures is left out. only_of: of this organisation only.';

create function private.hidden_reason(
  persons boolean, threshold integer, competing boolean, contributors bigint, total numeric, largest numeric[]
) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select case
    when competing and contributors < 3 then 'too_few_contributors'
    when persons and total < threshold then 'fewer_than_threshold'
    when competing and abs(total) - largest[1] - largest[2] < 0.15 * largest[1] then 'dominated'
  end
$$;
comment on function private.hidden_reason(boolean, integer, boolean, bigint, numeric, numeric[]) is
  'Why a total of one measure must not be shown, or null. largest: the contributions by size. The second largest contributor comes closest to the largest''s figure; who fails, all fail.';

create function private.disclosed(council uuid, wanted text[], since date, until date, counties boolean, exact boolean)
  returns table (
    indicator_code text, version smallint, period text, starts_on date, region_code text,
    numerator numeric, denominator numeric, value numeric, contributors integer, hidden text
  )
  -- The steps below have no statistics: the planner takes them for a handful of rows and would compare each with each.
  language sql stable security definer set search_path = '' set enable_nestloop = off as $$
  with definitions as (
    select d.indicator_code, d.version, d.valid_from, d.valid_to, d.factor, d.kind, i.tier, count(*) as needed,
           bool_or(dt.part = 'denominator') as has_denominator
    from public.indicator_definitions d
    join public.indicators i on i.code = d.indicator_code
    join public.definition_terms dt on dt.indicator_code = d.indicator_code and dt.version = d.version
    where d.indicator_code = any (wanted)
    group by d.indicator_code, d.version, i.tier
  ),
  -- Judged are measures, not indicators: whoever puts several indicators side by side must learn no more than from each.
  used as (
    select dt.measure_code, m.counts_persons, max(i.suppression_threshold)::integer as threshold,
           case when m.additive and count(distinct dt.indicator_code) = 1 then max(dt.indicator_code) end as only_in
    from public.definition_terms dt
    join public.indicators i on i.code = dt.indicator_code
    join public.measures m on m.code = dt.measure_code
    where dt.measure_code in (select w.measure_code from public.definition_terms w where w.indicator_code = any (wanted))
    group by dt.measure_code, m.counts_persons, m.additive
  ),
  reported as materialized (
    select u.measure_code, u.only_in, t.period, t.starts_on, t.region_code, t.region_code = c.region_code as is_whole,
           t.organisation_id, o.kind = 'platform' as competing, t.value
    from used u
    join public.councils c on c.id = council
    join public.totals t on t.council_id = c.id and t.measure_code = u.measure_code and t.occupation = ''
      and t.starts_on between since and until and t.value is not null and (counties or t.region_code = c.region_code)
    join public.organisations o on o.id = t.organisation_id
    where not exact
  ),
  complete as materialized (
    select f.indicator_code, r.period, r.organisation_id
    from reported r
    join public.definition_terms dt on dt.measure_code = r.measure_code
    join definitions f on f.indicator_code = dt.indicator_code and f.version = dt.version
      and r.starts_on >= f.valid_from and (f.valid_to is null or r.starts_on < f.valid_to)
    where r.is_whole
    group by f.indicator_code, f.version, f.needed, r.period, r.organisation_id
    having count(*) = f.needed
  ),
  -- A measure of a single indicator counts those who reported the whole indicator; one of several counts everybody, once.
  cells as materialized (
    select r.* from reported r
    left join complete k on k.indicator_code = r.only_in and k.period = r.period and k.organisation_id = r.organisation_id
    where r.only_in is null or k.indicator_code is not null
  ),
  judged as materialized (
    select s.*, u.counts_persons, u.threshold,
           private.hidden_reason(u.counts_persons, u.threshold, s.competing, cardinality(s.members), s.total, s.largest) as reason
    from (
      select c.measure_code, c.period, c.starts_on, c.region_code, c.is_whole, bool_or(c.competing) as competing, sum(c.value) as total,
             array_agg(c.organisation_id order by c.organisation_id) as members, array_agg(abs(c.value) order by abs(c.value) desc) as largest
      from cells c
      group by c.measure_code, c.period, c.starts_on, c.region_code, c.is_whole
    ) s
    join used u on u.measure_code = s.measure_code
  ),
  -- Counties in the order in which they would be hidden: those that must be, then the smallest.
  ranked as materialized (
    select j.measure_code, j.period, j.region_code,
           row_number() over (partition by j.measure_code, j.period order by (j.reason is null), j.total, j.region_code) as place,
           count(*) filter (where j.reason is not null) over (partition by j.measure_code, j.period) as must_hide,
           count(*) over (partition by j.measure_code, j.period) as counties
    from judged j
    where counties and not j.is_whole
  ),
  -- What subtraction of the shown counties from the whole would reveal, if the first k counties were hidden.
  remainders as (
    select q.measure_code, q.period, q.place,
           private.hidden_reason(u.counts_persons, 2 * u.threshold, bool_or(q.competing), count(*), sum(q.total),
             array_agg(abs(q.total) order by abs(q.total) desc)) as reason
    from (
      select k.measure_code, k.period, k.place, c.organisation_id, c.competing, sum(c.value) as total
      from ranked k
      join ranked r on r.measure_code = k.measure_code and r.period = k.period and r.place <= k.place
      join cells c on c.measure_code = r.measure_code and c.period = r.period and c.region_code = r.region_code
      where k.must_hide between 1 and k.counties - 1 and k.place >= k.must_hide
      group by k.measure_code, k.period, k.place, c.organisation_id, c.competing
    ) q
    join used u on u.measure_code = q.measure_code
    group by q.measure_code, q.period, q.place, u.counts_persons, u.threshold
  ),
  safe as (
    select x.measure_code, x.period, min(x.place) as place from remainders x where x.reason is null group by x.measure_code, x.period
  ),
  guarded as materialized (
    select j.measure_code, j.period, j.starts_on, j.region_code, j.members,
           coalesce(j.reason, case when r.must_hide between 1 and r.counties - 1 and r.place <= coalesce(s.place, r.counties) then 'complementary' end) as reason,
           case when j.counts_persons then round(j.total / 5) * 5 else j.total end as total
    from judged j
    left join ranked r on r.measure_code = j.measure_code and r.period = j.period and r.region_code = j.region_code
    left join safe s on s.measure_code = j.measure_code and s.period = j.period
  ),
  sums as (
    select f.indicator_code, f.version, g.period, g.starts_on, g.region_code,
           sum(g.total * dt.weight) filter (where dt.part = 'numerator') as n,
           sum(g.total * dt.weight) filter (where dt.part = 'denominator') as d,
           cardinality(min(g.members)) as contributors,
           case
             when f.tier = 'restricted' then 'restricted'
             when f.kind = 'statistic' then 'statistic'
             when min(g.members) <> max(g.members) then 'incomplete'
             else (array_agg(g.reason order by (g.reason = 'complementary'), dt.part, g.reason) filter (where g.reason is not null))[1]
           end as reason
    from definitions f
    join public.definition_terms dt on dt.indicator_code = f.indicator_code and dt.version = f.version
    join guarded g on g.measure_code = dt.measure_code and g.starts_on >= f.valid_from and (f.valid_to is null or g.starts_on < f.valid_to)
    group by f.indicator_code, f.version, f.tier, f.kind, f.needed, g.period, g.starts_on, g.region_code
    having count(*) = f.needed
    union all
    select c.indicator_code, c.version, c.period, c.starts_on, c.region_code, sum(c.numerator), sum(c.denominator), count(*)::integer,
           case when f.kind = 'statistic' and count(*) > 1 then 'statistic' end
    from private.indicator_cells(council, case when exact then wanted end, since, until, counties) c
    join definitions f on f.indicator_code = c.indicator_code and f.version = c.version
    group by c.indicator_code, c.version, f.kind, c.period, c.starts_on, c.region_code
  ),
  decided as (
    select s.*, f.factor, f.has_denominator,
           coalesce(s.reason, case when f.has_denominator and s.d = 0 then 'no_denominator' end) as hidden_because
    from sums s
    join definitions f on f.indicator_code = s.indicator_code and f.version = s.version
  )
  select z.indicator_code, z.version, z.period, z.starts_on, z.region_code,
         case when z.hidden_because is null then z.n end,
         case when z.hidden_because is null then z.d end,
         case when z.hidden_because is null then round(case when z.has_denominator then z.n / nullif(z.d, 0) else z.n end * z.factor, 4) end,
         z.contributors, z.hidden_because
  from decided z
$$;
comment on function private.disclosed(uuid, text[], date, date, boolean, boolean) is
  'Totals of indicators for the whole council and, with counties, its counties. The same for everybody but the regulator (exact: no protection), so that two readers, a release and a snapshot put together show no more than one of them. hidden tells why a figure is not shown; incomplete: not everybody reported every part of it, and another indicator shows the difference.';

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

revoke execute on function
  private.sees_exactly(uuid), private.indicator_cells(uuid, text[], date, date, boolean, uuid),
  private.hidden_reason(boolean, integer, boolean, bigint, numeric, numeric[]),
  private.disclosed(uuid, text[], date, date, boolean, boolean), private.expected_filings(uuid, text)
  from public;

-- ---------------------------------------------------------------- figures kept

-- What everybody is shown is the same, so it is computed when figures are accepted and not when they are read.
create table private.figures (
  council_id uuid not null,
  exact boolean not null,
  region_code text not null,
  indicator_code text not null,
  starts_on date not null,
  period text not null,
  version smallint not null,
  numerator numeric,
  denominator numeric,
  value numeric,
  contributors integer not null,
  hidden text,
  primary key (council_id, exact, region_code, indicator_code, starts_on, period, version)
);
comment on table private.figures is 'What disclosed says of every indicator, period and region of a council. It follows the totals and the registry by trigger.';
create index figures_by_period on private.figures (council_id, period);
alter table private.figures enable row level security;
alter table private.figures force row level security;
-- No policy and no grant: read by the functions below, which ask first who reads.

create function private.keep_figures(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  day date := private.period_start(keep_figures.period);
  codes text[] := (select array_agg(i.code) from public.indicators i);
begin
  -- Of two acceptances at the same moment the second waits, and then counts both.
  perform pg_advisory_xact_lock(hashtextextended(council || keep_figures.period, 0));
  delete from private.figures f where f.council_id = council and f.period = keep_figures.period;
  insert into private.figures
    (council_id, exact, region_code, indicator_code, starts_on, period, version, numerator, denominator, value, contributors, hidden)
  select council, e.exact, x.region_code, x.indicator_code, x.starts_on, x.period, x.version, x.numerator, x.denominator, x.value,
         x.contributors, x.hidden
  from (values (true), (false)) as e (exact)
  cross join lateral private.disclosed(council, codes, day, day, true, e.exact) x
  where x.period = keep_figures.period;
end $$;
comment on function private.keep_figures(uuid, text) is 'Computes the figures of a council and period anew.';

create function private.follow_totals() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.keep_figures(x.council_id, x.period)
  from (select distinct c.council_id, c.period from changed c order by 1, 2) x;
  return null;
end $$;
comment on function private.follow_totals() is 'Trigger: figures follow the totals, whoever writes them.';

create function private.follow_registry() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from changed) then
    perform private.keep_figures(x.council_id, x.period)
    from (select distinct t.council_id, t.period from public.totals t order by 1, 2) x;
  end if;
  return null;
end $$;
comment on function private.follow_registry() is 'Trigger: a changed definition, threshold or tier changes what is shown.';

do $$
declare
  follows record;
begin
  for follows in
    select t.name, t.follower, e.event, e.changed
    from (values
      ('totals', 'follow_totals'), ('indicator_definitions', 'follow_registry'), ('definition_terms', 'follow_registry'),
      ('indicators', 'follow_registry'), ('measures', 'follow_registry')
    ) as t (name, follower)
    cross join (values ('insert', 'new'), ('update', 'new'), ('delete', 'old')) as e (event, changed)
    -- A new indicator or measure has no figures yet, and one that has cannot be removed.
    where t.name not in ('indicators', 'measures') or e.event = 'update'
  loop
    execute format(
      'create trigger figures_follow_%s after %s on public.%I referencing %s table as changed for each statement execute function private.%I()',
      follows.event, follows.event, follows.name, follows.changed, follows.follower);
  end loop;
end $$;

revoke execute on function private.keep_figures(uuid, text), private.follow_totals(), private.follow_registry() from public;

-- ---------------------------------------------------------------- reads

create function private.require_seat(council uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from private.councils_joined() as c (id) where c.id = council) then
    raise sqlstate 'PT404' using message = 'council_not_found';
  end if;
end $$;
comment on function private.require_seat(uuid) is 'Refuses everybody whose organisation holds no seat in the council.';
revoke execute on function private.require_seat(uuid) from public;

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

-- ---------------------------------------------------------------- releases

create table public.releases (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  title_zh text not null,
  title_en text not null,
  period text not null,
  published_by uuid not null,
  published_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint a_withdrawal_has_its_reason check ((withdrawn_at is null) = (withdrawn_reason is null))
);
comment on table public.releases is 'A fixed, disclosure-checked set of figures that everybody may see.';
create index releases_by_council on public.releases (council_id);

create table public.release_figures (
  release_id uuid not null references public.releases (id),
  indicator_code text not null references public.indicators (code),
  definition_version smallint not null,
  region_code text not null references public.regions (code),
  period text not null,
  numerator numeric,
  denominator numeric,
  value numeric,
  hidden text,
  contributors integer not null,
  primary key (release_id, indicator_code, region_code, period)
);
comment on table public.release_figures is 'The figures of a release, as they were when it was published. They are never recomputed.';
create index release_figures_by_indicator on public.release_figures (indicator_code);
create index release_figures_by_region on public.release_figures (region_code);

alter table public.releases enable row level security;
alter table public.releases force row level security;
create policy "everybody reads releases that stand" on public.releases
  for select to anon, authenticated using (withdrawn_at is null);
grant select (id, council_id, title_zh, title_en, period, published_at, withdrawn_at) on public.releases to anon, authenticated;

alter table public.release_figures enable row level security;
alter table public.release_figures force row level security;
create policy "everybody reads the figures of releases that stand" on public.release_figures
  for select to anon, authenticated using (release_id in (select r.id from public.releases r));
grant select on public.release_figures to anon, authenticated;

create function public.publish_release(council uuid, title_zh text, title_en text, period text, indicators text[]) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  day date := private.period_start(publish_release.period);
begin
  perform private.require_secretariat(council);
  if day is null or btrim(coalesce(publish_release.title_zh, '')) = '' or btrim(coalesce(publish_release.title_en, '')) = '' then
    raise sqlstate 'PT422' using message = 'release_not_valid';
  end if;
  if exists (select 1 from public.indicators i where i.code = any (publish_release.indicators) and i.tier <> 'public') then
    raise sqlstate 'PT403' using message = 'indicator_not_public';
  end if;
  insert into public.releases (council_id, title_zh, title_en, period, published_by)
  values (council, btrim(publish_release.title_zh), btrim(publish_release.title_en), publish_release.period, private.person_id())
  returning id into made;
  insert into public.release_figures (release_id, indicator_code, definition_version, region_code, period, numerator, denominator, value, hidden, contributors)
  select made, x.indicator_code, x.version, x.region_code, x.period, x.numerator, x.denominator, x.value, x.hidden, x.contributors
  from private.disclosed(council, publish_release.indicators, day, day, true, false) x
  where x.period = publish_release.period;
  if not found then
    raise sqlstate 'PT422' using message = 'release_has_no_figures';
  end if;
  perform private.record('publish_release', 'release', made::text, council, null, 'council', jsonb_build_object('period', publish_release.period));
  return made;
end $$;
comment on function public.publish_release(uuid, text, text, text, text[]) is
  'The secretariat publishes the indicators of one period for everybody, protected as for every reader but the regulator. Refusals: only_the_secretariat, release_not_valid, indicator_not_public, release_has_no_figures.';

create function public.withdraw_release(release uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  council uuid := (select r.council_id from public.releases r where r.id = release);
begin
  perform private.require_secretariat(council);
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'withdrawal_needs_a_reason';
  end if;
  update public.releases r set withdrawn_at = now(), withdrawn_reason = private.said(reason) where r.id = release and r.withdrawn_at is null;
  if not found then
    raise sqlstate 'PT409' using message = 'release_already_withdrawn';
  end if;
  perform private.record('withdraw_release', 'release', release::text, council, null, 'council');
end $$;
comment on function public.withdraw_release(uuid, text) is 'The secretariat withdraws a release with a reason. Refusals: only_the_secretariat, withdrawal_needs_a_reason, release_already_withdrawn.';

grant execute on function
  public.indicator_series(uuid, text, text, date, date),
  public.indicator_districts(uuid, text, text),
  public.council_overview(uuid),
  public.publish_release(uuid, text, text, text, text[]),
  public.withdraw_release(uuid, text)
  to authenticated;
