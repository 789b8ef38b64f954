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
        return target.become(
            Shown.State.FAILED, "dead letter %d: %s".formatted(fate.letter(), said(fate)), now);
      }
      if (fate.how() == Fates.How.DISCARDED) {
        String why = "dead letter %d was discarded: %s".formatted(fate.letter(), said(fate));
        return target.become(Shown.State.FAILED, why, now);
      }
    }
    for (Fate fate : all) {
      if (fate.how() == Fates.How.WAITING) {
        return target.become(Shown.State.OPEN, "not delivered yet: " + said(fate), now);
      }
    }
    return routes.has(target.target() + ROUTE)
        ? asked(task, target, now)
        : target.become(Shown.State.DELIVERED, "", now);
  }

  // Cause and status only: what a partner answers may quote personal data.
  private static String said(Fate fate) {
    String cause = fate.cause() == null ? "no attempt so far" : fate.cause();
    return fate.status() == 0 ? cause : cause + ", answered " + fate.status();
  }

  private Shown asked(Task task, Shown target, Instant now) {
    OrderKey order = task.order();
    Optional<DebtFates.State> known = fates.state(target.target(), order);
    try {
      routes.ask(target.target() + ROUTE, Map.of("shop", order.shop(), "order", order.number()));
    } catch (TryLater later) {
      return target.become(Shown.State.OPEN, "cannot be read: " + later.why(), now);
    } catch (Refusal refusal) {
      return target.become(Shown.State.FAILED, "cannot be read: " + refusal.why(), now);
    }
    Optional<DebtFates.State> read = fates.state(target.target(), order);
    String status = fates.order(order).status();
    if (read.isEmpty() || read.equals(known)) {
      return differs(task, target, "does not show the order, which is " + status, now);
    }
    return read.get().status().equals(status)
        ? target.become(Shown.State.VERIFIED, "shows " + status, now)
        : differs(
            task, target, "shows %s, the order is %s".formatted(read.get().status(), status), now);
  }

  private static Shown differs(Task task, Shown target, String why, Instant now) {
    boolean patient = task.attempts() < PATIENT_LOOKS;
    return target.become(patient ? Shown.State.OPEN : Shown.State.FAILED, why, now);
  }
}
