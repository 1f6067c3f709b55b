-- What passes between a reviewer and a reporter about single values: which cells a return opened, and what was said of each.

-- ---------------------------------------------------------------- the open cells

create function private.binding_return(obligation uuid) returns setof public.submissions
  language sql stable security definer set search_path = '' as $$
  select last.*
  from (
    select s.* from public.submissions s
    where s.obligation_id = binding_return.obligation and s.status in ('returned', 'accepted', 'reopened')
    order by s.version desc limit 1
  ) last
  where last.status = 'returned'
$$;
comment on function private.binding_return(uuid) is
  'The version that was decided last, if it came back: its marks say what the next version may change.';
revoke execute on function private.binding_return(uuid) from public;

create function private.marks_of(submission uuid)
  returns table ("position" integer, code text, note text, opens text, review_id uuid, marked_at timestamptz, organisation_id uuid)
  language sql stable security definer set search_path = '' as $$
  select (mark ->> 'position')::integer, mark ->> 'code', mark ->> 'note', mark ->> 'opens',
         r.id, coalesce((mark ->> 'added_at')::timestamptz, r.reviewed_at), r.organisation_id
  from public.reviews r
  cross join lateral jsonb_array_elements(r.marks) as mark
  where r.submission_id = marks_of.submission and r.decision = 'return'
$$;
revoke execute on function private.marks_of(uuid) from public;

create function private.opened_by_marks(submission uuid)
  returns table (measure_code text, region_code text, occupation text, employment_mode text)
  language sql stable security definer set search_path = '' as $$
  with marked as (
    select k.opens, s.dataset_code, e.measure_code, e.region_code, e.occupation, e.employment_mode
    from public.submissions s
    cross join lateral private.marks_of(s.id) k
    join public.entries e on e.submission_id = s.id and e.position = k.position
    where s.id = opened_by_marks.submission
  )
  select m.measure_code, m.region_code, m.occupation, m.employment_mode from marked m where m.opens in ('cell', 'rules')
  union
  select m.measure_code, null, null, null from marked m where m.opens = 'measure'
  union
  select null, m.region_code, m.occupation, m.employment_mode from marked m where m.opens = 'row'
  union
  -- A rule names its measures in its parameters, whatever its kind.
  select dm.measure_code, m.region_code, m.occupation, m.employment_mode
  from marked m
  join public.dataset_rules r on r.dataset_code = m.dataset_code
    and jsonb_path_exists(r.params, '$.** ? (@ == $code)', jsonb_build_object('code', m.measure_code))
  join public.dataset_measures dm on dm.dataset_code = m.dataset_code
    and jsonb_path_exists(r.params, '$.** ? (@ == $code)', jsonb_build_object('code', dm.measure_code))
  where m.opens = 'rules'
$$;
comment on function private.opened_by_marks(uuid) is
  'The cells that the marks on a returned submission open, as patterns: null stands for any. A mark opens its cell, its row, its measure everywhere, or in its row the measures that a rule joins to it.';
revoke execute on function private.opened_by_marks(uuid) from public;

create function private.changes_locked_cells(submission uuid, obligation uuid) returns boolean
  language plpgsql stable security definer set search_path = '' set enable_mergejoin = off set work_mem = '32MB' as $$
declare
  base public.submissions;
  everything boolean;
begin
  select * into base from private.binding_return(obligation);
  if base.id is null then
    return false;
  end if;
  everything := not exists (select 1 from private.marks_of(base.id));
  if everything and base.accepted_measures = '{}' then
    return false;
  end if;
  return (
    with opened as materialized (select * from private.opened_by_marks(base.id)),
    before as (select * from public.entries e where e.submission_id = base.id),
    after as (select * from public.entries e where e.submission_id = changes_locked_cells.submission)
    select exists (
      select 1
      from before b
      full join after a on a.measure_code = b.measure_code and a.region_code = b.region_code
        and a.occupation = b.occupation and a.employment_mode = b.employment_mode
      where (a.value, a.missing_reason) is distinct from (b.value, b.missing_reason)
        and (
          coalesce(a.measure_code, b.measure_code) = any (base.accepted_measures)
          or (not everything and not exists (
            select 1 from opened o
            where coalesce(o.measure_code, a.measure_code, b.measure_code) = coalesce(a.measure_code, b.measure_code)
              and coalesce(o.region_code, a.region_code, b.region_code) = coalesce(a.region_code, b.region_code)
              and coalesce(o.occupation, a.occupation, b.occupation) = coalesce(a.occupation, b.occupation)
              and coalesce(o.employment_mode, a.employment_mode, b.employment_mode) = coalesce(a.employment_mode, b.employment_mode)
          ))
        )
    )
  );
end $$;
comment on function private.changes_locked_cells(uuid, uuid) is
  'Whether a draft changes, adds or removes a value that the return before it did not open.';
revoke execute on function private.changes_locked_cells(uuid, uuid) from public;

create function public.locked_cells(obligation uuid) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'submission', base.id,
    'accepted', base.accepted_measures,
    'open', case when exists (select 1 from private.marks_of(base.id)) then (
      select coalesce(jsonb_agg(jsonb_build_array(o.measure_code, o.region_code, o.occupation, o.employment_mode)), '[]')
      from private.opened_by_marks(base.id) o
    ) else '[[null, null, null, null]]' end,
    'measure', jsonb_agg(e.measure_code order by e.position),
    'region', jsonb_agg(e.region_code order by e.position),
    'occupation', jsonb_agg(e.occupation order by e.position),
    'employment_mode', jsonb_agg(e.employment_mode order by e.position),
    'value', jsonb_agg(e.value order by e.position),
    'missing_reason', jsonb_agg(e.missing_reason order by e.position),
    'cell', jsonb_agg(e.cell order by e.position)
  )
  from private.binding_return(obligation) base
  join public.entries e on e.submission_id = base.id
  where base.organisation_id in (select private.organisations_as('reporter'))
    and (base.accepted_measures <> '{}' or exists (select 1 from private.marks_of(base.id)))
  group by base.id, base.accepted_measures
$$;
comment on function public.locked_cells(uuid) is
  'For the reporter of an obligation: what stood in each cell of the version that came back, and which patterns [measure, region, occupation, employment_mode] are open. Null where everything may change.';

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
revoke execute on function private.accept_unmarked(public.submissions, text[]) from public;

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
  elsif s.created_by = private.person_id() then
    raise sqlstate 'PT403' using message = 'nobody_reviews_their_own';
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
  set marks = r.marks || (select jsonb_agg(mark || jsonb_build_object('added_at', now())) from jsonb_array_elements(given) as mark)
  where r.submission_id = s.id and r.decision = 'return' and r.organisation_id in (select private.organisations_as('reviewer'));
  if not found then
    raise sqlstate 'PT403' using message = 'only_who_returned_it';
  end if;
  perform private.record('open_more_cells', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period, 'count', jsonb_array_length(given)));
  return jsonb_array_length(given);
end $$;
comment on function public.open_more_cells(uuid, jsonb) is
  'Whoever returned a submission opens more of its cells, each with a reason: marks as in return_submission. Returns how many. Refusals: submission_not_found, nobody_reviews_their_own, return_is_settled, everything_is_open, marked_cell_not_found, mark_needs_a_reason, accepted_measure_is_locked, only_who_returned_it.';

-- ---------------------------------------------------------------- replies

create table public.mark_replies (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references public.reviews (id),
  position integer not null,
  text text not null,
  replied_by uuid not null,
  replied_at timestamptz not null default clock_timestamp(),
  constraint a_reply_says_something check (coalesce(char_length(private.said(text)), 0) between 2 and 1000)
);
comment on table public.mark_replies is 'What a reporter answered to a mark: review and position name it. Written only by reply_to_marks, never changed.';
create index mark_replies_by_review on public.mark_replies (review_id, position);

alter table public.mark_replies enable row level security;
alter table public.mark_replies force row level security;
create policy "replies are read by those who may read the review" on public.mark_replies
  for select to authenticated
  using (review_id in (select r.id from public.reviews r));
grant select on public.mark_replies to authenticated;

create function public.reply_to_marks(submission uuid, replies jsonb) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  given jsonb := private.unwrap(replies);
  s public.submissions;
  written integer;
begin
  select * into s from public.submissions x
  where x.id = submission and x.status <> 'draft' and x.organisation_id in (select private.organisations_as('reporter'));
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if s.id is distinct from (select b.id from private.binding_return(s.obligation_id) b) then
    raise sqlstate 'PT409' using message = 'return_is_settled';
  end if;
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) not between 1 and 1000 then
    raise sqlstate 'PT422' using message = 'reply_not_valid';
  end if;
  insert into public.mark_replies (review_id, position, text, replied_by)
  select distinct on (k.review_id, k.position) k.review_id, k.position, reply ->> 'text', private.person_id()
  from jsonb_array_elements(given) as reply
  join private.marks_of(s.id) k on k.position::text = reply ->> 'position';
  get diagnostics written = row_count;
  if written <> jsonb_array_length(given) then
    raise sqlstate 'PT422' using message = 'marked_cell_not_found';
  end if;
  perform private.record('reply_to_marks', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period, 'count', written));
  return written;
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'reply_not_valid';
end $$;
comment on function public.reply_to_marks(uuid, jsonb) is
  'A reporter answers marks on the version that came back: [{position, text}]. Returns how many. Refusals: submission_not_found, return_is_settled, marked_cell_not_found, reply_not_valid.';

-- ---------------------------------------------------------------- what a reviewer compares with

-- Two filings of 50,000 values are joined by a hash in a fifth of the time that sorting both takes.
create function public.submission_changes(
  submission uuid, against text, only_measure text default null, skipped integer default 0, wanted integer default 50
)
  returns table (
    "position" integer, measure_code text, region_code text, occupation text, employment_mode text, cell text,
    value numeric, missing_reason text, before_value numeric, before_missing_reason text, total integer
  )
  language sql stable security definer set search_path = '' set enable_mergejoin = off set work_mem = '32MB' as $$
  with this as (select * from private.readable_submission(submission)),
  base as (
    (
      select x.id from this join public.submissions x on x.obligation_id = this.obligation_id and x.version < this.version
      where against = 'version' order by x.version desc limit 1
    )
    union all
    (
      select x.id
      from this
      join public.submissions x on x.organisation_id = this.organisation_id and x.council_id = this.council_id
        and x.dataset_code = this.dataset_code and x.status = 'accepted' and x.period < this.period
      where against = 'period' order by x.period desc limit 1
    )
  ),
  -- Only places and the change are sorted and counted; the few that are wanted are looked up after.
  moved as (
    select a.position, b.position as before_position, abs(a.value - b.value) / nullif(abs(b.value), 0) as change, (count(*) over ())::integer as total
    from (
      select e.* from public.entries e where e.submission_id = (select this.id from this)
        and exists (select 1 from base) and (only_measure is null or e.measure_code = only_measure)
    ) a
    full join (
      select e.* from public.entries e where e.submission_id = (select base.id from base)
        and (only_measure is null or e.measure_code = only_measure)
    ) b on a.measure_code = b.measure_code and a.region_code = b.region_code
      and a.occupation = b.occupation and a.employment_mode = b.employment_mode
    where (a.value, a.missing_reason) is distinct from (b.value, b.missing_reason)
    order by change desc nulls first, a.position, b.position
    offset greatest(skipped, 0) limit least(greatest(wanted, 1), 500)
  )
  select a.position, coalesce(a.measure_code, b.measure_code), coalesce(a.region_code, b.region_code), coalesce(a.occupation, b.occupation),
         coalesce(a.employment_mode, b.employment_mode), a.cell, a.value, a.missing_reason, b.value, b.missing_reason, m.total
  from moved m
  left join public.entries a on a.submission_id = (select this.id from this) and a.position = m.position
  left join public.entries b on b.submission_id = (select base.id from base) and b.position = m.before_position
  order by m.change desc nulls first, m.position, m.before_position
$$;
comment on function public.submission_changes(uuid, text, text, integer, integer) is
  'The values of a submission that differ from its previous version (against = version) or from the last accepted period (against = period): those that came or went first, then the largest relative change. position is null where a value is gone; total counts all. For its organisation and its regulators; empty for everybody else.';

create function public.submission_peers(submission uuid)
  returns table (measure_code text, period text, peers integer, lower numeric, median numeric, upper numeric, named jsonb)
  language sql stable security definer set search_path = '' as $$
  with this as (
    select s.*, c.region_code from private.readable_submission(submission) s
    join public.councils c on c.id = s.council_id
    -- A party itself learns of its peers only what the indicator pages disclose.
    where s.organisation_id in (select private.organisations_regulated())
  ),
  newest as (
    select t.measure_code, t.period, t.organisation_id, t.value,
           max(t.starts_on) over (partition by t.measure_code) as last_on, t.starts_on
    from this
    join public.totals t on t.council_id = this.council_id and t.region_code = this.region_code and t.occupation = ''
      and t.dataset_code = this.dataset_code and t.organisation_id <> this.organisation_id
      and t.starts_on <= private.period_start(this.period) and t.starts_on > private.period_start(this.period) - interval '7 months'
      and t.organisation_id in (select private.organisations_regulated())
    where t.value is not null
  )
  select n.measure_code, n.period, count(*)::integer,
         percentile_cont(0.25) within group (order by n.value)::numeric,
         percentile_cont(0.5) within group (order by n.value)::numeric,
         percentile_cont(0.75) within group (order by n.value)::numeric,
         jsonb_agg(jsonb_build_object('name_zh', g.short_zh, 'name_en', g.short_en, 'value', n.value) order by n.value desc)
  from newest n
  join public.organisations g on g.id = n.organisation_id
  where n.starts_on = n.last_on
  group by n.measure_code, n.period
$$;
comment on function public.submission_peers(uuid) is
  'For regulators: the accepted totals of the other organisations that file the same dataset, by measure, in the newest period up to this one that has any. Empty for everybody else.';

-- ---------------------------------------------------------------- the thread of a value

create function public.cell_thread(submission uuid, cell_position integer)
  returns table (
    at timestamptz, kind text, version smallint, submission_id uuid, organisation_id uuid,
    value numeric, missing_reason text, cell text, code text, opens text, note text
  )
  language sql stable security definer set search_path = '' as $$
  with this as (
    select e.*, s.obligation_id
    from private.readable_submission(cell_thread.submission) s
    join public.entries e on e.submission_id = s.id and e.position = cell_position
  ),
  filed as materialized (
    select s.id, s.version, s.submitted_at, s.organisation_id, s.corrections, e.position, e.value, e.missing_reason, e.cell, e.explanation
    from this
    join public.submissions s on s.obligation_id = this.obligation_id and s.status <> 'draft'
    left join public.entries e on e.submission_id = s.id and e.measure_code = this.measure_code and e.region_code = this.region_code
      and e.occupation = this.occupation and e.employment_mode = this.employment_mode
  ),
  marked as (
    select f.id, f.version, k.* from filed f join lateral private.marks_of(f.id) k on k.position = f.position
  )
  select f.submitted_at, 'value', f.version, f.id, f.organisation_id, f.value, f.missing_reason, f.cell, null, null, f.explanation from filed f
  union all
  select f.submitted_at, 'correction', f.version, f.id, f.organisation_id, null, null, f.cell, null, null, (made ->> 'from') || ' → ' || (made ->> 'to')
  from filed f join lateral jsonb_array_elements(f.corrections) as made on made ->> 'cell' = f.cell
  union all
  select m.marked_at, 'mark', m.version, m.id, m.organisation_id, null, null, null, m.code, m.opens, m.note from marked m
  union all
  select r.replied_at, 'reply', m.version, m.id, s.organisation_id, null, null, null, null, null, r.text
  from marked m
  join public.mark_replies r on r.review_id = m.review_id and r.position = m.position
  join public.submissions s on s.id = m.id
  order by 1, 2 desc
$$;
comment on function public.cell_thread(uuid, integer) is
  'All that happened to one value over every version: value, correction in place, mark, reply, in order. For the organisation and its regulators; empty for everybody else.';

grant execute on function
  public.submission_changes(uuid, text, text, integer, integer),
  public.submission_peers(uuid),
  public.locked_cells(uuid),
  public.open_more_cells(uuid, jsonb),
  public.reply_to_marks(uuid, jsonb),
  public.cell_thread(uuid, integer)
  to authenticated;
