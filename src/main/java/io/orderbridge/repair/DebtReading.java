package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.work.Fates;
import io.orderbridge.work.Fates.Fate;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether what a repair made owed has arrived: first in our own books of deliveries, then at
 * the target itself, where a route {@code direct:<target>-read-back} reads it.
 */
@Singleton
class DebtReading {
  static final String ROUTE = "-read-back";
  // A target may show a change a little later than it took it; by the third look, a minute after,
  // it is no delay any more.
  private static final int PATIENT_LOOKS = 2;

  private final DebtFates fates;
  private final PartnerRoutes routes;

  DebtReading(DebtFates fates, PartnerRoutes routes) {
    this.fates = fates;
    this.routes = routes;
  }

  List<Shown> look(Task task, List<Shown> before, Instant now) {
    return before.stream().map(target -> look(task, target, now)).toList();
  }

  private Shown look(Task task, Shown target, Instant now) {
    if (target.target().equals(Shown.BOOK) || target.state() == Shown.State.VERIFIED) {
      return target;
    }
    List<Fate> all = fates.of(target, task.workMark());
    for (Fate fate : all) {
      if (fate.how() == Fates.How.DEAD) {
        Why why = said(fate).after("死信 %d：", "dead letter %d: ", fate.letter());
        return target.become(Shown.State.FAILED, why, now);
      }
      if (fate.how() == Fates.How.DISCARDED) {
        Why why = said(fate).after("死信 %d 已丢弃：", "dead letter %d was discarded: ", fate.letter());
        return target.become(Shown.State.FAILED, why, now);
      }
    }
    for (Fate fate : all) {
      if (fate.how() == Fates.How.WAITING) {
        return target.become(
            Shown.State.OPEN, said(fate).after("还没有送达：", "not delivered yet: "), now);
      }
    }
    return routes.has(target.target() + ROUTE)
        ? asked(task, target, now)
        : target.become(Shown.State.DELIVERED, Why.NONE, now);
  }

  // Cause and status only: what a partner answers may quote personal data.
  private static Why said(Fate fate) {
    Why cause =
        fate.cause() == null ? new Why("还没有尝试", "no attempt so far") : Why.code(fate.cause());
    return fate.status() == 0
        ? cause
        : Why.of("%1$s，回答 %3$d", "%2$s, answered %3$d", cause.zh(), cause.en(), fate.status());
  }

  private Shown asked(Task task, Shown target, Instant now) {
    OrderKey order = task.order();
    Optional<DebtFates.State> known = fates.state(target.target(), order);
    try {
      routes.ask(target.target() + ROUTE, Map.of("shop", order.shop(), "order", order.number()));
    } catch (TryLater later) {
      return target.become(Shown.State.OPEN, Shown.unread(later.why()), now);
    } catch (Refusal refusal) {
      return target.become(Shown.State.FAILED, Shown.unread(refusal.why()), now);
    }
    Optional<DebtFates.State> read = fates.state(target.target(), order);
    String status = fates.order(order).status();
    if (read.isEmpty() || read.equals(known)) {
      Why why = Why.of("没有显示该订单，订单状态是 %s", "does not show the order, which is %s", status);
      return differs(task, target, why, now);
    }
    return read.get().status().equals(status)
        ? target.become(Shown.State.VERIFIED, Why.of("显示 %s", "shows %s", status), now)
        : differs(
            task,
            target,
            Why.of("显示 %s，订单是 %s", "shows %s, the order is %s", read.get().status(), status),
            now);
  }

  private static Shown differs(Task task, Shown target, Why why, Instant now) {
    boolean patient = task.attempts() < PATIENT_LOOKS;
    return target.become(patient ? Shown.State.OPEN : Shown.State.FAILED, why, now);
  }
}
