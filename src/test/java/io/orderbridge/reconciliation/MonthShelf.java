package io.orderbridge.reconciliation;

import io.orderbridge.Heart;
import io.orderbridge.books.Basis;
import io.orderbridge.books.Layout;
import io.orderbridge.books.Snapshot;
import io.orderbridge.books.Snapshots;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** One process with books of every column; files are given as lines. */
final class MonthShelf implements AutoCloseable {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
  static final Instant NIGHT = Instant.parse("2026-11-01T18:00:00Z");
  static final String HEADER =
      "no,kind,amount,currency,pieces,status,ordered,paid,shipped,settled,shop,sku\n";

  private static final Table TABLE =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          numbers: [amount]
          rows-max: 2000000
          size-max: 500MB
          """);
  private static final Layout LAYOUT =
      new Layout(
          List.of("no"),
          Layout.Codes.asWritten("kind"),
          List.of(
              new Layout.Amount(
                  null,
                  "amount",
                  false,
                  Layout.Sign.KEPT,
                  Map.of(),
                  Layout.Codes.asWritten("currency"))),
          "pieces",
          Layout.Codes.asWritten("status"),
          Map.of(
              Basis.ORDERED, time("ordered"),
              Basis.PAID, time("paid"),
              Basis.SHIPPED, time("shipped"),
              Basis.SETTLED, time("settled")),
          Layout.Codes.asWritten("shop"),
          "sku");

  final Heart heart = Heart.fresh();
  final Snapshots snapshots = new Snapshots(heart.database);

  private static Layout.Time time(String column) {
    return new Layout.Time(column, "yyyy-MM-dd HH:mm:ss", SHANGHAI);
  }

  Snapshot take(String book, LocalDate day, String lines) {
    byte[] file = (HEADER + lines).getBytes(StandardCharsets.UTF_8);
    return snapshots.take(
        new Snapshots.Reading(new Snapshot.Of(book, day), TABLE, LAYOUT),
        () -> new ByteArrayInputStream(file),
        NIGHT);
  }

  /** A sale of one piece, by the days of October on which it was ordered, shipped and settled. */
  static String sale(String no, String amount, String ordered, String shipped, String settled) {
    return "%s,SALE,%s,CNY,1,SHIPPED,%s,%s,%s,%s,shop-a,sku-1\n"
        .formatted(no, amount, noon(ordered), noon(ordered), noon(shipped), noon(settled));
  }

  /** Noon of a day; a day that is not told stays so. */
  static String noon(String day) {
    return day == null ? "" : day + " 12:00:00";
  }

  @Override
  public void close() {
    heart.close();
  }
}
