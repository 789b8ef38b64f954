package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.notice.AuditRows.Called;
import io.orderbridge.notice.CallBack.Outcome;
import io.orderbridge.notice.NoticeFile.Format;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A month is exported with its hash, sampled by a seed, and called back to a rate. */
@Tag("R26")
class AuditDbTest {
  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final AuditRules RULES = new AuditRules(SHANGHAI, 50);
  private static final Instant AFTER = Instant.parse("2026-11-30T16:00:00Z");
  private static final Person OPS = new Person("olga", role -> role == Role.OPS);

  private final Heart heart = Heart.fresh();
  private final PlayedRows rows = new PlayedRows();
  private final AuditExport export = new AuditExport(heart.database, rows);
  private final AuditSamples samples = new AuditSamples(heart.database, rows);

  /** The notices of a month, without the tables they lie in. */
  private static final class PlayedRows implements NoticeRows {
    final List<NoticeRow> rows = new ArrayList<>();

    @Override
    public void each(Connection connection, YearMonth month, ZoneId zone, Consumer<NoticeRow> row) {
      rows.stream()
          .filter(one -> YearMonth.from(one.gateAt().atZone(zone)).equals(month))
          .forEach(row);
    }
  }

  @AfterEach
  void end() {
    heart.close();
  }

  private static NoticeRow row(long id, String number, Instant sentAt) {
    return new NoticeRow(
        id,
        "shipped",
        "acme",
        number,
        "P1",
        Instant.parse("2026-11-20T10:00:00Z"),
        sentAt == null ? "SUPPRESSED" : "SENT",
        "sms",
        "aliyun-sms",
        sentAt,
        null,
        null,
        null,
        sentAt == null ? "cap" : "",
        "SMS_1",
        3,
        1,
        "138****8000");
  }

  private void sent(int many) {
    for (int id = 1; id <= many; id++) {
      rows.rows.add(row(id, "N" + id, Instant.parse("2026-11-20T10:00:01Z")));
    }
  }

  private List<Object> drawn(long sample) {
    return ((List<?>) samples.one(MONTH, sample).get("calls"))
        .stream().<Object>map(call -> ((Map<?, ?>) call).get("notice")).toList();
  }

  @Test
  void the_file_has_a_row_per_notice_of_the_month_and_its_hash_is_kept() throws Exception {
    rows.rows.add(row(1, "=HYPERLINK(\"http://x\")", null));
    rows.rows.add(row(2, "@8209", Instant.parse("2026-11-20T10:00:01Z")));
    AuditExport.Made made =
        export.make(new AuditExport.Asking(OPS, MONTH, SHANGHAI, Format.CSV, AFTER));

    List<String> lines = Files.readAllLines(made.file());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("\uFEFFid,gate,shop,number,parcel,gate_at,state,channel");
    assertThat(lines.get(1))
        .isEqualTo(
            "1,shipped,acme,\"'=HYPERLINK(\"\"http://x\"\")\",P1,2026-11-20"
                + " 18:00:00,SUPPRESSED,sms,aliyun-sms,,,,,cap,SMS_1,3,1,138****8000");
    assertThat(lines.get(2)).contains(",'@8209,", ",2026-11-20 18:00:01,");
    byte[] bytes = Files.readAllBytes(made.file());
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(made.sha256()).isEqualTo(sha256);
    assertThat((List<?>) samples.all(MONTH).get("exports"))
        .singleElement()
        .satisfies(
            kept ->
                assertThat(((Map<?, ?>) kept).toString())
                    .contains("sha256=" + sha256, "rows=2", "bytes=" + bytes.length, "madeBy=olga")
                    .doesNotContain("null"));
    AuditExport.delete(made.file());
  }

  @Test
  void the_same_rows_are_the_same_csv_and_a_workbook_keeps_formulas_as_text() throws IOException {
    sent(1_000);
    rows.rows.add(row(1_001, "=1+1", null));
    AuditExport.Made one =
        export.make(new AuditExport.Asking(OPS, MONTH, SHANGHAI, Format.CSV, AFTER));
    AuditExport.Made other =
        export.make(new AuditExport.Asking(OPS, MONTH, SHANGHAI, Format.CSV, AFTER.plusSeconds(9)));
    assertThat(other.sha256()).isEqualTo(one.sha256());

    AuditExport.Made book =
        export.make(new AuditExport.Asking(OPS, MONTH, SHANGHAI, Format.XLSX, AFTER));
    assertThat(book.rows()).isEqualTo(1_001);
    assertThat(sheet(book.file())).contains("<t>=1+1</t>").doesNotContain("<f>");
    List.of(one, other, book).forEach(made -> AuditExport.delete(made.file()));
  }

  private static String sheet(Path book) throws IOException {
    try (ZipFile zip = new ZipFile(book.toFile())) {
      ZipEntry sheet = zip.getEntry("xl/worksheets/sheet1.xml");
      return new String(zip.getInputStream(sheet).readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("<t [^>]*>", "<t>");
    }
  }

  @Test
  void a_sample_is_the_same_by_its_seed_whatever_the_order_and_after_a_restore() {
    sent(1_000);
    List<Object> first =
        drawn(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(50, "seed-1"), AFTER));
    assertThat(first).hasSize(50).doesNotHaveDuplicates();

    Collections.shuffle(rows.rows, new Random(7));
    heart.execute("truncate notice_callback, notice_sample");
    assertThat(drawn(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(50, "seed-1"), AFTER)))
        .isEqualTo(first);
    // A smaller one is its beginning; another seed draws others.
    assertThat(drawn(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(10, "seed-1"), AFTER)))
        .isEqualTo(first.subList(0, 10));
    assertThat(drawn(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(50, "seed-2"), AFTER)))
        .isNotEqualTo(first);
  }

  @Test
  void the_draw_is_by_sha_256_of_seed_and_number_as_anybody_can_repeat_it() throws Exception {
    sent(100);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    List<Long> expected = new ArrayList<>();
    rows.rows.forEach(row -> expected.add(row.id()));
    expected.sort(
        java.util.Comparator.comparing(
            id ->
                HexFormat.of()
                    .formatHex(hash.digest(("s:" + id).getBytes(StandardCharsets.UTF_8)))));
    assertThat(drawn(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(7, "s"), AFTER)))
        .isEqualTo(List.<Object>copyOf(expected.subList(0, 7)));
  }

  @Test
  void drawn_again_a_sample_keeps_its_calls_and_only_what_was_sent_is_drawn() {
    sent(5);
    rows.rows.add(row(99, "N99", null));
    long sample = samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(50, "s"), AFTER);
    assertThat(drawn(sample)).hasSize(5).doesNotContain(99L);
    samples.call(OPS, MONTH, sample, new Called(1, Outcome.REACHED, "", "olga", AFTER));
    assertThat(samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(50, "s"), AFTER))
        .isEqualTo(sample);
    assertThat(samples.one(MONTH, sample)).containsEntry("reached", 1L).containsEntry("open", 4L);
    assertThat(samples.one(MONTH, sample)).containsEntry("population", 5L);
  }

  @Test
  void a_month_that_is_not_over_and_a_size_that_nobody_calls_are_refused() {
    sent(5);
    assertThatThrownBy(
            () ->
                samples.draw(
                    OPS, MONTH, RULES, new AuditSamples.Wish(5, "s"), AFTER.minusMillis(1)))
        .hasMessageContaining("not over before 2026-11-30T16:00:00Z");
    assertThatThrownBy(() -> samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(0, "s"), AFTER))
        .hasMessageContaining("1 to 1000");
    assertThatThrownBy(
            () -> samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(5, "a b"), AFTER))
        .hasMessageContaining("'seed'");
    // Without a seed a random one is drawn, and recorded.
    long one = samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(5, null), AFTER);
    assertThat((String) samples.one(MONTH, one).get("seed")).matches("[0-9a-f]{32}");
  }

  @Test
  void what_customers_said_gives_an_audited_rate_with_its_interval() {
    sent(12);
    long sample = samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(12, "s"), AFTER);
    for (long notice = 1; notice <= 12; notice++) {
      Outcome outcome =
          notice <= 8 ? Outcome.REACHED : notice <= 10 ? Outcome.NOT_REACHED : Outcome.NO_ANSWER;
      samples.call(OPS, MONTH, sample, new Called(notice, outcome, "", "olga", AFTER));
    }
    Map<String, Object> one = samples.one(MONTH, sample);
    Map<?, ?> rate = (Map<?, ?>) one.get("reachRate");
    // 8 of the 10 who answered.
    assertThat(rate.get("rate")).isEqualTo(new BigDecimal("0.800000"));
    assertThat(rate.get("low95")).isEqualTo(new BigDecimal("0.490162"));
    assertThat(rate.get("high95")).isEqualTo(new BigDecimal("0.943318"));
    assertThat(((Map<?, ?>) one.get("reachRateOfAll")).get("rate"))
        .isEqualTo(new BigDecimal("0.666667"));

    samples.call(OPS, MONTH, sample, new Called(9, Outcome.REACHED, "rang again", "ann", AFTER));
    assertThat(samples.one(MONTH, sample)).containsEntry("reached", 9L);
    heart.database.run(
        connection -> {
          try (var query = connection.createStatement();
              var row =
                  query.executeQuery(
                      "select string_agg(detail, ';' order by id) from audit"
                          + " where subject = 'notice 9'")) {
            row.next();
            assertThat(row.getString(1))
                .isEqualTo(
                    "sample=%d outcome=NOT_REACHED;sample=%d outcome=REACHED"
                        .formatted(sample, sample));
          }
        });
  }

  @Test
  void a_call_about_another_notice_or_sample_is_refused() {
    sent(3);
    long sample = samples.draw(OPS, MONTH, RULES, new AuditSamples.Wish(3, "s"), AFTER);
    Called call = new Called(4, Outcome.REACHED, "", "olga", AFTER);
    assertThatThrownBy(() -> samples.call(OPS, MONTH, sample, call))
        .hasMessageContaining("none of sample");
    assertThatThrownBy(() -> samples.call(OPS, MONTH.plusMonths(1), sample, call))
        .hasMessageContaining("has no sample");
    assertThatThrownBy(() -> AuditSamples.outcome("MAYBE")).hasMessageContaining("REACHED");
  }
}
