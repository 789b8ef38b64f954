-- Notices in a state that few are in are listed, newest first, without walking over all that were
-- delivered. Those that are new have an index already.
create index notice_rare on notice (state, id)
 where state in ('SENDING', 'UNCONFIRMED', 'FAILED', 'SUPPRESSED');
