-- Who did what is asked for by person, by act, by what it was done to, and by time; newest first.
create index audit_actor on audit (actor, id);
create index audit_action on audit (action, id);
create index audit_subject on audit (subject, id);
create index audit_at on audit (at);
