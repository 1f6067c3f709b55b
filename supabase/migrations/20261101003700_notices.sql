-- What is told by itself, as decisions are asked for and taken.

-- ---------------------------------------------------------------- of due dates

create function private.tell_request() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.deciding_members(new.council_id, new.organisation_id), 'extension_asked', new.obligation_id, new.id, new.wished_on
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
    'extension_' || new.status, new.obligation_id, new.id, coalesce(new.due_after, new.due_before)
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
    private.filers(new.organisation_id), case when new.ended_at is null then 'excused' else 'excuse_ended' end, new.obligation_id, new.id
  );
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
      filers, case when new.accepted_measures = '{}' then 'returned' else 'partly_accepted' end, new.obligation_id, review.id,
      submission => new.id, cells => jsonb_array_length(review.marks)
    );
  elsif new.status = 'reopened' then
    perform private.tell(
      filers, 'reopened', new.obligation_id,
      (select r.id from public.revisions r where r.replaces_id = new.id and r.submission_id is null and r.withdrawn_at is null),
      submission => new.id
    );
  else
    perform private.tell(filers, 'accepted', new.obligation_id, new.id, submission => new.id);
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
    private.filers(s.organisation_id), 'cells_opened', s.obligation_id, new.id, submission => s.id, cells => jsonb_array_length(new.marks)
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
    'replied', s.obligation_id, r.id, submission => s.id,
    cells => (select count(*)::integer from public.mark_replies x where x.review_id = r.id)
  )
  from public.reviews r
  join public.submissions s on s.id = r.submission_id
  where r.id in (select g.review_id from given g);
  return null;
end $$;
comment on function private.tell_replies() is 'Trigger: whoever marked cells learns of answers to the marks.';
create trigger reviewers_learn_of_replies after insert on public.mark_replies
  referencing new table as given for each statement execute function private.tell_replies();

create function private.tell_contest() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  obligation constant uuid := (select s.obligation_id from public.submissions s where s.id = new.submission_id);
  -- Whose decision it is that was contested.
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
      'objection_to_decide', obligation, new.id, submission => new.submission_id
    );
    perform private.tell(decided, 'objected', obligation, new.id, submission => new.submission_id);
  else
    perform private.tell(
      private.filers(new.organisation_id), case new.outcome when 'upheld' then 'objection_upheld' else 'objection_granted' end,
      obligation, new.id, submission => new.submission_id
    );
    perform private.tell(
      decided, case new.outcome when 'upheld' then 'decision_upheld' else 'decision_overruled' end,
      obligation, new.id, submission => new.submission_id
    );
  end if;
  return null;
end $$;
comment on function private.tell_contest() is
  'Trigger: of an objection the secretariat that may decide it and the reviewer learn; of its decision who files and the reviewer.';
create trigger people_learn_of_objections after insert on public.contests
  for each row when (new.outcome is null) execute function private.tell_contest();
create trigger people_learn_of_decided_objections after update of outcome on public.contests
  for each row when (new.outcome in ('upheld', 'accepted_as_filed')) execute function private.tell_contest();
