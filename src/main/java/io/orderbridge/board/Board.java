package io.orderbridge.board;

import io.orderbridge.board.Tally.Grain;
import io.orderbridge.board.Tally.Heard;
import io.orderbridge.board.Tally.What;
import io.orderbridge.finding.Concerned;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderReadings;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The flow board as it is now. Numbers only: no amounts, no personal data, so every role may see
 * it. Five statements over counts, however many orders there are.
 */
@Singleton
public class Board {
  /** What is shown unless somebody asks for more or less. */
  public static final int HOURS = 24;

  /** A week; more is the business of the charts of order health. */
  static final int HOURS_MAX = 168;

  // A day is 250 histograms; a week by hours would be seven times that, by days it is 80.
  private static final int BY_HOUR_MAX = 24;

  private static final int RATE_DIGITS = 4;
  private static final List<String> NODES =
      Stream.of(Milestone.values()).map(Milestone::name).toList();
  private static final List<Integer> PERCENTS = List.of(50, 90, 99);

  // A round of the stream and the pages that it wakes are one look.
  private static final Duration FRESH = Duration.ofMillis(900);

  private final Database database;
  private final BoardCounts counts;
  private final Concerned concerned;
  private Map<String, Object> recent;
  private Instant readAt;

  Board(Database database, BoardCounts counts, Concerned concerned) {
    this.database = database;
    this.counts = counts;
    this.concerned = concerned;
  }

  /** The time that the board looks back: from the beginning of an hour, or of a day in UTC. */
  record Window(Grain grain, Instant from, Instant to) {
    /**
     * @param hours 1 to 168
     */
    static Window of(int hours, Instant now) {
      Grain grain = hours <= BY_HOUR_MAX ? Grain.HOUR : Grain.DAY;
      return new Window(grain, grain.start(now.minus(Duration.ofHours(hours))), now);
    }
  }

  /**
   * Everything that the board shows, as the API tells it.
   *
   * @param hours 1 to 168
   */
  public Map<String, Object> read(int hours, Instant now) {
    Window window = Window.of(hours, now);
    return database.inTransaction(connection -> read(connection, window));
  }

  /** The board of the last 24 hours, read once for all who ask within a second. */
  public synchronized Map<String, Object> recent(Instant now) {
    return recent == null || !now.isBefore(readAt.plus(FRESH)) ? fresh(now) : recent;
  }

  /** The board of the last 24 hours as it is, which those who ask within a second get as well. */
  synchronized Map<String, Object> fresh(Instant now) {
    recent = read(HOURS, now);
    readAt = now;
    return recent;
  }

  private Map<String, Object> read(Connection connection, Window window) throws SQLException {
    Map<String, Object> board = new LinkedHashMap<>();
    board.put("from", window.from().toString());
    board.put("grain", window.grain().name());
    board.put(
        "orders",
        Map.of(
            "byStatus", every(OrderReadings.STATUSES, counts.now(connection, What.STATUS)),
            "byNode", every(NODES, counts.now(connection, What.NODE))));
    board.put("time", times(counts.stays(connection, window.grain(), window.from(), window.to())));
    List<Map<String, Object>> throughput = new ArrayList<>();
    counts
        .reached(connection, window.grain(), window.from(), window.to())
        .forEach(
            (start, reached) ->
                throughput.add(Map.of("from", start.toString(), "reached", reached)));
    board.put("throughput", throughput);
    board.put("abnormal", abnormal(concerned.counts(connection)));
    board.put("sync", sync(counts.heard(connection, window.from(), window.to())));
    return board;
  }

  static boolean isWindow(int hours) {
    return hours >= 1 && hours <= HOURS_MAX;
  }

  private static Map<String, Long> every(Collection<String> names, Map<String, Long> counted) {
    Map<String, Long> every = new LinkedHashMap<>();
    names.forEach(name -> every.put(name, counted.getOrDefault(name, 0L)));
    return every;
  }

  private static List<Map<String, Object>> times(Map<String, Stay> stays) {
    List<Map<String, Object>> times = new ArrayList<>();
    for (String node : NODES) {
      Stay stay = stays.get(node);
      if (stay != null) {
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("node", node);
        time.put("orders", stay.orders());
        PERCENTS.forEach(p -> time.put("p" + p + "Seconds", stay.percentile(p).toSeconds()));
        times.add(time);
      }
    }
    return times;
  }

  private static Map<String, Object> abnormal(Concerned.Counts counts) {
    Map<String, Object> abnormal = new LinkedHashMap<>();
    abnormal.put("orders", counts.orders());
    abnormal.put("stuck", counts.byKind().getOrDefault(Kind.STUCK, 0L));
    abnormal.put("contradictory", counts.byKind().getOrDefault(Kind.CONTRADICTION, 0L));
    abnormal.put("byKind", counts.byKind());
    return abnormal;
  }

  // Without orders there is no rate: nothing was late, and nothing was in time.
  private static Map<String, Object> sync(Heard heard) {
    Map<String, Object> sync = new LinkedHashMap<>();
    sync.put("orders", heard.orders());
    sync.put("delayed", heard.late());
    sync.put(
        "rate",
        heard.orders() == 0
            ? null
            : BigDecimal.valueOf(heard.late())
                .divide(BigDecimal.valueOf(heard.orders()), RATE_DIGITS, RoundingMode.HALF_UP)
                .toPlainString());
    return sync;
  }
}
