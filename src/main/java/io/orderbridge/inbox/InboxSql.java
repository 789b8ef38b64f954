package io.orderbridge.inbox;

/** The statements of {@link Inbox}, multi-row throughout. */
final class InboxSql {
  static final String SEEN =
      """
      insert into inbox_seen (connection, message_id, month, body_hash, inbox_id)
      select connection, message_id, date_trunc('month', now() at time zone 'utc')::date, body_hash,
             nextval('inbox_id')
        from (select i.connection, i.message_id, i.body_hash
                from unnest(?::text[], ?::text[], ?::bytea[]) with ordinality
                     as i (connection, message_id, body_hash, place)
               where not exists (
                 select 1 from inbox_seen s
                  where s.connection = i.connection and s.message_id = i.message_id)
               order by i.place) fresh
      on conflict do nothing
      returning connection, message_id, inbox_id\
      """;
  static final String KNOWN =
      """
      select s.connection, s.message_id, s.inbox_id, s.body_hash
        from inbox_seen s
        join unnest(?::text[], ?::text[]) as i (connection, message_id)
          on s.connection = i.connection and s.message_id = i.message_id\
      """;
  static final String MESSAGE =
      """
      insert into inbox_message (id, connection, message_id, kind, headers, body)
      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
      returning received_at\
      """;

  private InboxSql() {}
}
