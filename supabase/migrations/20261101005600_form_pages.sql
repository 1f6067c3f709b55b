-- What the pages read on which somebody files or assigns, in one call each, under the reader's own rights.

create function private.owed_filing(obligation uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'obligation', to_jsonb(o),
    'revision', case when o.accepted_before then (
      select to_jsonb(r)
      from (
        select x.reason, x.opened_at, x.opened_by_organisation, x.organisation_id from public.revisions x
        where x.obligation_id = o.id and x.submission_id is null and x.withdrawn_at is null
      ) r
    ) end,
    'came_back', case o.submission_status when 'returned' then private.came_back(o.submission_id) end
  )
  from public.obligation_states o where o.id = owed_filing.obligation
$$;
comment on function private.owed_filing(uuid) is
  'What both ways to file for an obligation begin with: the obligation, the revision under way of an accepted filing, and why the newest version came back; null where the caller reads none.';
grant execute on function private.owed_filing(uuid) to authenticated;

create function public.filing_page(obligation uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select w.owed || jsonb_build_object(
    'exceptions', case when (w.owed -> 'obligation' ->> 'accepted_before')::boolean then (
      select coalesce(jsonb_agg(l order by l.granted_at), '[]')
      from (select x.id, x.reason, x.until, x.granted_at from public.lock_exceptions x where x.obligation_id = filing_page.obligation) l
    ) else '[]' end,
    'wished', (select x.wished_on from public.extension_requests x where x.obligation_id = filing_page.obligation and x.status = 'open'),
    'remembered', (
      select coalesce(jsonb_agg(m order by m.updated_at desc), '[]')
      from (
        select x.name, x.updated_at, x.mapping from public.column_mappings x
        where x.organisation_id = (w.owed -> 'obligation' ->> 'organisation_id')::uuid and x.dataset_code = w.owed -> 'obligation' ->> 'dataset_code'
      ) m
    )
  )
  from (select private.owed_filing(filing_page.obligation) as owed) w where w.owed is not null
$$;
comment on function public.filing_page(uuid) is
  'What the page shows on which a file is sent for an obligation: private.owed_filing with the exceptions to the lock of an accepted filing, the day that an open request wishes for, and the columns that the caller''s organisation remembered for its dataset; null where the caller reads no such obligation. Under the reader''s own rights.';
grant execute on function public.filing_page(uuid) to authenticated;

create function public.filing_form_page(obligation uuid, most integer) returns jsonb
  language sql stable set search_path = '' as $$
  with owed as materialized (
    select f.owed, (f.owed -> 'obligation' ->> 'organisation_id')::uuid as organisation_id, (f.owed -> 'obligation' ->> 'submission_id')::uuid as submission_id
    from (select private.owed_filing(filing_form_page.obligation) as owed) f where f.owed is not null
  ),
  before as materialized (
    select public.filing_history(filing_form_page.obligation) as history from owed
  )
  select w.owed || jsonb_build_object(
    'jurisdiction', (select o.region_code from public.organisations o where o.id = w.organisation_id),
    'history', b.history,
    -- A form of more values than that is not filled in: a large filing is not read twice for it.
    'filed', case when w.submission_id is not null and jsonb_array_length(b.history -> 'cells' -> 'keys') <= most then (
      select jsonb_build_object(
        'keys', coalesce(jsonb_agg(concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode) order by e.position), '[]'),
        'values', coalesce(jsonb_agg(e.value order by e.position), '[]'),
        'missing_reasons', coalesce(jsonb_agg(e.missing_reason order by e.position), '[]'),
        'explanations', coalesce(jsonb_agg(e.explanation order by e.position), '[]')
      )
      from public.entries e where e.submission_id = w.submission_id
    ) end,
    'locked', public.locked_cells(filing_form_page.obligation),
    'draft', (
      select to_jsonb(d)
      from (
        select x.fields, x.revision, x.saved_at, (select p.name from public.people p where p.id = x.saved_by) as saved_by
        from public.form_drafts x where x.obligation_id = filing_form_page.obligation
      ) d
    )
  )
  from owed w cross join before b
$$;
comment on function public.filing_form_page(uuid, integer) is
  'What the form of an obligation is made of: private.owed_filing with the region of who files, the values of the period before (as public.filing_history), those of the newest filing (keys measure|region|occupation|employment_mode; null where there is none, or the period before has more than most), public.locked_cells, and what was saved since; null where the caller reads no such obligation. Under the reader''s own rights.';
grant execute on function public.filing_form_page(uuid, integer) to authenticated;

create function public.assignment_page(council uuid, resolution uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'origin', jsonb_build_object(
      'id', r.id, 'number', r.number, 'text_zh', r.text_zh, 'text_en', r.text_en, 'status', r.status,
      'meeting', (
        select jsonb_build_object('id', m.id, 'number', m.number, 'title_zh', m.title_zh, 'title_en', m.title_en)
        from public.meetings m where m.id = r.meeting_id
      ),
      'agenda_item', (
        select jsonb_build_object('indicator_code', a.indicator_code, 'region_code', a.region_code)
        from public.agenda_items a where a.id = r.agenda_item_id
      )
    ),
    'council', (
      select jsonb_build_object('id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'region_code', c.region_code, 'is_demo', c.is_demo)
      from public.councils c where c.id = assignment_page.council
    ),
    'parties', (
      select coalesce(jsonb_agg(private.party(o.id) order by o.name_zh collate "zh-x-icu", o.id), '[]')
      from public.council_seats s
      join public.organisations o on o.id = s.organisation_id
      where s.council_id = assignment_page.council and (s.until is null or s.until > (select private.today()))
    )
  )
  from public.resolutions r where r.id = assignment_page.resolution
$$;
comment on function public.assignment_page(uuid, uuid) is
  'A resolution from which an action item is made, with its meeting and what its agenda item is about, and a council with the organisations whose seat has not ended; null where the caller reads no such resolution. Under the reader''s own rights.';
grant execute on function public.assignment_page(uuid, uuid) to authenticated;
