package io.orderbridge.repair;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Forced.Says;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.repair.ForcedWords.Word;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings orders into a status, or lets them reach a milestone, or takes one back, against what the
 * systems say.
 */
@Singleton
class ForceAction implements Action {
  static final String NAME = "force";

  private static final String STATUS = "status";
  private static final String MILESTONE = "milestone";
  private static final String SAYS = "says";
  private static final String AT = "at";
  private static final String PARCEL = "parcel";
  private static final String PARCEL_DEFAULT = "1";
  private static final Instant TIME_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD_MAX = Duration.ofDays(1);
  // One transaction of the order book each, and one to mark it: some milliseconds.
  private static final int BATCH = 20;
  private static final Duration LEASE = Duration.ofMinutes(1);

  // The milestone that brings an order into a status. One of several parcels has to be named, so
  // PARTIALLY_SHIPPED is no status to be asked for.
  private static final Map<String, Milestone> STATUSES = new LinkedHashMap<>();

  static {
    STATUSES.put("CREATED", Milestone.CREATED);
    STATUSES.put("PAID", Milestone.PAID);
    STATUSES.put("ACCEPTED", Milestone.ACCEPTED);
    STATUSES.put("PACKED", Milestone.PACKED);
    STATUSES.put("SHIPPED", Milestone.OUTBOUND_SCANNED);
    STATUSES.put("IN_TRANSIT", Milestone.PICKED_UP);
    STATUSES.put("DELIVERED", Milestone.DELIVERED);
    STATUSES.put("COMPLETED", Milestone.COMPLETED);
    STATUSES.put("CANCELLED", Milestone.CANCELLED);
  }

  private final OrderLooks looks;
  private final ForcedWords words;
  private final DebtReading reading;

  ForceAction(OrderLooks looks, ForcedWords words, DebtReading reading) {
    this.looks = looks;
    this.words = words;
    this.reading = reading;
  }

  /** The statuses that can be asked for, in their order. */
  static List<String> statuses() {
    return List.copyOf(STATUSES.keySet());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String act() {
    return "order.forced";
  }

  @Override
  public Set<String> options() {
    return Set.of(STATUS, MILESTONE, SAYS, AT, PARCEL);
  }

  @Override
  public Set<String> fields() {
    return Set.of(AT, PARCEL, "reason");
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Duration lease() {
    return LEASE;
  }

  @Override
  public void check(Wish wish) {
    Map<String, String> options = wish.options();
    if (options.containsKey(STATUS) == options.containsKey(MILESTONE)) {
      throw new IllegalArgumentException("give one of 'status' and 'milestone'");
    }
    if (options.containsKey(STATUS)) {
      oneOf(STATUS, options.get(STATUS), STATUSES.keySet());
    } else {
      oneOf(MILESTONE, options.get(MILESTONE), names(Milestone.values()));
    }
    if (options.containsKey(SAYS)) {
      oneOf(SAYS, options.get(SAYS), List.of(Says.REACHED.name(), Says.NOT_REACHED.name()));
      if (options.containsKey(STATUS)) {
        throw new IllegalArgumentException("'says' is for a milestone, not for a status");
      }
    }
    time(options.get(AT), wish);
  }

  private static void oneOf(String name, String value, Collection<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          "'%s' is '%s', expected one of %s".formatted(name, value, String.join(", ", allowed)));
    }
  }

  private static List<String> names(Milestone... milestones) {
    return Arrays.stream(milestones).map(Enum::name).toList();
  }

  // Without a time it happened when somebody asked for it.
  private static Instant time(String text, Wish wish) {
    if (text == null) {
      return wish.at();
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (!at.isBefore(TIME_MIN) && !at.isAfter(wish.at().plus(AHEAD_MAX))) {
        return at;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'at' is no ISO-8601 time with offset such as 2026-11-20T10:00:00+08:00", e);
    }
    throw new IllegalArgumentException("'at' is before 2000 or more than a day ahead");
  }

  @Override
  public String wrong(Wish wish, Line line) {
    try {
      time(line.get(AT, wish), wish);
    } catch (IllegalArgumentException e) {
      return "has a time that is wrong: " + e.getMessage();
    }
    return line.get(PARCEL, wish) != null && !milestone(wish).perParcel()
        ? "names a parcel, but %s belongs to the order".formatted(milestone(wish))
        : "";
  }

  private static Milestone milestone(Wish wish) {
    String status = wish.options().get(STATUS);
    return status == null ? Milestone.valueOf(wish.options().get(MILESTONE)) : STATUSES.get(status);
  }

  @Override
  public List<Effect> foresee(Connection connection, Wish wish, List<Line> lines, Instant now)
      throws SQLException {
    var orders = looks.look(connection, lines.stream().map(Line::order).toList());
    List<Effect> effects = new ArrayList<>();
    for (Line line : lines) {
      OrderLook order = orders.get(line.order());
      effects.add(
          order == null
              ? Effect.refused("", Effect.UNNAMED)
              : wish.undoes() ? undone(order, wish, line, now) : effect(order, wish, line, now));
    }
    return effects;
  }

  private Effect undone(OrderLook order, Wish wish, Line line, Instant now) {
    Map<String, Object> undo = Json.object(line.fields().get(Wish.UNDO));
    return words.effect(
        order, wish, line, ForcedWords.words(undo), ForcedWords.undoRefusal(order, undo), now);
  }

  private Effect effect(OrderLook order, Wish wish, Line line, Instant now) {
    Milestone milestone = milestone(wish);
    boolean back = Says.NOT_REACHED.name().equals(wish.options().get(SAYS));
    String status = wish.options().get(STATUS);
    if (status != null && status.equals(order.status())) {
      return Effect.unchanged(status);
    }
    List<Word> said = words(order, wish, line, milestone, back);
    if (back) {
      Why refusal = Transitions.takingBack(order, milestone);
      return words.effect(order, wish, line, said, refusal, now);
    }
    Effect reached = words.effect(order, wish.overriding(), line, said, Why.NONE, now);
    if (status == null) {
      Why refusal = Transitions.refusal(order.status(), reached.after(), milestone);
      return words.effect(order, wish, line, said, said.isEmpty() ? Why.NONE : refusal, now);
    }
    List<Word> all = new ArrayList<>(said);
    if (!reached.after().equals(status)) {
      all.addAll(inTheWay(order, milestone, line, wish));
    }
    Effect effect =
        words.effect(order, wish, line, all, Transitions.refusal(order.status(), status), now);
    boolean missed = effect.how() == Effect.How.CHANGE && !effect.after().equals(status);
    return missed
        ? Effect.refused(
            order.status(),
            Why.of(
                "这样会成为 %s，请逐个强制里程碑",
                "it would be %s; force the milestones one by one", effect.after()))
        : effect;
  }

  // The milestone of every parcel that is meant and has not reached it, or has when it goes back.
  private static List<Word> words(
      OrderLook order, Wish wish, Line line, Milestone milestone, boolean back) {
    Instant at = back ? wish.at() : time(line.get(AT, wish), wish);
    Says says = back ? Says.NOT_REACHED : Says.REACHED;
    return parcels(order, milestone, line.get(PARCEL, wish)).stream()
        .filter(parcel -> order.reached(milestone, parcel) == back)
        .map(parcel -> new Word(milestone, parcel, says, at))
        .toList();
  }

  private static Collection<String> parcels(OrderLook order, Milestone milestone, String wanted) {
    if (!milestone.perParcel()) {
      return List.of("");
    }
    if (wanted != null) {
      return List.of(wanted);
    }
    return order.parcels().isEmpty() ? List.of(PARCEL_DEFAULT) : order.parcels();
  }

  // What stands above the status that is asked for: taken back when somebody overrides.
  private static List<Word> inTheWay(OrderLook order, Milestone milestone, Line line, Wish wish) {
    List<Word> above = new ArrayList<>();
    for (Milestone reached : order.reached()) {
      boolean higher =
          milestone == Milestone.CANCELLED
              ? reached.compareTo(Milestone.OUTBOUND_SCANNED) >= 0 && reached.perParcel()
              : reached.compareTo(milestone) > 0;
      if (higher) {
        above.addAll(words(order, wish.without(PARCEL), bare(line), reached, true));
      }
    }
    return above;
  }

  private static Line bare(Line line) {
    return new Line(line.item(), line.order(), Map.of());
  }

  @Override
  public Marking apply(Task task) {
    return words.apply(task);
  }

  @Override
  public List<Shown> readBack(Task task, List<Shown> before, Instant now) {
    return reading.look(task, before, now);
  }
}
