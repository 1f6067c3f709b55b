-- What waits for the caller.

create function public.my_tasks()
  returns table (kind text, subject_id text, title_zh text, title_en text, organisation_zh text, organisation_en text, period text, due_on date, status text)
  language sql stable security definer set search_path = '' as $$
  -- figures to file
  select 'file', o.id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, o.period, o.due_on, coalesce(last.status, 'open')
  from public.obligations o
  join public.datasets d on d.code = o.dataset_code
  join public.organisations g on g.id = o.organisation_id
  left join lateral (
    select case when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted' else s.status end as status
    from public.submissions s where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1
  ) last on true
  where o.organisation_id in (select private.organisations_as('reporter')) and o.excused_reason is null
    and o.opens_on <= (select private.today()) and (last.status is null or last.status in ('returned', 'partly_accepted', 'reopened'))
  union all
  -- submissions to review
  select 'review', q.submission_id::text, q.dataset_zh, q.dataset_en, g.short_zh, g.short_en, q.period, q.due_on, 'submitted'
  from public.review_queue() q
  join public.organisations g on g.id = q.organisation_id
  union all
  -- votes to cast
  select 'vote', r.meeting_id::text, a.title_zh, a.title_en, null, null, null, private.day_of(m.scheduled_at), r.status
  from public.resolutions r
  join public.agenda_items a on a.id = r.agenda_item_id
  join public.meetings m on m.id = r.meeting_id
  join public.council_seats s on s.council_id = r.council_id and s.standing = 'voting' and (s.until is null or s.until > (select private.today()))
    and s.organisation_id in (select private.organisations_as('delegate'))
  where r.status = 'voting' and not exists (select 1 from public.votes v where v.resolution_id = r.id and v.organisation_id = s.organisation_id)
  union all
  -- action items to work on
  select 'act', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accepting_id
  where a.status in ('assigned', 'in_progress')
    and a.accountable_id in (select private.organisations_as('reporter') union select private.organisations_as('admin'))
  union all
  -- completions to accept
  select 'accept', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accountable_id
  where a.status = 'reported'
    and a.accepting_id in (
      select private.organisations_as('reviewer') union select private.organisations_as('delegate') union select private.organisations_as('admin')
    )
  union all
  -- proposals to schedule
  select 'schedule', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, null, a.status
  from public.agenda_items a
  join public.organisations g on g.id = a.proposed_by_organisation
  where a.status = 'proposed' and a.council_id in (select private.councils_convened())
  union all
  -- objections to decide
  select 'contest', c.submission_id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, s.period, null, c.kind
  from public.contests c
  join public.submissions s on s.id = c.submission_id
  join public.datasets d on d.code = s.dataset_code
  join public.organisations g on g.id = c.organisation_id
  where c.outcome is null and c.council_id in (select private.councils_convened()) and not private.takes_part_in(c)
  order by 8 nulls last, 1
$$;
comment on function public.my_tasks() is
  'What waits for the caller in the organisation they act for: file, review, vote, act, accept, schedule, contest. subject_id is an obligation, submission, meeting, action item or agenda item.';
grant execute on function public.my_tasks() to authenticated;
