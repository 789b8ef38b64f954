package io.orderbridge.notice;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;

/** What routes may do as a step: {@code notices:receipts}, {@code :customers}, {@code :restate}. */
@Singleton
class NoticeSteps {
  static final Set<String> NAMES = Set.of("receipts", "customers", "restate");

  private final Database database;
  private final Receipts receipts;
  private final Customers customers;
  private final Days days;
  private final Clock clock;

  NoticeSteps(Database database, Receipts receipts, Customers customers, Days days, Clock clock) {
    this.database = database;
    this.receipts = receipts;
    this.customers = customers;
    this.days = days;
    this.clock = clock;
  }

  void run(String step, Exchange exchange) {
    switch (step) {
      case "receipts" -> receipts(exchange);
      case "customers" -> customers(exchange);
      default -> days.restate(clock.instant());
    }
  }

  private void receipts(Exchange exchange) {
    String vendor = exchange.getMessage().getHeader(Carried.CONNECTION, String.class);
    if (vendor == null) {
      throw new Refusal(
          Cause.ROUTE_FAILED,
          "notices:receipts",
          "the message has no connection; begin the route with inbox:<connection>, or set the"
              + " header "
              + Carried.CONNECTION);
    }
    List<Receipts.Receipt> read = new ArrayList<>();
    List<?> bodies = list(exchange);
    for (int i = 0; i < bodies.size(); i++) {
      read.add(ReceiptReader.read(bodies.get(i), bodies.size() == 1 ? "" : "/" + i));
    }
    receipts.take(vendor, read, clock.instant());
  }

  private void customers(Exchange exchange) {
    List<?> bodies = list(exchange);
    database.run(
        connection -> {
          for (Object body : bodies) {
            customers.take(connection, body);
          }
        });
  }

  private static List<?> list(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    return body instanceof List<?> list ? list : List.of(body == null ? "" : body);
  }
}
