-- How completely and how timely everybody files.

create function public.filing_grid(council uuid, periods integer default 12)
  returns table (
    obligation_id uuid, organisation_id uuid, organisation_zh text, organisation_en text, short_zh text, short_en text,
    dataset_code text, dataset_zh text, dataset_en text, period text, due_on date, state text, submission_id uuid, excused boolean, counted boolean, received boolean, late_days integer, approved boolean,
    first_decided text, decisions integer, returns integer, cells_filled integer, cells_required integer
  )
  language sql stable set search_path = '' as $$
  with owed as materialized (
    select v.*, dense_rank() over (partition by v.dataset_code order by v.period desc) as back
    from public.obligation_states v
    where v.council_id = council and v.opens_on <= (select private.today())
  ),
  versions as materialized (
    select s.obligation_id, s.version, s.status, s.late_days, s.cells_filled, s.cells_required,
           case when s.stage >= d.review_stages then 'accepted'
                when exists (select from public.reviews r where r.submission_id = s.id and r.decision = 'return') then 'returned' end as decided
    from public.submissions s
    join public.datasets d on d.code = s.dataset_code
    where s.council_id = council and s.status <> 'draft'
  ),
  told as (
    select v.obligation_id, (array_agg(v.late_days order by v.version))[1] as late_days, bool_or(v.status = 'accepted') as approved,
           (array_agg(v.decided order by v.version) filter (where v.decided is not null))[1] as first_decided,
           count(v.decided)::integer as decisions, (count(*) filter (where v.decided = 'returned'))::integer as returns,
           (array_agg(v.cells_filled order by v.version desc))[1] as cells_filled, (array_agg(v.cells_required order by v.version desc))[1] as cells_required
    from versions v
    group by v.obligation_id
  ),
  asked as (
    select dm.dataset_code, count(*)::integer as measures from public.dataset_measures dm where dm.required group by dm.dataset_code
  ),
  cells as (
    select o.*, t.obligation_id is not null as received,
           case when t.obligation_id is null then greatest((select private.today()) - o.due_on, 0) else t.late_days end as late,
           coalesce(t.approved, false) as approved, t.first_decided, coalesce(t.decisions, 0) as decisions, coalesce(t.returns, 0) as returns,
           coalesce(t.cells_filled, 0) as filled,
           coalesce(t.cells_required, max(t.cells_required) over earlier, a.measures) as required
    from owed o
    left join told t on t.obligation_id = o.id
    left join asked a on a.dataset_code = o.dataset_code
    window earlier as (partition by o.organisation_id, o.dataset_code order by o.period rows between unbounded preceding and 1 preceding)
  )
  select c.id, c.organisation_id, c.organisation_zh, c.organisation_en, c.short_zh, c.short_en, c.dataset_code, c.dataset_zh, c.dataset_en, c.period, c.due_on, c.state,
         c.submission_id, c.state = 'excused', c.state <> 'excused' and (c.received or c.due_on < (select private.today())), c.received, c.late, c.approved,
         c.first_decided, c.decisions, c.returns, c.filled, c.required
  from cells c
  where c.back <= filing_grid.periods
  order by c.dataset_code, c.organisation_zh, c.period
$$;
comment on function public.filing_grid(uuid, integer) is
  'Each obligation of a dataset''s newest opened periods, under the reader''s own rights: whether it counts (due or received, not excused), was received and how many days late (its first version; of one not received, so far), is approved, how it was first decided, and its cells: of the newest version those that hold a value and those it should; of nothing received as many as the organisation''s largest earlier filing had.';
grant execute on function public.filing_grid(uuid, integer) to authenticated;

create function public.filing_rates(council uuid, periods integer default 12)
  returns table (
    organisation_id uuid, organisation_zh text, organisation_en text, dataset_code text, expected integer, excused integer, received integer,
    on_time integer, approved integer, cells_filled bigint, cells_required bigint, first_decided integer, first_passed integer, decisions bigint, returns bigint
  )
  language sql stable set search_path = '' as $$
  select g.organisation_id, g.organisation_zh, g.organisation_en, g.dataset_code,
         (count(*) filter (where g.counted))::integer, (count(*) filter (where g.excused))::integer,
         (count(*) filter (where g.counted and g.received))::integer, (count(*) filter (where g.counted and g.received and g.late_days = 0))::integer,
         (count(*) filter (where g.counted and g.approved))::integer,
         coalesce(sum(g.cells_filled) filter (where g.counted), 0), coalesce(sum(g.cells_required) filter (where g.counted), 0),
         (count(g.first_decided) filter (where g.counted))::integer, (count(*) filter (where g.counted and g.first_decided = 'accepted'))::integer,
         coalesce(sum(g.decisions) filter (where g.counted), 0), coalesce(sum(g.returns) filter (where g.counted), 0)
  from public.filing_grid(council, periods) g
  group by g.organisation_id, g.organisation_zh, g.organisation_en, g.dataset_code
  order by g.dataset_code, g.organisation_zh
$$;
comment on function public.filing_rates(uuid, integer) is
  'The grid by organisation and dataset, as numerators and denominators: value completeness (cells_filled of cells_required), timeliness (on_time of expected), first pass (first_passed of first_decided) and returns (returns of decisions).';
grant execute on function public.filing_rates(uuid, integer) to authenticated;
