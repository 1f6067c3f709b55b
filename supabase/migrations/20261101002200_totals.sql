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

  with filed as materialized (
    select s.id, s.council_id, s.organisation_id, s.dataset_code, s.period, private.period_start(s.period) as starts_on, c.region_code as whole
    from public.submissions s join public.councils c on c.id = s.council_id
    where s.id = submission
  ),
  -- Employment modes and streets first: what remains to be placed is a third.
  cells as materialized (
    select e.measure_code, m.additive, e.region_code = f.whole as of_whole, left(e.region_code, 6) as county, length(e.region_code) as digits, e.occupation,
           sum(e.value) as value, count(*) filter (where e.value is null) as missing
    from filed f
    join public.entries e on e.submission_id = f.id
    join public.measures m on m.code = e.measure_code
    where (m.additive or e.employment_mode = '')
      and (roll_up.measures is null or e.measure_code = any (roll_up.measures))
    group by e.measure_code, m.additive, e.region_code = f.whole, left(e.region_code, 6), length(e.region_code), e.occupation
  )
  insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
  select f.council_id, t.measure_code, f.period, f.starts_on, t.region_code, f.organisation_id, t.occupation, t.value, t.missing, f.id, f.dataset_code
  from filed f
  cross join lateral (
    select c.measure_code, place.code as region_code, part.occupation, sum(c.value) as value, sum(c.missing) as missing
    from cells c
    cross join lateral (
      select f.whole as code where c.additive or c.of_whole
      union all
      select c.county where c.county <> f.whole and (c.digits = 6 or (c.digits > 6 and c.additive))
    ) place
    cross join lateral (
      select '' as occupation where c.additive or c.occupation = ''
      union all
      select c.occupation where c.occupation <> ''
    ) part
    group by c.measure_code, place.code, part.occupation
  ) t;
$$;
comment on function private.roll_up(uuid, text[]) is
  'Replaces the totals of the submission''s organisation, dataset and period by this submission''s; of the given measures only, if any are given.';
