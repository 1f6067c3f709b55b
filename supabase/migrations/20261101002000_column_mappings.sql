-- What the columns of an organisation's own files mean, remembered for the next one.

create table public.column_mappings (
  organisation_id uuid not null references public.organisations (id),
  dataset_code text not null references public.datasets (code),
  name text not null,
  mapping jsonb not null,
  updated_by uuid not null,
  updated_at timestamptz not null default private.now(),
  primary key (organisation_id, dataset_code, name),
  constraint a_mapping_has_a_name check (coalesce(char_length(private.said(name)), 0) between 1 and 80),
  constraint a_mapping_is_a_small_object check (jsonb_typeof(mapping) = 'object' and octet_length(mapping::text) <= 65536)
);
comment on table public.column_mappings is
  'How an organisation''s own files of a dataset are read: {columns, answers, mapping}. Applied only where the header is exactly the same.';
create index column_mappings_by_dataset on public.column_mappings (dataset_code);

alter table public.column_mappings enable row level security;
alter table public.column_mappings force row level security;
create policy "organisations read their own mappings" on public.column_mappings
  for select to authenticated using (organisation_id in (select private.organisations_as()));
grant select on public.column_mappings to authenticated;

create function public.save_column_mapping(dataset text, name text, mapping jsonb) returns void
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  mine uuid := (select private.organisations_as('reporter'));
begin
  if mine is null then
    raise sqlstate 'PT403' using message = 'only_reporters_file';
  end if;
  insert into public.column_mappings (organisation_id, dataset_code, name, mapping, updated_by)
  values (mine, dataset, private.said(save_column_mapping.name), private.unwrap(save_column_mapping.mapping), private.person_id())
  on conflict (organisation_id, dataset_code, name)
  do update set mapping = excluded.mapping, updated_by = excluded.updated_by, updated_at = private.now();
  -- Nobody looks through more than these, and each is tried on an unknown file.
  delete from public.column_mappings m
  where m.organisation_id = mine and m.dataset_code = dataset and m.name not in (
    select x.name from public.column_mappings x
    where x.organisation_id = mine and x.dataset_code = dataset order by x.updated_at desc limit 10
  );
  perform private.record('save_column_mapping', 'dataset', dataset, null, mine, 'organisation',
    jsonb_build_object('name', private.said(save_column_mapping.name)));
exception
  when check_violation or foreign_key_violation or not_null_violation then
    raise sqlstate 'PT422' using message = 'column_mapping_not_valid';
end $$;
comment on function public.save_column_mapping(text, text, jsonb) is
  'Remembers how the acting organisation''s files of a dataset are read; the same name replaces, beyond ten the oldest goes. Refusals: only_reporters_file, column_mapping_not_valid.';
grant execute on function public.save_column_mapping(text, text, jsonb) to authenticated;

create function public.forget_column_mapping(dataset text, name text) returns void
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  mine uuid := (select private.organisations_as('reporter'));
begin
  if mine is null then
    raise sqlstate 'PT403' using message = 'only_reporters_file';
  end if;
  delete from public.column_mappings m
  where m.organisation_id = mine and m.dataset_code = dataset and m.name = forget_column_mapping.name;
  if found then
    perform private.record('forget_column_mapping', 'dataset', dataset, null, mine, 'organisation',
      jsonb_build_object('name', forget_column_mapping.name));
  end if;
end $$;
comment on function public.forget_column_mapping(text, text) is 'Forgets a remembered mapping; without effect where there is none. Refusals: only_reporters_file.';
grant execute on function public.forget_column_mapping(text, text) to authenticated;
