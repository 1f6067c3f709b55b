-- What must stand beside every figure of an indicator, wherever it goes.

alter table public.indicators add column note_zh text, add column note_en text;
comment on column public.indicators.note_zh is
  'A few words that stand beside every figure of it: on pages, in files and releases, over the API. Null where none must.';
comment on column public.indicators.note_en is 'The same in English.';
