package io.orderbridge.repair;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Forced.Says;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.repair.ForcedWords.Word;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings cancelled orders back that were paid, for example after a payment that came a minute after
 * the order had been closed. Goods leave because of it: a second person approves always.
 */
@Singleton
class RestoreAction implements Action {
  static final String NAME = "restore";
  private static final int BATCH = 20;
  private static final Duration LEASE = Duration.ofMinutes(1);
  static final Why SECOND = new Why("已付款而被取消的订单将恢复", "a cancelled order that was paid comes back");
  private static final Set<String> GONE_BACK = Set.of("REFUNDING", "REFUNDED");

  private final OrderLooks looks;
  private final ForcedWords words;
  private final DebtReading reading;

  RestoreAction(OrderLooks looks, ForcedWords words, DebtReading reading) {
    this.looks = looks;
    this.words = words;
    this.reading = reading;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String act() {
    return "order.restored";
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public Set<String> fields() {
    return Set.of("reason");
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
    // It has no options.
  }

  @Override
  public String wrong(Wish wish, Line line) {
    return "";
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
              : effect(order, wish, line, now).approvedBySecond(SECOND));
    }
    return effects;
  }

  private Effect effect(OrderLook order, Wish wish, Line line, Instant now) {
    if (wish.undoes()) {
      Map<String, Object> undo = Json.object(line.fields().get(Wish.UNDO));
      Why refusal = ForcedWords.undoRefusal(order, undo);
      return words.effect(order, wish, line, ForcedWords.words(undo), refusal, now);
    }
    if (!order.reached(Milestone.CANCELLED, "")) {
      return Effect.unchanged(order.status());
    }
    List<Word> word = List.of(new Word(Milestone.CANCELLED, "", Says.NOT_REACHED, wish.at()));
    return words.effect(order, wish, line, word, refusal(order), now);
  }

  private static Why refusal(OrderLook order) {
    if (!order.reached(Milestone.PAID, "")) {
      return new Why("它从未付款，请改用强制状态", "it was never paid; force the status instead");
    }
    boolean wentBack =
        order.refunds().stream().anyMatch(refund -> GONE_BACK.contains(refund.status()));
    return wentBack ? new Why("款项已退回，或正在退回", "its money went back, or is on its way") : Why.NONE;
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
