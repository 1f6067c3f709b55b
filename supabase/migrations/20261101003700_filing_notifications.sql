-- What people are told of due dates and filings, as decisions are asked for and taken.

insert into private.notification_kinds (subject_type, kind)
select 'obligation', unnest(array[
  'due_in_5', 'due_in_1', 'overdue', 'escalated', 'calendar_moved', 'extension_asked', 'extension_approved', 'extension_declined', 'excused', 'excuse_ended'
])
union all
select 'submission', unnest(array[
  'returned', 'partly_accepted', 'cells_opened', 'accepted', 'replied',
  'reopened', 'objected', 'objection_to_decide', 'objection_upheld', 'objection_granted', 'decision_upheld', 'decision_overruled'
]);

-- ---------------------------------------------------------------- who is told, and until when

create function private.filers(organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select private.members_as(organisation, 'reporter')
$$;
comment on function private.filers(uuid) is 'Who files for an organisation, as private.tell takes them.';

create function private.deciding_members(council uuid, organisation uuid) returns public.members[]
  language sql stable security definer set search_path = '' as $$
  select array_agg(m)
  from private.due_date_deciders(council, organisation) d
  join public.members m on m.person_id = d.person_id and m.organisation_id = d.organisation_id and m.ended_at is null
$$;
comment on function private.deciding_members(uuid, uuid) is 'private.due_date_deciders, as private.tell takes them.';

create function private.filings_told(told public.notifications[]) returns table (
  notification public.notifications, obligation public.obligations, title_zh text, title_en text, last_id uuid, last_status text
)
  language sql stable security definer set search_path = '' as $$
  with about as materialized (
    select n as notification, o as obligation
    from unnest(told) n
    left join public.submissions s on n.subject_type = 'submission' and s.id = n.subject_id::uuid
    join public.obligations o on o.id = coalesce(s.obligation_id, n.subject_id::uuid)
  ),
  deciders as materialized (
    select x.council_id, x.owing_id, d.person_id, d.organisation_id
    from (
      select distinct (a.obligation).council_id, (a.obligation).organisation_id as owing_id from about a
      where (a.notification).organisation_id <> (a.obligation).organisation_id
    ) x
    cross join lateral private.due_date_deciders(x.council_id, x.owing_id) d
  )
  select a.notification, a.obligation, d.name_zh, d.name_en, last.id, last.status
  from about a
  join public.datasets d on d.code = (a.obligation).dataset_code
  left join lateral (
    select s.id, s.status from public.submissions s
    where s.obligation_id = (a.obligation).id and s.status <> 'draft' order by s.version desc limit 1
  ) last on true
  where (a.notification).organisation_id = (a.obligation).organisation_id
    or ((a.obligation).council_id, (a.obligation).organisation_id, (a.notification).person_id, (a.notification).organisation_id)
      in (select x.council_id, x.owing_id, x.person_id, x.organisation_id from deciders x)
$$;
comment on function private.filings_told(public.notifications[]) is
  'The obligations that notifications are about, with the last version that was filed: for members of the organisation that owes them, and for whom may decide on its due dates now.';

create function private.notifications_obligation(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select (t.notification).id,
         case
           when (t.notification).kind = 'extension_asked' then
             (t.obligation).excused_reason is not null
             or not exists (select from public.extension_requests r where r.id = (t.notification).event_id and r.status = 'open')
           when (t.notification).kind in ('extension_approved', 'extension_declined') then false
           when (t.notification).kind = 'excused' then
             not exists (select from public.excuses e where e.id = (t.notification).event_id and e.ended_at is null)
           when (t.notification).kind = 'excuse_ended' then
             (t.obligation).excused_reason is not null or coalesce(t.last_status not in ('returned', 'reopened'), false)
           else (t.obligation).excused_reason is not null or (t.obligation).due_on <> (t.notification).due_on or t.last_id is not null
         end,
         (t.obligation).organisation_id, t.title_zh, t.title_en, (t.obligation).period, null::uuid
  from private.filings_told(told) t
$$;
comment on function private.notifications_obligation(public.notifications[]) is
  'What was told of due dates, as private.notifications gives it: passed once it was filed, decided, moved or excused.';

create function private.notifications_submission(told public.notifications[]) returns setof private.notification
  language sql stable security definer set search_path = '' as $$
  select (t.notification).id,
         case
           when (t.notification).kind in ('returned', 'partly_accepted', 'cells_opened', 'objection_upheld', 'replied') then
             (t.obligation).excused_reason is not null or t.last_id::text <> (t.notification).subject_id
             or t.last_status not in ('returned', 'reopened')
           when (t.notification).kind in ('reopened', 'accepted') then
             t.last_id::text <> (t.notification).subject_id or t.last_status <> (t.notification).kind
           when (t.notification).kind in ('objected', 'objection_to_decide') then
             not exists (select from public.objections c where c.id = (t.notification).event_id and c.outcome is null)
           else false
         end,
         (t.obligation).organisation_id, t.title_zh, t.title_en, (t.obligation).period, null::uuid
  from private.filings_told(told) t
$$;
comment on function private.notifications_submission(public.notifications[]) is
  'What was told of filings, as private.notifications gives it: passed once it was corrected, excused or decided.';

-- ---------------------------------------------------------------- of due dates

create function private.tell_request() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.deciding_members(new.council_id, new.organisation_id), 'extension_asked', new.obligation_id::text, new.id, new.wished_on
  );
  return null;
end $$;
comment on function private.tell_request() is 'Trigger: whoever may decide learns of a request for more time.';
create trigger deciders_learn_of_requests after insert on public.extension_requests
  for each row when (new.status = 'open') execute function private.tell_request();

create function private.tell_decision() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    array(
      select m from public.members m
      where m.organisation_id = new.organisation_id and ('reporter' = any (m.roles) or m.person_id = new.asked_by)
    ),
    'extension_' || new.status, new.obligation_id::text, new.id, coalesce(new.due_after, new.due_before)
  );
  return null;
end $$;
comment on function private.tell_decision() is 'Trigger: who files for an organisation, and who asked, learn of a decision.';
create trigger askers_learn_of_decisions after update of status on public.extension_requests
  for each row when (new.status in ('approved', 'declined')) execute function private.tell_decision();

create function private.tell_excuse() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.filers(o.organisation_id), case when new.ended_at is null then 'excused' else 'excuse_ended' end, o.id::text, new.id, o.due_on
  )
  from public.obligations o where o.id = new.obligation_id;
  return null;
end $$;
comment on function private.tell_excuse() is 'Trigger: who files learns that a period need not be filed, or has to be after all.';
create trigger filers_learn_of_excuses after insert or update of ended_at on public.excuses
  for each row execute function private.tell_excuse();

-- ---------------------------------------------------------------- of filings

create function private.tell_outcome() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  filers constant public.members[] := private.filers(new.organisation_id);
  review public.reviews;
begin
  if new.status = 'returned' then
    select * into review from public.reviews r
    where r.submission_id = new.id and r.decision = 'return' order by r.reviewed_at desc limit 1;
    perform private.tell(
      filers, case when new.accepted_measures = '{}' then 'returned' else 'partly_accepted' end, new.id::text, review.id,
      cells => jsonb_array_length(review.marks)
    );
  elsif new.status = 'reopened' then
    perform private.tell(
      filers, 'reopened', new.id::text,
      (select r.id from public.revisions r where r.replaces_id = new.id and r.submission_id is null and r.withdrawn_at is null)
    );
  else
    perform private.tell(filers, 'accepted', new.id::text);
  end if;
  return null;
end $$;
comment on function private.tell_outcome() is
  'Trigger: who files for an organisation learns what a reviewer decided. What an objection comes to they learn from its decision.';
create trigger filers_learn_of_outcomes after update of status on public.submissions
  for each row when (
    (new.status in ('returned', 'reopened') and old.status <> new.status) or (new.status = 'accepted' and old.status = 'submitted')
  ) execute function private.tell_outcome();

create function private.tell_opened_cells() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.filers(s.organisation_id), 'cells_opened', s.id::text, new.id, cells => jsonb_array_length(new.marks)
  )
  from public.submissions s where s.id = new.submission_id;
  return null;
end $$;
comment on function private.tell_opened_cells() is 'Trigger: who files learns that more cells of what came back may be corrected.';
create trigger filers_learn_of_opened_cells after update of marks on public.reviews
  for each row when (jsonb_array_length(new.marks) > jsonb_array_length(old.marks)) execute function private.tell_opened_cells();

create function private.tell_replies() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    array(
      select m from public.members m
      where m.person_id = r.reviewed_by and m.organisation_id = r.organisation_id and 'reviewer' = any (m.roles)
    ),
    'replied', r.submission_id::text, r.id,
    cells => (select count(*)::integer from public.mark_replies x where x.review_id = r.id)
  )
  from public.reviews r where r.id in (select g.review_id from given g);
  return null;
end $$;
comment on function private.tell_replies() is 'Trigger: whoever marked cells learns of answers to the marks.';
create trigger reviewers_learn_of_replies after insert on public.mark_replies
  referencing new table as given for each statement execute function private.tell_replies();

create function private.tell_objection() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  -- Whose decision it is that was objected to.
  decided constant public.members[] := array(
    select m from public.members m
    where (m.person_id, m.organisation_id) in (
      select r.reviewed_by, r.organisation_id from public.reviews r
      where new.kind = 'return' and r.submission_id = new.submission_id and r.decision = 'return'
      union
      select r.opened_by, r.opened_by_organisation from public.revisions r
      where new.kind = 'reopening' and r.replaces_id = new.submission_id and r.submission_id is null and r.withdrawn_at is null
    )
  );
begin
  if new.outcome is null then
    perform private.tell(
      array(
        select m from public.councils c
        join public.members m on m.organisation_id = c.convener_id and 'admin' = any (m.roles)
        where c.id = new.council_id and not private.takes_part_in(new, m.person_id)
      ),
      'objection_to_decide', new.submission_id::text, new.id
    );
    perform private.tell(decided, 'objected', new.submission_id::text, new.id);
  else
    perform private.tell(
      private.filers(new.organisation_id), case new.outcome when 'upheld' then 'objection_upheld' else 'objection_granted' end,
      new.submission_id::text, new.id
    );
    perform private.tell(
      decided, case new.outcome when 'upheld' then 'decision_upheld' else 'decision_overruled' end,
      new.submission_id::text, new.id
    );
  end if;
  return null;
end $$;
comment on function private.tell_objection() is
  'Trigger: of an objection the secretariat that may decide it and the reviewer learn; of its decision who files and the reviewer.';
create trigger people_learn_of_objections after insert on public.objections
  for each row when (new.outcome is null) execute function private.tell_objection();
create trigger people_learn_of_decided_objections after update of outcome on public.objections
  for each row when (new.outcome in ('upheld', 'accepted_as_filed')) execute function private.tell_objection();
