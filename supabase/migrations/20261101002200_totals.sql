-- Accepted figures, summed when a filing is accepted.

create table public.totals (
  council_id uuid not null,
  measure_code text not null,
  period text not null,
  starts_on date not null,
  region_code text not null,
  organisation_id uuid not null,
  occupation text not null default '',
  value numeric,
  missing_count integer not null default 0,
  submission_id uuid not null,
  dataset_code text not null,
  primary key (council_id, measure_code, period, region_code, organisation_id, occupation)
);
comment on table public.totals is
  'Accepted figures summed per measure × period × region (county, and the council''s whole region) × organisation × occupation ('''' is all). Written only by roll_up. Statistics that cannot be summed stand only where they were reported.';
create index totals_by_region on public.totals (council_id, measure_code, region_code, occupation, starts_on);
create index totals_by_organisation on public.totals (organisation_id, period);
create index totals_by_submission on public.totals (submission_id);
create index totals_of_organisation on public.totals (organisation_id, region_code, starts_on) where occupation = '';

alter table public.totals enable row level security;
alter table public.totals force row level security;
create policy "organisations and their regulators read their totals" on public.totals
  for select to authenticated
  using ((organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a));
grant select on public.totals to authenticated;

create function private.roll_up(submission uuid, measures text[] default null) returns void
  language sql volatile security definer set search_path = '' as $$
  delete from public.totals t using public.submissions s
  where s.id = submission and t.council_id = s.council_id and t.organisation_id = s.organisation_id
    and t.period = s.period and t.dataset_code = s.dataset_code
    and (roll_up.measures is null or t.measure_code = any (roll_up.measures));

  insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
  select s.council_id, e.measure_code, s.period, private.period_start(s.period), place.code, s.organisation_id, part.occupation,
         sum(e.value), count(*) filter (where e.value is null), s.id, s.dataset_code
  from public.submissions s
  join public.councils c on c.id = s.council_id
  join public.entries e on e.submission_id = s.id
  join public.measures m on m.code = e.measure_code
  cross join lateral (
    select c.region_code as code where m.additive or e.region_code = c.region_code
    union
    select left(e.region_code, 6) where length(e.region_code) >= 6 and (m.additive or length(e.region_code) = 6)
  ) place
  cross join lateral (
    select '' as occupation where m.additive or e.occupation = ''
    union
    select e.occupation where e.occupation <> ''
  ) part
  where s.id = submission and (m.additive or e.employment_mode = '')
    and (roll_up.measures is null or e.measure_code = any (roll_up.measures))
  group by s.council_id, e.measure_code, s.period, place.code, s.organisation_id, part.occupation, s.id, s.dataset_code;
$$;
comment on function private.roll_up(uuid, text[]) is
  'Replaces the totals of the submission''s organisation, dataset and period by this submission''s; of the given measures only, if any are given.';
