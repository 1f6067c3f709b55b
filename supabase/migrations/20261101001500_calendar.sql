-- Working days.

create table public.calendar_days (
  day date primary key,
  working boolean not null,
  name_zh text not null,
  name_en text not null
);
comment on table public.calendar_days is 'Public holidays and make-up working days by the State Council''s yearly notice. Days not listed: Monday to Friday work.';

alter table public.calendar_days enable row level security;
alter table public.calendar_days force row level security;
create policy "everybody reads what is to be filed" on public.calendar_days
  for select to anon, authenticated using (true);
grant select on public.calendar_days to anon, authenticated;

create function private.due_date(after date, working_days integer) returns date
  language sql stable set search_path = '' as $$
  select g.at::date
  from generate_series(after + 1, after + working_days * 3 + 40, interval '1 day') as g (at)
  left join public.calendar_days c on c.day = g.at::date
  where coalesce(c.working, extract(isodow from g.at) < 6)
  order by g.at
  offset working_days - 1 limit 1
$$;
comment on function private.due_date(date, integer) is 'The n-th working day after a date, by the State Council''s holiday table.';

create function private.working_day_before(day date, working_days integer) returns date
  language sql stable set search_path = '' as $$
  select g.at::date
  from generate_series(day - 1, day - working_days * 3 - 40, interval '-1 day') as g (at)
  left join public.calendar_days c on c.day = g.at::date
  where coalesce(c.working, extract(isodow from g.at) < 6)
  order by g.at desc
  offset working_days - 1 limit 1
$$;
comment on function private.working_day_before(date, integer) is 'The n-th working day before a date, by the State Council''s holiday table.';
