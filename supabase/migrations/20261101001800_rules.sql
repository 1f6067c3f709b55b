-- Rules as data: what makes one valid, and how the secretariat changes them.

create table public.dataset_rules (
  dataset_code text not null references public.datasets (code),
  code text not null,
  version smallint not null default 1,
  kind text not null,
  severity text not null,
  params jsonb not null,
  message_zh text not null default '',
  message_en text not null default '',
  since integer not null default 1,
  until integer,
  saved_at timestamptz not null default private.now(),
  saved_by uuid,
  primary key (dataset_code, code, version),
  constraint a_rule_has_a_code check (code ~ '^[a-z][a-z0-9_]{2,99}$'),
  constraint the_severity_is_known check (severity in ('error', 'warning')),
  constraint the_kind_is_known check (
    kind in ('part_le_whole', 'parts_eq_total', 'range', 'jump', 'z_score', 'peer_outlier', 'cross_file')
  ),
  constraint it_holds_before_it_ends check (until > since),
  constraint a_message_is_a_sentence_in_both_languages_or_none check (
    (message_zh = '') = (message_en = '') and char_length(message_zh) <= 300 and char_length(message_en) <= 600
  ),
  constraint what_is_only_unusual_never_blocks check (severity = 'warning' or kind not in ('jump', 'z_score', 'peer_outlier'))
);
comment on table public.dataset_rules is
  'Rules between values, as data, in all their versions. An error blocks; a warning asks for an explanation that travels with the value. since and until (exclusive; null: still) are rules_version of the dataset: a filing keeps the one it was checked with. saved_by is null for what came with the software.';
create unique index one_version_of_a_rule_holds on public.dataset_rules (dataset_code, code) where until is null;

alter table public.dataset_rules enable row level security;
alter table public.dataset_rules force row level security;
create policy "everybody reads what is to be filed" on public.dataset_rules
  for select to anon, authenticated using (true);
-- Without saved_by.
grant select (dataset_code, code, version, kind, severity, params, message_zh, message_en, since, until, saved_at)
  on public.dataset_rules to anon, authenticated;

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

-- ---------------------------------------------------------------- how rules change

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
grant execute on function public.save_rule(uuid, text, text, text, jsonb, text, text, text) to authenticated;

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
grant execute on function public.retire_rule(uuid, text, text) to authenticated;
