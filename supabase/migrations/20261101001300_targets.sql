-- What a council wants an indicator to reach.

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
  set_at timestamptz not null default private.now(),
  superseded_at timestamptz,
  constraint the_kind_is_known check (kind in ('floor', 'ceiling', 'range')),
  constraint the_period_is_one check (private.period_start(period) is not null),
  constraint a_range_has_an_upper_value check ((kind = 'range') = (upper_value is not null)),
  constraint a_range_can_be_met check (upper_value >= value),
  constraint its_origin_is_said check (
    private.said(origin_zh) is not null and private.said(origin_en) is not null and char_length(origin_zh) <= 300 and char_length(origin_en) <= 600
  ),
  constraint the_values_are_finite check (value > -1e15 and value < 1e15 and upper_value > -1e15 and upper_value < 1e15)
);
comment on table public.targets is 'Indicator × scope × period, with its origin. A changed target supersedes the old row; it never overwrites it.';
create unique index one_target_stands on public.targets
  (council_id, indicator_code, region_code, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'::uuid), period) where superseded_at is null;
create index targets_by_indicator on public.targets (indicator_code);
create index targets_by_region on public.targets (region_code);
create index targets_by_organisation on public.targets (organisation_id);

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

create function public.set_target(
  council uuid, indicator text, region text, period text, kind text, value numeric, upper_value numeric,
  origin_zh text, origin_en text, organisation uuid default null, resolution uuid default null
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  lengths constant text[] := array['month', 'quarter', 'half_year', 'year'];
  made uuid;
begin
  perform private.require_secretariat(council);
  -- A place of this council, somebody who sits in it, and no period shorter than those in which the indicator has figures.
  if not exists (
    select from public.regions r join public.councils c on c.id = council and r.code like c.region_code || '%'
    where r.code = region and r.valid_to is null
  ) or not exists (
    select from public.indicators i
    where i.code = indicator
      and array_position(lengths, i.frequency) <= array_position(lengths, private.period_frequency(set_target.period))
  ) or (organisation is not null and not exists (
    select from public.council_seats s
    where s.council_id = council and s.organisation_id = organisation and (s.until is null or s.until > (select private.today()))
  )) then
    raise sqlstate 'PT422' using message = 'target_not_valid';
  end if;
  update public.targets t set superseded_at = private.now()
  where t.council_id = council and t.indicator_code = indicator and t.region_code = region and t.period = set_target.period
    and t.organisation_id is not distinct from organisation and t.superseded_at is null;
  insert into public.targets (council_id, indicator_code, region_code, organisation_id, period, kind, value, upper_value, origin_zh, origin_en, resolution_id)
  values (council, indicator, region, organisation, set_target.period, set_target.kind, set_target.value, set_target.upper_value,
          private.said(set_target.origin_zh), private.said(set_target.origin_en), resolution)
  returning id into made;
  perform private.record('set_target', 'indicator', indicator, council, organisation,
    case when organisation is null then 'council' else 'organisation' end, jsonb_build_object('period', set_target.period));
  return made;
exception
  when check_violation or not_null_violation or foreign_key_violation then raise sqlstate 'PT422' using message = 'target_not_valid';
end $$;
comment on function public.set_target(uuid, text, text, text, text, numeric, numeric, text, text, uuid, uuid) is
  'The secretariat sets a target for a region of the council and a period no shorter than the indicator''s; the one that stood is superseded. Refusals: only_the_secretariat, target_not_valid.';
grant execute on function public.set_target(uuid, text, text, text, text, numeric, numeric, text, text, uuid, uuid) to authenticated;
