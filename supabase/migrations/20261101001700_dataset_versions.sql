-- Versions of what a dataset asks for, announced ahead.

create table public.dataset_versions (
  dataset_code text not null references public.datasets (code),
  version smallint not null,
  from_period text not null,
  announced_on date not null default private.today(),
  announced_by uuid not null,
  note_zh text not null default '',
  note_en text not null default '',
  primary key (dataset_code, version),
  constraint the_first_version_needs_no_announcement check (version > 1),
  constraint the_period_is_one check (private.period_start(from_period) is not null),
  constraint a_note_is_short_and_in_both_languages_or_none check (
    (note_zh = '') = (note_en = '') and char_length(note_zh) <= 300 and char_length(note_en) <= 600
  )
);
comment on table public.dataset_versions is
  'Changes of what a dataset asks for: a version holds for periods from from_period on, and is public from announced_on. Version 1 is how the dataset began.';

alter table public.dataset_versions enable row level security;
alter table public.dataset_versions force row level security;
create policy "everybody reads what will be asked" on public.dataset_versions for select to anon, authenticated using (true);
grant select (dataset_code, version, from_period, announced_on, note_zh, note_en) on public.dataset_versions to anon, authenticated;

create function private.dataset_version(dataset text, period text) returns smallint
  language sql stable security definer set search_path = '' as $$
  select coalesce(max(v.version), 1)::smallint from public.dataset_versions v
  where v.dataset_code = dataset and private.period_start(v.from_period) <= private.period_start(period)
$$;
comment on function private.dataset_version(text, text) is 'The version of a dataset that holds for a period.';

create function public.announce_measure(
  council uuid, dataset text, measure text, from_period text, required boolean default true, value_type text default 'count',
  note_zh text default '', note_en text default ''
) returns smallint
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  d public.datasets;
  last public.dataset_versions;
begin
  perform private.require_own_dataset(council, dataset);
  select * into d from public.datasets x where x.code = dataset for update;
  if private.period_frequency(announce_measure.from_period) is distinct from d.frequency then
    raise sqlstate 'PT422' using message = 'period_does_not_fit_dataset';
  end if;
  if not exists (select 1 from public.measures m where m.code = measure) then
    raise sqlstate 'PT404' using message = 'measure_not_found';
  end if;
  -- In any dataset: a figure filed twice would have two totals.
  if exists (select 1 from public.dataset_measures m where m.measure_code = measure) then
    raise sqlstate 'PT409' using message = 'measure_asked_for_already';
  end if;
  if private.period_start(announce_measure.from_period) < private.today() + d.notice_days then
    raise sqlstate 'PT422' using message = 'notice_too_short';
  end if;
  select * into last from public.dataset_versions v where v.dataset_code = dataset order by v.version desc limit 1;
  if private.period_start(announce_measure.from_period) < private.period_start(last.from_period) then
    raise sqlstate 'PT409' using message = 'announced_version_comes_first';
  end if;
  if last.from_period is distinct from announce_measure.from_period then
    insert into public.dataset_versions (dataset_code, version, from_period, announced_by, note_zh, note_en)
    values (dataset, d.version + 1, announce_measure.from_period, private.person_id(),
            coalesce(private.said(announce_measure.note_zh), ''), coalesce(private.said(announce_measure.note_en), ''))
    returning * into last;
    update public.datasets x set version = last.version where x.code = dataset;
  end if;
  insert into public.dataset_measures (dataset_code, measure_code, position, required, value_type, minimum, decimals, since)
  select dataset, measure, max(m.position) + 1, announce_measure.required, announce_measure.value_type, 0,
         case announce_measure.value_type when 'count' then 0 else 2 end, last.version
  from public.dataset_measures m where m.dataset_code = dataset;
  perform private.record('announce_measure', 'dataset', dataset, council, null, 'council', jsonb_build_object(
    'measure', measure, 'period', announce_measure.from_period, 'required', announce_measure.required, 'version', last.version));
  return last.version;
exception
  when check_violation or not_null_violation then
    raise sqlstate 'PT422' using message = 'announcement_not_valid';
end $$;
comment on function public.announce_measure(uuid, text, text, text, boolean, text, text, text) is
  'The secretariat announces that a dataset will ask for a measure from a period on, at least the dataset''s notice_days before that period begins; until then it may be filed and need not be. Measures announced for the same period make one version. Returns the version. Refusals: only_the_secretariat, dataset_not_found, dataset_of_another_council, period_does_not_fit_dataset, measure_not_found, measure_asked_for_already, notice_too_short, announced_version_comes_first, announcement_not_valid.';
grant execute on function public.announce_measure(uuid, text, text, text, boolean, text, text, text) to authenticated;
