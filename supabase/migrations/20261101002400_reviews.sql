-- Decisions on what was filed, and what passes between a reviewer and a reporter about single values: marks and replies.

create table public.reviews (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references public.submissions (id),
  stage smallint not null,
  organisation_id uuid not null references public.organisations (id),
  reviewed_by uuid not null,
  reviewed_at timestamptz not null default private.now(),
  decision text not null,
  reason text,
  marks jsonb not null default '[]',
  constraint the_decision_is_known check (decision in ('accept', 'return')),
  constraint a_return_has_its_reason check (decision = 'accept' or private.is_reason(reason)),
  constraint one_organisation_decides_once unique (submission_id, organisation_id)
);
comment on table public.reviews is
  'A reviewer''s decision on a submission. marks: the single cells that must be corrected, [{position, code, note, opens, added_at?}]; opens: cell, row, measure or rules.';

create table public.mark_replies (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references public.reviews (id),
  position integer not null,
  text text not null,
  replied_by uuid not null,
  replied_at timestamptz not null default private.moment(),
  constraint a_reply_says_something check (coalesce(char_length(private.said(text)), 0) between 2 and 1000)
);
comment on table public.mark_replies is 'What a reporter answered to a mark: review and position name it. Written only by reply_to_marks, never changed.';
create index mark_replies_by_review on public.mark_replies (review_id, position);

-- ---------------------------------------------------------------- who may see what

alter table public.reviews enable row level security;
alter table public.reviews force row level security;
create policy "reviews are read by those who may read the submission" on public.reviews
  for select to authenticated
  using (submission_id in (select s.id from public.submissions s));
grant select on public.reviews to authenticated;

alter table public.mark_replies enable row level security;
alter table public.mark_replies force row level security;
create policy "replies are read by those who may read the review" on public.mark_replies
  for select to authenticated
  using (review_id in (select r.id from public.reviews r));
grant select on public.mark_replies to authenticated;

-- ---------------------------------------------------------------- separation of duties

create function private.interest_in(s public.submissions, person uuid default private.person_id()) returns text
  language sql stable security definer set search_path = '' as $$
  select case
    when s.created_by = person then 'nobody_reviews_their_own'
    when exists (select from public.api_keys k where k.person_id = s.created_by and k.created_by = person) then 'nobody_reviews_their_key'
    when private.belonged_to(s.organisation_id, person) then 'nobody_reviews_their_organisation' end
$$;
comment on function private.interest_in(public.submissions, uuid) is
  'Why a person, the caller if none is named, may not decide on a filing, as a refusal: they filed it, made the API key that did, or are a member of its organisation or were one within 12 months. Null where nothing stands against it.';

create function private.review_refusal(s public.submissions) returns text
  language sql stable security definer set search_path = '' as $$
  select coalesce(
    private.interest_in(s),
    case
      when exists (
        select from public.reviews r where r.submission_id = s.id and r.organisation_id in (select private.organisations_as())
      )
      -- Two stages: first a body below the council's region (a district), then one of the whole region (the city).
      or exists (
        select
        from public.datasets d, public.councils c, public.organisations me
        where d.code = s.dataset_code and d.review_stages = 2 and c.id = s.council_id
          and me.id in (select private.organisations_as())
          and (s.stage = 0) is distinct from (length(me.region_code) > length(c.region_code))
      ) then 'another_organisation_decides_next' end
  )
$$;
comment on function private.review_refusal(public.submissions) is
  'Why the caller, a reviewer of a filing that waits, may not decide on it now, as a refusal; null where they may.';

create function public.review_refusal(submission uuid) returns text
  language sql stable security definer set search_path = '' as $$
  select private.review_refusal(s) from public.submissions s
  where s.id = submission and s.status = 'submitted'
    and s.organisation_id in (select private.organisations_reviewed()) and s.council_id in (select private.councils_joined())
$$;
comment on function public.review_refusal(uuid) is
  'Why a reviewer may not decide on a filing that waits, as the key of the refusal; null where they may, and for everybody who reviews nothing of it.';
grant execute on function public.review_refusal(uuid) to authenticated;

-- ---------------------------------------------------------------- marks

create function private.read_marks(submission uuid, marks jsonb) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  given jsonb := coalesce(private.unwrap(marks), '[]');
begin
  if jsonb_typeof(given) <> 'array' or jsonb_array_length(given) > 1000 or exists (
    select 1 from jsonb_array_elements(given) as mark
    where not exists (
      select 1 from public.entries e where e.submission_id = read_marks.submission and e.position::text = mark ->> 'position'
    )
  ) then
    raise sqlstate 'PT422' using message = 'marked_cell_not_found';
  end if;
  if exists (
    select 1 from jsonb_array_elements(given) as mark
    where coalesce(mark ->> 'code', '') not in
        ('out_of_line_with_history', 'contradicts_other_cell', 'wrong_unit', 'wrong_region', 'missing_explanation', 'other')
      or not private.is_reason(mark ->> 'note', 2000)
      or coalesce(mark ->> 'opens', 'cell') not in ('cell', 'row', 'measure', 'rules')
  ) then
    raise sqlstate 'PT422' using message = 'mark_needs_a_reason';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'position', (mark ->> 'position')::integer, 'code', mark ->> 'code', 'note', private.said(mark ->> 'note'),
      'opens', coalesce(mark ->> 'opens', 'cell')
    ) order by (mark ->> 'position')::integer), '[]')
    from jsonb_array_elements(given) as mark
  );
end $$;
comment on function private.read_marks(uuid, jsonb) is
  'Marks as they are kept: [{position, code, note, opens}], each with a reason code and a sentence. Refusals: marked_cell_not_found, mark_needs_a_reason.';

create function private.marks_accepted(submission uuid, marks jsonb, accepted text[]) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from jsonb_array_elements(marks) as mark
    join public.entries e on e.submission_id = marks_accepted.submission and e.position = (mark ->> 'position')::integer
    where e.measure_code = any (accepted)
  )
$$;
comment on function private.marks_accepted(uuid, jsonb, text[]) is 'Whether a mark stands on a value of a measure that was accepted already.';

create function private.marks_of(submission uuid)
  returns table ("position" integer, code text, note text, opens text, review_id uuid, marked_at timestamptz, organisation_id uuid)
  language sql stable security definer set search_path = '' as $$
  select (mark ->> 'position')::integer, mark ->> 'code', mark ->> 'note', mark ->> 'opens',
         r.id, coalesce((mark ->> 'added_at')::timestamptz, r.reviewed_at), r.organisation_id
  from public.reviews r
  cross join lateral jsonb_array_elements(r.marks) as mark
  where r.submission_id = marks_of.submission and r.decision = 'return'
$$;

-- ---------------------------------------------------------------- the cells that a return opened

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
grant execute on function public.locked_cells(uuid) to authenticated;

-- ---------------------------------------------------------------- replies

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
grant execute on function public.reply_to_marks(uuid, jsonb) to authenticated;
