-- Rules as data: what makes one valid, what they compare a filing with, and how the secretariat changes them.

-- ---------------------------------------------------------------- what makes a rule valid

create function private.rule_measures(kind text, params jsonb) returns setof text
  language sql immutable set search_path = '' as $$
  select params ->> name from unnest(array['part', 'whole', 'total', 'measure', 'denominator']) as name where params ? name
  union all
  select jsonb_array_elements_text(params -> 'parts') where jsonb_typeof(params -> 'parts') = 'array'
$$;
comment on function private.rule_measures(text, jsonb) is 'The measures of its own dataset that a rule names.';

create function private.rule_fits_its_kind(kind text, params jsonb) returns boolean
  language sql immutable set search_path = '' as $$
  select jsonb_typeof(params) = 'object'
    and not exists (
      select 1 from jsonb_each(params) as given (name, value)
      where case
        when name in ('part', 'whole', 'total', 'measure', 'denominator', 'other') then jsonb_typeof(value) <> 'string'
        when name in ('min', 'max', 'percent', 'z', 'k', 'least') then
          jsonb_typeof(value) <> 'number' or (value #>> '{}')::numeric not between -1e15 and 1e15
        when name = 'parts' then jsonb_typeof(value) <> 'array' or jsonb_array_length(value) not between 1 and 20
          or jsonb_path_exists(value, '$[*] ? (@.type() != "string")')
        when name = 'of' then value not in ('"same"', '"previous"')
        else true end
    )
    and case kind
      when 'part_le_whole' then params ?& array['part', 'whole'] and params - array['part', 'whole'] = '{}'
        and params ->> 'part' <> params ->> 'whole'
      when 'parts_eq_total' then params ?& array['parts', 'total'] and params - array['parts', 'total'] = '{}'
        and not params -> 'parts' ? (params ->> 'total')
      when 'range' then params ? 'measure' and params ?| array['min', 'max'] and params - array['measure', 'denominator', 'min', 'max'] = '{}'
        and coalesce((params ->> 'min')::numeric <= (params ->> 'max')::numeric, true)
        and params ->> 'measure' is distinct from params ->> 'denominator'
      when 'jump' then params ?& array['measure', 'percent'] and params - array['measure', 'percent', 'least'] = '{}'
        and (params ->> 'percent')::numeric > 0 and coalesce((params ->> 'least')::numeric >= 0, true)
      when 'z_score' then params ?& array['measure', 'z'] and params - array['measure', 'z'] = '{}' and (params ->> 'z')::numeric >= 1
      when 'peer_outlier' then params ?& array['measure', 'denominator', 'k'] and params - array['measure', 'denominator', 'k'] = '{}'
        and (params ->> 'k')::numeric >= 1 and params ->> 'measure' <> params ->> 'denominator'
      when 'cross_file' then params ?& array['measure', 'other', 'of', 'percent'] and params - array['measure', 'other', 'of', 'percent'] = '{}'
        and (params ->> 'percent')::numeric >= 0 and (params ->> 'of' = 'previous' or params ->> 'measure' <> params ->> 'other')
      else false end
$$;
comment on function private.rule_fits_its_kind(text, jsonb) is 'Whether the parameters are exactly those that a kind of rule needs, each of its type and in its bounds.';

create function private.check_rule() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  -- The constraint on the kind says so better.
  if new.kind not in ('part_le_whole', 'parts_eq_total', 'range', 'jump', 'z_score', 'peer_outlier', 'cross_file') then
    return new;
  end if;
  if not private.rule_fits_its_kind(new.kind, new.params) then
    raise sqlstate 'PT422' using message = 'rule_not_valid';
  end if;
  if exists (
    select 1 from private.rule_measures(new.kind, new.params) as named (code)
    where named.code not in (select m.measure_code from public.dataset_measures m where m.dataset_code = new.dataset_code)
  ) or (
    new.params ? 'other' and not exists (
      select 1 from public.dataset_measures m
      join public.datasets theirs on theirs.code = m.dataset_code
      join public.datasets ours on ours.code = new.dataset_code and ours.kind = theirs.kind
      where m.measure_code = new.params ->> 'other'
    )
  ) then
    raise sqlstate 'PT422' using message = 'rule_names_unknown_measure';
  end if;
  if new.kind in ('z_score', 'peer_outlier', 'cross_file') and exists (
    select 1 from public.measures m
    where not m.additive
      and m.code in (select private.rule_measures(new.kind, new.params) union all select new.params ->> 'other')
  ) then
    raise sqlstate 'PT422' using message = 'rule_needs_sums';
  end if;
  return new;
end $$;
comment on function private.check_rule() is
  'Trigger: a rule has what its kind needs and names measures that its dataset (for other: a dataset of the same kind of organisation) asks for. Refusals: rule_not_valid, rule_names_unknown_measure, rule_needs_sums.';
create trigger a_rule_is_valid before insert or update of kind, params on public.dataset_rules
  for each row execute function private.check_rule();
revoke execute on function private.rule_measures(text, jsonb), private.rule_fits_its_kind(text, jsonb), private.check_rule() from public;

-- ---------------------------------------------------------------- what a filing is compared with

grant select (rules_version) on public.submissions to authenticated;

create function public.filing_history(obligation uuid, cells text[] default null, sums text[] default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'cells', (
      select jsonb_build_object('keys', coalesce(jsonb_agg(concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode)), '[]'),
                                'values', coalesce(jsonb_agg(e.value), '[]'))
      from public.entries e
      where e.submission_id = (
        select s.id from public.submissions s
        where s.organisation_id = o.organisation_id and s.council_id = o.council_id and s.dataset_code = o.dataset_code
          and s.status in ('accepted', 'reopened') and s.period < o.period
        order by s.period desc limit 1
      ) and (filing_history.cells is null or e.measure_code = any (filing_history.cells)) and e.value is not null
    ),
    'sums', (
      select coalesce(jsonb_agg(jsonb_build_object('measure', x.measure_code, 'name_zh', m.name_zh, 'name_en', m.name_en, 'period', x.period, 'value', x.value, 'waiting', x.waiting) order by x.measure_code, x.starts_on desc, x.waiting), '[]')
      from (
        select t.measure_code, t.period, t.starts_on, t.value, false as waiting, row_number() over (partition by t.measure_code order by t.starts_on desc) as back
        from public.totals t
        where t.council_id = o.council_id and t.organisation_id = o.organisation_id and t.measure_code = any (filing_history.sums)
          and t.region_code = c.region_code and t.occupation = '' and t.missing_count = 0 and t.starts_on < o.opens_on
        union all
        select f.measure_code, w.period, w.opens_on, f.value, true, 1
        from public.obligations w
        join public.submissions s on s.obligation_id = w.id and s.status = 'submitted'
        -- Added up for each filing by itself: joined, all entries might be read.
        cross join lateral (
          select e.measure_code, sum(e.value) as value
          from public.entries e
          where e.submission_id = s.id and e.measure_code = any (filing_history.sums)
          group by e.measure_code
          having count(e.value) = count(*)
        ) f
        join public.measures a on a.code = f.measure_code and a.additive
        where w.council_id = o.council_id and w.organisation_id = o.organisation_id and w.dataset_code <> o.dataset_code
          and w.opens_on <= o.opens_on + 366 and w.opens_on > o.opens_on - 366
      ) x
      join public.measures m on m.code = x.measure_code
      where x.back <= 13
    )
  )
  from public.obligations o
  join public.councils c on c.id = o.council_id
  where o.id = obligation
$$;
comment on function public.filing_history(uuid, text[], text[]) is
  'What a filing for an obligation is compared with, under the reader''s own rights: cells are the values of the newest accepted filing before its period (keys measure|region|occupation|employment_mode; all measures, or the given ones), sums the accepted totals of the given measures in up to 13 periods until its own, newest first, and (waiting) those of filings of other datasets that wait for review, within a year; totals with missing values are left out.';

create function public.peer_fences(obligation uuid)
  returns table (measure text, denominator text, k numeric, lower numeric, upper numeric)
  language sql stable security definer set search_path = '' as $$
  with owed as (
    select o.*, c.region_code, d.kind
    from public.obligations o
    join public.councils c on c.id = o.council_id
    join public.datasets d on d.code = o.dataset_code
    where o.id = obligation
      and (o.organisation_id in (select private.organisations_as())
        or (o.organisation_id in (select private.organisations_regulated()) and o.council_id in (select private.councils_joined())))
  ),
  pairs as (
    select distinct r.params ->> 'measure' as measure, r.params ->> 'denominator' as denominator, (r.params ->> 'k')::numeric as k
    from owed join public.dataset_rules r on r.dataset_code = owed.dataset_code and r.kind = 'peer_outlier' and r.until is null
    where not exists (
      select 1 from public.definition_terms t join public.indicators i on i.code = t.indicator_code
      where t.measure_code = r.params ->> 'measure' and i.tier = 'restricted'
    )
  ),
  -- Few have filed when the first one files: each peer stands with its newest accepted figures of this period or the one before.
  rates as (
    select distinct on (p.measure, p.denominator, p.k, a.organisation_id) p.measure, p.denominator, p.k, a.value / b.value as rate
    from owed
    cross join pairs p
    join public.totals a on a.council_id = owed.council_id and a.measure_code = p.measure and a.region_code = owed.region_code
      and a.occupation = '' and a.organisation_id <> owed.organisation_id and a.missing_count = 0
      and a.starts_on between private.period_start(owed.period) - (private.period_end(owed.period) - private.period_start(owed.period) + 4)
        and private.period_start(owed.period)
    join public.totals b on b.council_id = a.council_id and b.measure_code = p.denominator and b.region_code = a.region_code
      and b.occupation = '' and b.organisation_id = a.organisation_id and b.period = a.period and b.missing_count = 0
    join public.organisations g on g.id = a.organisation_id and g.kind = owed.kind
    where b.value >= 10
    order by p.measure, p.denominator, p.k, a.organisation_id, a.starts_on desc
  ),
  quartiles as (
    select r.measure, r.denominator, r.k, percentile_cont(array[0.25, 0.75]) within group (order by r.rate::double precision) as q
    from rates r group by r.measure, r.denominator, r.k having count(*) >= 5
  )
  select x.measure, x.denominator, x.k,
         round((x.q[1] - x.k * (x.q[2] - x.q[1]))::numeric, 4), round((x.q[2] + x.k * (x.q[2] - x.q[1]))::numeric, 4)
  from quartiles x
$$;
comment on function public.peer_fences(uuid) is
  'For each peer rule of an obligation''s dataset the usual range of the rate among at least 5 peers of the same kind, [Q1 - k IQR, Q3 + k IQR]; for the organisation and its regulator. Made of quartiles, which an organisation may see of 5 peers (docs/decisions/disclosure.md), never of a measure in a restricted indicator, nor of rates of fewer than 10; no row where there are too few.';

create function public.filed_cells(council uuid, dataset text, since text, until text, measures text[]) returns jsonb
  language sql stable set search_path = '' as $$
  with filings as (
    select s.id, s.organisation_id, s.period, s.status, row_number() over newest as place, sum(s.row_count) over newest as rows_so_far
    from public.submissions s
    where s.council_id = council and s.dataset_code = dataset and s.status in ('accepted', 'submitted')
      and s.period between since and filed_cells.until
    window newest as (order by s.period desc, s.submitted_at desc, s.id)
  )
  select coalesce(jsonb_agg(jsonb_build_object('submission', f.id, 'organisation', f.organisation_id, 'period', f.period, 'status', f.status,
    'measure', x.measure, 'region', x.region, 'occupation', x.occupation, 'employment_mode', x.employment_mode, 'value', x.value, 'cell', x.cell
  ) order by f.place), '[]')
  from filings f
  cross join lateral (
    select coalesce(jsonb_agg(e.measure_code order by e.position), '[]') as measure,
           coalesce(jsonb_agg(e.region_code order by e.position), '[]') as region,
           coalesce(jsonb_agg(e.occupation order by e.position), '[]') as occupation,
           coalesce(jsonb_agg(e.employment_mode order by e.position), '[]') as employment_mode,
           coalesce(jsonb_agg(e.value order by e.position), '[]') as value,
           coalesce(jsonb_agg(coalesce(e.cell, '') order by e.position), '[]') as cell
    from public.entries e where e.submission_id = f.id and e.measure_code = any (measures)
  ) x
  where f.place = 1 or (f.place <= 1000 and f.rows_so_far <= 1000000)
$$;
comment on function public.filed_cells(uuid, text, text, text, text[]) is
  'The cells of some measures in filings that stand (accepted or waiting), of the periods since to until, newest first, under the reader''s own rights; of at most the newest 1,000 filings or a million rows.';

-- ---------------------------------------------------------------- how rules change

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
revoke execute on function private.require_own_dataset(uuid, text) from public;

create function public.save_rule(
  council uuid, dataset text, kind text, severity text, params jsonb, message_zh text default '', message_en text default '', code text default null
) returns text
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  given jsonb := private.unwrap(save_rule.params);
  named text := save_rule.code;
  rules integer;
  known smallint;
begin
  perform private.require_own_dataset(council, dataset);
  -- Holds the dataset until the end: two who save at the same moment make two versions.
  update public.datasets d set rules_version = d.rules_version + 1 where d.code = dataset returning d.rules_version into rules;
  if named is null then
    select left(x.base, 90) || '_' || rules into named
    from (select concat_ws('_', given ->> 'measure', given ->> 'part', given ->> 'total', save_rule.kind) as base) x;
  else
    update public.dataset_rules r set until = rules where r.dataset_code = dataset and r.code = named and r.until is null;
    if not found then
      raise sqlstate 'PT404' using message = 'rule_not_found';
    end if;
  end if;
  select coalesce(max(r.version), 0) into known from public.dataset_rules r where r.dataset_code = dataset and r.code = named;
  insert into public.dataset_rules (dataset_code, code, version, kind, severity, params, message_zh, message_en, since, saved_by)
  values (dataset, named, known + 1, save_rule.kind, save_rule.severity, given,
          coalesce(private.said(save_rule.message_zh), ''), coalesce(private.said(save_rule.message_en), ''), rules, private.person_id());
  perform private.record('save_rule', 'dataset', dataset, council, null, 'council',
    jsonb_build_object('rule', named, 'version', known + 1, 'kind', save_rule.kind, 'severity', save_rule.severity, 'params', given, 'rules_version', rules));
  return named;
exception
  when check_violation or not_null_violation then
    raise sqlstate 'PT422' using message = 'rule_not_valid';
end $$;
comment on function public.save_rule(uuid, text, text, text, jsonb, text, text, text) is
  'The secretariat adds a rule to a dataset, or with its code a new version of one; it holds from the next filing on. Returns the code. Refusals: only_the_secretariat, dataset_not_found, dataset_of_another_council, rule_not_found, rule_not_valid, rule_names_unknown_measure, rule_needs_sums.';

create function public.retire_rule(council uuid, dataset text, code text) returns void
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  rules integer;
begin
  perform private.require_own_dataset(council, dataset);
  update public.datasets d set rules_version = d.rules_version + 1 where d.code = dataset returning d.rules_version into rules;
  update public.dataset_rules r set until = rules
  where r.dataset_code = dataset and r.code = retire_rule.code and r.until is null;
  if not found then
    raise sqlstate 'PT404' using message = 'rule_not_found';
  end if;
  perform private.record('retire_rule', 'dataset', dataset, council, null, 'council',
    jsonb_build_object('rule', retire_rule.code, 'rules_version', rules));
end $$;
comment on function public.retire_rule(uuid, text, text) is
  'The secretariat retires a rule; its versions stay. Refusals: only_the_secretariat, dataset_not_found, dataset_of_another_council, rule_not_found.';

grant execute on function
  public.filing_history(uuid, text[], text[]), public.peer_fences(uuid),
  public.filed_cells(uuid, text, text, text, text[]),
  public.save_rule(uuid, text, text, text, jsonb, text, text, text),
  public.retire_rule(uuid, text, text)
  to authenticated;

-- ---------------------------------------------------------------- versions of what is asked

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
revoke execute on function private.dataset_version(text, text) from public;

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
