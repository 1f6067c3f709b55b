-- Published figures of others: single values, and series with their breaks.

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

-- ---------------------------------------------------------------- who may see what

alter table public.sources enable row level security;
alter table public.sources force row level security;
create policy "everybody reads the registry" on public.sources
  for select to anon, authenticated using (true);
grant select on public.sources to anon, authenticated;

alter table public.reference_values enable row level security;
alter table public.reference_values force row level security;
create policy "everybody reads the registry" on public.reference_values
  for select to anon, authenticated using (true);
grant select on public.reference_values to anon, authenticated;

alter table public.public_series enable row level security;
alter table public.public_series force row level security;
create policy "everybody reads the registry" on public.public_series
  for select to anon, authenticated using (true);
grant select on public.public_series to anon, authenticated;

alter table public.public_observations enable row level security;
alter table public.public_observations force row level security;
create policy "everybody reads the registry" on public.public_observations
  for select to anon, authenticated using (true);
grant select on public.public_observations to anon, authenticated;

alter table public.series_breaks enable row level security;
alter table public.series_breaks force row level security;
create policy "everybody reads the registry" on public.series_breaks
  for select to anon, authenticated using (true);
grant select on public.series_breaks to anon, authenticated;
