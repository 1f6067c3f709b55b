-- What is counted: units, breakdowns, measures, indicators with versioned definitions, references, public series, targets.

create table public.units (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  symbol_zh text not null,
  symbol_en text not null
);
comment on table public.units is 'Units of measures and indicators.';

create table public.occupations (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  position smallint not null
);
comment on table public.occupations is 'Breakdown: occupation (职业).';

create table public.employment_modes (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  position smallint not null
);
comment on table public.employment_modes is 'Breakdown: employment mode (用工方式).';

create table public.measures (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  unit text not null references public.units (code),
  additive boolean not null,
  counts_persons boolean not null,
  description_zh text not null,
  description_en text not null
);
comment on table public.measures is
  'What is counted and reported. additive false: a statistic such as a median, never summed. counts_persons: the disclosure threshold for persons applies.';
create index measures_by_unit on public.measures (unit);

create table public.indicators (
  code text primary key,
  group_code text not null,
  group_zh text not null,
  group_en text not null,
  position smallint not null,
  name_zh text not null,
  name_en text not null,
  unit text not null references public.units (code),
  decimals smallint not null,
  direction text not null,
  frequency text not null,
  reported_by text[] not null,
  breakdowns text[] not null,
  legal_source_zh text,
  legal_source_en text,
  tier text not null,
  suppression_threshold smallint not null default 10,
  owner_zh text,
  owner_en text,
  caveats_zh text,
  caveats_en text,
  constraint the_direction_is_known check (direction in ('higher', 'lower', 'neutral', 'range')),
  constraint the_frequency_is_known check (frequency in ('month', 'quarter', 'half_year', 'year')),
  constraint the_tier_is_known check (tier in ('public', 'council', 'restricted'))
);
comment on table public.indicators is 'The indicator card. How it is computed stands in its definition versions.';
create index indicators_by_unit on public.indicators (unit);

create table public.indicator_definitions (
  indicator_code text not null references public.indicators (code),
  version smallint not null,
  valid_from date not null,
  valid_to date,
  kind text not null,
  factor numeric not null default 1,
  numerator_zh text not null,
  numerator_en text not null,
  denominator_zh text,
  denominator_en text,
  formula_zh text not null,
  formula_en text not null,
  primary key (indicator_code, version),
  constraint the_kind_is_known check (kind in ('ratio', 'sum', 'difference', 'statistic', 'survey')),
  constraint the_factor_is_finite check (factor > 0 and factor < 1e9)
);
comment on table public.indicator_definitions is
  'A version of an indicator''s definition. Stored values keep the version they were computed with; a change makes a new version with its own valid_from.';

create table public.definition_terms (
  indicator_code text not null,
  version smallint not null,
  part text not null,
  measure_code text not null references public.measures (code),
  weight numeric not null default 1,
  primary key (indicator_code, version, part, measure_code),
  foreign key (indicator_code, version) references public.indicator_definitions (indicator_code, version),
  constraint the_part_is_known check (part in ('numerator', 'denominator')),
  constraint the_weight_is_finite check (weight > -1000 and weight < 1000)
);
comment on table public.definition_terms is 'The measures of a definition: numerator and denominator, each with a weight.';
create index definition_terms_by_measure on public.definition_terms (measure_code);

-- ---------------------------------------------------------------- published figures of others

create table public.sources (
  id text primary key,
  title_zh text not null,
  title_en text,
  publisher text,
  url text,
  retrieved text,
  note text
);
comment on table public.sources is 'Where published figures come from.';

create table public.reference_values (
  id text primary key,
  indicator_code text references public.indicators (code),
  theme text not null,
  statement_zh text not null,
  statement_en text not null,
  value numeric,
  value_text text,
  unit text,
  period text,
  population_zh text,
  population_en text,
  region_code text,
  source text not null,
  note_zh text,
  note_en text,
  constraint the_value_is_finite check (value > -1e15 and value < 1e15)
);
comment on table public.reference_values is 'Single published figures with their source; figures that disagree are all kept.';
create index reference_values_by_indicator on public.reference_values (indicator_code);

create table public.public_series (
  code text primary key,
  title_zh text not null,
  title_en text not null,
  unit text not null,
  frequency text not null,
  indicator_code text references public.indicators (code),
  region_code text,
  publisher_zh text,
  publisher_en text,
  caveat_zh text,
  caveat_en text,
  position smallint not null default 0
);
comment on table public.public_series is 'Series published by ministries and cities, loaded as public reference data.';
create index public_series_by_indicator on public.public_series (indicator_code);

create table public.public_observations (
  series_code text not null references public.public_series (code),
  period text not null,
  entity_zh text not null default '',
  entity_en text,
  entity_code text not null default '',
  value numeric,
  value_text text,
  basis text not null default '',
  source text not null,
  note text,
  primary key (series_code, period, entity_zh, basis),
  constraint the_value_is_finite check (value > -1e15 and value < 1e15)
);
comment on table public.public_observations is 'One published value: series, period and, in rankings, the entity. basis tells the counting method where it changed.';

create table public.series_breaks (
  series_code text not null references public.public_series (code),
  period text not null,
  reason_zh text not null,
  reason_en text not null,
  primary key (series_code, period)
);
comment on table public.series_breaks is 'From this period on a series counts otherwise: a line must not be drawn across.';

-- ---------------------------------------------------------------- targets

create table public.targets (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  indicator_code text not null references public.indicators (code),
  region_code text not null references public.regions (code),
  organisation_id uuid references public.organisations (id),
  period text not null,
  kind text not null,
  value numeric not null,
  upper_value numeric,
  origin_zh text not null,
  origin_en text not null,
  resolution_id uuid,
  set_at timestamptz not null default now(),
  superseded_at timestamptz,
  constraint the_kind_is_known check (kind in ('floor', 'ceiling', 'range')),
  constraint a_range_has_an_upper_value check ((kind = 'range') = (upper_value is not null)),
  constraint the_values_are_finite check (value > -1e15 and value < 1e15 and upper_value > -1e15 and upper_value < 1e15)
);
comment on table public.targets is 'Indicator × scope × period, with its origin. A changed target supersedes the old row; it never overwrites it.';
create unique index one_target_stands on public.targets
  (council_id, indicator_code, region_code, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'::uuid), period) where superseded_at is null;
create index targets_by_indicator on public.targets (indicator_code);
create index targets_by_region on public.targets (region_code);
create index targets_by_organisation on public.targets (organisation_id);

-- ---------------------------------------------------------------- who may see what

do $$
declare
  registry text;
begin
  foreach registry in array array[
    'units', 'occupations', 'employment_modes', 'measures', 'indicators', 'indicator_definitions', 'definition_terms',
    'sources', 'reference_values', 'public_series', 'public_observations', 'series_breaks'
  ] loop
    execute format('alter table public.%I enable row level security', registry);
    execute format('alter table public.%I force row level security', registry);
    execute format('create policy "everybody reads the registry" on public.%I for select to anon, authenticated using (true)', registry);
    execute format('grant select on public.%I to anon, authenticated', registry);
  end loop;
end $$;

alter table public.targets enable row level security;
alter table public.targets force row level security;
create policy "seats read council targets, both sides an organisation's own" on public.targets
  for select to authenticated
  using (
    council_id in (select private.councils_joined())
    and (
      organisation_id is null
      or organisation_id in (select private.organisations_as())
      or organisation_id in (select private.organisations_regulated())
    )
  );
grant select on public.targets to authenticated;

-- ---------------------------------------------------------------- verbs

create function public.set_target(
  council uuid, indicator text, region text, period text, kind text, value numeric, upper_value numeric,
  origin_zh text, origin_en text, organisation uuid default null, resolution uuid default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_secretariat(council);
  update public.targets t set superseded_at = now()
  where t.council_id = council and t.indicator_code = indicator and t.region_code = region and t.period = set_target.period
    and t.organisation_id is not distinct from organisation and t.superseded_at is null;
  insert into public.targets (council_id, indicator_code, region_code, organisation_id, period, kind, value, upper_value, origin_zh, origin_en, resolution_id)
  values (council, indicator, region, organisation, set_target.period, set_target.kind, set_target.value, set_target.upper_value,
          set_target.origin_zh, set_target.origin_en, resolution)
  returning id into made;
  perform private.record('set_target', 'indicator', indicator, council, organisation,
    case when organisation is null then 'council' else 'organisation' end, jsonb_build_object('period', set_target.period));
  return made;
exception
  when check_violation or foreign_key_violation then raise sqlstate 'PT422' using message = 'target_not_valid';
end $$;
comment on function public.set_target(uuid, text, text, text, text, numeric, numeric, text, text, uuid, uuid) is
  'The secretariat sets a target; the one that stood is superseded. Refusals: only_the_secretariat, target_not_valid.';
grant execute on function public.set_target(uuid, text, text, text, text, numeric, numeric, text, text, uuid, uuid) to authenticated;

-- ---------------------------------------------------------------- periods

create function private.period_start(period text) returns date
  language sql immutable parallel safe set search_path = '' as $$
  select case
    when period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' then make_date(left(period, 4)::int, right(period, 2)::int, 1)
    when period ~ '^[0-9]{4}-Q[1-4]$' then make_date(left(period, 4)::int, right(period, 1)::int * 3 - 2, 1)
    when period ~ '^[0-9]{4}-H[12]$' then make_date(left(period, 4)::int, right(period, 1)::int * 6 - 5, 1)
    when period ~ '^[0-9]{4}$' then make_date(period::int, 1, 1)
  end
$$;
comment on function private.period_start(text) is 'First day of a period (2026-03, 2026-Q1, 2026-H1, 2026); null when it is none.';

create function private.period_end(period text) returns date
  language sql immutable parallel safe set search_path = '' as $$
  select (private.period_start(period) + case
    when period like '%-Q%' then interval '3 months'
    when period like '%-H%' then interval '6 months'
    when period like '%-%' then interval '1 month'
    else interval '1 year' end - interval '1 day')::date
$$;
comment on function private.period_end(text) is 'Last day of a period; null when it is none.';

create function private.period_frequency(period text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select case
    when private.period_start(period) is null then null
    when period like '%-Q%' then 'quarter'
    when period like '%-H%' then 'half_year'
    when period like '%-%' then 'month'
    else 'year' end
$$;
comment on function private.period_frequency(text) is 'month, quarter, half_year or year; null when the text is no period.';

create function private.today() returns date
  language sql stable parallel safe set search_path = '' as $$
  select (now() at time zone 'Asia/Shanghai')::date
$$;
comment on function private.today() is 'Today in the business time zone, whatever the server says.';
revoke execute on function private.period_start(text), private.period_end(text), private.period_frequency(text), private.today() from public;
grant execute on function private.today() to authenticated;
