-- What is counted: units, breakdowns, measures, and indicators with versioned definitions.

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

-- ---------------------------------------------------------------- who may see what

alter table public.units enable row level security;
alter table public.units force row level security;
create policy "everybody reads the registry" on public.units
  for select to anon, authenticated using (true);
grant select on public.units to anon, authenticated;

alter table public.occupations enable row level security;
alter table public.occupations force row level security;
create policy "everybody reads the registry" on public.occupations
  for select to anon, authenticated using (true);
grant select on public.occupations to anon, authenticated;

alter table public.employment_modes enable row level security;
alter table public.employment_modes force row level security;
create policy "everybody reads the registry" on public.employment_modes
  for select to anon, authenticated using (true);
grant select on public.employment_modes to anon, authenticated;

alter table public.measures enable row level security;
alter table public.measures force row level security;
create policy "everybody reads the registry" on public.measures
  for select to anon, authenticated using (true);
grant select on public.measures to anon, authenticated;

alter table public.indicators enable row level security;
alter table public.indicators force row level security;
create policy "everybody reads the registry" on public.indicators
  for select to anon, authenticated using (true);
grant select on public.indicators to anon, authenticated;

alter table public.indicator_definitions enable row level security;
alter table public.indicator_definitions force row level security;
create policy "everybody reads the registry" on public.indicator_definitions
  for select to anon, authenticated using (true);
grant select on public.indicator_definitions to anon, authenticated;

alter table public.definition_terms enable row level security;
alter table public.definition_terms force row level security;
create policy "everybody reads the registry" on public.definition_terms
  for select to anon, authenticated using (true);
grant select on public.definition_terms to anon, authenticated;

create function private.subjects_indicator(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select i.code, null::uuid, null::uuid, i.name_zh, i.name_en, null::text, null::uuid from public.indicators i where i.code = any (ids)
$$;
comment on function private.subjects_indicator(text[]) is 'Indicators, as private.subjects gives them.';
grant execute on function private.subjects_indicator(text[]) to authenticated;

create function private.found_indicators() returns setof private.finding
  language sql stable set search_path = '' as $$
  select 'indicator', i.code, null::uuid, i.name_zh, i.name_en, i.code, i.code, concat_ws(' ', i.code, i.name_zh, i.name_en)
  from public.indicators i
$$;
comment on function private.found_indicators() is 'Indicators for the search box.';
grant execute on function private.found_indicators() to authenticated;
