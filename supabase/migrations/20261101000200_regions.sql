-- Administrative divisions.

create table public.regions (
  code text primary key,
  level text not null,
  name_zh text not null,
  name_en text,
  short_zh text,
  parent_code text,
  valid_from date,
  valid_to date,
  replaced_by text,
  in_gb2260 boolean not null default true,
  source text,
  constraint a_code_has_2_4_6_or_9_digits check (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$'),
  constraint the_level_is_known check (level in ('province', 'prefecture', 'county', 'street'))
);
comment on table public.regions is
  'Administrative divisions by GB/T 2260 code; a code''s prefix is its superior. A withdrawn code keeps its row with valid_to and replaced_by.';
create index regions_by_parent on public.regions (parent_code);
create index regions_by_name on public.regions (name_zh);

alter table public.regions enable row level security;
alter table public.regions force row level security;
create policy "everybody reads the administrative divisions" on public.regions
  for select to anon, authenticated using (true);
grant select on public.regions to anon, authenticated;
