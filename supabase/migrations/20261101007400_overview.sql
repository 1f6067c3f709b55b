-- What a council looks at together: /overview in one call. Each part asks who reads it, and hides what that reader's other pages hide.

create function private.overview_figures(council uuid, domain text, until date) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  whole constant text := (select c.region_code from public.councils c where c.id = council);
  today constant date := private.today();
  since constant date := (least(until, today) - interval '15 months')::date;
  exactly constant boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return (
    with wanted as materialized (
      select i.code, i.position from public.indicators i where domain is null or i.group_code = domain
    ),
    shown as materialized (
      select x.indicator_code, x.period, x.starts_on, x.version, x.numerator, x.denominator, x.value, x.hidden, m.months,
             coalesce(r.filed, x.contributors) as filed, r.expected, coalesce(r.finished, false) as finished,
             private.share_told(r.share, r.competing, exactly) as share
      from wanted w
      join private.figures x on x.council_id = council and x.exact = exactly and x.region_code = whole and x.indicator_code = w.code
        and x.starts_on between since and least(until, today)
      cross join lateral (select private.period_months(x.period) as months) m
      left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
        and r.starts_on = x.starts_on and r.period = x.period
      where until >= today or private.period_end(x.period) <= until
    ),
    spoken as materialized (
      select distinct on (s.indicator_code) s.* from shown s order by s.indicator_code, s.finished desc, s.starts_on desc
    ),
    aims as materialized (
      select t.* from spoken s cross join lateral private.target_for(council, s.indicator_code, whole, s.period) t
    ),
    -- A target is judged in the period it speaks of, as far as that has come.
    judged as materialized (
      select f.*
      from (
        select private.period_frequency(a.period) as frequency, array_agg(a.indicator_code) as codes, min(private.period_start(a.period)) as since
        from aims a join spoken s on s.indicator_code = a.indicator_code
        where private.period_months(a.period) > s.months
        group by 1
      ) q
      cross join lateral private.longer_figures(council, array[whole], q.codes, exactly, q.frequency, q.since, least(until, today)) f
      join aims a on a.indicator_code = f.indicator_code and a.period = f.period
    ),
    moved as materialized (
      select c.*
      from (select array_agg(s.indicator_code) as codes, array_agg(s.period) as periods from spoken s where s.finished) w
      cross join lateral private.changes(council, whole, w.codes, w.periods, 0, exactly) c
    ),
    filings as materialized (
      select dm.indicator_code, o.period, max(s.decided_at) as accepted_at
      from public.obligations o
      join public.submissions s on s.obligation_id = o.id and s.status = 'accepted'
      join (
        select distinct m.dataset_code, dt.indicator_code
        from public.dataset_measures m join public.definition_terms dt on dt.measure_code = m.measure_code
      ) dm on dm.dataset_code = o.dataset_code
      where o.council_id = council and o.due_on >= since
      group by dm.indicator_code, o.period
    ),
    lines as materialized (
      select s.indicator_code,
             jsonb_agg(jsonb_build_object('period', s.period, 'value', s.value, 'hidden', s.hidden, 'version', s.version, 'finished', s.finished)
               order by s.starts_on) filter (where s.starts_on <= n.starts_on) as trend,
             (jsonb_agg(jsonb_build_object('period', s.period, 'value', s.value, 'hidden', s.hidden, 'version', s.version,
               'contributors', s.filed, 'expected', s.expected) order by s.starts_on desc) filter (where s.starts_on > n.starts_on)) -> 0 as later
      from shown s
      join spoken n on n.indicator_code = s.indicator_code and n.months = s.months
      group by s.indicator_code
    )
    select coalesce(jsonb_agg(jsonb_build_object(
      'code', s.indicator_code, 'period', s.period, 'version', s.version, 'numerator', s.numerator, 'denominator', s.denominator,
      'value', s.value, 'hidden', s.hidden, 'contributors', s.filed, 'expected', s.expected, 'share', s.share, 'finished', s.finished,
      'accepted_at', f.accepted_at, 'trend', l.trend, 'later', l.later,
      'change', to_jsonb(m) - array['indicator_code', 'period'],
      'aim', case when t.id is not null then jsonb_build_object('kind', t.kind, 'value', t.value, 'upper_value', t.upper_value,
        'period', t.period, 'set_on', private.day_of(t.set_at)) end,
      'judged', to_jsonb(j) - array['indicator_code', 'region_code']
    ) order by w.position), '[]')
    from spoken s
    join wanted w on w.code = s.indicator_code
    join lines l on l.indicator_code = s.indicator_code
    left join moved m on m.indicator_code = s.indicator_code and m.period = s.period
    left join filings f on f.indicator_code = s.indicator_code and f.period = s.period
    left join aims t on t.indicator_code = s.indicator_code
    left join judged j on j.indicator_code = s.indicator_code
  );
end $$;
comment on function private.overview_figures(uuid, text, date) is
  'Indicators of a group (null: all) that have a figure of the whole, in the newest finished period up to a day (else the newest), as far as the caller may see them: with the trend in periods of that length, what is newer, the change since the period before (of finished ones), the target with the figure by which it is judged where its period is longer (judged), how far it is reported and when the last filing was accepted. Refusal: council_not_found.';
grant execute on function private.overview_figures(uuid, text, date) to authenticated;

create function private.overview_districts(council uuid, indicators text[], periods text[]) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  exactly constant boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return (
    with asked as materialized (
      select w.code, w.period, private.period_start(w.period) as starts_on from unnest(indicators, periods) as w (code, period)
    )
    select coalesce(jsonb_agg(jsonb_build_object(
      'code', x.indicator_code, 'of', x.region_code, 'value', x.value, 'hidden', x.hidden, 'finished', coalesce(r.finished, false)
    )), '[]')
    from public.councils c
    cross join asked w
    join public.regions g on g.level = 'county' and g.code like c.region_code || '%' and g.code <> c.region_code
    join private.figures x on x.council_id = c.id and x.exact = exactly and x.region_code = g.code and x.indicator_code = w.code
      and x.starts_on = w.starts_on and x.period = w.period
    left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
      and r.starts_on = x.starts_on and r.period = x.period
    where c.id = council
  );
end $$;
comment on function private.overview_districts(uuid, text[], text[]) is
  'Indicators, each in its period, in every county of the council that has a figure, as far as the caller may see them. Refusal: council_not_found.';
grant execute on function private.overview_districts(uuid, text[], text[]) to authenticated;

create function private.overview_months(council uuid, indicator text, newest text) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  exactly constant boolean := private.sees_exactly(council);
  last_day constant date := private.period_end(newest);
  months constant integer := private.period_months(newest);
begin
  perform private.require_seat(council);
  return (
    with cells as materialized (
      select x.region_code, x.period, x.starts_on, x.version, x.value, x.hidden, coalesce(r.finished, false) as finished
      from public.councils c
      join public.regions g on g.level = 'county' and g.code like c.region_code || '%' and g.code <> c.region_code
      join private.figures x on x.council_id = c.id and x.exact = exactly and x.region_code = g.code and x.indicator_code = indicator
        and x.starts_on between (last_day + 1 - make_interval(months => 12 * months))::date and last_day
        and private.period_months(x.period) = months
      left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
        and r.starts_on = x.starts_on and r.period = x.period
      where c.id = council
    )
    select jsonb_build_object(
      'months', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'of', c.region_code, 'period', c.period, 'version', c.version, 'value', c.value, 'hidden', c.hidden, 'finished', c.finished
        ) order by c.starts_on), '[]')
        from cells c
      ),
      'moved', (
        select coalesce(jsonb_agg(to_jsonb(m) - array['indicator_code', 'period'] || jsonb_build_object('of', c.region_code)), '[]')
        from cells c
        cross join lateral private.changes(council, c.region_code, array[indicator], array[c.period], 1, exactly) m
        where c.period = newest and c.finished
      )
    )
  );
end $$;
comment on function private.overview_months(uuid, text, text) is
  'An indicator in every county of the council over the twelve periods up to one, oldest first, as far as the caller may see it (months), and what it changed by on the year where the last is finished (moved). Refusal: council_not_found.';
grant execute on function private.overview_months(uuid, text, text) to authenticated;

create function private.overview_organisations(council uuid, indicators text[], periods text[]) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_seat(council);
  return (
    with readable as materialized (
      select private.acting_organisation() as id union select r.id from private.organisations_regulated() as r (id)
    ),
    spoken as materialized (
      select w.code, w.period, private.period_start(w.period) as starts_on from unnest(indicators, periods) as w (code, period)
    ),
    cells as materialized (
      select a.indicator_code as code, a.organisation_id, a.answer,
             case when d.kind = 'statistic' or a.denominator is null then a.numerator else a.numerator / nullif(a.denominator, 0) end * d.factor as value
      from public.councils c
      cross join spoken w
      join readable on true
      join private.contributions a on a.council_id = c.id and a.indicator_code = w.code and a.organisation_id = readable.id
        and a.region_code = c.region_code and a.starts_on = w.starts_on and a.period = w.period
      join public.indicator_definitions d on d.indicator_code = a.indicator_code and d.version = a.version
      where c.id = council
    ),
    -- Of whom figures are asked for: their names are known to every seat, their figures are not.
    asked as materialized (
      select distinct o.organisation_id from public.obligations o
      join public.council_seats s on s.council_id = o.council_id and s.organisation_id = o.organisation_id
      where o.council_id = council and s.since <= (select private.today()) and (s.until is null or s.until > (select private.today()))
    )
    select jsonb_build_object(
      'organisations', coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'name_zh', o.name_zh, 'name_en', o.name_en, 'short_zh', o.short_zh,
          'short_en', o.short_en, 'readable', o.id in (select r.id from readable r)) order by o.kind, o.region_code, o.name_zh)
        from public.organisations o where o.id in (select a.organisation_id from asked a)
      ), '[]'),
      'cells', coalesce((
        select jsonb_agg(jsonb_build_object('code', c.code, 'of', c.organisation_id, 'value', round(c.value, 4),
          'hidden', case when c.value is not null then null when c.answer = 'reported' then 'no_denominator' when c.answer = 'not_applicable' then c.answer else 'no_data' end))
        from cells c where c.organisation_id in (select a.organisation_id from asked a)
      ), '[]')
    )
  );
end $$;
comment on function private.overview_organisations(uuid, text[], text[]) is
  'The organisations of the council that are asked for figures, and of those that the caller may read by name (its own, and those it regulates) indicators, each in its period. Nothing of any other is in the answer but its name. Refusal: council_not_found.';
grant execute on function private.overview_organisations(uuid, text[], text[]) to authenticated;

create function private.overview_filings(council uuid, until date) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_seat(council);
  return (
    with newest as materialized (
      select distinct on (o.dataset_code) o.dataset_code, o.period
      from public.obligations o
      where o.council_id = council and o.opens_on <= least(until, (select private.today())) + 1 and o.opens_on <= (select private.today())
      order by o.dataset_code, o.opens_on desc, o.period desc
    ),
    owed as materialized (
      select o.*, (o.organisation_id, o.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a) as readable, s.id as submission_id, s.status
      from newest n
      join public.obligations o on o.council_id = council and o.dataset_code = n.dataset_code and o.period = n.period
      left join lateral (
        select x.id, x.status from public.submissions x
        where x.obligation_id = o.id and x.status in ('submitted', 'accepted', 'returned', 'reopened')
        order by x.version desc limit 1
      ) s on true
    ),
    told as (
      select w.*,
             case
               when w.excused_reason is not null then 'excused'
               when w.status is null then case when w.due_on < (select private.today()) then 'late' else 'awaited' end
               -- When a filing was decided tells whose figures a total then took in.
               when w.readable and w.status in ('accepted', 'returned') then w.status
               else 'filed' end as state
      from owed w
    )
    select jsonb_build_object(
      'filings', (
        select coalesce(jsonb_agg(f order by f.months, f.dataset), '[]')
        from (
          select t.dataset_code as dataset, d.name_zh, d.name_en, t.period, private.period_months(t.period) as months, min(t.due_on) as due_on,
                 count(*) filter (where t.state <> 'excused') as owed,
                 count(*) filter (where t.state <> 'excused' and t.status is not null) as received,
                 count(*) filter (where t.state <> 'excused' and t.status = 'accepted') as accepted
          from told t join public.datasets d on d.code = t.dataset_code
          group by t.dataset_code, d.name_zh, d.name_en, t.period
        ) f
      ),
      'parties', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'dataset', t.dataset_code, 'organisation', t.organisation_id, 'name_zh', g.name_zh, 'name_en', g.name_en, 'short_zh', g.short_zh,
          'short_en', g.short_en, 'state', t.state, 'obligation', case when t.readable then t.id end,
          'submission', case when t.readable then t.submission_id end
        ) order by g.region_code, g.name_zh), '[]')
        from told t join public.organisations g on g.id = t.organisation_id
      )
    )
  );
end $$;
comment on function private.overview_filings(uuid, date) is
  'Who filed the newest period of each dataset that was opened by a day, and who is awaited (late: past the due date), by name for every seat; how a filing was decided only to its organisation and its regulator. Refusal: council_not_found.';
grant execute on function private.overview_filings(uuid, date) to authenticated;

create function public.overview_page(council uuid, domain text default null, until text default null, indicator text default null) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  last_day constant date := coalesce(private.period_end(overview_page.until), private.today());
  figures constant jsonb := private.overview_figures(overview_page.council, overview_page.domain, last_day);
  codes constant text[] := (select array_agg(f ->> 'code') from jsonb_array_elements(figures) f);
  periods constant text[] := (select array_agg(f ->> 'period') from jsonb_array_elements(figures) f);
  districts constant jsonb := private.overview_districts(overview_page.council, codes, periods);
  chosen text;
begin
  -- The one asked for, else the one with a target of which most counties are known.
  select f ->> 'code' into chosen
  from jsonb_array_elements(figures) f
  join (
    select d ->> 'code' as code, count(*) as counties from jsonb_array_elements(districts) d where d -> 'value' <> 'null' group by 1
  ) k on k.code = f ->> 'code'
  order by k.code = overview_page.indicator desc nulls last, f -> 'aim' <> 'null' desc, k.counties desc, k.code
  limit 1;

  return jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = overview_page.council) c),
    'figures', figures,
    'regions', (
      select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'name_zh', r.name_zh, 'name_en', r.name_en) order by r.code), '[]')
      from public.councils k join public.regions r on r.level = 'county' and r.code like k.region_code || '%' and r.in_gb2260 and r.valid_to is null
      where k.id = overview_page.council
    ),
    'districts', districts,
    'chosen', chosen,
        'resolutions', (
      select coalesce(jsonb_agg(r order by r.decided_at desc nulls first, r.number desc), '[]')
      from (
        select x.id, x.meeting_id, x.number, x.text_zh, x.text_en, x.status, x.decided_at,
               (select coalesce(jsonb_agg(jsonb_build_object(
                 'id', a.id, 'title_zh', a.title_zh, 'title_en', a.title_en, 'status', a.status, 'due_on', a.due_on, 'progress', a.progress,
                 'done_on', private.day_of(a.done_at), 'name_zh', coalesce(o.short_zh, o.name_zh), 'name_en', coalesce(o.short_en, o.name_en)
               ) order by a.assigned_at, a.title_zh), '[]')
               from public.action_items a join public.organisations o on o.id = a.accountable_id
               where a.resolution_id = x.id and a.status <> 'cancelled') as tasks
        from public.resolutions x where x.council_id = overview_page.council and x.status <> 'rejected'
      ) r
    ),
    'meeting', (
      select to_jsonb(m) from (
        select x.id, x.number, x.title_zh, x.title_en, x.opened_at from public.meetings x
        where x.council_id = overview_page.council and x.opened_at is not null order by x.opened_at desc limit 1
      ) m
    )
  ) || case when chosen is null then '{"months": [], "moved": []}' else
    private.overview_months(overview_page.council, chosen, (select f ->> 'period' from jsonb_array_elements(figures) f where f ->> 'code' = chosen)) end
    || private.overview_organisations(overview_page.council, codes, periods) || private.overview_filings(overview_page.council, last_day);
end $$;
comment on function public.overview_page(uuid, text, text, text) is
  'What a council looks at together: its indicators (of a group, up to a period) against their targets, in each county and organisation as far as the caller may see them, one of them over twelve periods, who filed the newest periods, and what became of each resolution. Refusal: council_not_found.';
grant execute on function public.overview_page(uuid, text, text, text) to authenticated;
