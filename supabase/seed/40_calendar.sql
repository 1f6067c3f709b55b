-- Public holidays and make-up working days, 2024 to 2026, by the yearly notices of the General Office of the State Council:
--   2024: 国办发明电〔2023〕7号 (2023-10-25)
--   2025: 国办发明电〔2024〕12号 (2024-11-12)
--   2026: 国办发明电〔2025〕7号 (2025-11-04)
-- To add a year: the notice appears in late autumn; add one line for each holiday below (first day, last day, and the
-- make-up days, which work although they are Saturdays or Sundays). Due dates to come follow by themselves, past ones
-- never: docs/decisions/reminders.md.

with holidays (first_day, last_day, make_up_days, name_zh, name_en) as (
  values
    (date '2024-01-01', date '2024-01-01', array[]::date[], '元旦', 'New Year''s Day'),
    (date '2024-02-10', date '2024-02-17', array[date '2024-02-04', date '2024-02-18'], '春节', 'Spring Festival'),
    (date '2024-04-04', date '2024-04-06', array[date '2024-04-07'], '清明节', 'Qingming Festival'),
    (date '2024-05-01', date '2024-05-05', array[date '2024-04-28', date '2024-05-11'], '劳动节', 'Labour Day'),
    (date '2024-06-10', date '2024-06-10', array[]::date[], '端午节', 'Dragon Boat Festival'),
    (date '2024-09-15', date '2024-09-17', array[date '2024-09-14'], '中秋节', 'Mid-Autumn Festival'),
    (date '2024-10-01', date '2024-10-07', array[date '2024-09-29', date '2024-10-12'], '国庆节', 'National Day'),

    (date '2025-01-01', date '2025-01-01', array[]::date[], '元旦', 'New Year''s Day'),
    (date '2025-01-28', date '2025-02-04', array[date '2025-01-26', date '2025-02-08'], '春节', 'Spring Festival'),
    (date '2025-04-04', date '2025-04-06', array[]::date[], '清明节', 'Qingming Festival'),
    (date '2025-05-01', date '2025-05-05', array[date '2025-04-27'], '劳动节', 'Labour Day'),
    (date '2025-05-31', date '2025-06-02', array[]::date[], '端午节', 'Dragon Boat Festival'),
    (date '2025-10-01', date '2025-10-08', array[date '2025-09-28', date '2025-10-11'], '国庆节、中秋节', 'National Day and Mid-Autumn Festival'),

    (date '2026-01-01', date '2026-01-03', array[date '2026-01-04'], '元旦', 'New Year''s Day'),
    (date '2026-02-15', date '2026-02-23', array[date '2026-02-14', date '2026-02-28'], '春节', 'Spring Festival'),
    (date '2026-04-04', date '2026-04-06', array[]::date[], '清明节', 'Qingming Festival'),
    (date '2026-05-01', date '2026-05-05', array[date '2026-05-09'], '劳动节', 'Labour Day'),
    (date '2026-06-19', date '2026-06-21', array[]::date[], '端午节', 'Dragon Boat Festival'),
    (date '2026-09-25', date '2026-09-27', array[]::date[], '中秋节', 'Mid-Autumn Festival'),
    (date '2026-10-01', date '2026-10-07', array[date '2026-09-20', date '2026-10-10'], '国庆节', 'National Day')
)
insert into public.calendar_days (day, working, name_zh, name_en)
select g.at::date, false, h.name_zh, h.name_en
from holidays h
cross join generate_series(h.first_day, h.last_day, interval '1 day') as g (at)
union all
select m.day, true, h.name_zh || '调休上班', 'Working day for ' || h.name_en
from holidays h
cross join unnest(h.make_up_days) as m (day)
on conflict (day) do update
set working = excluded.working, name_zh = excluded.name_zh, name_en = excluded.name_en;
