-- What a filing is compared with: other versions, periods and peers, and the history of a single value.

-- ---------------------------------------------------------------- for its reviewers

create function public.submission_summary(submission uuid)
  returns table (
    measure_code text, "position" smallint, name_zh text, name_en text, unit text, additive boolean,
    total numeric, missing_count integer, entry_count integer, previous_version_total numeric, history jsonb
  )
  language sql stable security definer set search_path = '' as $$
  with this as (
    select s.organisation_id, s.council_id, s.dataset_code, s.period, c.region_code, s.sums,
           (select p.sums from public.submissions p
            where p.obligation_id = s.obligation_id and p.version < s.version order by p.version desc limit 1) as previous
    from private.readable_submission(submission) s
    join public.councils c on c.id = s.council_id
  ),
  past as (
    select x.measure_code, jsonb_agg(jsonb_build_object('period', x.period, 'value', x.value) order by x.period) as history
    from (
      select t.measure_code, t.period, t.value, row_number() over (partition by t.measure_code order by t.starts_on desc) as back
      from this join public.totals t on t.organisation_id = this.organisation_id and t.council_id = this.council_id
        and t.dataset_code = this.dataset_code and t.region_code = this.region_code and t.occupation = '' and t.period < this.period
    ) x
    where x.back <= 12
    group by x.measure_code
  )
  select m.code, dm.position, m.name_zh, m.name_en, m.unit, m.additive, case when m.additive then (this.sums -> m.code ->> 'total')::numeric end,
         coalesce((this.sums -> m.code ->> 'missing')::integer, 0), coalesce((this.sums -> m.code ->> 'entries')::integer, 0),
         case when m.additive then (this.previous -> m.code ->> 'total')::numeric end, coalesce(p.history, '[]')
  from this
  join public.dataset_measures dm on dm.dataset_code = this.dataset_code
  join public.measures m on m.code = dm.measure_code
  left join past p on p.measure_code = m.code
  order by dm.position
$$;
comment on function public.submission_summary(uuid) is
  'A submission by measure: its total, the previous version''s, missing values, and the last 12 accepted totals. For its organisation and its regulators; empty for everybody else.';
grant execute on function public.submission_summary(uuid) to authenticated;

-- Two filings of 50,000 values are joined by a hash in a fifth of the time that sorting both takes.
create function public.submission_changes(
  submission uuid, against text, only_measure text default null, skipped integer default 0, wanted integer default 50
)
  returns table (
    "position" integer, measure_code text, region_code text, occupation text, employment_mode text, cell text,
    value numeric, missing_reason text, before_value numeric, before_missing_reason text, total integer
  )
  language sql stable security definer set search_path = '' set enable_mergejoin = off set work_mem = '32MB' as $$
  with this as (select * from private.readable_submission(submission)),
  base as (
    (
      select x.id from this join public.submissions x on x.obligation_id = this.obligation_id and x.version < this.version
      where against = 'version' order by x.version desc limit 1
    )
    union all
    (
      select x.id
      from this
      join public.submissions x on x.organisation_id = this.organisation_id and x.council_id = this.council_id
        and x.dataset_code = this.dataset_code and x.status = 'accepted' and x.period < this.period
      where against = 'period' order by x.period desc limit 1
    )
  ),
  -- Only places and the change are sorted and counted; the few that are wanted are looked up after.
  moved as (
    select a.position, b.position as before_position, abs(a.value - b.value) / nullif(abs(b.value), 0) as change, (count(*) over ())::integer as total
    from (
      select e.* from public.entries e where e.submission_id = (select this.id from this)
        and exists (select 1 from base) and (only_measure is null or e.measure_code = only_measure)
    ) a
    full join (
      select e.* from public.entries e where e.submission_id = (select base.id from base)
        and (only_measure is null or e.measure_code = only_measure)
    ) b on a.measure_code = b.measure_code and a.region_code = b.region_code
      and a.occupation = b.occupation and a.employment_mode = b.employment_mode
    where (a.value, a.missing_reason) is distinct from (b.value, b.missing_reason)
    order by change desc nulls first, a.position, b.position
    offset greatest(skipped, 0) limit least(greatest(wanted, 1), 500)
  )
  select a.position, coalesce(a.measure_code, b.measure_code), coalesce(a.region_code, b.region_code), coalesce(a.occupation, b.occupation),
         coalesce(a.employment_mode, b.employment_mode), a.cell, a.value, a.missing_reason, b.value, b.missing_reason, m.total
  from moved m
  left join public.entries a on a.submission_id = (select this.id from this) and a.position = m.position
  left join public.entries b on b.submission_id = (select base.id from base) and b.position = m.before_position
  order by m.change desc nulls first, m.position, m.before_position
$$;
comment on function public.submission_changes(uuid, text, text, integer, integer) is
  'The values of a submission that differ from its previous version (against = version) or from the last accepted period (against = period): those that came or went first, then the largest relative change. position is null where a value is gone; total counts all. For its organisation and its regulators; empty for everybody else.';
grant execute on function public.submission_changes(uuid, text, text, integer, integer) to authenticated;

create function public.submission_peers(submission uuid)
  returns table (measure_code text, period text, peers integer, lower numeric, median numeric, upper numeric, named jsonb)
  language sql stable security definer set search_path = '' as $$
  with this as (
    select s.*, c.region_code from private.readable_submission(submission) s
    join public.councils c on c.id = s.council_id
    -- A party itself learns of its peers only what the indicator pages disclose.
    where s.organisation_id in (select private.organisations_regulated())
  ),
  newest as (
    select t.measure_code, t.period, t.organisation_id, t.value,
           max(t.starts_on) over (partition by t.measure_code) as last_on, t.starts_on
    from this
    join public.totals t on t.council_id = this.council_id and t.region_code = this.region_code and t.occupation = ''
      and t.dataset_code = this.dataset_code and t.organisation_id <> this.organisation_id
      and t.starts_on <= private.period_start(this.period) and t.starts_on > private.period_start(this.period) - interval '7 months'
      and t.organisation_id in (select private.organisations_regulated())
    where t.value is not null
  )
  select n.measure_code, n.period, count(*)::integer,
         percentile_cont(0.25) within group (order by n.value)::numeric,
         percentile_cont(0.5) within group (order by n.value)::numeric,
         percentile_cont(0.75) within group (order by n.value)::numeric,
         jsonb_agg(jsonb_build_object('name_zh', g.short_zh, 'name_en', g.short_en, 'value', n.value) order by n.value desc)
  from newest n
  join public.organisations g on g.id = n.organisation_id
  where n.starts_on = n.last_on
  group by n.measure_code, n.period
$$;
comment on function public.submission_peers(uuid) is
  'For regulators: the accepted totals of the other organisations that file the same dataset, by measure, in the newest period up to this one that has any. Empty for everybody else.';
grant execute on function public.submission_peers(uuid) to authenticated;

create function public.cell_thread(submission uuid, cell_position integer)
  returns table (
    at timestamptz, kind text, version smallint, submission_id uuid, organisation_id uuid,
    value numeric, missing_reason text, cell text, code text, opens text, note text
  )
  language sql stable security definer set search_path = '' as $$
  with this as (
    select e.*, s.obligation_id
    from private.readable_submission(cell_thread.submission) s
    join public.entries e on e.submission_id = s.id and e.position = cell_position
  ),
  filed as materialized (
    select s.id, s.version, s.submitted_at, s.organisation_id, s.corrections, e.position, e.value, e.missing_reason, e.cell, e.explanation
    from this
    join public.submissions s on s.obligation_id = this.obligation_id and s.status <> 'draft'
    left join public.entries e on e.submission_id = s.id and e.measure_code = this.measure_code and e.region_code = this.region_code
      and e.occupation = this.occupation and e.employment_mode = this.employment_mode
  ),
  marked as (
    select f.id, f.version, k.* from filed f join lateral private.marks_of(f.id) k on k.position = f.position
  )
  select f.submitted_at, 'value', f.version, f.id, f.organisation_id, f.value, f.missing_reason, f.cell, null, null, f.explanation from filed f
  union all
  select f.submitted_at, 'correction', f.version, f.id, f.organisation_id, null, null, f.cell, null, null, (made ->> 'from') || ' → ' || (made ->> 'to')
  from filed f join lateral jsonb_array_elements(f.corrections) as made on made ->> 'cell' = f.cell
  union all
  select m.marked_at, 'mark', m.version, m.id, m.organisation_id, null, null, null, m.code, m.opens, m.note from marked m
  union all
  select r.replied_at, 'reply', m.version, m.id, s.organisation_id, null, null, null, null, null, r.text
  from marked m
  join public.mark_replies r on r.review_id = m.review_id and r.position = m.position
  join public.submissions s on s.id = m.id
  order by 1, 2 desc
$$;
comment on function public.cell_thread(uuid, integer) is
  'All that happened to one value over every version: value, correction in place, mark, reply, in order. For the organisation and its regulators; empty for everybody else.';
grant execute on function public.cell_thread(uuid, integer) to authenticated;

-- ---------------------------------------------------------------- for its rules

create function public.filing_history(obligation uuid, cells text[] default null, sums text[] default '{}') returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'cells', (
      select jsonb_build_object('keys', coalesce(jsonb_agg(concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode)), '[]'),
                                'values', coalesce(jsonb_agg(e.value), '[]'))
      from public.entries e
      where e.submission_id = (
        select s.id from public.submissions s
        where s.organisation_id = o.organisation_id and s.council_id = o.council_id and s.dataset_code = o.dataset_code
          and s.status in ('accepted', 'reopened') and s.period < o.period
        order by s.period desc limit 1
      ) and (filing_history.cells is null or e.measure_code = any (filing_history.cells)) and e.value is not null
    ),
    'sums', (
      select coalesce(jsonb_agg(jsonb_build_object('measure', x.measure_code, 'name_zh', m.name_zh, 'name_en', m.name_en, 'period', x.period, 'value', x.value, 'waiting', x.waiting) order by x.measure_code, x.starts_on desc, x.waiting), '[]')
      from (
        select t.measure_code, t.period, t.starts_on, t.value, false as waiting, row_number() over (partition by t.measure_code order by t.starts_on desc) as back
        from public.totals t
        where t.council_id = o.council_id and t.organisation_id = o.organisation_id and t.measure_code = any (filing_history.sums)
          and t.region_code = c.region_code and t.occupation = '' and t.missing_count = 0 and t.starts_on < o.opens_on
        union all
        select f.measure_code, w.period, w.opens_on, f.value, true, 1
        from public.obligations w
        join public.submissions s on s.obligation_id = w.id and s.status = 'submitted'
        -- Added up for each filing by itself: joined, all entries might be read.
        cross join lateral (
          select e.measure_code, sum(e.value) as value
          from public.entries e
          where e.submission_id = s.id and e.measure_code = any (filing_history.sums)
          group by e.measure_code
          having count(e.value) = count(*)
        ) f
        join public.measures a on a.code = f.measure_code and a.additive
        where w.council_id = o.council_id and w.organisation_id = o.organisation_id and w.dataset_code <> o.dataset_code
          and w.opens_on <= o.opens_on + 366 and w.opens_on > o.opens_on - 366
      ) x
      join public.measures m on m.code = x.measure_code
      where x.back <= 13
    )
  )
  from public.obligations o
  join public.councils c on c.id = o.council_id
  where o.id = obligation
$$;
comment on function public.filing_history(uuid, text[], text[]) is
  'What a filing for an obligation is compared with, under the reader''s own rights: cells are the values of the newest accepted filing before its period (keys measure|region|occupation|employment_mode; all measures, or the given ones), sums the accepted totals of the given measures in up to 13 periods until its own, newest first, and (waiting) those of filings of other datasets that wait for review, within a year; totals with missing values are left out.';
grant execute on function public.filing_history(uuid, text[], text[]) to authenticated;

create function public.peer_fences(obligation uuid)
  returns table (measure text, denominator text, k numeric, lower numeric, upper numeric)
  language sql stable security definer set search_path = '' as $$
  with owed as (
    select o.*, c.region_code, d.kind
    from public.obligations o
    join public.councils c on c.id = o.council_id
    join public.datasets d on d.code = o.dataset_code
    where o.id = obligation
      and (o.organisation_id, o.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
  ),
  pairs as (
    select distinct r.params ->> 'measure' as measure, r.params ->> 'denominator' as denominator, (r.params ->> 'k')::numeric as k
    from owed join public.dataset_rules r on r.dataset_code = owed.dataset_code and r.kind = 'peer_outlier' and r.until is null
    where not exists (
      select 1 from public.definition_terms t join public.indicators i on i.code = t.indicator_code
      where t.measure_code = r.params ->> 'measure' and i.tier = 'restricted'
    )
  ),
  -- Few have filed when the first one files: each peer stands with its newest accepted figures of this period or the one before.
  rates as (
    select distinct on (p.measure, p.denominator, p.k, a.organisation_id) p.measure, p.denominator, p.k, a.value / b.value as rate
    from owed
    cross join pairs p
    join public.totals a on a.council_id = owed.council_id and a.measure_code = p.measure and a.region_code = owed.region_code
      and a.occupation = '' and a.organisation_id <> owed.organisation_id and a.missing_count = 0
      and a.starts_on between private.period_start(owed.period) - (private.period_end(owed.period) - private.period_start(owed.period) + 4)
        and private.period_start(owed.period)
    join public.totals b on b.council_id = a.council_id and b.measure_code = p.denominator and b.region_code = a.region_code
      and b.occupation = '' and b.organisation_id = a.organisation_id and b.period = a.period and b.missing_count = 0
    join public.organisations g on g.id = a.organisation_id and g.kind = owed.kind
    where b.value >= 10
    order by p.measure, p.denominator, p.k, a.organisation_id, a.starts_on desc
  ),
  quartiles as (
    select r.measure, r.denominator, r.k, percentile_cont(array[0.25, 0.75]) within group (order by r.rate::double precision) as q
    from rates r group by r.measure, r.denominator, r.k having count(*) >= 5
  )
  select x.measure, x.denominator, x.k,
         round((x.q[1] - x.k * (x.q[2] - x.q[1]))::numeric, 4), round((x.q[2] + x.k * (x.q[2] - x.q[1]))::numeric, 4)
  from quartiles x
$$;
comment on function public.peer_fences(uuid) is
  'For each peer rule of an obligation''s dataset the usual range of the rate among at least 5 peers of the same kind, [Q1 - k IQR, Q3 + k IQR]; for the organisation and its regulator. Made of quartiles, which an organisation may see of 5 peers (docs/decisions/disclosure.md), never of a measure in a restricted indicator, nor of rates of fewer than 10; no row where there are too few.';
grant execute on function public.peer_fences(uuid) to authenticated;

create function public.filed_cells(council uuid, dataset text, since text, until text, measures text[]) returns jsonb
  language sql stable set search_path = '' as $$
  with filings as (
    select s.id, s.organisation_id, s.period, s.status, row_number() over newest as place, sum(s.row_count) over newest as rows_so_far
    from public.submissions s
    where s.council_id = council and s.dataset_code = dataset and s.status in ('accepted', 'submitted')
      and s.period between since and filed_cells.until
    window newest as (order by s.period desc, s.submitted_at desc, s.id)
  )
  select coalesce(jsonb_agg(jsonb_build_object('submission', f.id, 'organisation', f.organisation_id, 'period', f.period, 'status', f.status,
    'measure', x.measure, 'region', x.region, 'occupation', x.occupation, 'employment_mode', x.employment_mode, 'value', x.value, 'cell', x.cell
  ) order by f.place), '[]')
  from filings f
  cross join lateral (
    select coalesce(jsonb_agg(e.measure_code order by e.position), '[]') as measure,
           coalesce(jsonb_agg(e.region_code order by e.position), '[]') as region,
           coalesce(jsonb_agg(e.occupation order by e.position), '[]') as occupation,
           coalesce(jsonb_agg(e.employment_mode order by e.position), '[]') as employment_mode,
           coalesce(jsonb_agg(e.value order by e.position), '[]') as value,
           coalesce(jsonb_agg(coalesce(e.cell, '') order by e.position), '[]') as cell
    from public.entries e where e.submission_id = f.id and e.measure_code = any (measures)
  ) x
  where f.place = 1 or (f.place <= 1000 and f.rows_so_far <= 1000000)
$$;
comment on function public.filed_cells(uuid, text, text, text, text[]) is
  'The cells of some measures in filings that stand (accepted or waiting), of the periods since to until, newest first, under the reader''s own rights; of at most the newest 1,000 filings or a million rows.';
grant execute on function public.filed_cells(uuid, text, text, text, text[]) to authenticated;
