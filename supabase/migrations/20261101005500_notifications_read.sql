-- How many were unread is said as it was shown: without what had passed, and what was no longer the reader's business.

create or replace function public.mark_notifications_read(notification uuid default null) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  told constant public.notifications[] := array(
    select n from public.notifications n
    where n.person_id = private.person_id() and n.organisation_id in (select private.organisations_as())
      and n.read_at is null and (notification is null or n.id = notification)
  );
begin
  update public.notifications n set read_at = private.now() where n.id in (select t.id from unnest(told) t);
  return (select count(*)::integer from private.notifications(told) n where not n.passed);
end $$;
comment on function public.mark_notifications_read(uuid) is
  'Marks one notification of the caller as read, or all of the organisation they act for; returns how many of them public.unread_notifications counted.';
