-- What the pages of a filing read, in one call each, under the reader's own rights.

create function private.organisation_names() returns jsonb
  language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(o.id, jsonb_build_object('name_zh', o.name_zh, 'name_en', o.name_en)), '{}') from public.organisations o
$$;
comment on function private.organisation_names() is 'Names of the organisations that the caller may know, by id.';
grant execute on function private.organisation_names() to authenticated;

create function private.came_back(submission uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'review', to_jsonb(r),
    'entries', (
      select coalesce(jsonb_agg(e order by e.position), '[]') from public.entries e
      where e.submission_id = r.submission_id and e.position in (select (m ->> 'position')::integer from jsonb_array_elements(r.marks) m)
    ),
    'replies', (
      select coalesce(jsonb_agg(p order by p.replied_at, p.id), '[]')
      from (select x.id, x.position, x.text, x.replied_at from public.mark_replies x where x.review_id = r.id) p
    )
  )
  from public.reviews r
  where r.submission_id = came_back.submission and r.decision = 'return'
  order by r.reviewed_at desc limit 1
$$;
comment on function private.came_back(uuid) is 'Why a version came back: the last return, the values marked in it and the replies to them; null of one that did not.';
grant execute on function private.came_back(uuid) to authenticated;

create function public.filed_submission(submission uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'versions', (
      select coalesce(jsonb_agg(v order by v.version), '[]')
      from (
        select x.id, x.obligation_id, x.council_id, x.organisation_id, x.dataset_code, x.period, x.version, x.status, x.stage, x.file_name, x.row_count,
               x.warnings, x.created_by, x.submitted_at, x.late_days, x.decided_at, x.accepted_measures
        from public.submissions x where x.obligation_id = s.obligation_id and x.status <> 'draft'
      ) v
    ),
    'obligation', (select to_jsonb(o) from public.obligation_states o where o.id = s.obligation_id),
    'jurisdiction', (select o.region_code from public.organisations o where o.id = s.organisation_id),
    'receipt', public.submission_receipt(s.id),
    'reviews', (select coalesce(jsonb_agg(r order by r.reviewed_at), '[]') from public.reviews r where r.submission_id = s.id),
    'came_back', private.came_back(s.id)
  )
  from public.submissions s where s.id = filed_submission.submission and s.status <> 'draft'
$$;
comment on function public.filed_submission(uuid) is
  'A submission with its receipt, decisions and why it came back, and every version of the same obligation; null where the caller reads none. Under the reader''s own rights.';
grant execute on function public.filed_submission(uuid) to authenticated;

create function private.filed_values(submission uuid, asked jsonb) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'summary', (select coalesce(jsonb_agg(l), '[]') from public.submission_summary(filed_values.submission) l),
    'entries', (
      select coalesce(jsonb_agg(p order by p.position), '[]')
      from (
        select e.* from public.entries e
        where e.submission_id = filed_values.submission
          and (asked ->> 'measure' is null or e.measure_code = asked ->> 'measure') and (asked ->> 'region' is null or e.region_code = asked ->> 'region')
        order by e.position limit private.wanted(asked) offset private.skipped(asked)
      ) p
    ),
    'total', (
      select count(*) from public.entries e
      where e.submission_id = filed_values.submission
        and (asked ->> 'measure' is null or e.measure_code = asked ->> 'measure') and (asked ->> 'region' is null or e.region_code = asked ->> 'region')
    ),
    'thread', (
      select jsonb_build_object(
        'entry', to_jsonb(e),
        'events', (select coalesce(jsonb_agg(t), '[]') from public.cell_thread(e.submission_id, e.position) t)
      )
      from public.entries e where e.submission_id = filed_values.submission and e.position = (asked ->> 'cell')::integer
    ),
    'names', private.organisation_names()
  )
$$;
comment on function private.filed_values(uuid, jsonb) is
  'What two pages show of a submission: its sums, a page of its values (measure, region, skipped, wanted), what happened to one of them (cell: its position), and the names of organisations.';
grant execute on function private.filed_values(uuid, jsonb) to authenticated;

create function public.submission_page(submission uuid, council uuid default null, asked jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  select public.filed_submission(s.id) || private.filed_values(s.id, asked) || jsonb_build_object(
    'links', case when submission_page.council is null then '[]' else (
      select coalesce(jsonb_agg(l), '[]') from public.links(submission_page.council, 'submission', s.id::text) l
    ) end,
    'revisions', (
      select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('changes', case when r.submission_id is null then '[]' else (
        select coalesce(jsonb_agg(c), '[]') from public.revision_changes(r.id) c
      ) end)), '[]')
      from public.obligation_revisions(s.obligation_id) r
    ),
    'exceptions', (
      select coalesce(jsonb_agg(l order by l.granted_at), '[]')
      from (select x.id, x.reason, x.until, x.granted_at from public.lock_exceptions x where x.obligation_id = s.obligation_id) l
    ),
    'objections', (
      select coalesce(jsonb_agg(o order by o.objected_at), '[]')
      from (
        select x.id, x.submission_id, x.organisation_id, x.kind, x.reason, x.objected_at, x.outcome, x.decision_reason, x.decided_at
        from public.objections x where x.submission_id = s.id
      ) o
    ),
    'before', case
      when s.version > 1 and exists (select from public.objections o where o.submission_id = s.id and o.kind = 'return') then
        (select coalesce(jsonb_agg(c), '[]') from public.submission_changes(s.id, 'version', wanted => 500) c)
      else '[]'
    end,
    'columns', (
      select m.name from public.column_mappings m
      where m.organisation_id = s.organisation_id and m.dataset_code = s.dataset_code and m.name = asked ->> 'columns'
    )
  )
  from public.submissions s where s.id = submission_page.submission and s.status <> 'draft'
$$;
comment on function public.submission_page(uuid, uuid, jsonb) is
  'A submission with what was decided, revised and objected, a page of its values (asked: measure, region, skipped, wanted; cell: the position whose thread is shown; columns: the mapping it was read by), and what a council decided about it; null where the caller reads none. Under the reader''s own rights.';
grant execute on function public.submission_page(uuid, uuid, jsonb) to authenticated;

create function public.review_page(submission uuid, asked jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with queue as materialized (
    select q.* from public.review_queue() with ordinality q
  )
  select public.filed_submission(s.id) || private.filed_values(s.id, asked) || jsonb_build_object(
    'changes', (
      select coalesce(jsonb_agg(c), '[]')
      from public.submission_changes(
        s.id, coalesce(asked ->> 'against', 'period'),
        skipped => private.skipped(asked -> 'changes'), wanted => private.wanted(asked -> 'changes')
      ) c
    ),
    'peers', (select coalesce(jsonb_agg(p), '[]') from public.submission_peers(s.id) p),
    'refusal', public.review_refusal(s.id),
    'waiting', (select coalesce(jsonb_agg(q.submission_id order by q.ordinality), '[]') from queue q),
    'turn', (select to_jsonb(q) - 'ordinality' from queue q where q.submission_id = s.id),
    'before', (
      select case d.status when 'returned' then private.came_back(d.id) end
      from public.submissions d
      where d.obligation_id = s.obligation_id and d.version < s.version and d.status in ('returned', 'accepted', 'reopened')
      order by d.version desc limit 1
    )
  )
  from public.submissions s where s.id = review_page.submission and s.status <> 'draft'
$$;
comment on function public.review_page(uuid, jsonb) is
  'All that a reviewer sees of a submission (asked: measure, region, skipped, wanted and cell of its values; against version or period; changes: skipped, wanted), why the version before came back, and what else waits for the reader; null where the caller reads none. Under the reader''s own rights.';
grant execute on function public.review_page(uuid, jsonb) to authenticated;

create function public.deadline_page(obligation uuid) returns jsonb
  language sql stable set search_path = '' as $$
  with owed as materialized (
    select coalesce(d.obligation, d.own) as obligation, d.obligation is not null as decides
    from (
      select (select to_jsonb(o) from public.obligation_to_decide(deadline_page.obligation) o) as obligation,
             (select to_jsonb(o) from public.obligation_states o where o.id = deadline_page.obligation) as own
    ) d
  )
  select jsonb_build_object(
    'obligation', w.obligation,
    'decides', w.decides,
    'convener_id', (select c.convener_id from public.councils c where c.id = (w.obligation ->> 'council_id')::uuid),
    'waiting', (select coalesce(jsonb_agg(q.id), '[]') from public.extension_queue() q),
    'names', private.organisation_names(),
    'requests', (
      select coalesce(jsonb_agg(r order by r.asked_at desc), '[]')
      from (
        select x.id, x.organisation_id, x.due_before, x.wished_on, x.reason, x.asked_at, x.status, x.due_after, x.decision_reason,
               x.decided_by_organisation, x.decided_at
        from public.extension_requests x where x.obligation_id = deadline_page.obligation
      ) r
    ),
    'excuses', (
      select coalesce(jsonb_agg(e order by e.excused_at desc), '[]')
      from (
        select x.id, x.reason, x.excused_by_organisation, x.excused_at, x.ended_reason, x.ended_by_organisation, x.ended_at
        from public.excuses x where x.obligation_id = deadline_page.obligation
      ) e
    ),
    'moves', (
      select coalesce(jsonb_agg(m), '[]')
      from (select x.id, x.due_before, x.due_after, x.moved_at from public.calendar_moves x where x.obligation_id = deadline_page.obligation) m
    ),
    'exceptions', (
      select coalesce(jsonb_agg(l), '[]')
      from (select x.id, x.reason, x.until, x.granted_at from public.lock_exceptions x where x.obligation_id = deadline_page.obligation) l
    )
  )
  from owed w where w.obligation is not null
$$;
comment on function public.deadline_page(uuid) is
  'An obligation of which the caller sees the due date, whether they decide on it, what was asked, decided and recorded about it and the lock after it, and the requests that wait for them; null where there is none. Under the reader''s own rights.';
grant execute on function public.deadline_page(uuid) to authenticated;

create function public.completeness_page(council uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'grid', (select coalesce(jsonb_agg(g), '[]') from public.filing_grid(completeness_page.council) g),
    'rates', (select coalesce(jsonb_agg(r), '[]') from public.filing_rates(completeness_page.council) r),
    'lock_after_days', (select c.lock_after_days from public.councils c where c.id = completeness_page.council)
  )
$$;
comment on function public.completeness_page(uuid) is
  'Who filed what of the newest 12 periods of each dataset, how timely, and after how many days a filing is locked. Under the reader''s own rights.';
grant execute on function public.completeness_page(uuid) to authenticated;
