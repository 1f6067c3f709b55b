-- Who may not decide on a reported completion is told before they try; indicators are found by the occupations they
-- are divided by; and an obligation knows how long the last filing was, so that no form is offered for one that is filed as a file.

create function private.interest_in_completion(action_item uuid) returns text
  language sql stable security definer set search_path = '' as $$
  select case
    when exists (
      select from public.action_reports r where r.action_item_id = a.id and r.kind = 'done' and r.written_by = private.person_id()
    ) then 'nobody_reviews_their_own'
    when private.belonged_to(a.accountable_id) then 'nobody_decides_their_own' end
  from public.action_items a
  where a.id = interest_in_completion.action_item
$$;
comment on function private.interest_in_completion(uuid) is
  'Why the caller may not decide on a completion, as a refusal: they reported it, or are a member of the accountable organisation or were one within 12 months. Null where nothing stands against it.';
grant execute on function private.interest_in_completion(uuid) to authenticated;

create or replace function private.decide_action_item(action_item uuid, decision text, note text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  a public.action_items;
begin
  select * into a from public.action_items x
  where x.id = action_item and x.council_id in (select private.councils_joined()) and x.accepting_id in (
    select private.organisations_as('reviewer') union select private.organisations_as('delegate') union select private.organisations_as('admin')
  ) for update;
  if a.id is null then
    raise sqlstate 'PT404' using message = 'action_item_not_found';
  end if;
  if a.status <> 'reported' then
    raise sqlstate 'PT409' using message = 'action_item_not_reported';
  end if;
  if private.interest_in_completion(a.id) is not null then
    raise sqlstate 'PT403' using message = private.interest_in_completion(a.id);
  end if;
  insert into public.action_reports (action_item_id, organisation_id, kind, note, written_by)
  values (a.id, a.accepting_id, decision, private.said(note), private.person_id());
  update public.action_items x
  set status = case when decision = 'accepted' then 'accepted' else 'in_progress' end,
      done_at = case when decision = 'accepted' then private.now() end
  where x.id = a.id;
  perform private.record(case when decision = 'accepted' then 'accept_action_item' else 'send_back_action_item' end, 'action_item', a.id::text,
    a.council_id, a.accountable_id, case when decision = 'accepted' then 'council' else 'organisation' end);
end $$;

create or replace function private.found_indicators() returns setof private.finding
  language sql stable set search_path = '' as $$
  select 'indicator', i.code, null::uuid, i.name_zh, i.name_en, concat_ws(' · ', i.code, by.zh), concat_ws(' · ', i.code, by.en),
         concat_ws(' ', i.code, i.name_zh, i.name_en, by.zh, by.en)
  from public.indicators i
  left join (
    select string_agg(o.name_zh, '、' order by o.position) as zh, string_agg(o.name_en, ', ' order by o.position) as en from public.occupations o
  ) by on 'occupation' = any (i.breakdowns)
$$;
comment on function private.found_indicators() is
  'Indicators for the search box; those divided by occupation name the occupations, and are found by them behind what is found by its own name.';

create or replace view public.obligation_states with (security_invoker = true) as
select o.id, o.council_id, o.organisation_id, g.name_zh as organisation_zh, g.name_en as organisation_en, g.short_zh, g.short_en,
       o.dataset_code, d.name_zh as dataset_zh, d.name_en as dataset_en, d.frequency, o.period, o.opens_on, o.due_on, o.original_due_on, o.excused_reason,
       s.id as submission_id, s.version, s.status as submission_status, s.submitted_at, s.late_days, s.row_count,
       case
         when o.excused_reason is not null then 'excused'
         when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted'
         when s.status is not null then s.status
         when o.opens_on > (select private.today()) then 'not_open'
         when o.due_on < (select private.today()) then 'overdue'
         when o.due_on <= (select private.today()) + 5 then 'due_soon'
         else 'open' end as state,
       o.due_on + c.lock_after_days as locks_on,
       exists (select from public.submissions x where x.obligation_id = o.id and x.status in ('accepted', 'reopened')) as accepted_before,
       (
         select x.row_count from public.submissions x
         where x.organisation_id = o.organisation_id and x.council_id = o.council_id and x.dataset_code = o.dataset_code
           and x.status in ('accepted', 'reopened') and x.period < o.period
         order by x.period desc limit 1
       ) as rows_before
from public.obligations o
join public.councils c on c.id = o.council_id
join public.organisations g on g.id = o.organisation_id
join public.datasets d on d.code = o.dataset_code
left join lateral (
  select x.id, x.version, x.status, x.submitted_at, x.late_days, x.row_count, x.accepted_measures
  from public.submissions x
  where x.obligation_id = o.id and x.status in ('submitted', 'accepted', 'returned', 'reopened')
  order by x.version desc limit 1
) s on true;
comment on view public.obligation_states is 'Each obligation the reader may see with its newest filing and its state: not_open, open, due_soon, overdue, submitted, returned, partly_accepted (returned, but for some measures), reopened, accepted, excused. locks_on: from the next day on an accepted filing changes by exception only. accepted_before: another filing is a correction and needs an open revision. rows_before: of the last accepted filing of an earlier period.';
