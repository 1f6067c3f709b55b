-- From a draft to a receipt: begin, add entries, file.

create function private.drop_drafts(drafts uuid[]) returns void
  language sql volatile security definer set search_path = '' as $$
  -- The row first: add_entries may be holding it, and what it added must go too.
  delete from public.submissions s where s.id = any (drafts) and s.status = 'draft';
  delete from public.entries e where e.submission_id = any (drafts)
    and not exists (select 1 from public.submissions s where s.id = e.submission_id);
$$;
comment on function private.drop_drafts(uuid[]) is 'Removes drafts with their entries; whatever is filed stays.';

create function public.start_submission(
  obligation uuid, file_name text, file_sha256 text, file_size bigint, idempotency_key text default null, reading_sha256 text default ''
) returns jsonb
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  known public.submissions;
  made uuid;
begin
  -- Locked first, as in submit_submission: filings of one obligation begin and end one after the other.
  select * into o from public.obligations
  where id = obligation and organisation_id in (select private.organisations_as('reporter'))
  for update;
  if o.id is null then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;

  if start_submission.idempotency_key is not null then
    select * into known from public.submissions s
    where s.organisation_id = o.organisation_id and s.idempotency_key = start_submission.idempotency_key;
    if known.id is not null and (known.file_sha256 <> start_submission.file_sha256 or known.obligation_id <> o.id) then
      raise sqlstate 'PT409' using message = 'idempotency_key_reused';
    end if;
    if known.status = 'draft' then
      -- An earlier attempt that broke off, or still runs elsewhere: its draft goes, so that entries on their way to it
      -- are refused instead of mixed with these.
      perform private.drop_drafts(array[known.id]);
    elsif known.id is not null then
      return private.receipt(known.id) || '{"repeated": true}';
    end if;
  end if;

  select * into known from public.submissions s
  where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1;
  if (known.file_sha256, known.reading_sha256) = (start_submission.file_sha256, start_submission.reading_sha256) then
    return private.receipt(known.id) || '{"repeated": true}';
  end if;
  if o.opens_on > private.today() then
    raise sqlstate 'PT409' using message = 'obligation_not_open_yet';
  elsif o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_is_excused';
  end if;
  perform private.require_revision(o.id);

  -- What interrupted uploads left behind, anybody's, was never acknowledged; nobody else would come to clear it.
  perform private.drop_drafts(array(
    select s.id from public.submissions s
    where s.status = 'draft' and s.created_at < (select private.now()) - interval '1 hour'
    order by s.created_at limit 10 for update skip locked
  ));

  insert into public.submissions
    (obligation_id, council_id, organisation_id, dataset_code, dataset_version, rules_version, period, file_name, file_sha256, reading_sha256, file_size, idempotency_key, created_by)
  select o.id, o.council_id, o.organisation_id, o.dataset_code, private.dataset_version(o.dataset_code, o.period), d.rules_version, o.period,
         left(start_submission.file_name, 200), start_submission.file_sha256, start_submission.reading_sha256, start_submission.file_size,
         start_submission.idempotency_key, private.person_id()
  from public.datasets d where d.code = o.dataset_code
  returning id into made;
  return jsonb_build_object('submission', made, 'status', 'draft');
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'submission_not_valid';
  when unique_violation then raise sqlstate 'PT409' using message = 'submission_under_way';
end $$;
comment on function public.start_submission(uuid, text, text, bigint, text, text) is
  'Begins a filing: returns {submission, status: draft}, or the first receipt with repeated: true when this file, read the same way, or this idempotency key was filed already. A draft that an earlier attempt under the same key left is replaced. Refusals: obligation_not_found, obligation_not_open_yet, obligation_is_excused, revision_not_opened, idempotency_key_reused, submission_under_way, submission_not_valid.';
grant execute on function public.start_submission(uuid, text, text, bigint, text, text) to authenticated;

create function public.add_entries(submission uuid, entries jsonb, first integer default 1) returns integer
  -- A plan for the very arrays of one call would hold them packed, and walk to each element from the first.
  language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  given jsonb := private.unwrap(entries);
  texts text[];
  measure integer[];
  region integer[];
  occupation integer[];
  employment_mode integer[];
  value numeric[];
  missing_reason integer[];
  explanation text[];
  cell text[];
begin
  -- Shared: batches of one draft come side by side, and submit_submission waits for them.
  perform 1 from public.submissions s
  where s.id = submission and s.status = 'draft' and s.created_by = private.person_id()
    and s.organisation_id in (select private.organisations_as('reporter'))
  for share;
  if not found then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_entries';
  end if;
  texts := array(select jsonb_array_elements_text(given -> 'texts'));
  measure := given ->> 'measure';
  region := given ->> 'region';
  occupation := given ->> 'occupation';
  employment_mode := given ->> 'employment_mode';
  value := given ->> 'value';
  missing_reason := given ->> 'missing_reason';
  explanation := array(select jsonb_array_elements_text(given -> 'explanation'));
  cell := given ->> 'cell';
  if not coalesce(
    cardinality(measure) = all (array[cardinality(region), cardinality(occupation), cardinality(employment_mode), cardinality(value), cardinality(cell)]), false
  ) then
    raise sqlstate 'PT422' using message = 'entries_not_valid';
  end if;
  insert into public.entries (submission_id, position, measure_code, region_code, occupation, employment_mode, value, missing_reason, explanation, cell)
  select submission, first - 1 + i, texts[measure[i]], texts[region[i]], texts[occupation[i]], texts[employment_mode[i]],
         value[i], texts[missing_reason[i]], explanation[i], cell[i]
  from generate_series(1, cardinality(measure)) as i;
  return cardinality(measure);
exception
  when check_violation or not_null_violation or invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value then
    raise sqlstate 'PT422' using message = 'entries_not_valid';
  when unique_violation then
    raise sqlstate 'PT409' using message = 'submission_under_way';
end $$;
comment on function public.add_entries(uuid, jsonb, integer) is
  'Adds entries to the caller''s own draft, at the positions from first on. entries: {texts, measure, region, occupation, employment_mode, value, cell} and, where there are any, missing_reason and explanation. texts and explanation are lists, the others equally long arrays in Postgres''s writing: value of numbers, cell of texts, the rest of places in texts from 1. Returns how many were added. Refusals: submission_not_open_for_entries, submission_under_way (a position was taken already), entries_not_valid.';
grant execute on function public.add_entries(uuid, jsonb, integer) to authenticated;

create function public.note_corrections(submission uuid, corrections jsonb) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  given jsonb := private.unwrap(corrections);
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) > 5000 or exists (
    select 1 from jsonb_array_elements(given) as made
    where coalesce(made ->> 'cell', '') !~ '^[A-Z]{1,3}[0-9]{1,7}$' or made ->> 'from' is null or made ->> 'to' is null
      or length(made ->> 'from') > 2000 or length(made ->> 'to') > 2000
  ) then
    raise sqlstate 'PT422' using message = 'corrections_not_valid';
  end if;
  update public.submissions s set corrections = given
  where s.id = submission and s.status = 'draft' and s.created_by = private.person_id()
    and s.organisation_id in (select private.organisations_as('reporter'));
  if not found then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_entries';
  end if;
  return jsonb_array_length(given);
end $$;
comment on function public.note_corrections(uuid, jsonb) is
  'Writes down in the caller''s own draft which cells were corrected after the upload. Refusals: corrections_not_valid, submission_not_open_for_entries.';
grant execute on function public.note_corrections(uuid, jsonb) to authenticated;

create function private.cells(submission uuid, dataset text) returns table (filled integer, required integer, sums jsonb)
  language sql stable security definer set search_path = '' as $$
  with asked as materialized (
    select dm.measure_code from public.dataset_measures dm where dm.dataset_code = dataset and dm.required
  ),
  places as materialized (
    select e.region_code, e.measure_code, count(e.value) as filled, count(*) filter (where e.missing_reason is distinct from 'not_applicable') as required,
           count(*) as entries, sum(e.value) as total
    from public.entries e where e.submission_id = submission group by e.region_code, e.measure_code
  )
  select coalesce(sum(p.filled), 0)::integer, coalesce(sum(coalesce(p.required, 1)), 0)::integer,
         (
           select coalesce(jsonb_object_agg(m.measure_code, jsonb_build_object('total', m.total, 'missing', m.entries - m.filled, 'entries', m.entries)), '{}')
           from (
             select w.measure_code, sum(w.total) as total, sum(w.filled) as filled, sum(w.entries) as entries from places w group by w.measure_code
           ) m
         )
  from (select distinct x.region_code from places x) r
  cross join asked a
  left join places p on p.region_code = r.region_code and p.measure_code = a.measure_code
$$;
comment on function private.cells(uuid, text) is
  'Value completeness of a filing: how many cells of required measures hold a value, of those it holds or lacks. A region without a required measure lacks one cell; a cell that does not apply is not asked for. sums: what submissions.sums keeps.';

create function public.submit_submission(submission uuid, expected integer, warnings jsonb default '[]') returns jsonb
  -- Room for the sets that are checked: 100,000 entries take 30 MB.
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  s public.submissions;
  o public.obligations;
  d public.datasets;
  jurisdiction text;
  counted integer;
  foreign_entry boolean;
  out_of_range boolean;
  counted_twice boolean;
  measure_missing boolean;
  first_day date;
  filed public.submissions;
  explained jsonb := coalesce(private.unwrap(warnings), '[]');
begin
  if jsonb_typeof(explained) <> 'array' then
    raise sqlstate 'PT422' using message = 'submission_not_valid';
  end if;
  select b.* into o from public.obligations b
  where b.id = (select x.obligation_id from public.submissions x where x.id = submission and x.created_by = private.person_id())
  for update;
  select * into s from public.submissions x
  where x.id = submission and x.created_by = private.person_id()
    and x.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if s.status <> 'draft' then
    return private.receipt(s.id) || '{"repeated": true}';
  end if;
  -- The same file sent twice at the same moment: one is filed, the other gets its receipt.
  select * into filed from public.submissions x where x.obligation_id = o.id and x.status <> 'draft' order by x.version desc limit 1;
  if (filed.file_sha256, filed.reading_sha256) = (s.file_sha256, s.reading_sha256) then
    perform private.drop_drafts(array[s.id]);
    return private.receipt(filed.id) || '{"repeated": true}';
  end if;
  -- Excused since the filing began.
  if o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_is_excused';
  end if;
  select * into d from public.datasets where code = s.dataset_code;
  select x.region_code into jurisdiction from public.organisations x where x.id = s.organisation_id;
  first_day := private.period_start(s.period);

  -- Whole sets instead of a foreign key per row.
  with places as materialized (
    select e.measure_code, e.region_code, count(*) as entries, min(e.value) as least, max(e.value) as most,
           bool_or(e.occupation = '') and bool_or(e.occupation <> '') as occupations_twice,
           bool_or(e.employment_mode = '') and bool_or(e.employment_mode <> '') as modes_twice
    from public.entries e where e.submission_id = s.id
    group by e.measure_code, e.region_code
  ),
  parts as materialized (
    select distinct e.occupation, e.employment_mode from public.entries e where e.submission_id = s.id
  )
  select
    (select coalesce(sum(x.entries), 0) from places x),
    exists (
      select 1 from (select distinct x.measure_code from places x) x
      where x.measure_code not in (select m.measure_code from public.dataset_measures m where m.dataset_code = s.dataset_code)
    ) or exists (
      select 1 from (select distinct x.region_code from places x) x
      left join public.regions r on r.code = x.region_code and r.level = d.region_level
        and (r.valid_to is null or r.valid_to > first_day)
      where r.code is null or r.code not like jurisdiction || '%'
    ) or exists (
      select 1 from parts x
      where x.occupation <> '' and x.occupation not in (select c.code from public.occupations c)
        or x.employment_mode <> '' and x.employment_mode not in (select c.code from public.employment_modes c)
    ),
    exists (
      select 1 from places x
      join public.dataset_measures m on m.dataset_code = s.dataset_code and m.measure_code = x.measure_code
      where x.least < coalesce(m.minimum, case when m.value_type = 'count' then 0 end) or x.most > m.maximum
    ),
    exists (select 1 from places x where x.occupations_twice or x.modes_twice) or exists (
      select 1 from public.entries e where e.submission_id = s.id
      group by e.measure_code, e.region_code, e.occupation, e.employment_mode having count(*) > 1
    ),
    exists (
      select 1 from public.dataset_measures m
      where m.dataset_code = s.dataset_code and m.required and m.since <= s.dataset_version and m.measure_code not in (select x.measure_code from places x)
    )
  into counted, foreign_entry, out_of_range, counted_twice, measure_missing;
  if counted = 0 or counted is distinct from expected then
    raise sqlstate 'PT409' using message = 'submission_not_complete';
  elsif foreign_entry then
    raise sqlstate 'PT422' using message = 'entries_not_in_dataset';
  elsif out_of_range then
    raise sqlstate 'PT422' using message = 'entries_out_of_range';
  elsif counted_twice then
    raise sqlstate 'PT422' using message = 'entries_counted_twice';
  elsif measure_missing then
    raise sqlstate 'PT422' using message = 'required_measure_missing';
  elsif private.changes_locked_cells(s.id, o.id) then
    raise sqlstate 'PT422' using message = 'locked_cells_changed';
  end if;

  perform private.require_revision(o.id);
  perform private.end_objection(o.id);
  -- A version that still waits for review is replaced by this one.
  update public.submissions x set status = 'superseded', decided_at = private.now()
  where x.obligation_id = o.id and x.status = 'submitted';

  update public.submissions x
  set status = 'submitted',
      version = (select coalesce(max(v.version), 0) + 1 from public.submissions v where v.obligation_id = o.id),
      row_count = counted,
      warnings = explained,
      values_sha256 = (
        select encode(sha256(convert_to(string_agg(
          concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode, coalesce(e.value::text, e.missing_reason)), E'\n' order by e.position
        ), 'UTF8')), 'hex')
        from public.entries e where e.submission_id = s.id
      ),
      (cells_filled, cells_required, sums) = (select c.filled, c.required, c.sums from private.cells(s.id, s.dataset_code) c),
      submitted_at = private.moment(),
      late_days = greatest(private.today() - o.due_on, 0)
  where x.id = s.id;
  perform private.record('submit', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return private.receipt(s.id);
end $$;
comment on function public.submit_submission(uuid, integer, jsonb) is
  'Files a draft: checks its entries as whole sets, fixes version and hashes, returns the receipt; of the file that stands already, its first receipt with repeated: true. expected: how many entries the caller sent. Refusals: submission_not_found, submission_not_valid, submission_not_complete, obligation_is_excused, revision_not_opened, entries_not_in_dataset, entries_out_of_range, entries_counted_twice, required_measure_missing, locked_cells_changed.';
grant execute on function public.submit_submission(uuid, integer, jsonb) to authenticated;

create function public.abandon_submission(submission uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.submissions s
  where s.id = submission and s.status = 'draft' and s.created_by = private.person_id()
    and s.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if not found then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_entries';
  end if;
  perform private.drop_drafts(array[submission]);
end $$;
comment on function public.abandon_submission(uuid) is
  'Takes the caller''s own draft away with all its entries, as if it had never begun; what is filed stays. Refusals: submission_not_open_for_entries.';
grant execute on function public.abandon_submission(uuid) to authenticated;
