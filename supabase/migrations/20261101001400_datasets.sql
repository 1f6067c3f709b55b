-- What is to be filed: datasets and the measures they ask for.

create table public.datasets (
  code text primary key,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  description_zh text not null,
  description_en text not null,
  frequency text not null,
  due_working_days smallint not null,
  review_stages smallint not null default 1,
  region_level text not null,
  version smallint not null default 1,
  rules_version integer not null default 1,
  notice_days smallint not null default 90,
  constraint the_kind_is_known check (kind in ('government', 'platform', 'party', 'social', 'community', 'union')),
  constraint the_frequency_is_known check (frequency in ('month', 'quarter', 'half_year', 'year')),
  constraint the_level_is_known check (region_level in ('county', 'street')),
  constraint one_or_two_stages check (review_stages in (1, 2)),
  constraint the_delay_is_positive check (due_working_days between 1 and 60),
  constraint notice_is_given check (notice_days between 30 and 730)
);
comment on table public.datasets is
  'What one kind of organisation files at one frequency. review_stages 2: a district reviewer, then a city reviewer of another organisation.';

create table public.dataset_measures (
  dataset_code text not null references public.datasets (code),
  measure_code text not null references public.measures (code),
  position smallint not null,
  required boolean not null default true,
  value_type text not null default 'count',
  minimum numeric,
  maximum numeric,
  decimals smallint not null default 0,
  since smallint not null default 1,
  primary key (dataset_code, measure_code),
  constraint the_type_is_known check (value_type in ('count', 'amount', 'number'))
);
comment on table public.dataset_measures is
  'The measures of a dataset, in the order of its template. since: the version of the dataset that asks for it; before, it may be filed and need not be.';
create index dataset_measures_by_measure on public.dataset_measures (measure_code);

-- ---------------------------------------------------------------- who may see what

alter table public.datasets enable row level security;
alter table public.datasets force row level security;
create policy "everybody reads what is to be filed" on public.datasets
  for select to anon, authenticated using (true);
grant select on public.datasets to anon, authenticated;

alter table public.dataset_measures enable row level security;
alter table public.dataset_measures force row level security;
create policy "everybody reads what is to be filed" on public.dataset_measures
  for select to anon, authenticated using (true);
grant select on public.dataset_measures to anon, authenticated;

create function private.subjects_dataset(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select d.code, null::uuid, null::uuid, d.name_zh, d.name_en, null::text, null::uuid from public.datasets d where d.code = any (ids)
$$;
comment on function private.subjects_dataset(text[]) is 'Datasets, as private.subjects gives them.';
grant execute on function private.subjects_dataset(text[]) to authenticated;
