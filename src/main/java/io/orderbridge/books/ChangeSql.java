package io.orderbridge.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Two snapshots of one source, as sets. */
final class ChangeSql {
  private static final String ENTRIES =
      """
      (select key_hash, key, place, cells,
              row(amount, currency, quantity, ordered_at, paid_at, shipped_at, settled_at, status,
                  kind, shop, sku, ref, converted) as said,
              row_number() over (partition by key_hash, key order by place) as rank from %s)\
      """;
  private static final String LIST =
      """
      select coalesce(b.key, a.key), b.place, a.place
        from %s b full join %s a using (key_hash, key, rank)
       where b.cells is distinct from a.cells or b.said is distinct from a.said
       order by 1, coalesce(b.rank, a.rank) limit ?\
      """;

  private ChangeSql() {}

  static List<Change> list(Connection connection, long since, long later, int most)
      throws SQLException {
    String sql =
        LIST.formatted(
            ENTRIES.formatted(SnapshotSql.table(since)),
            ENTRIES.formatted(SnapshotSql.table(later)));
    List<Places> changed = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          changed.add(
              new Places(
                  row.getString(1),
                  row.getObject(2, Integer.class),
                  row.getObject(3, Integer.class)));
        }
      }
    }
    Map<Integer, String> before = cells(connection, since, changed, Places::before);
    Map<Integer, String> after = cells(connection, later, changed, Places::after);
    return changed.stream()
        .map(one -> new Change(one.key(), said(one.before(), before), said(one.after(), after)))
        .toList();
  }

  /** Where the entry stands in both snapshots; null where it does not. */
  private record Places(String key, Integer before, Integer after) {}

  private static Map<Integer, String> cells(
      Connection connection, long id, List<Places> changed, Function<Places, Integer> place)
      throws SQLException {
    return BlockSql.cells(
        connection,
        id,
        changed.stream().map(place).filter(Objects::nonNull).collect(Collectors.toSet()));
  }

  /** An entry that shares its row with one before it has no cells of its own. */
  private static String said(Integer place, Map<Integer, String> cells) {
    return place == null ? null : cells.getOrDefault(place, "");
  }
}
