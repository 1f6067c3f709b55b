-- What a page with a list reads, in one call, under the reader's own rights.
--
-- A list is asked for by a jsonb of filters, sort, descending, language, skipped and wanted (src/lib/kernel/list.ts), and answered
-- as rows (one page of them) and total (all that match). Its order ends with a unique key, so that no row stands on two pages.

create function private.wanted(list jsonb) returns integer
  language sql immutable set search_path = '' as $$
  select least(greatest(coalesce((list ->> 'wanted')::integer, 50), 1), 500)
$$;
comment on function private.wanted(jsonb) is 'The rows on a page of a list: as many as are asked for, 50 where nobody says, never more than 500.';

create function private.skipped(list jsonb) returns integer
  language sql immutable set search_path = '' as $$
  select greatest(coalesce((list ->> 'skipped')::integer, 0), 0)
$$;
comment on function private.skipped(jsonb) is 'The rows of a list before the page that is asked for.';

create function private.in_language(list jsonb, zh text, en text) returns text
  language sql immutable set search_path = '' as $$
  select case when list ->> 'language' = 'en' then coalesce(nullif(en, ''), zh) else zh end
$$;
comment on function private.in_language(jsonb, text, text) is 'A name as the reader of a list sees it, to sort by.';

create function private.finds(list jsonb, text text) returns boolean
  language sql immutable set search_path = '' as $$
  select coalesce(bool_and(position(word in lower(finds.text)) > 0), true)
  from regexp_split_to_table(lower(coalesce(list ->> 'q', '')), '\s+') word
$$;
comment on function private.finds(jsonb, text) is 'Whether every word that a list is searched for stands in a text.';

create function private.party(organisation uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object('id', o.id, 'name_zh', o.name_zh, 'name_en', o.name_en, 'short_zh', o.short_zh, 'short_en', o.short_en)
  from public.organisations o where o.id = organisation
$$;
comment on function private.party(uuid) is 'An organisation''s names, where the caller may know it.';

create function public.indicators_page(council uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with figures as materialized (
    select o.* from public.council_overview(indicators_page.council) o where indicators_page.council is not null
  ),
  chosen as materialized (
    select i.code, i.position from public.indicators i
    where (list ->> 'group' is null or i.group_code = list ->> 'group')
      and (list ->> 'figures' is null or exists (select from figures f where f.indicator_code = i.code))
      and private.finds(list, concat_ws(' ', i.code, i.name_zh, i.name_en, i.group_zh, i.group_en))
  ),
  page as materialized (
    select c.code, row_number() over (order by c.position, c.code) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  ),
  cards as materialized (
    select f.indicator_code as code
    from figures f join public.indicators i on i.code = f.indicator_code
    order by num_nulls(f.target_kind, f.target_value, f.target_period) > 0, i.position, i.code limit 8
  )
  select jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = indicators_page.council) c),
    'rows', (select coalesce(jsonb_agg(p.code order by p.place), '[]') from page p),
    'total', (select count(*) from chosen),
    'cards', (select coalesce(jsonb_agg(c.code), '[]') from cards c),
    'own', (select coalesce(bool_or(f.own_value is not null), false) from figures f),
    'overview', (
      select coalesce(jsonb_agg(f), '[]') from figures f
      where f.indicator_code in (select p.code from page p union all select c.code from cards c)
    )
  )
$$;
comment on function public.indicators_page(uuid, jsonb) is
  'A page of the registry''s codes in its order (filters: group, figures, q), the key figures of a council (null: of none), and the figures of both. Under the reader''s own rights. Refusal: council_not_found.';

create function public.submissions_page(list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with chosen as materialized (
    select v.id, v.due_on, v.state, v.late_days,
           case list ->> 'sort'
             when 'organisation' then private.in_language(list, v.organisation_zh, v.organisation_en)
             when 'period' then v.period
             when 'due' then v.due_on::text
             when 'state' then to_char(array_position(
               array['overdue', 'due_soon', 'open', 'returned', 'partly_accepted', 'reopened', 'submitted', 'accepted', 'excused', 'not_open'], v.state
             ), 'FM00')
           end as key
    from public.obligation_states v
    where (list ->> 'state' is null or v.state = list ->> 'state')
      and (list ->> 'dataset' is null or v.dataset_code = list ->> 'dataset')
      and (list ->> 'organisation' is null or v.organisation_id = (list ->> 'organisation')::uuid)
  ),
  page as materialized (
    select c.id, row_number() over (
      order by case when list ->> 'descending' is null then c.key end collate "zh-x-icu",
               case when list ->> 'descending' is not null then c.key end collate "zh-x-icu" desc nulls last, c.due_on desc, c.id
    ) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  ),
  waiting as materialized (
    select v.id, row_number() over (order by v.due_on, v.id desc) as place
    from public.obligation_states v
    where v.organisation_id in (select private.organisations_as('reporter'))
      and v.state in ('open', 'due_soon', 'overdue', 'returned', 'partly_accepted', 'reopened')
  ),
  shown as (
    select v.*, (select r.wished_on from public.extension_requests r where r.obligation_id = v.id and r.status = 'open') as wished_on
    from public.obligation_states v
    where v.id = any (array(select p.id from page p union select w.id from waiting w where w.place <= 50))
  )
  select jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(s order by p.place), '[]') from page p join shown s on s.id = p.id),
    'total', (select count(*) from chosen),
    'completeness', (
      select jsonb_build_object(
        'expected', count(*), 'received', count(c.late_days), 'accepted', count(*) filter (where c.state = 'accepted'),
        'on_time', count(*) filter (where c.late_days = 0)
      )
      from chosen c where c.state not in ('excused', 'not_open')
    ),
    'waiting', (
      select jsonb_build_object('rows', coalesce(jsonb_agg(s order by w.place), '[]'), 'total', (select count(*) from waiting))
      from waiting w join shown s on s.id = w.id where w.place <= 50
    ),
    'objections', (
      select coalesce(jsonb_agg(c), '[]')
      from (
        select k.id, k.submission_id, k.organisation_id, k.kind, k.reason, k.objected_at, k.outcome, k.decision_reason, k.decided_at
        from public.objections k where k.outcome is null order by k.objected_at limit 200
      ) c
    ),
    'datasets', (
      select coalesce(jsonb_agg(d order by d.code), '[]')
      from (select x.code, x.name_zh, x.name_en from public.datasets x where x.code in (select o.dataset_code from public.obligations o)) d
    ),
    'organisations', (
      select coalesce(jsonb_agg(g order by private.in_language(list, g.name_zh, g.name_en) collate "zh-x-icu", g.id), '[]')
      from (select x.id, x.name_zh, x.name_en from public.organisations x where x.id in (select o.organisation_id from public.obligations o)) g
    ),
    'years', (
      select coalesce(jsonb_agg(y.year order by y.year), '[]')
      from (select distinct extract(year from o.due_on)::integer as year from public.obligations o) y
    )
  )
$$;
comment on function public.submissions_page(jsonb) is
  'A page of the obligations the caller may see (filters: state, dataset, organisation; sort: organisation, period, due, state; else the newest due first), how complete all that match are, what waits for a reporter to file (the first 50), objections that wait for a decision, and what there is to choose from. Under the reader''s own rights.';

create function public.action_items_page(council uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with items as materialized (
    select a.id, a.status, a.due_on, a.accountable_id, a.accepting_id,
           private.acting_organisation() in (a.accountable_id, a.accepting_id) as is_mine,
           a.status in ('assigned', 'in_progress') and a.due_on < (select private.today()) as is_overdue,
           case when a.status in ('assigned', 'in_progress') then 0 when a.status = 'reported' then 1 else 2 end as rank
    from public.action_items a where a.council_id = action_items_page.council
  ),
  shown as materialized (
    select coalesce(list ->> 'show', case when exists (select from items i where i.is_mine) then 'mine' else 'all' end) as show
  ),
  chosen as materialized (
    select i.id, i.rank, i.due_on,
           case list ->> 'sort'
             when 'due' then i.due_on::text
             when 'status' then array_position(array['assigned', 'in_progress', 'reported', 'accepted', 'cancelled'], i.status)::text
             when 'accountable' then (select private.in_language(list, o.name_zh, o.name_en) from public.organisations o where o.id = i.accountable_id)
           end as key
    from items i, shown s
    where (s.show = 'all' or s.show = 'mine' and i.is_mine or s.show = 'overdue' and i.is_overdue)
      and (list ->> 'status' is null or i.status = list ->> 'status')
      and (list ->> 'organisation' is null or (list ->> 'organisation')::uuid in (i.accountable_id, i.accepting_id))
  ),
  page as materialized (
    select c.id, row_number() over (
      order by case when list ->> 'descending' is null then c.key end collate "zh-x-icu",
               case when list ->> 'descending' is not null then c.key end collate "zh-x-icu" desc nulls last,
               c.rank, case when c.rank < 2 then c.due_on end, c.due_on desc, c.id
    ) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  )
  select jsonb_build_object(
    'rows', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'id', a.id, 'title_zh', a.title_zh, 'title_en', a.title_en, 'due_on', a.due_on, 'status', a.status, 'progress', a.progress,
          'assigned_at', a.assigned_at, 'done_at', a.done_at, 'accountable_id', a.accountable_id, 'accepting_id', a.accepting_id,
          'accountable', private.party(a.accountable_id), 'accepting', private.party(a.accepting_id),
          'indicator', (select jsonb_build_object('code', i.code, 'name_zh', i.name_zh, 'name_en', i.name_en) from public.indicators i where i.code = a.indicator_code),
          'region', (select jsonb_build_object('code', r.code, 'name_zh', r.name_zh, 'name_en', r.name_en) from public.regions r where r.code = a.region_code)
        ) order by p.place
      ), '[]')
      from page p join public.action_items a on a.id = p.id
    ),
    'total', (select count(*) from chosen),
    'show', (select s.show from shown s),
    'counts', (
      select jsonb_build_object('mine', count(*) filter (where i.is_mine), 'all', count(*), 'overdue', count(*) filter (where i.is_overdue)) from items i
    ),
    'organisations', (
      select coalesce(jsonb_agg(g order by private.in_language(list, g.name_zh, g.name_en) collate "zh-x-icu", g.id), '[]')
      from (
        select o.id, o.name_zh, o.name_en from public.organisations o
        where o.id in (select i.accountable_id from items i union select i.accepting_id from items i)
      ) g
    )
  )
$$;
comment on function public.action_items_page(uuid, jsonb) is
  'A page of a council''s action items (filters: show mine, all or overdue, by default one''s own if there are any; status, organisation; sort: due, status, accountable; else the most urgent first), how many each view holds, and the parties. Under the reader''s own rights.';

create function public.meetings_page(council uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with chosen as materialized (
    select m.id, m.scheduled_at,
           case list ->> 'sort'
             when 'at' then to_char(m.scheduled_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
             when 'title' then private.in_language(list, m.title_zh, m.title_en)
             when 'status' then array_position(array['open', 'planned', 'closed'], m.status)::text
           end as key
    from public.meetings m
    where m.council_id = meetings_page.council and (list ->> 'status' is null or m.status = list ->> 'status')
  ),
  page as materialized (
    select c.id, row_number() over (
      order by case when list ->> 'descending' is null then c.key end collate "zh-x-icu",
               case when list ->> 'descending' is not null then c.key end collate "zh-x-icu" desc nulls last, c.scheduled_at desc, c.id
    ) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  ),
  next as materialized (
    select m.id from public.meetings m
    where m.council_id = meetings_page.council and m.status in ('open', 'planned')
    order by m.status = 'planned', m.scheduled_at, m.id limit 1
  ),
  lines as (
    select m.id, m.number, m.title_zh, m.title_en, m.place_zh, m.place_en, m.scheduled_at, m.status,
           (select count(*) from public.agenda_items a where a.meeting_id = m.id) as agenda_items,
           (select count(*) from public.resolutions r where r.meeting_id = m.id and r.status = 'adopted') as adopted
    from public.meetings m
    where m.id = any (array(select p.id from page p union select n.id from next n))
  )
  select jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = meetings_page.council) c),
    'rows', (select coalesce(jsonb_agg(l order by p.place), '[]') from page p join lines l on l.id = p.id),
    'total', (select count(*) from chosen),
    'next', (select to_jsonb(l) from next n join lines l on l.id = n.id),
    'planned', (
      select coalesce(jsonb_agg(m order by m.scheduled_at, m.id), '[]')
      from (
        select x.id, x.number, x.title_zh, x.title_en, x.scheduled_at from public.meetings x
        where x.council_id = meetings_page.council and x.status = 'planned' order by x.scheduled_at, x.id limit 100
      ) m
    ),
    'proposals', (
      select coalesce(jsonb_agg(p order by p.proposed_at desc), '[]')
      from (
        select a.id, a.title_zh, a.title_en, a.text_zh, a.text_en, a.status, a.proposed_at, a.meeting_id,
               case when i.code is not null then jsonb_build_object('code', i.code, 'name_zh', i.name_zh, 'name_en', i.name_en) end as indicator,
               case when g.code is not null then jsonb_build_object('code', g.code, 'name_zh', g.name_zh, 'name_en', g.name_en) end as region,
               private.party(a.proposed_by_organisation) as proposer
        from public.agenda_items a
        left join public.indicators i on i.code = a.indicator_code
        left join public.regions g on g.code = a.region_code
        where a.council_id = meetings_page.council and a.status in ('proposed', 'declined')
        order by a.proposed_at desc limit 100
      ) p
    )
  )
$$;
comment on function public.meetings_page(uuid, jsonb) is
  'A page of a council''s meetings (filter: status; sort: at, title, status; else the latest day first), the one that is open or else comes next, those that are planned, and the proposals that stand on no agenda. Under the reader''s own rights.';

create function public.organisations_page(council uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with seats as materialized (
    select s.organisation_id as id, s.standing, s.since, s.until, s.until is null or s.until > (select private.today()) as sits
    from public.council_seats s where s.council_id = organisations_page.council
  ),
  chosen as materialized (
    select o.id, s.sits, array_position(array['government', 'party', 'union', 'platform', 'social', 'community'], o.kind) as kind,
           private.in_language(list, o.name_zh, o.name_en) as name,
           case list ->> 'sort'
             when 'name' then private.in_language(list, o.name_zh, o.name_en)
             when 'region' then o.region_code
             when 'since' then s.since::text
           end as key
    from seats s join public.organisations o on o.id = s.id
    where (list ->> 'kind' is null or o.kind = list ->> 'kind')
      and (list ->> 'seat' is null or case when s.sits then s.standing else 'ended' end = list ->> 'seat')
      and private.finds(list, concat_ws(' ', o.name_zh, o.name_en, o.short_zh, o.short_en))
  ),
  page as materialized (
    select c.id, row_number() over (
      order by case when list ->> 'descending' is null then c.key end collate "zh-x-icu",
               case when list ->> 'descending' is not null then c.key end collate "zh-x-icu" desc nulls last,
               c.sits desc, c.kind, c.name collate "zh-x-icu", c.id
    ) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  )
  select jsonb_build_object(
    'council', (
      select to_jsonb(c) from (
        select k.id, k.name_zh, k.name_en, k.region_code, k.convener_id, k.is_demo from public.councils k where k.id = organisations_page.council
      ) c
    ),
    'rows', (
      select coalesce(jsonb_agg(
        to_jsonb(o) || jsonb_build_object(
          'region', (select jsonb_build_object('code', r.code, 'name_zh', r.name_zh, 'name_en', r.name_en) from public.regions r where r.code = o.region_code),
          'seat', jsonb_build_object('standing', s.standing, 'since', s.since, 'until', s.until)
        ) order by p.place
      ), '[]')
      from page p join public.organisations o on o.id = p.id join seats s on s.id = p.id
    ),
    'total', (select count(*) from chosen),
    'seats', (
      select jsonb_build_object(
        'count', count(*), 'voting', count(*) filter (where s.standing = 'voting'), 'observers', count(*) filter (where s.standing = 'observer')
      )
      from seats s where s.sits
    ),
    'regions', (
      select coalesce(jsonb_agg(r order by r.code), '[]')
      from (
        select x.code, x.name_zh, x.name_en, x.level
        from public.councils k join public.regions x on x.code like k.region_code || '%'
        where k.id = organisations_page.council and k.id in (select private.councils_convened())
          and x.valid_to is null and x.level in ('province', 'prefecture', 'county')
        order by x.code limit 400
      ) r
    )
  )
$$;
comment on function public.organisations_page(uuid, jsonb) is
  'A page of the organisations that hold or held a seat in a council (filters: kind, seat voting, observer or ended, q; sort: name, region, since; else by kind, those whose seat ended last), the seats held today, and for the secretariat the divisions down to the counties. Under the reader''s own rights.';

create function public.members_page(organisation uuid, list jsonb default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  with everybody as materialized (select * from public.organisation_members(members_page.organisation)),
  chosen as materialized (
    select m.person_id, m.name, m.ended_at
    from everybody m
    where (list ->> 'state' is null or (m.ended_at is not null) = (list ->> 'state' = 'ended'))
      and (list ->> 'role' is null or list ->> 'role' = any (m.roles))
      and private.finds(list, concat_ws(' ', m.name, m.email))
  ),
  page as materialized (
    select c.person_id, row_number() over (order by c.ended_at desc nulls first, c.name collate "zh-x-icu", c.person_id) as place
    from chosen c order by place limit private.wanted(list) offset private.skipped(list)
  )
  select jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(m order by p.place), '[]') from page p join everybody m on m.person_id = p.person_id),
    'total', (select count(*) from chosen),
    'invitations', (
      select coalesce(jsonb_agg(i order by i.created_at desc, i.id), '[]')
      from (
        select x.id, x.email, x.roles, x.created_at, x.expires_at from public.invitations x
        where x.organisation_id = members_page.organisation and x.accepted_at is null and x.withdrawn_at is null and x.expires_at > private.now()
        order by x.created_at desc, x.id limit 200
      ) i
    )
  )
$$;
comment on function public.members_page(uuid, jsonb) is
  'A page of the members of the caller''s own organisation (filters: state current or ended, role, q), those who left last, and for its administrators the open invitations. Under the reader''s own rights.';

revoke execute on function
  private.wanted(jsonb), private.skipped(jsonb), private.in_language(jsonb, text, text), private.finds(jsonb, text), private.party(uuid),
  public.indicators_page(uuid, jsonb), public.submissions_page(jsonb), public.action_items_page(uuid, jsonb),
  public.meetings_page(uuid, jsonb), public.organisations_page(uuid, jsonb), public.members_page(uuid, jsonb)
  from public, anon;
grant execute on function
  private.wanted(jsonb), private.skipped(jsonb), private.in_language(jsonb, text, text), private.finds(jsonb, text), private.party(uuid),
  public.indicators_page(uuid, jsonb), public.submissions_page(jsonb), public.action_items_page(uuid, jsonb),
  public.meetings_page(uuid, jsonb), public.organisations_page(uuid, jsonb), public.members_page(uuid, jsonb)
  to authenticated;
