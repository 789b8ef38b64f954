package io.orderbridge.books;

import io.orderbridge.Heart;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;

/** One process with its books; files are given as text. */
final class Shelf implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2025, 10, 31);
  static final Instant NIGHT = Instant.parse("2025-10-31T18:00:00Z");
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final String HEADER = "no,amount,currency,status,paid,settled\n";

  static final Table TABLE =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          numbers: [amount]
          footer: {row: "total"}
          totals: [{label: amount, sum: amount}]
          rows-max: 2000000
          size-max: 100MB
          """);

  static final Table WITHOUT_FOOTER =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          numbers: [amount]
          rows-max: 2000000
          size-max: 200MB
          """);

  static final Layout LAYOUT =
      Layout.of(
          "no",
          Layout.Amount.of("amount", false, "currency", null),
          new Layout.Codes("status", Map.of("ok", "DONE", "wait", "PENDING", "gone", "CANCELLED")),
          Map.of(
              Basis.PAID, new Layout.Time("paid", "yyyy-MM-dd HH:mm:ss", SHANGHAI),
              Basis.SETTLED, new Layout.Time("settled", "epoch-ms", SHANGHAI)));

  final Heart heart = Heart.fresh();
  final Snapshots snapshots = new Snapshots(heart.database);

  /** The lines below the header as a file of the source, without a footer. */
  Snapshot take(String source, String lines) {
    return take(source, DAY, lines);
  }

  Snapshot take(String source, LocalDate day, String lines) {
    return take(new Snapshots.Reading(new Snapshot.Of(source, day), WITHOUT_FOOTER, LAYOUT), lines);
  }

  Snapshot take(Snapshots.Reading reading, String lines) {
    byte[] file = (HEADER + lines).getBytes(StandardCharsets.UTF_8);
    return snapshots.take(reading, () -> new ByteArrayInputStream(file), NIGHT);
  }

  Matched match(Matching matching, Consumer<Unmatched> each) {
    return heart.database.inTransaction(
        connection -> new Matchings().match(connection, matching, each));
  }

  /** A line that was paid and settled at noon of the last day of October. */
  static String line(String no, String amount, String status) {
    return "%s,%s,CNY,%s,2025-10-31 12:00:00,1761883200000\n".formatted(no, amount, status);
  }

  @Override
  public void close() {
    heart.close();
  }
}
