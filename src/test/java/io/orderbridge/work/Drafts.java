package io.orderbridge.work;

import io.orderbridge.Heart;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Work to be put into queues, and a worker moved by hand. */
public final class Drafts {
  static final String QUEUE = "outbox:erp";
  static final Duration LEASE = Duration.ofMinutes(1);
  static final Duration TOOK = Duration.ofMillis(3);

  private Drafts() {}

  static Draft draft(String lane, long ref) {
    return draft(QUEUE, lane, ref);
  }

  static Draft draft(String queue, String lane, long ref) {
    Instant refAt = Instant.parse("2026-11-20T02:00:00.123456Z");
    return new Draft(queue, lane, ref, refAt, lane, "event-" + ref + ":erp", null);
  }

  static void put(Heart heart, Draft... drafts) {
    heart.database.run(connection -> heart.queue.put(connection, List.of(drafts)));
  }

  static List<Claim> claim(Heart heart) {
    return heart.queue.claim(QUEUE, 100, 100, LEASE);
  }

  static List<Long> refs(List<Claim> claims) {
    List<Long> refs = new ArrayList<>();
    claims.forEach(claim -> claim.items().forEach(item -> refs.add(item.what().ref())));
    return refs;
  }

  static void release(Heart heart, Claim claim) {
    heart.database.run(
        connection -> heart.queue.release(connection, List.of(new Release(claim, Duration.ZERO))));
  }

  static void payAll(Heart heart, Claim claim) {
    heart.database.run(
        connection -> {
          heart.queue.pay(connection, claim.items());
          heart.queue.release(connection, List.of(new Release(claim, Duration.ZERO)));
        });
  }

  /** Settles as a lane runner does, and waits for the commit. */
  static void settle(Heart heart, Settlement settlement, Claim last) {
    Release release =
        last == null
            ? null
            : new Release(last, settlement.apart() ? Duration.ZERO : settlement.rest());
    heart.settlements.submit(settlement, release).join();
  }

  /** Writes the end of an attempt and waits for the commit. */
  public static void settle(Heart heart, Settlement settlement, Release release) {
    heart.settlements.submit(settlement, release).join();
  }

  static Item head(Claim claim) {
    return claim.items().get(0);
  }
}
