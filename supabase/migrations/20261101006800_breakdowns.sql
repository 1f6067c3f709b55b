-- What a figure is made of, by occupation and by employment mode, as far as each may see it.
-- Rules and their reasons: docs/decisions/breakdowns.md.

-- ---------------------------------------------------------------- accepted figures, cell by cell

create table private.group_totals (
  council_id uuid not null,
  measure_code text not null,
  period text not null,
  region_code text not null,
  organisation_id uuid not null,
  occupation text not null,
  employment_mode text not null,
  value numeric,
  missing_count integer not null default 0,
  primary key (council_id, period, measure_code, region_code, organisation_id, occupation, employment_mode)
);
comment on table private.group_totals is
  'Accepted figures that can be added, per measure × period × region (county, and the council''s whole region) × organisation × occupation × employment mode, '''' being what was filed without; only of measures that a filing divides. It follows the totals by trigger.';

-- No policy and no grant: it is read by functions that ask first who reads.
alter table private.group_totals enable row level security;
alter table private.group_totals force row level security;

create function private.sum_groups(submission uuid, measures text[]) returns void
  language sql volatile security definer set search_path = '' as $$
  with filed as materialized (
    select s.council_id, s.organisation_id, s.period, c.region_code as whole
    from public.submissions s join public.councils c on c.id = s.council_id
    where s.id = sum_groups.submission
  ),
  divided as materialized (
    select e.measure_code
    from public.entries e join public.measures m on m.code = e.measure_code and m.additive
    where e.submission_id = sum_groups.submission and e.measure_code = any (sum_groups.measures)
    group by e.measure_code
    having bool_or(e.occupation <> '' or e.employment_mode <> '')
  ),
  -- Streets first: what remains to be placed is little.
  cells as materialized (
    select e.measure_code, left(e.region_code, 6) as county, length(e.region_code) >= 6 as has_county, e.occupation, e.employment_mode, sum(e.value) as value,
           count(*) filter (where e.value is null) as missing
    from public.entries e
    where e.submission_id = sum_groups.submission and e.measure_code in (select d.measure_code from divided d)
    group by e.measure_code, left(e.region_code, 6), length(e.region_code) >= 6, e.occupation, e.employment_mode
  )
  insert into private.group_totals (council_id, measure_code, period, region_code, organisation_id, occupation, employment_mode, value, missing_count)
  select f.council_id, x.measure_code, f.period, x.region_code, f.organisation_id, x.occupation, x.employment_mode, sum(x.value), sum(x.missing)
  from filed f
  cross join lateral (
    select c.measure_code, f.whole as region_code, c.occupation, c.employment_mode, c.value, c.missing from cells c
    union all
    select c.measure_code, c.county, c.occupation, c.employment_mode, c.value, c.missing from cells c where c.has_county and c.county <> f.whole
  ) x
  group by f.council_id, x.measure_code, f.period, x.region_code, f.organisation_id, x.occupation, x.employment_mode
$$;
comment on function private.sum_groups(uuid, text[]) is 'Adds up a submission''s measures by occupation and employment mode, of those that it divides.';

create function private.follow_groups() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    delete from private.group_totals g
    using (select distinct c.council_id, c.period, c.measure_code, c.organisation_id from changed c) d
    where g.council_id = d.council_id and g.period = d.period and g.measure_code = d.measure_code and g.organisation_id = d.organisation_id;
  else
    perform private.sum_groups(c.submission_id, array_agg(distinct c.measure_code)) from changed c group by c.submission_id;
  end if;
  return null;
end $$;
comment on function private.follow_groups() is 'Trigger: figures by group follow the totals of a filing.';
create trigger groups_follow_insert after insert on public.totals
  referencing new table as changed for each statement execute function private.follow_groups();
create trigger groups_follow_delete after delete on public.totals
  referencing old table as changed for each statement execute function private.follow_groups();

-- What an earlier version kept knows nothing of it.
select private.sum_groups(x.submission_id, x.measures)
from (select t.submission_id, array_agg(distinct t.measure_code) as measures from public.totals t group by t.submission_id) x;
analyze private.group_totals;

create function private.group_cells(council uuid, period text, measures text[], only_of uuid default null)
  returns table (measure_code text, region_code text, organisation_id uuid, occupation text, employment_mode text, value numeric, missing_count integer)
  language sql stable security definer set search_path = '' as $$
  select g.measure_code, g.region_code, g.organisation_id, g.occupation, g.employment_mode, g.value, g.missing_count
  from private.group_totals g
  where g.council_id = council and g.period = group_cells.period and g.measure_code = any (measures) and (only_of is null or g.organisation_id = only_of)
  union all
  select t.measure_code, t.region_code, t.organisation_id, '', '', t.value, t.missing_count
  from public.totals t
  join public.measures m on m.code = t.measure_code and m.additive
  where t.council_id = council and t.period = group_cells.period and t.measure_code = any (measures) and t.occupation = ''
    and (only_of is null or t.organisation_id = only_of)
    and not exists (
      select from private.group_totals g
      where g.council_id = t.council_id and g.period = t.period and g.measure_code = t.measure_code and g.organisation_id = t.organisation_id
    )
$$;
comment on function private.group_cells(uuid, text, text[], uuid) is
  'Every organisation''s figures of a period, or one''s (only_of), by region, occupation and employment mode, unprotected: for the guarded reads only. Who does not divide a measure stands without both.';

-- ---------------------------------------------------------------- the guard

create type private.group_cell as (
  party uuid,
  competing boolean,
  county text,
  occupation text,
  employment_mode text,
  value numeric
);
comment on type private.group_cell is 'What one organisation reported of a measure in a county, occupation and employment mode.';

create type private.crossing as (
  party uuid,
  node text,
  other text,
  value numeric
);
comment on type private.crossing is 'What one organisation gave to a sum that is shown (node) and to one of another division of the same whole (other).';

create function private.tells_one(cells private.crossing[], competing boolean, threshold integer) returns boolean
  -- The steps below have no statistics: the planner would compare each with each.
  language sql immutable parallel safe set search_path = '' set enable_nestloop = off as $$
  with atoms as materialized (
    select c.party, c.node, c.other, sum(c.value) as value from unnest(cells) c where c.value <> 0 group by c.party, c.node, c.other
  ),
  nodes as (
    select a.node, (dense_rank() over (order by a.node))::integer - 1 as place from atoms a group by a.node
  ),
  -- Sums of nodes, each against its rest; the first node is always among the rest.
  chosen as (
    select generate_series(1, (1 << (select greatest(count(*)::integer - 1, 0) from nodes)) - 1) as bits
  ),
  sides as materialized (
    select k.bits, a.party, a.other,
           coalesce(sum(a.value) filter (where n.place > 0 and k.bits & (1 << (n.place - 1)) <> 0), 0) as inside,
           coalesce(sum(a.value) filter (where n.place = 0 or k.bits & (1 << (n.place - 1)) = 0), 0) as outside
    from chosen k cross join atoms a join nodes n on n.node = a.node
    group by k.bits, a.party, a.other
  ),
  whole as materialized (
    select s.bits, s.other, sum(s.inside) as inside, sum(s.outside) as outside from sides s group by s.bits, s.other
  ),
  -- Of each part of the other division the reader may take either side, what is in it of the chosen or of the rest: what
  -- remains of others where it is least, less 15 % of the one who is sought.
  alone as materialized (
    select w.bits, t.party,
           sum(least(w.inside - 1.15 * coalesce(p.inside, 0), w.outside - 0.85 * coalesce(p.outside, 0))) as more,
           sum(least(w.inside - 0.85 * coalesce(p.inside, 0), w.outside - 1.15 * coalesce(p.outside, 0))) as less
    from whole w
    cross join (select distinct a.party from atoms a where competing) t
    left join sides p on p.bits = w.bits and p.other = w.other and p.party = t.party
    group by w.bits, t.party
  ),
  readers as materialized (
    select s.bits, s.party, sum(greatest(s.inside, s.outside)) as most from sides s group by s.bits, s.party
  ),
  -- The same for who knows their own part, where that is enough to matter.
  attempts as (
    select w.bits, t.party, r.party as reader,
           sum(least(w.inside - coalesce(q.inside, 0) - 1.15 * coalesce(p.inside, 0), w.outside - coalesce(q.outside, 0) - 0.85 * coalesce(p.outside, 0))) as more,
           sum(least(w.inside - coalesce(q.inside, 0) - 0.85 * coalesce(p.inside, 0), w.outside - coalesce(q.outside, 0) - 1.15 * coalesce(p.outside, 0))) as less
    from alone t
    join readers r on r.bits = t.bits and r.party <> t.party and least(t.more, t.less) < r.most
    join whole w on w.bits = t.bits
    left join sides p on p.bits = w.bits and p.other = w.other and p.party = t.party
    left join sides q on q.bits = w.bits and q.other = w.other and q.party = r.party
    group by w.bits, t.party, r.party
  )
  select exists (select from alone a where a.more < 0 or a.less < 0)
    or exists (select from attempts a where a.more < 0 or a.less < 0)
    or exists (
      select from whole w group by w.bits having sum(least(w.inside, w.outside)) > 0 and sum(least(w.inside, w.outside)) < threshold
    )
$$;
comment on function private.tells_one(private.crossing[], boolean, integer) is
  'Whether somebody who knows the sums of two divisions of one whole (nodes and others), and of the competing also their own part, finds a difference of them that tells a contributor''s part to 15 %, or counts fewer persons than the threshold. Every choice of nodes is tried, and of others the worst for it.';

create function private.guarded_groups(cells private.group_cell[], persons boolean, threshold integer)
  returns table (dimension text, group_code text, members uuid[], total numeric, hidden text)
  language plpgsql immutable set search_path = '' as $$
#variable_conflict use_column
declare
  fewest constant integer := case when persons then threshold else 0 end;
  competing constant boolean := (select bool_or(c.competing) from unnest(cells) c);
  division text;
  codes text[];
  reasons text[];
  hide integer;
  hidden_occupations text[] := '{}';
begin
  foreach division in array array['occupation', 'employment_mode'] loop
    -- In the order in which they would be hidden: those that must be, then the smallest.
    select array_agg(g.code order by (g.reason is null), g.total, g.code), array_agg(g.reason order by (g.reason is null), g.total, g.code),
           count(*) filter (where g.reason is not null)
    into codes, reasons, hide
    from (
      select x.code, sum(x.value) as total,
             private.hidden_reason(persons, threshold, bool_or(x.competing), count(*), sum(x.value), array_agg(abs(x.value) order by abs(x.value) desc)) as reason
      from (
        select case division when 'occupation' then c.occupation else c.employment_mode end as code, c.party, c.competing, sum(c.value) as value
        from unnest(cells) c group by 1, c.party, c.competing
      ) x
      group by x.code
    ) g;
    continue when codes <@ array[''] or codes is null;

    while hide < cardinality(codes) and (
      hide > 0 and (
        select private.hidden_reason(persons, 2 * threshold, bool_or(x.competing), count(*), sum(x.value), array_agg(abs(x.value) order by abs(x.value) desc))
        from (
          select c.party, c.competing, sum(c.value) as value from unnest(cells) c
          where case division when 'occupation' then c.occupation else c.employment_mode end = any (codes[1:hide])
          group by c.party, c.competing
        ) x
      ) is not null
      or private.tells_one(array(
        select row(c.party, case when n.code = any (codes[1:hide]) then '*' else n.code end, c.county, c.value)::private.crossing
        from unnest(cells) c cross join lateral (select case division when 'occupation' then c.occupation else c.employment_mode end as code) n
      ), competing, fewest)
      or division = 'employment_mode' and private.tells_one(array(
        select row(c.party, case when c.employment_mode = any (codes[1:hide]) then '*' else c.employment_mode end,
          case when c.occupation = any (hidden_occupations) then '*' else c.occupation end, c.value)::private.crossing
        from unnest(cells) c
      ), competing, fewest)
    ) loop
      hide := hide + 1;
    end loop;

    return query
    select division, x.code, array_agg(x.party order by x.party), sum(x.value),
           coalesce(reasons[array_position(codes, x.code)], case when array_position(codes, x.code) <= hide then 'complementary' end)
    from (
      select case division when 'occupation' then c.occupation else c.employment_mode end as code, c.party, sum(c.value) as value
      from unnest(cells) c group by 1, c.party
    ) x
    group by x.code;
    if division = 'occupation' then
      hidden_occupations := codes[1:hide];
    end if;
  end loop;
end $$;
comment on function private.guarded_groups(private.group_cell[], boolean, integer) is
  'A measure of one period by occupation and by employment mode, with why a group must not be shown: the rules of a total for each group and for what remains when the shown ones are taken from the whole, and no difference between groups and counties, or modes and occupations, that tells one (private.tells_one). Empty where nobody divides it.';
