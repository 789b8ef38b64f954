package io.orderbridge.monthend;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** What the files of a platform say, before it is written in their words. */
final class Said {
  private Said() {}

  /** Lines of an order; the amount is that of all its pieces, in minor units. */
  record Item(String sku, int pieces, long minor) {}

  /**
   * @param file of which day's file it stands in
   * @param refund in minor units what was paid back; zero for none
   */
  record Order(
      Platform platform,
      LocalDate file,
      String number,
      String currency,
      List<Item> items,
      LocalDateTime ordered,
      LocalDateTime paid,
      long refund,
      State state) {
    long total() {
      return items.stream().mapToLong(Item::minor).sum();
    }

    boolean isPaidBy(Money row) {
      return row.kind() == Kind.SALE && row.number().equals(number);
    }

    Order in(LocalDate otherFile) {
      return new Order(platform, otherFile, number, currency, items, ordered, paid, refund, state);
    }

    Order refunded(long minor, State now) {
      return new Order(platform, file, number, currency, items, ordered, paid, minor, now);
    }

    Order unpaid() {
      return new Order(platform, file, number, currency, items, ordered, null, 0, State.UNPAID);
    }

    Order at(LocalDateTime other) {
      return new Order(
          platform, file, number, currency, items, other, other.plusMinutes(2), refund, state);
    }

    Order ofOneLine() {
      return new Order(
          platform, file, number, currency, items.subList(0, 1), ordered, paid, refund, state);
    }
  }

  /** How far an order, or its payment, is. */
  enum State {
    /** Listed, never paid. */
    UNPAID,
    PAID,
    /** Closed: all of it was paid back, or the payment was revoked. */
    CANCELLED
  }

  /** Why money moved. */
  enum Kind {
    SALE,
    REFUND
  }

  /**
   * @param file of which day's file it stands in
   * @param minor without a sign
   * @param fee what the platform kept of it, without a sign
   * @param at when it was settled
   */
  record Money(
      Platform platform,
      LocalDate file,
      String number,
      String currency,
      Kind kind,
      long minor,
      long fee,
      LocalDateTime at,
      State state) {
    Money of(long otherMinor) {
      return new Money(platform, file, number, currency, kind, otherMinor, fee, at, state);
    }

    Money at(LocalDate otherFile, LocalDateTime other) {
      return new Money(platform, otherFile, number, currency, kind, minor, fee, other, state);
    }

    Money in(String otherCurrency) {
      return new Money(platform, file, number, otherCurrency, kind, minor, fee, at, state);
    }

    Money taking(long otherFee) {
      return new Money(platform, file, number, currency, kind, minor, otherFee, at, state);
    }

    Money with(State other) {
      return new Money(platform, file, number, currency, kind, minor, fee, at, other);
    }
  }
}
