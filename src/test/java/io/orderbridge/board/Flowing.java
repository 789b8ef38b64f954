package io.orderbridge.board;

import io.orderbridge.Heart;
import io.orderbridge.finding.Concerned;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Books;
import io.orderbridge.order.FlowFeed;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderReadings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The board of one process, and orders that flow at random. */
final class Flowing implements AutoCloseable {
  static final List<Milestone> PATH =
      List.of(
          Milestone.CREATED,
          Milestone.PAID,
          Milestone.ACCEPTED,
          Milestone.PACKED,
          Milestone.TRACKING_ASSIGNED,
          Milestone.OUTBOUND_SCANNED,
          Milestone.PICKED_UP,
          Milestone.IN_TRANSIT,
          Milestone.DELIVERED,
          Milestone.COMPLETED);

  final Heart heart;
  final BoardRound round;
  final Board board;
  final BoardOrders orders;
  final BoardStream stream;
  private final OrderBook book;

  Flowing(Heart heart) {
    this.heart = heart;
    this.book = Books.open(heart, (connection, events) -> {});
    Concerned concerned = new Concerned();
    BoardCounts counts = new BoardCounts();
    this.round =
        new BoardRound(
            heart.database,
            new FlowFeed(new OrderReadings(heart.ownership)),
            new BoardRows(),
            counts);
    this.board = new Board(heart.database, counts, concerned);
    this.orders = new BoardOrders(heart.database, concerned);
    this.stream = new BoardStream(board);
  }

  /** A message of some milestones, as a mapping would have made it. */
  void say(String number, Object... facts) {
    book.record(Books.facts(number, facts), "shop-system", null, null).join();
  }

  static Map<String, Object> reached(Milestone milestone, String parcel, Instant at) {
    Map<String, Object> fact = new HashMap<>(Books.reached(milestone.name(), at.toString()));
    if (milestone.perParcel()) {
      fact.put("parcel", parcel);
    }
    return fact;
  }

  /** Messages about orders in any order, some twice, some saying another time than before. */
  List<Runnable> atRandom(int orders, Random random, Instant now) {
    List<Runnable> messages = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      String number = "N" + i;
      // One in three is heard of in time.
      boolean fresh = i % 3 == 0;
      Instant at =
          fresh ? now.minusSeconds(200) : now.minusSeconds(60L * (30 + random.nextInt(2_000)));
      int parcels = 1 + random.nextInt(2);
      for (Milestone milestone : PATH.subList(0, 1 + random.nextInt(PATH.size()))) {
        at = at.plusSeconds(random.nextInt(4) == 0 ? 0 : random.nextInt(fresh ? 10 : 400));
        for (int parcel = 1; parcel <= (milestone.perParcel() ? parcels : 1); parcel++) {
          Object fact = reached(milestone, "P" + parcel, at.plusSeconds(random.nextInt(60)));
          if (random.nextInt(10) > 0) {
            messages.add(() -> say(number, fact));
          }
          if (random.nextInt(5) == 0) {
            Object again = reached(milestone, "P" + parcel, at.minusSeconds(random.nextInt(90)));
            messages.add(() -> say(number, again));
          }
        }
      }
      if (random.nextInt(8) == 0) {
        Object cancelled =
            reached(Milestone.CANCELLED, "", at.plusSeconds(random.nextInt(fresh ? 10 : 500)));
        messages.add(() -> say(number, cancelled));
      }
    }
    java.util.Collections.shuffle(messages, random);
    return messages;
  }

  void find(String scope, Instant now, Finding... found) {
    Findings findings = new Findings(heart.database, List.of());
    heart.database.run(
        connection -> {
          Findings.add(connection, List.of(found));
          findings.settle(connection, scope, now);
        });
  }

  @Override
  public void close() {
    Books.close(book);
    heart.close();
  }
}
