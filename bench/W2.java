import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.orderbridge.books.Basis;
import io.orderbridge.books.Layout;
import io.orderbridge.books.Matching;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Snapshot;
import io.orderbridge.books.Snapshots;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Item;
import io.orderbridge.reconciliation.Judge;
import io.orderbridge.reconciliation.Reconciliation;
import io.orderbridge.rows.Table;
import io.orderbridge.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * Two books of Gen.java through snapshots and matching of the product, into found.csv, on a
 * PostgreSQL with the product's settings.
 *
 * <p>java -cp the-product bench/W2.java folder rounds
 */
public class W2 {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final String LOCAL = "yyyy-MM-dd HH:mm:ss";
  static final double CPU_MAX_S = 8;
  // Five fen are still within, and the product tolerates what is below.
  static final long BELOW_FEN = 6;
  static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=64MB",
          "wal_level=minimal",
          "max_wal_senders=0",
          "wal_compression=on",
          "checkpoint_timeout=15min",
          "max_wal_size=1GB",
          "jit=off",
          "autovacuum_naptime=5s",
          "autovacuum_vacuum_cost_delay=0",
          "timezone=UTC");

  static final String CONTROL_TABLES =
      """
      drop table if exists control_left, control_right;
      create unlogged table control_left (order_no text, amount_fen bigint, currency text,
        status text, created_ms bigint, paid_ms bigint) with (autovacuum_enabled = false);
      create unlogged table control_right (order_no text, amount numeric, currency text,
        status text, created timestamp, settled timestamp) with (autovacuum_enabled = false)\
      """;
  static final String CONTROL =
      """
      select count(distinct order_no) from (
        select coalesce(l.order_no, r.order_no) as order_no
          from control_left l full join control_right r using (order_no)
         where l.order_no is null or r.order_no is null
            or l.amount_fen <> r.amount * 100
            or case l.status when 'WAIT_SELLER_SEND_GOODS' then 'PENDING'
                 when 'WAIT_BUYER_CONFIRM_GOODS' then 'SHIPPED'
                 when 'TRADE_FINISHED' then 'DONE' else 'CANCELLED' end <> r.status
            or l.paid_ms < 1761926400000 and r.settled >= '2025-11-01'
        union all
        select order_no from control_left group by order_no having count(*) > 1
        union all
        select order_no from control_right group by order_no having count(*) > 1) found\
      """;

  public static void main(String[] a) throws Exception {
    Path folder = Path.of(a[0]);
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    for (String setting : SETTINGS) {
      builder.setServerConfig(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    String more = System.getenv("POSTGRES_OPTIONS");
    for (String setting : more == null ? new String[0] : more.split(" ")) {
      builder.setServerConfig(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    Path data = Files.createTempDirectory("w2-postgres");
    boolean broken = false;
    try (EmbeddedPostgres postgres =
        builder.setDataDirectory(data).setCleanDataDirectory(true).start()) {
      var source = postgres.getPostgresDatabase();
      Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
      // One pool, as in the product: a backend that ended would be counted late.
      Database database =
          new Database(
              AgroalDataSource.from(
                  new AgroalDataSourceConfigurationSupplier()
                      .connectionPoolConfiguration(
                          pool ->
                              pool.maxSize(2)
                                  .connectionFactoryConfiguration(
                                      factory ->
                                          factory
                                              .jdbcUrl(postgres.getJdbcUrl("postgres", "postgres"))
                                              .principal(new NamePrincipal("postgres"))))));
      for (int round = 1; round <= Integer.parseInt(a[1]); round++) {
        double control = control(database, pid, folder);
        double product = round(database, pid, folder, round);
        System.out.printf(
            Locale.ROOT, "round %d: %.2f times the control%n", round, product / control);
        // The first round has the compilers and the classes in it; the product runs on.
        broken = product > CPU_MAX_S;
      }
    }
    if (broken) {
      System.out.println("BROKEN: more than " + CPU_MAX_S + " CPU s for 2 x 1,000,000 rows");
    }
    System.exit(broken ? 1 : 0);
  }

  /**
   * The least that a database can do: both files as they are by COPY into tables without a log, and
   * one full outer join that finds the same differences. No history, no proof, no explanation.
   *
   * @return CPU s of this process and PostgreSQL
   */
  static double control(Database database, long postgres, Path folder) throws Exception {
    double[] start = {own(), tree(postgres)};
    long found =
        database.inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(CONTROL_TABLES);
                var copy = connection.unwrap(PGConnection.class).getCopyAPI();
                for (String side : List.of("left", "right")) {
                  try (InputStream file = Files.newInputStream(folder.resolve(side + ".csv"))) {
                    copy.copyIn("copy control_" + side + " from stdin (format csv, header)", file);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
                try (ResultSet row = statement.executeQuery(CONTROL)) {
                  row.next();
                  long many = row.getLong(1);
                  row.close();
                  statement.execute("drop table control_left, control_right");
                  return many;
                }
              }
            });
    double[] end = {own(), tree(postgres)};
    System.out.printf(
        Locale.ROOT,
        "control: %d differences, CPU s %s = %.2f%n",
        found,
        text(start, end),
        sum(start, end));
    return sum(start, end);
  }

  static double round(Database database, long postgres, Path folder, int round) throws Exception {
    Snapshots snapshots = new Snapshots(database);
    // A day of its own for each round; otherwise it would be the snapshot that is there.
    LocalDate day = LocalDate.of(2025, 10, round);
    resetPeaks();
    double[] start = {own(), tree(postgres)};
    Snapshot left =
        snapshots.take(
            new Snapshots.Reading(new Snapshot.Of("platform", day), table("paid_ms"), platform()),
            () -> Files.newInputStream(folder.resolve("left.csv")),
            Instant.now());
    double[] first = {own(), tree(postgres)};
    Snapshot right =
        snapshots.take(
            new Snapshots.Reading(new Snapshot.Of("erp", day), table("settled"), erp()),
            () -> Files.newInputStream(folder.resolve("right.csv")),
            Instant.now());
    double[] loaded = {own(), tree(postgres)};
    Matching matching =
        new Matching(
            Matching.Side.of(Basis.PAID, left.id()),
            Matching.Side.of(Basis.SETTLED, right.id()),
            new Matching.Period(
                LocalDate.of(2025, 10, 1).atStartOfDay(SHANGHAI).toInstant(),
                LocalDate.of(2025, 11, 1).atStartOfDay(SHANGHAI).toInstant()),
            false,
            false);
    try (PrintWriter found =
        new PrintWriter(Files.newBufferedWriter(folder.resolve("found.csv")))) {
      found.println("order_no,class");
      database.inTransaction(
          connection -> {
            Judge judge =
                new Judge(
                    rules(),
                    LocalDate.of(2025, 10, 1),
                    LocalDate.of(2025, 10, 31),
                    List.of(),
                    item -> tell(item, found));
            new Matchings().match(connection, matching, judge::take);
            judge.finish();
            return null;
          });
    }
    double[] told = {own(), tree(postgres)};
    double all = sum(start, told);
    System.out.printf(
        Locale.ROOT,
        "round %d: %d + %d entries, CPU s (product + PostgreSQL): left %s, right %s, matching and"
            + " judging %s, all %s = %.2f; heap peak %.0f MB%n",
        round,
        left.sums().entries(),
        right.sums().entries(),
        text(start, first),
        text(first, loaded),
        text(loaded, told),
        text(start, told),
        all,
        peak());
    // A row of a large book may cost 1.3 times what one of a small book does.
    double millions = left.sums().entries() / 1e6;
    return millions > 1 ? all / millions / 1.3 : all;
  }

  /** What the product's files of reconciliations would say. */
  static Reconciliation rules() {
    Wording title = new Wording("两本账", "two books");
    return new Reconciliation(
        "w2",
        title,
        Reconciliation.Every.MONTH,
        SHANGHAI,
        new Reconciliation.Side(title, List.of("platform"), Basis.PAID, null),
        new Reconciliation.Side(title, List.of("erp"), Basis.SETTLED, null),
        Reconciliation.Compare.AMOUNT,
        Reconciliation.Tally.EACH,
        new Tolerance(BELOW_FEN, 0, false),
        0,
        List.of(),
        "finance",
        "");
  }

  /** The judge's classes in the words of Gen.java. */
  static void tell(Item item, PrintWriter found) {
    String kind =
        switch (item.kind()) {
          case MATCHED -> null;
          case AMOUNT -> "AMOUNT_BEYOND";
          case WITHIN -> "AMOUNT_WITHIN";
          case DUPLICATE -> item.left().isEmpty() ? "DUP_RIGHT" : "DUP_LEFT";
          default -> item.kind().name();
        };
    if (kind != null) {
      found.println(item.key() + "," + kind);
    }
  }

  static String text(double[] from, double[] to) {
    return String.format(Locale.ROOT, "%.2f + %.2f", to[0] - from[0], to[1] - from[1]);
  }

  static double sum(double[] from, double[] to) {
    return to[0] - from[0] + to[1] - from[1];
  }

  static Layout platform() {
    return Layout.of(
        "order_no",
        Layout.Amount.of("amount_fen", true, "currency", null),
        new Layout.Codes(
            "status",
            Map.of(
                "WAIT_SELLER_SEND_GOODS", "PENDING",
                "WAIT_BUYER_CONFIRM_GOODS", "SHIPPED",
                "TRADE_FINISHED", "DONE",
                "TRADE_CLOSED", "CANCELLED")),
        Map.of(
            Basis.ORDERED, new Layout.Time("created_ms", "epoch-ms", SHANGHAI),
            Basis.PAID, new Layout.Time("paid_ms", "epoch-ms", SHANGHAI)));
  }

  static Layout erp() {
    return Layout.of(
        "order_no",
        Layout.Amount.of("amount", false, "currency", null),
        new Layout.Codes("status", Map.of()),
        Map.of(
            Basis.ORDERED, new Layout.Time("created", LOCAL, SHANGHAI),
            Basis.SETTLED, new Layout.Time("settled", LOCAL, SHANGHAI)));
  }

  static Table table(String header) {
    return new Table(
        "bench/" + header,
        Table.Format.CSV,
        new Table.Limits(1L << 32, 20_000_000, null),
        new Table.Text(StandardCharsets.UTF_8, ',', Table.Cells.QUOTED, ""),
        new Table.Columns(
            List.of("order_no", header),
            Set.of("order_no"),
            Set.of(),
            List.of(),
            Map.of(),
            '.',
            ""),
        new Table.Ending(null, null, List.of(), null));
  }

  // ---------- /proc ----------
  static String[] stat(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/stat"))
        .replaceAll("(?s).*\\) ", "")
        .split(" ");
  }

  static double own() throws IOException {
    String[] f = stat(ProcessHandle.current().pid());
    return (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
  }

  /** PostgreSQL with its children, those that ended included. */
  static double tree(long postgres) throws IOException {
    String[] own = stat(postgres);
    double sum = 0;
    for (int i = 11; i <= 14; i++) {
      sum += Long.parseLong(own[i]) / 100.0;
    }
    for (ProcessHandle child : ProcessHandle.of(postgres).orElseThrow().children().toList()) {
      try {
        String[] f = stat(child.pid());
        sum += (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
      } catch (IOException e) {
        // It has just ended, and is in the sum of its parent from now on.
      }
    }
    return sum;
  }

  static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  static void resetPeaks() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** What the heap's parts held at most, what waits for collection included. */
  static double peak() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1048576.0;
  }
}
