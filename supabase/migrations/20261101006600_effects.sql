-- Whether an action helped: what moved more than like units, or than the trend before, and nothing where nothing can be said.
-- Rules and their reasons: docs/decisions/effects.md.

create function private.t_quantile(freedom integer) returns double precision
  language sql immutable parallel safe set search_path = '' as $$
  select case when freedom > 30 then 1.96 else (array[
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
    2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963,
    2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272
  ])[freedom] end
$$;
comment on function private.t_quantile(integer) is
  'The quantile 0.975 of Student''s t: half of a 95 % interval in standard errors. Null under one degree of freedom, from 31 on that of the normal distribution.';

create type private.effect_cell as (
  unit text,
  is_own boolean,
  starts_on date,
  period text,
  months smallint,
  version smallint,
  is_after boolean,
  -- Of too few persons to be told to this reader.
  small boolean,
  value double precision
);
comment on type private.effect_cell is
  'A figure of a unit in a finished period before or after a decision: is_own of the unit that acted, else of one to compare it with.';

create function private.measured_effect(cells private.effect_cell[], comparing boolean) returns jsonb
  language sql immutable parallel safe set search_path = '' as $$
  with own as materialized (
    select c.*, (extract(year from c.starts_on) * 12 + extract(month from c.starts_on))::double precision / c.months as step
    from unnest(cells) c where c.is_own
  ),
  newest as (select o.version, o.months from own o order by o.starts_on desc, o.months limit 1),
  alike as materialized (select o.* from own o join newest n on n.version = o.version and n.months = o.months),
  -- The year before (twelve months, or as many quarters), and all that came after.
  spoken as materialized (
    (select a.* from alike a where not a.is_after and (a.value is not null or a.small) order by a.starts_on desc limit 12)
    union all
    select a.* from alike a where a.is_after and (a.value is not null or a.small)
  ),
  counted as (
    select count(*) filter (where not s.is_after)::integer as before, count(*) filter (where s.is_after)::integer as after,
           coalesce(bool_or(s.small), false) as small,
           (select count(*) from own o where not o.is_after) as ever_before,
           (select count(*) from alike a where not a.is_after) as alike_before, (select count(*) from alike a where a.is_after) as alike_after,
           min(s.period) filter (where not s.is_after) as before_from, max(s.period) filter (where not s.is_after) as before_until,
           min(s.period) filter (where s.is_after) as after_from, max(s.period) filter (where s.is_after) as after_until,
           avg(s.value) filter (where not s.is_after) as before_mean, avg(s.value) filter (where s.is_after) as after_mean,
           max(s.step) as last_step, (array_agg(s.value order by s.starts_on desc))[1] as last_value
    from spoken s
  ),
  -- Units with a figure in every one of these periods: who came or went would be taken for a change.
  others as materialized (
    select c.unit,
           avg(c.value) filter (where s.is_after) - avg(c.value) filter (where not s.is_after) as moved,
           (array_agg(c.value order by s.starts_on desc))[1] - avg(c.value) filter (where not s.is_after) as moved_last
    from unnest(cells) c
    join spoken s on s.starts_on = c.starts_on and s.period = c.period and s.version = c.version
    where comparing and not c.is_own and not c.small and c.value is not null
    group by c.unit
    having count(*) = (select count(*) from spoken)
  ),
  compared as (
    select count(*)::integer as units, avg(o.moved) as moved, avg(o.moved_last) as moved_last,
           private.t_quantile(count(*)::integer - 1) * sqrt(1 + 1.0 / count(*)) * stddev_samp(o.moved) as half,
           private.t_quantile(count(*)::integer - 1) * sqrt(1 + 1.0 / count(*)) * stddev_samp(o.moved_last) as half_last
    from others o having count(*) >= 5
  ),
  line as (
    select count(*) as n, regr_slope(s.value, s.step) as slope, regr_intercept(s.value, s.step) as at_zero,
           regr_avgx(s.value, s.step) as middle, regr_sxx(s.value, s.step) as spread,
           sqrt(greatest(regr_syy(s.value, s.step) - regr_sxy(s.value, s.step) ^ 2 / nullif(regr_sxx(s.value, s.step), 0), 0) / nullif(count(*) - 2, 0)) as noise
    from spoken s where not s.is_after
  ),
  continued as (
    select l.slope, c.after_mean - (l.at_zero + l.slope * m.step) as mean,
           private.t_quantile(l.n::integer - 2) * l.noise * sqrt(1.0 / c.after + 1.0 / l.n + (m.step - l.middle) ^ 2 / l.spread) as half,
           c.last_value - (l.at_zero + l.slope * c.last_step) as last,
           private.t_quantile(l.n::integer - 2) * l.noise * sqrt(1 + 1.0 / l.n + (c.last_step - l.middle) ^ 2 / l.spread) as half_last
    from line l, counted c, (select avg(s.step) as step from spoken s where s.is_after) m
    where l.n >= 6 and c.after > 0
  ),
  judged as (
    select case when k.units is null then 'trend' else 'compared' end as kind, k.units, k.moved, t.slope,
           coalesce(c.after_mean - c.before_mean - k.moved, t.mean) as mean, coalesce(k.half, t.half) as half,
           coalesce(c.last_value - c.before_mean - k.moved_last, t.last) as last, coalesce(k.half_last, t.half_last) as half_last
    from counted c left join continued t on true left join compared k on true
  )
  select case
    when c.small then jsonb_build_object('kind', 'hidden')
    when c.before < 6 and c.alike_before >= 6 or c.after < 3 and c.alike_after >= 3 then jsonb_build_object('kind', 'hidden')
    when c.before < 6 and c.ever_before >= 6 then jsonb_build_object('kind', 'definition_changed')
    when c.before < 6 then jsonb_build_object('kind', 'too_few_before', 'before', c.before)
    when c.after < 3 then jsonb_build_object('kind', 'too_early', 'after', c.after)
    else jsonb_build_object(
      'kind', j.kind,
      'before', jsonb_build_object('from', c.before_from, 'until', c.before_until, 'periods', c.before, 'mean', round(c.before_mean::numeric, 4)),
      'after', jsonb_build_object('from', c.after_from, 'until', c.after_until, 'periods', c.after, 'mean', round(c.after_mean::numeric, 4)),
      'slope', round(j.slope::numeric, 4), 'units', j.units, 'others', round(j.moved::numeric, 4),
      'mean', jsonb_build_object(
        'estimate', round(j.mean::numeric, 4), 'low', round((j.mean - j.half)::numeric, 4), 'high', round((j.mean + j.half)::numeric, 4)
      ),
      'newest', jsonb_build_object(
        'period', c.after_until, 'value', round(c.last_value::numeric, 4), 'estimate', round(j.last::numeric, 4),
        'low', round((j.last - j.half_last)::numeric, 4), 'high', round((j.last + j.half_last)::numeric, 4)
      )
    )
  end
  from counted c left join judged j on true
$$;
comment on function private.measured_effect(private.effect_cell[], boolean) is
  'What changed after a decision, on average and in the newest period, each with a 95 % interval: compared (the change of the unit less the mean change of at least five like it, which spread as much by chance) or trend (against the straight line through the periods before). Or why nothing is said: hidden, definition_changed, too_few_before (six needed), too_early (three needed).';

create function private.effective_day(resolution uuid, otherwise timestamptz) returns date
  language sql stable security definer set search_path = '' as $$
  select coalesce(r.effective_on, private.day_of(coalesce(r.decided_at, otherwise))) from public.resolutions r where r.id = resolution
$$;
comment on function private.effective_day(uuid, timestamptz) is 'The day a resolution took effect: as it says, else when it was decided.';

create function private.effect_rate(numerator numeric, denominator numeric, factor numeric, rounded boolean) returns double precision
  language sql immutable parallel safe set search_path = '' as $$
  select (x.n / case when x.d is null then 1 else nullif(x.d, 0) end * factor)::double precision
  from (
    select case when rounded then round(numerator / 5) * 5 else numerator end as n, case when rounded then round(denominator / 5) * 5 else denominator end as d
  ) x
$$;
comment on function private.effect_rate(numeric, numeric, numeric, boolean) is 'An indicator''s value from its parts; rounded: persons counted to the next five, as in totals.';

create function private.acted_on(council uuid, indicator text, but uuid) returns table (accountable_id uuid, kind text, area text)
  language sql stable security definer set search_path = '' as $$
  select o.id, o.kind,
         case when o.region_code like coalesce(x.region_code, c.region_code) || '%' then o.region_code else coalesce(x.region_code, c.region_code) end
  from public.action_items x
  join public.organisations o on o.id = x.accountable_id
  join public.councils c on c.id = x.council_id
  where x.council_id = council and x.indicator_code = indicator and x.id <> but and x.status not in ('assigned', 'cancelled')
    and private.effective_day(x.resolution_id, x.assigned_at) <= (select private.today())
$$;
comment on function private.acted_on(uuid, text, uuid) is
  'Where other actions for the same indicator have begun: by whom, and in which area. What they reach is no comparison.';

create function private.region_cells(council uuid, indicator text, place text, effective date, exact boolean, but uuid, comparing boolean)
  returns setof private.effect_cell
  language sql stable security definer set search_path = '' as $$
  select f.region_code, f.region_code = place, f.starts_on, f.period, private.period_months(f.period)::smallint, f.version, f.starts_on >= effective, false,
         f.value::double precision
  from private.figures f
  join private.reporting r on r.council_id = f.council_id and r.region_code = f.region_code and r.indicator_code = f.indicator_code
    and r.starts_on = f.starts_on and r.period = f.period and r.finished
  where f.council_id = council and f.exact = region_cells.exact and f.indicator_code = indicator and f.hidden is distinct from 'no_denominator'
    and (f.starts_on >= effective or private.period_end(f.period) < effective)
    and (f.region_code = place or comparing and f.region_code in (
      select x.code from public.regions x join public.councils c on c.id = council
      where x.level = 'county' and x.code like c.region_code || '%'
        and not exists (select from private.acted_on(council, indicator, but) a where a.area like x.code || '%' or x.code like a.area || '%')
    ))
$$;
comment on function private.region_cells(uuid, text, text, date, boolean, uuid, boolean) is
  'Figures of a region in finished periods, as shown (exact: unprotected), and, comparing, of the counties where no other action is.';

create function private.steady_cells(council uuid, indicator text, place text, cells private.effect_cell[]) returns setof private.effect_cell
  language sql stable security definer set search_path = '' as $$
  with spoken as materialized (
    (select c.* from unnest(cells) c where c.is_own and not c.is_after order by c.starts_on desc limit 12)
    union all
    select c.* from unnest(cells) c where c.is_own and c.is_after
  ),
  reported as materialized (
    select s.*, r.organisation_id, r.numerator, r.denominator
    from spoken s
    join private.contributions r on r.council_id = council and r.indicator_code = indicator and r.region_code = place and r.answer = 'reported'
      and r.starts_on = s.starts_on and r.period = s.period and r.version = s.version
  ),
  steady as (select r.organisation_id from reported r group by r.organisation_id having count(*) = (select count(*) from spoken))
  select place, true, r.starts_on, r.period, r.months, r.version, r.is_after, false, private.effect_rate(sum(r.numerator), sum(r.denominator), d.factor, false)
  from reported r
  join steady s on s.organisation_id = r.organisation_id
  join public.indicator_definitions d on d.indicator_code = indicator and d.version = r.version and d.kind <> 'statistic'
  group by r.starts_on, r.period, r.months, r.version, r.is_after, d.factor
$$;
comment on function private.steady_cells(uuid, text, text, private.effect_cell[]) is
  'The same periods of the contributors that gave a figure in all of them: for who may see them exactly.';

create function private.organisation_cells(
  council uuid, indicator text, place text, organisation uuid, effective date, named boolean, exact boolean, but uuid, comparing boolean
) returns setof private.effect_cell
  language sql stable security definer set search_path = '' as $$
  with card as (
    select greatest(i.suppression_threshold, 10) as threshold,
           exists (
             select from public.definition_terms dt join public.measures m on m.code = dt.measure_code where dt.indicator_code = i.code and m.counts_persons
           ) as persons
    from public.indicators i where i.code = indicator
  ),
  units as materialized (
    select o.id, o.id = organisation as is_own, case when o.id = organisation then named else exact end as plain
    from public.organisations me
    join public.organisations o on o.kind = me.kind
    where me.id = organisation and (o.id = me.id or comparing and not exists (
      select from private.acted_on(council, indicator, but) a where a.accountable_id = o.id or a.kind <> o.kind and o.region_code like a.area || '%'
    ))
  )
  select u.id::text, u.is_own, c.starts_on, c.period, c.months, c.version, c.starts_on >= effective,
         not u.plain and (coalesce(c.denominator, c.numerator) < k.threshold or k.persons and c.numerator < k.threshold),
         private.effect_rate(c.numerator, c.denominator, d.factor, k.persons and not u.plain)
  from card k
  cross join units u
  join private.contributions c on c.council_id = council and c.indicator_code = indicator and c.region_code = place and c.organisation_id = u.id
    and c.answer = 'reported'
  join private.reporting r on r.council_id = council and r.region_code = place and r.indicator_code = indicator
    and r.starts_on = c.starts_on and r.period = c.period and r.finished
  join public.indicator_definitions d on d.indicator_code = c.indicator_code and d.version = c.version
  where c.denominator is distinct from 0 and (c.starts_on >= effective or private.period_end(c.period) < effective)
$$;
comment on function private.organisation_cells(uuid, text, text, uuid, date, boolean, boolean, uuid, boolean) is
  'Figures of an organisation in finished periods, and, comparing, of the others of its kind that have no action of their own. Who may not read it by name (named), or the others exactly (exact), is told them as totals are told: persons to the next five, none of fewer than the threshold.';

create function private.effect_of(action_item uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  a public.action_items;
  accountable public.organisations;
  restricted boolean;
  whole text;
  place text;
  own_place text;
  effective date;
  exactly boolean;
  named boolean;
  competes boolean;
  is_rate boolean;
  cells private.effect_cell[];
  steady private.effect_cell[];
  unit text;
  told jsonb;
begin
  select * into a from public.action_items x where x.id = effect_of.action_item and x.council_id in (select private.councils_joined());
  if a.id is null or a.indicator_code is null then
    return null;
  end if;
  select c.region_code into whole from public.councils c where c.id = a.council_id;
  select o.* into accountable from public.organisations o where o.id = a.accountable_id;
  select i.tier = 'restricted' into restricted from public.indicators i where i.code = a.indicator_code;
  place := coalesce(a.region_code, whole);
  effective := private.effective_day(a.resolution_id, a.assigned_at);
  exactly := private.sees_exactly(a.council_id);
  competes := accountable.kind = 'platform';
  named := accountable.id = private.acting_organisation() or accountable.id in (select private.organisations_regulated());
  -- Amounts of large and small units do not move alike, rates do.
  is_rate := exists (select from public.definition_terms dt where dt.indicator_code = a.indicator_code and dt.part = 'denominator');
  -- An office's figure is the same in its county and in the whole, where the others are that it is compared with.
  own_place := case when accountable.region_code like place || '%' then whole else place end;

  if a.status = 'assigned' then
    told := jsonb_build_object('kind', 'not_begun');
  elsif a.status = 'cancelled' then
    told := jsonb_build_object('kind', 'cancelled');
  elsif exists (
    select from private.contributions c
    where c.council_id = a.council_id and c.indicator_code = a.indicator_code and c.region_code = own_place and c.organisation_id = accountable.id
      and c.answer = 'reported' and c.starts_on < effective and c.starts_on >= effective - interval '1 year'
  ) then
    unit := 'organisation';
    if named or not competes and not restricted then
      cells := array(
        select x from private.organisation_cells(
          a.council_id, a.indicator_code, own_place, accountable.id, effective, named, exactly, a.id,
          is_rate and (exactly or not competes and not restricted)
        ) x
      );
      told := private.measured_effect(cells, is_rate);
    else
      told := jsonb_build_object('kind', 'hidden');
    end if;
  elsif accountable.region_code like place || '%' and accountable.region_code <> place then
    told := jsonb_build_object('kind', 'not_its_own');
  else
    unit := case when place = whole then 'whole' else 'county' end;
    cells := array(
      select x from private.region_cells(a.council_id, a.indicator_code, place, effective, exactly, a.id, is_rate and place <> whole) x
    );
    told := private.measured_effect(cells, is_rate and place <> whole);
    if told ->> 'kind' = 'trend' and exactly then
      steady := array(select x from private.steady_cells(a.council_id, a.indicator_code, place, cells) x);
      if cardinality(steady) > 0 then
        told := private.measured_effect(steady, false) || jsonb_build_object('steady', true);
      end if;
    end if;
  end if;
  return told || jsonb_build_object(
    'unit', unit,
    'effective_on', effective,
    -- Whether what was expected is there is another question: the newest finished figure of the region, whoever brought it.
    'reached', (
      select jsonb_build_object('period', f.period, 'value', f.value)
      from private.figures f
      join private.reporting r on r.council_id = f.council_id and r.region_code = f.region_code and r.indicator_code = f.indicator_code
        and r.starts_on = f.starts_on and r.period = f.period and r.finished
      where f.council_id = a.council_id and f.exact = exactly and f.indicator_code = a.indicator_code and f.region_code = place
        and f.starts_on >= effective
      order by f.starts_on desc limit 1
    )
  );
end $$;
comment on function private.effect_of(uuid) is
  'What can be said of an action item''s effect to the caller, who has a seat in its council; null without an indicator. unit: whose figure is looked at: of the accountable organisation where it reports the indicator, else of the county or the whole. kind: not_begun, cancelled, not_its_own (the figure is of more than the accountable one''s area, and it does not report it), hidden, or one of private.measured_effect. reached: the newest finished figure of the region since the decision took effect.';
grant execute on function private.effect_of(uuid) to authenticated;

create or replace function public.action_item_page(action_item uuid) returns jsonb
  language sql stable set search_path = '' as $$
  with item as materialized (
    select a.id, a.title_zh, a.title_en, a.due_on, a.status, a.progress, a.assigned_at, a.done_at, a.accountable_id, a.accepting_id,
           private.party(a.accountable_id) as accountable, private.party(a.accepting_id) as accepting, private.region_line(a.region_code) as region,
           a.council_id, a.definition_of_done_zh, a.definition_of_done_en, a.indicator_code, a.region_code, a.expected_value, a.baseline_period,
           a.about_type, a.about_id, private.indicator_line(a.indicator_code) as indicator,
           (
             select jsonb_build_object('region_code', c.region_code, 'convener_id', c.convener_id, 'is_demo', c.is_demo)
             from public.councils c where c.id = a.council_id
           ) as council,
           (
             select jsonb_build_object(
               'id', r.id, 'number', r.number, 'text_zh', r.text_zh, 'text_en', r.text_en, 'decided_at', r.decided_at,
               'meeting', (
                 select jsonb_build_object('id', m.id, 'number', m.number, 'title_zh', m.title_zh, 'title_en', m.title_en)
                 from public.meetings m where m.id = r.meeting_id
               )
             )
             from public.resolutions r where r.id = a.resolution_id
           ) as resolution
    from public.action_items a where a.id = action_item_page.action_item
  )
  select jsonb_build_object(
    'item', to_jsonb(i),
    'interest', private.interest_in_completion(i.id),
    'history', (
      select coalesce(jsonb_agg(h order by h.written_at), '[]')
      from (
        select x.id, x.kind, x.note, x.progress, x.written_by, x.written_at, x.organisation_id, private.party(x.organisation_id) as organisation,
               private.files_of('action_report', x.id::text) as files
        from public.action_reports x where x.action_item_id = i.id
      ) h
    ),
    'links', (select coalesce(jsonb_agg(l), '[]') from public.links(i.council_id, 'action_item', i.id::text) l),
    'subject', (select to_jsonb(s) from public.subjects(array[i.about_type], array[i.about_id]) s where i.about_id is not null),
    'effect', private.effect_of(i.id),
    -- From a year before what it starts from.
    'series', case when i.indicator is null then '[]' else (
      select coalesce(jsonb_agg(s), '[]')
      from public.indicator_series(
        i.council_id, i.indicator_code, i.region_code,
        (date_trunc('month', coalesce(
          private.period_start(i.baseline_period), private.day_of(coalesce((i.resolution ->> 'decided_at')::timestamptz, i.assigned_at))
        )) - interval '1 year')::date
      ) s
      where s.scope = 'total'
    ) end
  )
  from item i
$$;
comment on function public.action_item_page(uuid) is
  'An action item with its reports and their files for the two parties and the convener, what hangs on it, what can be said of its effect, its figure from a year before what it starts from, and why the caller may not decide on its completion. Null where the caller reads none. Under the reader''s own rights.';
