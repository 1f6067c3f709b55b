-- What the pages of a meeting, an action item and an organisation read, in one call each, under the reader's own rights.

create function private.indicator_line(indicator text) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'code', i.code, 'name_zh', i.name_zh, 'name_en', i.name_en, 'decimals', i.decimals, 'direction', i.direction,
    'suppression_threshold', i.suppression_threshold,
    'unit', (select jsonb_build_object('symbol_zh', u.symbol_zh, 'symbol_en', u.symbol_en) from public.units u where u.code = i.unit)
  )
  from public.indicators i where i.code = indicator_line.indicator
$$;
comment on function private.indicator_line(text) is 'What a line about an indicator''s figure needs to know of it.';
grant execute on function private.indicator_line(text) to authenticated;

create function private.region_line(region text) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object('code', r.code, 'name_zh', r.name_zh, 'name_en', r.name_en) from public.regions r where r.code = region_line.region
$$;
comment on function private.region_line(text) is 'A region with its names.';
grant execute on function private.region_line(text) to authenticated;

create function private.files_of(subject_type text, subject_id text) returns jsonb
  language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('id', f.id, 'subject_id', f.subject_id, 'name', f.name, 'media_type', f.media_type, 'size', f.size, 'sha256', f.sha256)
    order by f.added_at
  ), '[]')
  from public.files f where f.subject_type = files_of.subject_type and f.subject_id = files_of.subject_id
$$;
comment on function private.files_of(text, text) is 'The files that hang on a row, oldest first; none of a row that the caller may not read.';
grant execute on function private.files_of(text, text) to authenticated;

grant execute on function private.period_start(text) to authenticated;

create function public.meeting_page(meeting uuid, live boolean default true) returns jsonb
  language sql stable set search_path = '' as $$
  with agenda as materialized (
    select a.* from public.agenda_items a where a.meeting_id = meeting_page.meeting and a.status = 'scheduled'
  ),
  frozen as materialized (
    select s.taken_at, s.sha256, s.canonical from public.snapshots s where s.meeting_id = meeting_page.meeting limit 1
  )
  select jsonb_build_object(
    'facts', to_jsonb(m) || jsonb_build_object('council', (
      select jsonb_build_object('name_zh', c.name_zh, 'name_en', c.name_en, 'region_code', c.region_code, 'is_demo', c.is_demo)
      from public.councils c where c.id = m.council_id
    )),
    'agenda', (
      select coalesce(jsonb_agg(
        to_jsonb(a) || jsonb_build_object(
          'indicator', private.indicator_line(a.indicator_code), 'region', private.region_line(a.region_code),
          'proposer', private.party(a.proposed_by_organisation)
        ) order by a.position
      ), '[]')
      from agenda a
    ),
    'resolutions', (
      select coalesce(jsonb_agg(r order by r.proposed_at), '[]')
      from (
        select x.id, x.agenda_item_id, x.number, x.text_zh, x.text_en, x.decision_rule, x.effective_on, x.status, x.proposed_at, x.decided_at,
               (
                 select coalesce(jsonb_agg(v), '[]')
                 from (select y.organisation_id, y.choice, y.reason, y.cast_at from public.votes y where y.resolution_id = x.id) v
               ) as votes,
               (
                 select coalesce(jsonb_agg(i), '[]')
                 from (select y.id, y.title_zh, y.title_en, y.status, y.due_on, y.accountable_id from public.action_items y where y.resolution_id = x.id) i
               ) as action_items
        from public.resolutions x where x.meeting_id = m.id
      ) r
    ),
    'seats', (
      select coalesce(jsonb_agg(s order by s.organisation_id), '[]')
      from (
        select x.organisation_id, x.standing, x.since, x.until,
               (select private.party(o.id) || jsonb_build_object('kind', o.kind) from public.organisations o where o.id = x.organisation_id) as organisation
        from public.council_seats x where x.council_id = m.council_id
      ) s
    ),
    'snapshot', (select to_jsonb(f) from frozen f),
    'subjects', (
      select coalesce(jsonb_agg(s), '[]')
      from public.subjects(
        array(select a.about_type from agenda a where a.about_id is not null order by a.id), array(select a.about_id from agenda a where a.about_id is not null order by a.id)
      ) s
    ),
    'live', case when meeting_page.live then (
      select coalesce(jsonb_object_agg(a.id, (
        select coalesce(jsonb_agg(s), '[]') from public.indicator_series(m.council_id, a.indicator_code, a.region_code) s where s.scope = 'total'
      )), '{}')
      from agenda a where a.indicator_code is not null
    ) else '{}' end,
    -- Before the meeting has opened there is nothing to compare with.
    'revised', case when meeting_page.live and exists (select from frozen) then (
      select coalesce(jsonb_object_agg(a.id, (
        select coalesce(jsonb_agg(r), '[]') from public.indicator_revisions(m.council_id, a.indicator_code, a.region_code) r
      )), '{}')
      from agenda a where a.indicator_code is not null
    ) else '{}' end
  )
  from public.meetings m where m.id = meeting_page.meeting
$$;
comment on function public.meeting_page(uuid, boolean) is
  'A meeting with its agenda, resolutions, votes, seats and snapshot; live: with the figures behind each agenda item as they are now, and their revisions. Null where the caller reads none. Under the reader''s own rights.';
grant execute on function public.meeting_page(uuid, boolean) to authenticated;

create function public.action_item_page(action_item uuid) returns jsonb
  language sql stable set search_path = '' as $$
  with item as materialized (
    select a.id, a.title_zh, a.title_en, a.due_on, a.status, a.progress, a.assigned_at, a.done_at, a.accountable_id, a.accepting_id,
           private.party(a.accountable_id) as accountable, private.party(a.accepting_id) as accepting, private.region_line(a.region_code) as region,
           a.council_id, a.definition_of_done_zh, a.definition_of_done_en, a.indicator_code, a.region_code, a.expected_value, a.baseline_period,
           a.about_type, a.about_id, private.indicator_line(a.indicator_code) as indicator,
           (
             select jsonb_build_object('region_code', c.region_code, 'convener_id', c.convener_id, 'is_demo', c.is_demo)
             from public.councils c where c.id = a.council_id
           ) as council,
           (
             select jsonb_build_object(
               'id', r.id, 'number', r.number, 'text_zh', r.text_zh, 'text_en', r.text_en, 'decided_at', r.decided_at,
               'meeting', (
                 select jsonb_build_object('id', m.id, 'number', m.number, 'title_zh', m.title_zh, 'title_en', m.title_en)
                 from public.meetings m where m.id = r.meeting_id
               )
             )
             from public.resolutions r where r.id = a.resolution_id
           ) as resolution
    from public.action_items a where a.id = action_item_page.action_item
  )
  select jsonb_build_object(
    'item', to_jsonb(i),
    'history', (
      select coalesce(jsonb_agg(h order by h.written_at), '[]')
      from (
        select x.id, x.kind, x.note, x.progress, x.written_by, x.written_at, x.organisation_id, private.party(x.organisation_id) as organisation,
               private.files_of('action_report', x.id::text) as files
        from public.action_reports x where x.action_item_id = i.id
      ) h
    ),
    'links', (select coalesce(jsonb_agg(l), '[]') from public.links(i.council_id, 'action_item', i.id::text) l),
    'subject', (select to_jsonb(s) from public.subjects(array[i.about_type], array[i.about_id]) s where i.about_id is not null),
    -- From a year before what it starts from.
    'series', case when i.indicator is null then '[]' else (
      select coalesce(jsonb_agg(s), '[]')
      from public.indicator_series(
        i.council_id, i.indicator_code, i.region_code,
        (date_trunc('month', coalesce(
          private.period_start(i.baseline_period), private.day_of(coalesce((i.resolution ->> 'decided_at')::timestamptz, i.assigned_at))
        )) - interval '1 year')::date
      ) s
      where s.scope = 'total'
    ) end
  )
  from item i
$$;
comment on function public.action_item_page(uuid) is
  'An action item with its reports and their files for the two parties and the convener, what hangs on it, and its figure from a year before what it starts from. Null where the caller reads none. Under the reader''s own rights.';
grant execute on function public.action_item_page(uuid) to authenticated;

create function public.organisation_page(organisation uuid, council uuid default null, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'organisation', to_jsonb(o) || jsonb_build_object(
      'region', private.region_line(o.region_code),
      'seat', (
        select jsonb_build_object('standing', s.standing, 'since', s.since, 'until', s.until)
        from public.council_seats s where s.council_id = organisation_page.council and s.organisation_id = o.id
      )
    ),
    'council', (
      select jsonb_build_object(
        'id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'region_code', c.region_code, 'convener_id', c.convener_id, 'is_demo', c.is_demo
      )
      from public.councils c where c.id = organisation_page.council
    ),
    'items', public.action_items_page(
      organisation_page.council, organisation_page.list || jsonb_build_object('show', 'all', 'organisation', o.id)
    ),
    'links', case when organisation_page.council is null then '[]' else (
      select coalesce(jsonb_agg(l), '[]') from public.links(organisation_page.council, 'organisation', o.id::text) l
    ) end
  )
  from public.organisations o where o.id = organisation_page.organisation
$$;
comment on function public.organisation_page(uuid, uuid, jsonb) is
  'An organisation, its seat in a council (null: of none), a page of the action items in which it has a part (list as of action_items_page), and what was decided about it. Null where the caller knows none. Under the reader''s own rights.';
grant execute on function public.organisation_page(uuid, uuid, jsonb) to authenticated;

create function public.releases_page(council uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'releases', (
      select coalesce(jsonb_agg(r order by r.published_at desc), '[]')
      from (
        select x.id, x.council_id, x.title_zh, x.title_en, x.period, x.published_at, x.withdrawn_at from public.releases x
        where x.council_id = releases_page.council order by x.published_at desc limit 200
      ) r
    ),
    -- Who publishes chooses from what there is.
    'overview', case when releases_page.council in (select private.councils_convened()) then (
      select coalesce(jsonb_agg(o), '[]') from public.council_overview(releases_page.council) o
    ) else '[]' end
  )
$$;
comment on function public.releases_page(uuid) is
  'Releases of a council that stand, the newest first (200 at most), and for its secretariat the figures to choose from. Under the reader''s own rights.';
grant execute on function public.releases_page(uuid) to authenticated;
