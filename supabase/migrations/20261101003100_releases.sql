-- Fixed sets of figures that everybody may see.

create table public.releases (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  title_zh text not null,
  title_en text not null,
  period text not null,
  published_by uuid not null,
  published_at timestamptz not null default private.now(),
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint a_withdrawal_has_its_reason check ((withdrawn_at is null) = (withdrawn_reason is null))
);
comment on table public.releases is 'A fixed, disclosure-checked set of figures that everybody may see.';
create index releases_by_council on public.releases (council_id);

create table public.release_figures (
  release_id uuid not null references public.releases (id),
  indicator_code text not null references public.indicators (code),
  definition_version smallint not null,
  region_code text not null references public.regions (code),
  period text not null,
  numerator numeric,
  denominator numeric,
  value numeric,
  hidden text,
  contributors integer not null,
  primary key (release_id, indicator_code, region_code, period)
);
comment on table public.release_figures is 'The figures of a release, as they were when it was published. They are never recomputed.';
create index release_figures_by_indicator on public.release_figures (indicator_code);
create index release_figures_by_region on public.release_figures (region_code);

-- ---------------------------------------------------------------- who may see what

alter table public.releases enable row level security;
alter table public.releases force row level security;
create policy "everybody reads releases that stand" on public.releases
  for select to anon, authenticated using (withdrawn_at is null);
grant select (id, council_id, title_zh, title_en, period, published_at, withdrawn_at) on public.releases to anon, authenticated;

alter table public.release_figures enable row level security;
alter table public.release_figures force row level security;
create policy "everybody reads the figures of releases that stand" on public.release_figures
  for select to anon, authenticated using (release_id in (select r.id from public.releases r));
grant select on public.release_figures to anon, authenticated;

-- ---------------------------------------------------------------- verbs

create function public.publish_release(council uuid, title_zh text, title_en text, period text, indicators text[]) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  day date := private.period_start(publish_release.period);
begin
  perform private.require_secretariat(council);
  if day is null or private.said(publish_release.title_zh) is null or private.said(publish_release.title_en) is null then
    raise sqlstate 'PT422' using message = 'release_not_valid';
  end if;
  if exists (select 1 from public.indicators i where i.code = any (publish_release.indicators) and i.tier <> 'public') then
    raise sqlstate 'PT403' using message = 'indicator_not_public';
  end if;
  insert into public.releases (council_id, title_zh, title_en, period, published_by)
  values (council, private.said(publish_release.title_zh), private.said(publish_release.title_en), publish_release.period, private.person_id())
  returning id into made;
  insert into public.release_figures (release_id, indicator_code, definition_version, region_code, period, numerator, denominator, value, hidden, contributors)
  select made, x.indicator_code, x.version, x.region_code, x.period, x.numerator, x.denominator, x.value, x.hidden, x.contributors
  from private.disclosed(council, publish_release.indicators, day, day, true, false) x
  where x.period = publish_release.period;
  if not found then
    raise sqlstate 'PT422' using message = 'release_has_no_figures';
  end if;
  perform private.record('publish_release', 'release', made::text, council, null, 'council', jsonb_build_object('period', publish_release.period));
  return made;
end $$;
comment on function public.publish_release(uuid, text, text, text, text[]) is
  'The secretariat publishes the indicators of one period for everybody, protected as for every reader but the regulator. Refusals: only_the_secretariat, release_not_valid, indicator_not_public, release_has_no_figures.';
grant execute on function public.publish_release(uuid, text, text, text, text[]) to authenticated;

create function public.withdraw_release(release uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  council uuid := (select r.council_id from public.releases r where r.id = release);
begin
  perform private.require_secretariat(council);
  perform private.require_reason(reason, 'withdrawal_needs_a_reason');
  update public.releases r set withdrawn_at = private.now(), withdrawn_reason = private.said(reason) where r.id = release and r.withdrawn_at is null;
  if not found then
    raise sqlstate 'PT409' using message = 'release_already_withdrawn';
  end if;
  perform private.record('withdraw_release', 'release', release::text, council, null, 'council');
end $$;
comment on function public.withdraw_release(uuid, text) is 'The secretariat withdraws a release with a reason. Refusals: only_the_secretariat, withdrawal_needs_a_reason, release_already_withdrawn.';
grant execute on function public.withdraw_release(uuid, text) to authenticated;

create function private.subjects_release(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select r.id::text, r.council_id, null::uuid, r.title_zh, r.title_en, r.period, null::uuid from public.releases r where r.id = any (private.uuids(ids))
$$;
comment on function private.subjects_release(text[]) is 'Releases that stand, as private.subjects gives them.';
grant execute on function private.subjects_release(text[]) to authenticated;
