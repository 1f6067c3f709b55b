-- Reviewing: accept, return, accept in part, open more cells; and what waits for review.

create function private.open_for_review(submission uuid) returns public.submissions
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  refusal text;
begin
  select * into s from public.submissions x
  where x.id = submission and x.status <> 'draft'
    and x.organisation_id in (select private.organisations_reviewed())
    and x.council_id in (select private.councils_joined())
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if s.status <> 'submitted' then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_review';
  end if;
  refusal := private.review_refusal(s);
  if refusal = 'another_organisation_decides_next' then
    raise sqlstate 'PT409' using message = refusal;
  elsif refusal is not null then
    raise sqlstate 'PT403' using message = refusal;
  end if;
  return s;
end $$;
comment on function private.open_for_review(uuid) is 'Locks a submission that the caller may decide on now, or refuses with the reason.';

create function private.settle(submission uuid) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  replaced uuid;
begin
  select * into s from public.submissions x where x.id = submission;
  if s.stage + 1 < (select d.review_stages from public.datasets d where d.code = s.dataset_code) then
    update public.submissions x set status = 'submitted', stage = x.stage + 1, decided_at = null where x.id = s.id;
    perform private.record('endorse', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
      jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
    return 'submitted';
  end if;
  update public.submissions x set status = 'superseded'
  where x.obligation_id = s.obligation_id and x.status in ('accepted', 'reopened')
  returning x.id into replaced;
  update public.submissions x set status = 'accepted', stage = x.stage + 1, decided_at = private.now() where x.id = s.id;
  if replaced is null then
    perform private.roll_up(s.id);
  else
    perform private.revise(s.id);
  end if;
  perform private.record('accept', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'accepted';
end $$;
comment on function private.settle(uuid) is
  'A submission passes a stage of its review; the last one makes it accepted and its totals count. Gives the new status.';

create function public.accept_submission(submission uuid, note text default null) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions := private.open_for_review(submission);
begin
  insert into public.reviews (submission_id, stage, organisation_id, reviewed_by, decision, reason)
  values (s.id, s.stage + 1, private.acting_organisation(), private.person_id(), 'accept', private.said(note));
  return private.settle(s.id);
end $$;
comment on function public.accept_submission(uuid, text) is
  'A reviewer accepts. The last stage makes the submission accepted and rolls its totals up in the same transaction; returns the new status. Refusals: submission_not_found, submission_not_open_for_review, nobody_reviews_their_own, nobody_reviews_their_key, nobody_reviews_their_organisation, another_organisation_decides_next.';
grant execute on function public.accept_submission(uuid, text) to authenticated;

create function private.accept_unmarked(s public.submissions, already text[]) returns text[]
  language plpgsql security definer set search_path = '' as $$
declare
  accepted text[];
begin
  if s.stage + 1 < (select d.review_stages from public.datasets d where d.code = s.dataset_code) then
    raise sqlstate 'PT409' using message = 'partial_acceptance_is_last';
  end if;
  -- Its effect is recorded once, when all of it is accepted.
  if exists (select from public.revisions r where r.obligation_id = s.obligation_id and r.submission_id is null and r.withdrawn_at is null) then
    raise sqlstate 'PT409' using message = 'revision_is_accepted_wholly';
  end if;
  select array_agg(distinct e.measure_code order by e.measure_code) into accepted
  from public.entries e
  where e.submission_id = s.id and exists (select 1 from private.marks_of(s.id))
    and not exists (
      select 1 from private.opened_by_marks(s.id) o
      where coalesce(o.measure_code, e.measure_code) = e.measure_code and e.measure_code <> all (already)
    );
  if accepted is null or accepted <@ already then
    raise sqlstate 'PT422' using message = 'nothing_left_to_accept';
  end if;
  perform private.roll_up(s.id, accepted);
  return accepted;
end $$;
comment on function private.accept_unmarked(public.submissions, text[]) is
  'Accepts the measures of a submission in which the marks on it open no cell, and those accepted before: they count from now on. Returns all of them. Refusals: partial_acceptance_is_last, revision_is_accepted_wholly, nothing_left_to_accept.';

create function public.return_submission(
  submission uuid, reason text, marks jsonb default '[]', accept_rest boolean default false
) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  given jsonb;
  accepted text[];
begin
  perform private.require_reason(reason, 'return_needs_a_reason');
  s := private.open_for_review(submission);
  given := private.read_marks(s.id, marks);
  -- What an earlier return accepted stays accepted.
  accepted := coalesce((select b.accepted_measures from private.binding_return(s.obligation_id) b), '{}');
  if private.marks_accepted(s.id, given, accepted) then
    raise sqlstate 'PT409' using message = 'accepted_measure_is_locked';
  end if;
  insert into public.reviews (submission_id, stage, organisation_id, reviewed_by, decision, reason, marks)
  values (s.id, s.stage + 1, private.acting_organisation(), private.person_id(), 'return', private.said(reason), given);
  if accept_rest then
    accepted := private.accept_unmarked(s, accepted);
  end if;
  update public.submissions x set status = 'returned', decided_at = private.now(), accepted_measures = accepted where x.id = s.id;
  perform private.record(case when accept_rest then 'accept_partly' else 'return' end, 'submission', s.id::text, s.council_id, s.organisation_id,
    'organisation', jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'returned';
end $$;
comment on function public.return_submission(uuid, text, jsonb, boolean) is
  'A reviewer returns, with a reason of at least 5 characters and the marked cells [{position, code, note, opens}]: only what they open may change in the next version. accept_rest: at the last stage, the measures without an open cell are accepted at once. Refusals: return_needs_a_reason, marked_cell_not_found, mark_needs_a_reason, accepted_measure_is_locked, partial_acceptance_is_last, revision_is_accepted_wholly, nothing_left_to_accept, and those of accept_submission.';
grant execute on function public.return_submission(uuid, text, jsonb, boolean) to authenticated;

create function public.open_more_cells(submission uuid, marks jsonb) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  given jsonb;
begin
  select * into s from public.submissions x
  where x.id = submission and x.status = 'returned'
    and x.organisation_id in (select private.organisations_reviewed())
    and x.council_id in (select private.councils_joined())
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  elsif private.interest_in(s) is not null then
    raise sqlstate 'PT403' using message = private.interest_in(s);
  elsif s.id is distinct from (select b.id from private.binding_return(s.obligation_id) b) then
    raise sqlstate 'PT409' using message = 'return_is_settled';
  -- The first mark would close every other cell.
  elsif not exists (select 1 from private.marks_of(s.id)) then
    raise sqlstate 'PT409' using message = 'everything_is_open';
  end if;
  given := private.read_marks(s.id, marks);
  if given = '[]' then
    raise sqlstate 'PT422' using message = 'marked_cell_not_found';
  elsif private.marks_accepted(s.id, given, s.accepted_measures) then
    raise sqlstate 'PT409' using message = 'accepted_measure_is_locked';
  end if;
  update public.reviews r
  set marks = r.marks || (select jsonb_agg(mark || jsonb_build_object('added_at', private.now())) from jsonb_array_elements(given) as mark)
  where r.submission_id = s.id and r.decision = 'return' and r.organisation_id in (select private.organisations_as('reviewer'));
  if not found then
    raise sqlstate 'PT403' using message = 'only_who_returned_it';
  end if;
  perform private.record('open_more_cells', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period, 'count', jsonb_array_length(given)));
  return jsonb_array_length(given);
end $$;
comment on function public.open_more_cells(uuid, jsonb) is
  'Whoever returned a submission opens more of its cells, each with a reason: marks as in return_submission. Returns how many. Refusals: submission_not_found, nobody_reviews_their_own, nobody_reviews_their_key, nobody_reviews_their_organisation, return_is_settled, everything_is_open, marked_cell_not_found, mark_needs_a_reason, accepted_measure_is_locked, only_who_returned_it.';
grant execute on function public.open_more_cells(uuid, jsonb) to authenticated;

-- ---------------------------------------------------------------- what waits

create function public.review_queue()
  returns table (
    submission_id uuid, organisation_id uuid, organisation_zh text, organisation_en text, dataset_code text, dataset_zh text, dataset_en text,
    period text, version smallint, stage smallint, review_stages smallint, row_count integer, warning_count integer,
    submitted_at timestamptz, due_on date, late_days integer, returned_before boolean, accepted_before integer, first_filing boolean, fired jsonb, risk integer
  )
  language sql stable security definer set search_path = '' as $$
  select s.id, g.id, g.name_zh, g.name_en, d.code, d.name_zh, d.name_en, s.period, s.version, s.stage, d.review_stages, s.row_count,
         jsonb_array_length(s.warnings), s.submitted_at, o.due_on, s.late_days, past.returned, coalesce(part.accepted, 0), past.none, warned.fired,
         warned.points + case when s.late_days > 0 then 2 else 0 end + case when past.returned then 3 else 0 end
           + case when past.none then 2 else 0 end as risk
  from public.submissions s
  join public.datasets d on d.code = s.dataset_code
  join public.obligations o on o.id = s.obligation_id
  join public.organisations g on g.id = s.organisation_id
  cross join lateral (
    select exists (select 1 from public.submissions x where x.obligation_id = s.obligation_id and x.status = 'returned') as returned,
           not exists (
             select 1 from public.submissions x
             where x.organisation_id = s.organisation_id and x.council_id = s.council_id and x.dataset_code = s.dataset_code
               and x.period <> s.period and x.status in ('accepted', 'reopened')
           ) as none
  ) past
  left join lateral (
    select case decided.status when 'returned' then cardinality(decided.accepted_measures) end as accepted
    from public.submissions decided
    where decided.obligation_id = s.obligation_id and decided.status in ('returned', 'accepted', 'reopened')
    order by decided.version desc limit 1
  ) part on true
  cross join lateral (
    select coalesce(jsonb_object_agg(k.kind, k.warnings), '{}') as fired,
           coalesce(sum(k.warnings * case when k.kind in ('jump', 'z_score', 'peer_outlier', 'cross_file') then 3 else 1 end), 0)::integer as points
    from (
      -- The version of the rule that the filing was checked with; an earlier one may have been of another kind.
      select coalesce(r.kind, 'other') as kind, count(*) as warnings
      from jsonb_array_elements(s.warnings) as warning
      left join public.dataset_rules r on r.dataset_code = s.dataset_code and r.code = warning ->> 'rule'
        and r.since <= s.rules_version and (r.until is null or s.rules_version < r.until)
      group by 1
    ) k
  ) warned
  where s.status = 'submitted' and s.organisation_id in (select private.organisations_reviewed())
    and s.council_id in (select private.councils_joined()) and private.review_refusal(s) is null
  order by risk desc, s.submitted_at
$$;
comment on function public.review_queue() is
  'Submissions on which the caller may decide now, by risk, then by age. accepted_before: how many measures the return before it accepted. fired: how many warnings of each kind of rule, other: of no rule that is kept. risk: 3 for each warning that compares with history, peers or another filing, 1 for each other, 2 if late, 2 if no other period of the dataset was accepted before, 3 if a version came back before.';
grant execute on function public.review_queue() to authenticated;

create function private.tasks_reviews() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'review', q.submission_id::text, q.dataset_zh, q.dataset_en, g.short_zh, g.short_en, q.period, q.due_on, 'submitted'
  from public.review_queue() q
  join public.organisations g on g.id = q.organisation_id
$$;
comment on function private.tasks_reviews() is 'Submissions to review.';
