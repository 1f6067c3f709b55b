-- Who has to file what, and until when.

create table public.obligations (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  dataset_code text not null references public.datasets (code),
  organisation_id uuid not null references public.organisations (id),
  period text not null,
  opens_on date not null,
  due_on date not null,
  original_due_on date,
  excused_reason text,
  created_at timestamptz not null default private.now(),
  changed_at timestamptz not null default private.now(),
  changes smallint not null default 0,
  unique (organisation_id, council_id, dataset_code, period),
  constraint it_opens_before_it_is_due check (opens_on <= due_on),
  constraint more_time_is_a_later_date check (original_due_on < due_on),
  constraint the_period_is_one check (private.period_start(period) is not null)
);
comment on table public.obligations is
  'Dataset × organisation × period, with its due date. Changing the calendar never edits a past due date (private.follow_calendar). original_due_on: the first one, where a decision moved it; changes counts what happened to the date, for calendars.';
create index obligations_by_council on public.obligations (council_id, dataset_code, period);
create index obligations_by_dataset on public.obligations (dataset_code);

alter table public.obligations enable row level security;
alter table public.obligations force row level security;
create policy "organisations and their regulators read their obligations" on public.obligations
  for select to authenticated
  using ((organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a));
grant select on public.obligations to authenticated;

create function public.open_obligations(council uuid, dataset text, period text) returns integer
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  opened integer;
  d public.datasets;
begin
  perform private.require_secretariat(council);
  select * into d from public.datasets where code = dataset;
  if d.code is null or private.period_frequency(open_obligations.period) is distinct from d.frequency then
    raise sqlstate 'PT422' using message = 'period_does_not_fit_dataset';
  end if;
  insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
  select council, d.code, o.id, open_obligations.period,
         private.period_end(open_obligations.period) + 1,
         private.due_date(private.period_end(open_obligations.period), d.due_working_days)
  from public.council_seats s
  join public.organisations o on o.id = s.organisation_id and o.kind = d.kind
  where s.council_id = council and (s.until is null or s.until > (select private.today()))
  on conflict (organisation_id, council_id, dataset_code, period) do nothing;
  get diagnostics opened = row_count;
  perform private.record('open_obligations', 'dataset', d.code, council, null, 'council',
    jsonb_build_object('period', open_obligations.period, 'count', opened));
  return opened;
end $$;
comment on function public.open_obligations(uuid, text, text) is
  'The secretariat opens a period: one obligation for each seated organisation of the dataset''s kind. Returns how many are new. Refusals: only_the_secretariat, period_does_not_fit_dataset.';
grant execute on function public.open_obligations(uuid, text, text) to authenticated;

-- ---------------------------------------------------------------- who may change a dataset

create function private.require_own_dataset(council uuid, dataset text) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_secretariat(council);
  if not exists (select 1 from public.datasets d where d.code = dataset) then
    raise sqlstate 'PT404' using message = 'dataset_not_found';
  end if;
  if exists (
    select 1 from public.obligations o
    where o.dataset_code = dataset and o.council_id not in (select private.councils_convened())
  ) then
    raise sqlstate 'PT403' using message = 'dataset_of_another_council';
  end if;
end $$;
comment on function private.require_own_dataset(uuid, text) is
  'Refuses everybody but the secretariat of this council, and it too where organisations of another council file the dataset.';

create function private.subjects_obligation(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select o.id::text, o.council_id, o.organisation_id, d.name_zh, d.name_en, o.period, null::uuid
  from public.obligations o
  join public.datasets d on d.code = o.dataset_code
  where o.id = any (private.uuids(ids))
$$;
comment on function private.subjects_obligation(text[]) is 'Obligations, by the name of their dataset, as private.subjects gives them.';
grant execute on function private.subjects_obligation(text[]) to authenticated;
