package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random orders with what is known of their payments here, and random records of them there. */
final class World {
  static final List<String> AMOUNTS = List.of("0.00", "50.00", "100.00", "150.00", "199.00");
  private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "CNY", "USD");

  final List<Order> orders = new ArrayList<>();
  final List<Record> records = new ArrayList<>();
  private final Random random;
  private int serial;

  /** A payment that is known here. */
  record Here(String id, String amount, String currency, Instant at, String system) {}

  /** A refund case that is known here; amount and currency may be null. */
  record Back(String id, String status, String amount, String currency) {}

  record Order(
      long id,
      String number,
      String total,
      String currency,
      Instant created,
      Instant paid,
      Instant cancelled,
      List<Here> payments,
      List<Back> refunds) {}

  /** What the payment system says; refund is empty for a payment. */
  record Record(
      String id,
      String refund,
      String number,
      String amount,
      String currency,
      String state,
      Instant at) {
    LocalDate day() {
      return at.atZone(Till.ZONE).toLocalDate();
    }
  }

  World(Random random, int orders) {
    this.random = random;
    for (int i = 1; i <= orders; i++) {
      add(i);
    }
    // A payment that stands at another order here, and some of nobody.
    for (int i = 0; i < 1 + orders / 10; i++) {
      tell(one(List.of("X" + i, "")), "T" + ++serial);
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean in(int percent) {
    return random.nextInt(100) < percent;
  }

  private Instant time() {
    return at(DAY.plusDays(random.nextInt(10) < 8 ? 0 : random.nextInt(3) - 1), "10:00")
        .plusSeconds(random.nextInt(40_000));
  }

  private void add(int id) {
    String number = "O" + id;
    String total = in(85) ? one(AMOUNTS) : null;
    String currency = total == null ? null : one(CURRENCIES);
    List<Here> here = new ArrayList<>();
    int attempts = random.nextInt(4);
    for (int i = 0; i < attempts; i++) {
      String payment = "T" + ++serial;
      Instant at = time();
      String amount = total != null && in(60) ? total : one(AMOUNTS);
      String paidIn = currency != null && in(85) ? currency : one(CURRENCIES);
      if (in(65)) {
        boolean same = in(85);
        here.add(
            new Here(
                payment,
                same ? amount : one(AMOUNTS),
                in(92) ? paidIn : one(CURRENCIES),
                in(90) ? at : time(),
                in(85) ? Till.PSP : "other"));
      }
      if (in(75)) {
        String told = in(94) ? number : "O" + (1 + random.nextInt(id));
        records.add(new Record(payment, "", told, amount, paidIn, state(), at));
        refunds(told, payment, paidIn);
      }
    }
    if (in(10)) {
      records.add(
          new Record(
              "#demo/" + number,
              "",
              number,
              "199.00",
              "CNY",
              one(List.of("UNPAID", "CLOSED")),
              time()));
    }
    orders.add(
        new Order(
            id,
            number,
            total,
            currency,
            in(95) ? time() : null,
            here.isEmpty() ? (in(10) ? time() : null) : (in(90) ? here.get(0).at() : null),
            in(15) ? time() : null,
            here,
            backs(id)));
  }

  private void tell(String number, String payment) {
    records.add(new Record(payment, "", number, one(AMOUNTS), "CNY", state(), time()));
    refunds(number, payment, "CNY");
  }

  private String state() {
    return in(75) ? "PAID" : one(List.of("UNPAID", "FAILED", "CLOSED", "REFUNDED"));
  }

  private void refunds(String number, String payment, String currency) {
    if (in(20)) {
      String state = one(List.of("REFUNDED", "REFUNDED", "REFUNDED", "REFUNDING", "CLOSED"));
      records.add(
          new Record(payment, "R" + ++serial, number, one(AMOUNTS), currency, state, time()));
    }
  }

  // Some are those that the payment system tells of, some are the shop's own.
  private List<Back> backs(int id) {
    List<Back> backs = new ArrayList<>();
    for (Record record : records) {
      if (!record.refund().isEmpty() && record.number().equals("O" + id) && in(50)) {
        boolean named = in(80);
        backs.add(
            new Back(
                record.refund(),
                one(List.of("REFUNDED", "REFUNDED", "REFUNDING", "REJECTED", "CLOSED")),
                named ? (in(80) ? record.amount() : one(AMOUNTS)) : null,
                named ? record.currency() : null));
      }
    }
    if (in(8)) {
      backs.add(new Back("own" + id, "AGREED", "10.00", "CNY"));
    }
    return backs;
  }

  /** Writes all of it, as if it had been told message by message. */
  void write(Till till) {
    for (Order order : orders) {
      till.heart.execute(
          """
          insert into customer_order (id, shop, number, status, revision, state, total, currency,
                                      created_on, paid_on, cancelled_on, payments)
          overriding system value values (%d, 'demo', '%s', 'X', 1, '{}', %s, %s, %s, %s, %s, %d)\
          """
              .formatted(
                  order.id(),
                  order.number(),
                  order.total(),
                  text(order.currency()),
                  text(order.created()),
                  text(order.paid()),
                  text(order.cancelled()),
                  order.payments().size()));
      for (Here here : order.payments()) {
        till.heart.execute(
            "insert into order_payment values (%d, '%s', %s, '%s', '%s', '%s')"
                .formatted(
                    order.id(),
                    here.id(),
                    here.amount(),
                    here.currency(),
                    here.at(),
                    here.system()));
      }
      for (Back back : order.refunds()) {
        till.heart.execute(
            "insert into order_refund values (%d, '%s', '%s', %s, %s, now())"
                .formatted(
                    order.id(), back.id(), back.status(), back.amount(), text(back.currency())));
      }
    }
    till.there(records.stream().map(World::told).toList());
  }

  private static Map<String, Object> told(Record record) {
    Map<String, Object> told =
        new HashMap<>(
            Till.payment(
                record.number().isEmpty() ? null : record.number(),
                record.id().startsWith("#") ? null : record.id(),
                record.amount(),
                record.state(),
                record.at()));
    told.put("currency", record.currency());
    if (!record.refund().isEmpty()) {
      told.put("kind", "REFUND");
      told.put("refund", record.refund());
    }
    return told;
  }

  private static String text(Object value) {
    return value == null ? "null" : "'" + value + "'";
  }
}
