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

-- No policy and no grant: it is read by functions that ask first who reads.
alter table private.figures enable row level security;
alter table private.figures force row level security;

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

create table private.figures_due (
  council_id uuid not null,
  period text not null,
  primary key (council_id, period)
);
comment on table private.figures_due is
  'Periods whose totals changed and whose figures do not follow yet: empty but inside of a transaction that said set constraints private.figures_follow deferred.';

alter table private.figures_due enable row level security;
alter table private.figures_due force row level security;

create function private.keep_figures_due(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from private.figures_due d where d.council_id = council and d.period = keep_figures_due.period;
  if found then
    perform private.keep_figures(council, keep_figures_due.period);
  end if;
end $$;
comment on function private.keep_figures_due(uuid, text) is 'Lets the figures of a council and period follow now, if they do not yet.';

create function private.follow_due() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.keep_figures_due(new.council_id, new.period);
  return null;
end $$;
comment on function private.follow_due() is 'Trigger: what is due is kept, at once or, where it was deferred, once at the end of the transaction.';
create constraint trigger figures_follow after insert on private.figures_due
  deferrable initially immediate for each row execute function private.follow_due();

create function private.follow_totals() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into private.figures_due (council_id, period)
  select distinct c.council_id, c.period from changed c order by 1, 2
  on conflict do nothing;
  return null;
end $$;
comment on function private.follow_totals() is 'Trigger: figures follow the totals, whoever writes them.';
create trigger figures_follow_insert after insert on public.totals
  referencing new table as changed for each statement execute function private.follow_totals();
create trigger figures_follow_update after update on public.totals
  referencing new table as changed for each statement execute function private.follow_totals();
create trigger figures_follow_delete after delete on public.totals
  referencing old table as changed for each statement execute function private.follow_totals();

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
create trigger figures_follow_insert after insert on public.indicator_definitions
  referencing new table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_update after update on public.indicator_definitions
  referencing new table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_delete after delete on public.indicator_definitions
  referencing old table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_insert after insert on public.definition_terms
  referencing new table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_update after update on public.definition_terms
  referencing new table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_delete after delete on public.definition_terms
  referencing old table as changed for each statement execute function private.follow_registry();
-- A new indicator or measure has no figures yet, and one that has cannot be removed.
create trigger figures_follow_update after update on public.indicators
  referencing new table as changed for each statement execute function private.follow_registry();
create trigger figures_follow_update after update on public.measures
  referencing new table as changed for each statement execute function private.follow_registry();
