package io.orderbridge.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Two snapshots of one source, as sets. */
final class ChangeSql {
  private static final String ENTRIES =
      """
      (select key_hash, key, raw, row(amount, currency, quantity, ordered_at, paid_at, shipped_at,
                                      settled_at, status, kind, shop, sku, ref, converted) as said,
              row_number() over (partition by key_hash, key order by place) as rank from %s)\
      """;
  private static final String LIST =
      """
      select coalesce(b.key, a.key), b.raw, a.raw
        from %s b full join %s a using (key_hash, key, rank)
       where b.raw is distinct from a.raw or b.said is distinct from a.said
       order by 1, coalesce(b.rank, a.rank) limit ?\
      """;

  private ChangeSql() {}

  static List<Change> list(Connection connection, long since, long later, int most)
      throws SQLException {
    String sql =
        LIST.formatted(
            ENTRIES.formatted(SnapshotSql.table(since)),
            ENTRIES.formatted(SnapshotSql.table(later)));
    List<Change> changes = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          changes.add(new Change(row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return changes;
  }
}
