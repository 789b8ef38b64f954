-- What people look at costs the same in a shop of a million orders: each list walks an index.

-- Letters in a state, the oldest first.
create index dead_letter_state on dead_letter (state, id);

-- Tickets of a kind, the newest first. The age of what is not done, and the money in it, is added up
-- from the indexes alone: the rows lie among those that are closed.
create index ticket_kind on ticket (kind, id);
create index ticket_due on ticket (due_at) where state <> 'CLOSED';
drop index ticket_live;
create index ticket_live on ticket (owner, id) include (opened_at, finding_id, amount, currency)
 where state <> 'CLOSED';
create index finding_open_amount on finding (id) include (amount, currency) where state = 'OPEN';

-- Notices of a day. Gates open late as well, so ranges of pages say little.
drop index notice_gate_at;
create index notice_gate_at on notice (gate_at);

-- The newest of a gate, however seldom it opens.
create index notice_gate on notice (gate, id);
