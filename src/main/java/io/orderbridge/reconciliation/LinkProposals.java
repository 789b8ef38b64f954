package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Line;
import io.orderbridge.books.Unmatched;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.BreakRows.Members;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a link made by hand teaches: the pass that would have found it, tried on past runs. */
public final class LinkProposals {
  // Some days and what they carried; more items than that are not read while somebody waits.
  private static final int RUNS_MAX = 10;
  private static final int ITEMS_MAX = 5_000;
  private static final String ITEMS =
      """
      select no, outcome, class, rule, key, carried, zh, en from books.item
       where run = ? order by no limit ?\
      """;

  private LinkProposals() {}

  /**
   * @param past what it would have done in the runs before; the link itself counts as right
   */
  public record Proposal(Pass pass, BackTest.Figures past) {
    /** As a line of {@code passes} of the file. */
    String line() {
      boolean sum = pass.by() == Pass.By.SUM;
      return "{id: %s, by: %s, %swithin: %d}"
          .formatted(
              pass.id(),
              word(pass.by()),
              sum ? "many: %s, most: %d, ".formatted(word(pass.many()), pass.most()) : "",
              pass.within());
    }

    private static String word(Enum<?> value) {
      return value.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Reads the newest runs; joins the caller's transaction. */
  static Optional<Proposal> of(Connection connection, Reconciliation what, Members linked)
      throws SQLException {
    List<Item> items = new ArrayList<>();
    List<BackTest.Past> past = new ArrayList<>();
    List<Line> left = new ArrayList<>();
    List<Line> right = new ArrayList<>();
    for (Run run : newest(connection, what.name())) {
      List<Item> ofRun = items(connection, run);
      items.addAll(ofRun);
      past.add(new BackTest.Past(run.of().from(), run.of().to(), lone(ofRun), List.of()));
    }
    for (Item item : items) {
      keep(item.left(), linked.left(), left);
      keep(item.right(), linked.right(), right);
    }
    Optional<Pass> pass = LinkRules.propose(what, left, right);
    if (pass.isEmpty()) {
      return Optional.empty();
    }
    items.add(byHand(left, right));
    List<BackTest.Past> told =
        past.stream()
            .map(one -> new BackTest.Past(one.from(), one.to(), one.lone(), items))
            .toList();
    return Optional.of(new Proposal(pass.get(), BackTest.of(what, pass.get(), told)));
  }

  private static List<Run> newest(Connection connection, String name) throws SQLException {
    List<Run> runs = new ArrayList<>();
    Optional<Run> run = RunRows.before(connection, name, LocalDate.of(9999, 1, 1));
    while (run.isPresent() && runs.size() < RUNS_MAX) {
      runs.add(run.get());
      run = RunRows.before(connection, name, run.get().of().from());
    }
    return runs;
  }

  // The same entry is open in several runs.
  private static void keep(List<Line> lines, Set<Spot> wanted, List<Line> into) {
    for (Line line : lines) {
      boolean known = into.stream().map(Spot::of).anyMatch(Spot.of(line)::equals);
      if (!known && wanted.contains(Spot.of(line))) {
        into.add(line);
      }
    }
  }

  private static Item byHand(List<Line> left, List<Line> right) {
    return new Item(
        Outcome.MATCHED,
        BreakClass.MATCHED,
        "hand",
        left.get(0).key(),
        left,
        right,
        false,
        new Wording("人工关联。", "Linked by hand."));
  }

  private static List<Unmatched> lone(List<Item> items) {
    return items.stream()
        .filter(item -> item.left().isEmpty() || item.right().isEmpty())
        .map(item -> new Unmatched(item.key(), item.left(), item.right()))
        .toList();
  }

  private static List<Item> items(Connection connection, Run run) throws SQLException {
    Map<Integer, List<Line>> left = members(connection, run, "L");
    Map<Integer, List<Line>> right = members(connection, run, "R");
    List<Item> items = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ITEMS)) {
      query.setLong(1, run.id());
      query.setInt(2, ITEMS_MAX);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          items.add(
              new Item(
                  Outcome.valueOf(row.getString(2)),
                  BreakClass.valueOf(row.getString(3)),
                  row.getString(4),
                  row.getString(5),
                  left.getOrDefault(row.getInt(1), List.of()),
                  right.getOrDefault(row.getInt(1), List.of()),
                  row.getBoolean(6),
                  new Wording(row.getString(7), row.getString(8))));
        }
      }
    }
    return items;
  }

  private static Map<Integer, List<Line>> members(Connection connection, Run run, String side)
      throws SQLException {
    Map<Integer, List<Line>> members = new TreeMap<>();
    List<Long> snapshots = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select distinct snapshot from books.member
             where run = ? and side = ?::"char" and item <= ?\
            """)) {
      query.setLong(1, run.id());
      query.setString(2, side);
      query.setInt(3, ITEMS_MAX);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          snapshots.add(row.getLong(1));
        }
      }
    }
    new EntryPool(connection, new EntryPool.Of(run.id(), side, snapshots, null))
        .ofMembers(
            ITEMS_MAX,
            member ->
                members.computeIfAbsent(member.item(), no -> new ArrayList<>()).add(member.line()));
    return members;
  }
}
