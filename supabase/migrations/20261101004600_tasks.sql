-- What waits for the caller.

create function public.my_tasks() returns setof private.task
  language plpgsql stable security definer set search_path = '' as $$
begin
  return query execute format('select * from (%s) t order by t.due_on nulls last, t.kind, t.subject_id', private.of_every_domain('tasks'));
end $$;
comment on function public.my_tasks() is
  'What waits for the caller in the organisation they act for, the most urgent first: what each private.tasks_<domain> gives. What subject_id is of depends on the kind.';
grant execute on function public.my_tasks() to authenticated;
