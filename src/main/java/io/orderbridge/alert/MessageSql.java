package io.orderbridge.alert;

/** The statements of {@link Messages}. Levels are compared as text: the least is the worst. */
final class MessageSql {
  // Due is what no silence covers and what was not told just now; what failed once is due at once,
  // and what got worse does not wait for the rest.
  private static final String DUE =
      """
        from alert_line l
       where l.channel = ? and l.state in ('GATHERING', 'AGAIN')
         and (not ? or l.level = 'BREACH' and not l.clears)
         and not exists (
               select 1 from alert_silence s
                where s.cause = l.cause and s.until > ? and s.level <= l.level)
         and (l.state = 'AGAIN' or not exists (
               select 1 from alert_line t
                where t.channel = l.channel and t.cause = l.cause and t.clears = l.clears
                  and t.state = 'TOLD' and t.told_at > ? and t.level <= l.level))
      """;

  static final String CHOOSE =
      """
      select l.id, l.cause, l.owner, l.clears, l.level, l.alerts, l.first_at, l.last_at,
             l.escalated_from is not null as louder
      """
          + DUE
          + "order by l.clears, l.level, l.first_at, l.id limit ? for update skip locked";

  static final String DUE_ALERTS = "select coalesce(sum(l.alerts), 0)" + DUE;

  static final String MAKE =
      """
      insert into alert_message (robot, level, alerts, lines, text, token_hash, made_at)
      values (?, ?, ?, ?, ?, ?, ?) returning id\
      """;

  static final String TAKE_LINES =
      "update alert_line set state = 'SENDING', message_id = ? where id = any (?)";

  static final String END =
      """
      update alert_message set state = ?, ended_at = ?, why = ? where id = ? and state = any (?)\
      """;

  // Also of a message that another process had given up and whose lines nobody has taken since.
  static final String LINES_TOLD =
      """
      update alert_line set state = 'TOLD', told_at = ?
       where message_id = ? and state in ('SENDING', 'AGAIN') returning level, alerts\
      """;

  static final String LINES_AGAIN =
      "update alert_line set state = 'AGAIN' where message_id = ? and state = 'SENDING'";

  private MessageSql() {}
}
