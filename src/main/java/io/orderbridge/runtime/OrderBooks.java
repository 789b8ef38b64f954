package io.orderbridge.runtime;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Book;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Layout;
import io.orderbridge.books.Layout.Amount;
import io.orderbridge.books.Layout.Codes;
import io.orderbridge.books.Layout.Sign;
import io.orderbridge.books.Layout.Time;
import io.orderbridge.books.OwnBook;
import io.orderbridge.order.OrderLines;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Joins the order book with the books, which do not know each other. */
final class OrderBooks {
  private static final String MILLIS = "epoch-ms";

  private OrderBooks() {}

  /** How the order book gives the rows of a period. */
  @FunctionalInterface
  private interface Lines {
    void give(Instant from, Instant to, Consumer<Map<String, String>> each);
  }

  private record Own(Book book, Lines lines) implements OwnBook {
    @Override
    public void each(LocalDate day, Consumer<Map<String, String>> row) {
      ZoneId zone = book.from().zone();
      lines.give(
          day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant(), row);
    }
  }

  /** What was paid, and what was given back. */
  @Produces
  @Singleton
  static OwnBook orders(
      OrderLines lines,
      @ConfigProperty(name = "orderbridge.books.zone", defaultValue = "Asia/Shanghai")
          String zone) {
    Layout layout =
        new Layout(
            List.of("number", "payment"),
            new Codes("kind", Map.of("SALE", "SALE", "REFUND", "REFUND")),
            List.of(
                new Amount(
                    null, "total", false, Sign.BY_KIND, Map.of(), Codes.asWritten("currency"))),
            "quantity",
            new Codes("kind", Map.of("SALE", "PAID", "REFUND", "REFUNDED")),
            times(zone, Basis.ORDERED, Basis.PAID, Basis.SETTLED),
            Codes.asWritten("shop"),
            "sku");
    Book.Terms terms = new Book.Terms(null, new Book.Allocate("total", "worth", "order"));
    return new Own(book("orders", zone, layout, terms), lines::paid);
  }

  /** What left. */
  @Produces
  @Singleton
  static OwnBook shipments(
      OrderLines lines,
      @ConfigProperty(name = "orderbridge.books.zone", defaultValue = "Asia/Shanghai")
          String zone) {
    Layout layout =
        new Layout(
            List.of("number", "payment"),
            Codes.always(EntryKind.SALE.name()),
            List.of(),
            "quantity",
            Codes.always("SHIPPED"),
            times(zone, Basis.ORDERED, Basis.SHIPPED),
            Codes.asWritten("shop"),
            "sku");
    return new Own(book("shipments", zone, layout, Book.Terms.NONE), lines::shipped);
  }

  private static Book book(String name, String zone, Layout layout, Book.Terms terms) {
    Book.From from = new Book.From(null, null, ZoneId.of(zone), null, null, false);
    return new Book("orderbridge/" + name, from, layout, Map.of(), terms);
  }

  private static Map<Basis, Time> times(String zone, Basis... bases) {
    Map<Basis, Time> times = new java.util.EnumMap<>(Basis.class);
    for (Basis basis : bases) {
      times.put(
          basis,
          new Time(basis.name().toLowerCase(java.util.Locale.ROOT), MILLIS, ZoneId.of(zone)));
    }
    return times;
  }
}
