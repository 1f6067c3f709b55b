-- Groups as everybody is shown them: fixed when the period is finished, and read on pages, in files and over the API.

create table private.group_editions (
  council_id uuid not null,
  dataset_code text not null,
  period text not null,
  kept_on date not null,
  primary key (council_id, period, dataset_code)
);
comment on table private.group_editions is
  'When the groups of a dataset''s figures in a period were fixed. They do not move afterwards: the difference to yesterday''s would be the figures of who filed or corrected in between.';

create table private.groups (
  council_id uuid not null,
  dataset_code text not null,
  period text not null,
  measure_code text not null,
  dimension text not null,
  group_code text not null,
  members uuid[] not null,
  total numeric not null,
  is_partial boolean not null,
  hidden text,
  primary key (council_id, period, measure_code, dimension, group_code),
  foreign key (council_id, period, dataset_code) references private.group_editions (council_id, period, dataset_code),
  constraint the_dimension_is_known check (dimension in ('', 'occupation', 'employment_mode'))
);
comment on table private.groups is
  'A measure of a finished period in the council''s whole region as a whole (dimension '''') and by group, as private.guarded_groups judges it; persons rounded to 5. is_partial: a cell of it was not reported.';
create index groups_by_edition on private.groups (council_id, period, dataset_code);

alter table private.group_editions enable row level security;
alter table private.group_editions force row level security;
alter table private.groups enable row level security;
alter table private.groups force row level security;

create function private.keep_groups(council uuid, dataset text, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  whole constant text := (select c.region_code from public.councils c where c.id = council);
  day constant date := private.period_start(keep_groups.period);
  judged record;
begin
  insert into private.group_editions values (council, dataset, keep_groups.period, private.today());
  for judged in
    with used as (
      select dt.measure_code, m.counts_persons, max(i.suppression_threshold)::integer as threshold,
             case when count(distinct dt.indicator_code) = 1 then max(dt.indicator_code) end as only_in
      from public.definition_terms dt
      join public.indicators i on i.code = dt.indicator_code
      join public.measures m on m.code = dt.measure_code and m.additive
      join public.dataset_measures dm on dm.measure_code = dt.measure_code and dm.dataset_code = dataset
      group by dt.measure_code, m.counts_persons
    ),
    reported as materialized (
      select u.measure_code, u.only_in, c.region_code, c.organisation_id, o.kind = 'platform' as competing, c.occupation, c.employment_mode, c.value, c.missing_count
      from used u
      join private.group_cells(council, keep_groups.period, (select array_agg(x.measure_code) from used x)) c on c.measure_code = u.measure_code
      join public.organisations o on o.id = c.organisation_id
    ),
    -- As in totals: a measure of a single indicator counts those who reported the whole indicator.
    counted as materialized (
      select r.* from reported r
      where r.only_in is null or exists (
        select from private.contributions a
        where a.council_id = council and a.indicator_code = r.only_in and a.organisation_id = r.organisation_id and a.region_code = whole
          and a.starts_on = day and a.period = keep_groups.period and a.answer = 'reported'
      )
    ),
    placed as (
      select c.measure_code, c.organisation_id, c.competing, c.region_code as county, c.occupation, c.employment_mode, c.value
      from counted c where c.region_code <> whole and c.value is not null
      union all
      -- What is in no county.
      select c.measure_code, c.organisation_id, c.competing, '', c.occupation, c.employment_mode,
             coalesce(sum(c.value) filter (where c.region_code = whole), 0) - coalesce(sum(c.value) filter (where c.region_code <> whole), 0)
      from counted c
      group by c.measure_code, c.organisation_id, c.competing, c.occupation, c.employment_mode
      having coalesce(sum(c.value) filter (where c.region_code = whole), 0) <> coalesce(sum(c.value) filter (where c.region_code <> whole), 0)
        or count(*) filter (where c.region_code <> whole) = 0 and count(c.value) > 0
    )
    select u.measure_code, u.counts_persons, u.threshold,
           array_agg(row(p.organisation_id, p.competing, p.county, p.occupation, p.employment_mode, p.value)::private.group_cell) as cells,
           (select array_agg(distinct c.occupation) from counted c where c.measure_code = u.measure_code and c.missing_count > 0) as partial_occupations,
           (select array_agg(distinct c.employment_mode) from counted c where c.measure_code = u.measure_code and c.missing_count > 0) as partial_modes
    from placed p join used u on u.measure_code = p.measure_code
    group by u.measure_code, u.counts_persons, u.threshold
    having bool_or(p.occupation <> '' or p.employment_mode <> '')
  loop
    insert into private.groups (council_id, dataset_code, period, measure_code, dimension, group_code, members, total, is_partial, hidden)
    select council, dataset, keep_groups.period, judged.measure_code, g.dimension, g.group_code, g.members,
           case when judged.counts_persons then round(g.total / 5) * 5 else g.total end,
           case g.dimension
             when 'occupation' then g.group_code = any (coalesce(judged.partial_occupations, '{}'))
             when 'employment_mode' then g.group_code = any (coalesce(judged.partial_modes, '{}'))
             else judged.partial_occupations is not null
           end,
           g.hidden
    from (
      select * from private.guarded_groups(judged.cells, judged.counts_persons, judged.threshold)
      union all
      select '', '', array_agg(x.party order by x.party), sum(x.value),
             private.hidden_reason(judged.counts_persons, judged.threshold, bool_or(x.competing), count(*), sum(x.value), array_agg(abs(x.value) order by abs(x.value) desc))
      from (select c.party, c.competing, sum(c.value) as value from unnest(judged.cells) c group by c.party, c.competing) x
    ) g;
  end loop;
end $$;
comment on function private.keep_groups(uuid, text, text) is 'Fixes the groups of a dataset''s figures in a period, once.';

create function private.keep_finished_groups(council uuid, period text) returns void
  language sql volatile security definer set search_path = '' as $$
  select private.keep_groups(council, f.dataset_code, keep_finished_groups.period)
  from (
    select x.dataset_code
    from (
      select distinct dm.dataset_code, r.indicator_code, r.finished
      from private.reporting r
      join public.councils c on c.id = r.council_id and c.region_code = r.region_code
      join public.definition_terms dt on dt.indicator_code = r.indicator_code
      join public.dataset_measures dm on dm.measure_code = dt.measure_code
      where r.council_id = council and r.period = keep_finished_groups.period
    ) x
    where not exists (
      select from private.group_editions e
      where e.council_id = council and e.period = keep_finished_groups.period and e.dataset_code = x.dataset_code
    )
    group by x.dataset_code
    having count(*) filter (where x.finished) * 2 > count(*)
  ) f
$$;
comment on function private.keep_finished_groups(uuid, text) is
  'Fixes the groups of each dataset of which more than half of the indicators are finished in the council''s whole region, unless they are.';

create function private.follow_finished() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.keep_finished_groups(x.council_id, x.period) from (select distinct c.council_id, c.period from changed c order by 1, 2) x;
  return null;
end $$;
comment on function private.follow_finished() is 'Trigger: groups are fixed as soon as a period is finished.';
create trigger groups_follow_insert after insert on private.reporting
  referencing new table as changed for each statement execute function private.follow_finished();

select private.keep_finished_groups(x.council_id, x.period) from (select distinct r.council_id, r.period from private.reporting r) x;

-- ---------------------------------------------------------------- reading

create function private.exact_groups(council uuid, indicator text, period text, region text, only_of uuid default null)
  returns table (dimension text, group_code text, numerator numeric, denominator numeric, contributors integer)
  language sql stable security definer set search_path = '' as $$
  with terms as materialized (
    select dt.part, dt.measure_code, dt.weight, d.kind, count(*) over () as needed
    from public.definition_terms dt
    join public.indicator_definitions d on d.indicator_code = dt.indicator_code and d.version = dt.version
    where dt.indicator_code = indicator and d.valid_from <= private.period_start(exact_groups.period)
      and (d.valid_to is null or d.valid_to > private.period_start(exact_groups.period))
  ),
  parties as materialized (
    select c.organisation_id
    from private.indicator_cells(
      council, array[indicator], private.period_start(exact_groups.period), private.period_start(exact_groups.period), true, only_of
    ) c
    where c.region_code = region and c.period = exact_groups.period
  ),
  -- Of the whole region its counties: a part of a ratio is missing in one of them.
  placed as materialized (
    select x.*
    from (
      select c.*, bool_or(c.region_code <> k.region_code) over (partition by c.organisation_id) as has_counties, k.region_code as whole
      from public.councils k
      cross join lateral private.group_cells(council, exact_groups.period, (select array_agg(t.measure_code) from terms t), only_of) c
      where k.id = council and c.organisation_id in (select p.organisation_id from parties p)
    ) x
    where case when region <> x.whole then x.region_code = region else (x.region_code <> x.whole) = x.has_counties end
  ),
  -- Who does not divide every part of the indicator alike is counted undivided.
  alike as materialized (
    select s.organisation_id, count(*) = max(s.needed) and count(distinct s.occupations) = 1 as by_occupation,
           count(*) = max(s.needed) and count(distinct s.modes) = 1 as by_mode
    from (
      select c.organisation_id, c.measure_code, t.needed, array_agg(distinct c.occupation) as occupations, array_agg(distinct c.employment_mode) as modes
      from placed c join terms t on t.measure_code = c.measure_code
      group by c.organisation_id, c.measure_code, t.needed
    ) s
    group by s.organisation_id
  ),
  matched as materialized (
    select c.organisation_id, case when a.by_occupation then c.occupation else '' end as occupation, case when a.by_mode then c.employment_mode else '' end as mode,
           sum(c.value * t.weight) filter (where t.part = 'numerator') as numerator,
           sum(c.value * t.weight) filter (where t.part = 'denominator') as denominator
    from placed c
    join terms t on t.measure_code = c.measure_code
    join alike a on a.organisation_id = c.organisation_id
    group by c.organisation_id, c.region_code, 2, 3, t.kind, t.needed
    -- Missing is not zero: a cell of a ratio counts with all its parts, or not at all.
    having t.kind <> 'ratio' or count(distinct c.measure_code) = t.needed and count(c.value) = count(*) and sum(c.missing_count) = 0
  ),
  cells as (
    select 'occupation' as dimension, m.occupation as code, m.organisation_id, sum(m.numerator) as numerator, sum(m.denominator) as denominator
    from matched m group by m.occupation, m.organisation_id
    union all
    select 'employment_mode', m.mode, m.organisation_id, sum(m.numerator), sum(m.denominator)
    from matched m group by m.mode, m.organisation_id
  )
  select c.dimension, c.code, sum(c.numerator), sum(c.denominator), count(*)::integer
  from cells c
  where c.numerator is not null
  group by c.dimension, c.code
$$;
comment on function private.exact_groups(uuid, text, text, text, uuid) is
  'An indicator by occupation and employment mode in a period and region, of all or of one organisation, a ratio over the cells (county × occupation × mode) in which all its parts were reported; unprotected: for the regulator and for an organisation''s own figures only.';

create function private.shown_groups(council uuid, indicator text, period text)
  returns table (dimension text, group_code text, numerator numeric, denominator numeric, contributors integer, hidden text, kept_on date)
  language sql stable security definer set search_path = '' as $$
  with terms as (
    select dt.part, dt.measure_code, dt.weight, m.counts_persons, i.suppression_threshold as threshold, i.tier, d.kind, count(*) over () as needed
    from public.indicators i
    join public.indicator_definitions d on d.indicator_code = i.code and d.valid_from <= private.period_start(shown_groups.period)
      and (d.valid_to is null or d.valid_to > private.period_start(shown_groups.period))
    join public.definition_terms dt on dt.indicator_code = d.indicator_code and dt.version = d.version
    join public.measures m on m.code = dt.measure_code
    where i.code = indicator
  ),
  parts as (
    select g.dimension, g.group_code, g.members, g.total, g.is_partial, t.part, t.weight, t.tier, t.kind, t.needed, e.kept_on,
           -- A threshold that was raised since holds for what was fixed before.
           coalesce(g.hidden, case when t.counts_persons and g.total < t.threshold then 'fewer_than_threshold' end) as reason
    from terms t
    join private.groups g on g.council_id = council and g.period = shown_groups.period and g.measure_code = t.measure_code
    join private.group_editions e on e.council_id = g.council_id and e.period = g.period and e.dataset_code = g.dataset_code
  ),
  sums as (
    select p.dimension, p.group_code, cardinality(min(p.members)) as contributors, min(p.kept_on) as kept_on,
           sum(p.total * p.weight) filter (where p.part = 'numerator') as n,
           sum(p.total * p.weight) filter (where p.part = 'denominator') as d,
           case
             when p.tier = 'restricted' then 'restricted'
             when min(p.members) <> max(p.members) or p.kind = 'ratio' and p.dimension <> '' and bool_or(p.is_partial) then 'incomplete'
             else (array_agg(p.reason order by (p.reason = 'complementary'), p.part, p.reason) filter (where p.reason is not null))[1]
           end as reason
    from parts p
    group by p.dimension, p.group_code, p.tier, p.kind, p.needed
    having count(*) = p.needed
  )
  select s.dimension, s.group_code, case when s.reason is null then s.n end, case when s.reason is null then s.d end, s.contributors, s.reason, s.kept_on
  from sums s
  where s.dimension = '' or s.dimension in (select x.dimension from sums x where x.group_code <> '')
$$;
comment on function private.shown_groups(uuid, text, text) is
  'An indicator of a finished period in the whole region and by occupation and employment mode, as everybody is shown it who is not the regulator.';

create function public.indicator_groups(council uuid, indicator text, period text, region text default null)
  returns table (
    dimension text, group_code text, name_zh text, name_en text,
    numerator numeric, denominator numeric, value numeric, share numeric, hidden text, contributors integer, own_value numeric, kept_on date
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.acting_organisation();
  whole text := (select c.region_code from public.councils c where c.id = council);
  place text := coalesce(region, whole);
  exactly boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return query
  with protected as materialized (
    select s.* from private.shown_groups(council, indicator, indicator_groups.period) s where not exactly
  ),
  everything as materialized (
    select x.*
    from (
      select e.*, bool_or(e.group_code <> '') over (partition by e.dimension) as is_divided
      -- Of no council it computes nothing.
      from private.exact_groups(
        case when exactly or not exists (select from protected) then council end, indicator, indicator_groups.period, case when exactly then place else whole end
      ) e
      where exactly or not exists (select from protected)
    ) x
    where x.is_divided
  ),
  own as materialized (
    select e.* from private.exact_groups(council, indicator, indicator_groups.period, place, me) e
  ),
  shown as (
    select p.dimension, p.group_code, p.numerator, p.denominator, p.contributors, p.hidden, p.kept_on,
           w.numerator as all_n, w.denominator as all_d
    from protected p left join protected w on w.dimension = ''
    where p.dimension <> '' and place = whole
    union all
    select p.dimension, p.group_code, null, null, null, 'whole_only', null, null, null
    from protected p where p.dimension <> '' and place <> whole
    union all
    select e.dimension, e.group_code, case when exactly then e.numerator end, case when exactly then e.denominator end,
           case when exactly then e.contributors end, case when not exactly then case when place = whole then 'not_finished' else 'whole_only' end end, null,
           case when exactly then sum(e.numerator) over (partition by e.dimension) end,
           case when exactly then sum(e.denominator) over (partition by e.dimension) end
    from everything e
  )
  select s.dimension, s.group_code, coalesce(o.name_zh, m.name_zh), coalesce(o.name_en, m.name_en), s.numerator, s.denominator,
         round(s.numerator / case when s.denominator is null then 1 else nullif(s.denominator, 0) end * d.factor, 4),
         case when coalesce(s.all_d, s.all_n) > 0 then round(coalesce(s.denominator, s.numerator) / coalesce(s.all_d, s.all_n), 4) end,
         coalesce(s.hidden, case when s.denominator = 0 then 'no_denominator' end), s.contributors,
         round(x.numerator / case when x.denominator is null then 1 else nullif(x.denominator, 0) end * d.factor, 4), s.kept_on
  from shown s
  join public.indicator_definitions d on d.indicator_code = indicator and d.valid_from <= private.period_start(indicator_groups.period)
    and (d.valid_to is null or d.valid_to > private.period_start(indicator_groups.period))
  left join own x on x.dimension = s.dimension and x.group_code = s.group_code
  left join public.occupations o on s.dimension = 'occupation' and o.code = s.group_code
  left join public.employment_modes m on s.dimension = 'employment_mode' and m.code = s.group_code
  order by s.dimension desc, s.group_code = '', coalesce(o.position, m.position), s.group_code;
end $$;
comment on function public.indicator_groups(uuid, text, text, text) is
  'An indicator in one period by occupation and by employment mode ('''': filed without), with the group''s share of the base and the caller''s organisation''s own value. Exact for the regulator of the whole council, in every region; others read it of the whole region, once the period is finished and as it was then (kept_on), guarded. Empty where nothing is filed by group. Refusal: council_not_found.';
grant execute on function public.indicator_groups(uuid, text, text, text) to authenticated;
