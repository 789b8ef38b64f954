package io.orderbridge.payment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements whose parameters have names: a statement that asks for the same day in five places is
 * given it once. Values are bound, so the planner sees them.
 */
final class SetSql {
  private static final Pattern NAME = Pattern.compile("(?<![:\\w]):([a-z_]+)");

  private final Connection connection;
  private final Map<String, Object> values;

  /**
   * @param values by name; a list stands for an array of text
   */
  SetSql(Connection connection, Map<String, Object> values) {
    this.connection = connection;
    this.values = values;
  }

  /** Runs the statement; how many rows it wrote. */
  int execute(String sql) throws SQLException {
    try (PreparedStatement statement = prepare(sql)) {
      return statement.execute() ? 0 : statement.getUpdateCount();
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(sql);
    while (name.find()) {
      names.add(name.group(1));
    }
    PreparedStatement statement = connection.prepareStatement(NAME.matcher(sql).replaceAll("?"));
    for (int i = 0; i < names.size(); i++) {
      Object value = values.get(names.get(i));
      if (value instanceof List<?> list) {
        statement.setArray(i + 1, connection.createArrayOf("text", list.toArray()));
      } else {
        statement.setObject(i + 1, value);
      }
    }
    return statement;
  }
}
