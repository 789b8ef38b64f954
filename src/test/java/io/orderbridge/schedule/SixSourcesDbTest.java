package io.orderbridge.schedule;

import static io.orderbridge.schedule.SixPlatforms.KINDS;
import static io.orderbridge.schedule.SixPlatforms.NAMES;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.LogLines;
import io.orderbridge.SteppedClock;
import io.orderbridge.call.CallComponent;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.inbox.Doors;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrdersComponent;
import io.orderbridge.outbox.Owing;
import io.orderbridge.runtime.Intakes;
import io.orderbridge.runtime.LoadedFolder;
import io.orderbridge.schedule.SourceResource.Again;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night with six platforms and twelve files, with the product's own files, loader, components and
 * clock: only the platforms and the hours are played.
 */
@Timeout(120)
class SixSourcesDbTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Charset GBK = Charset.forName("GBK");
  private static final String DAY = "2026-11-20";

  @TempDir Path folder;

  private final LogLines log = new LogLines();
  private final Heart heart = Heart.fresh();
  private final SteppedClock clock =
      new SteppedClock(OffsetDateTime.parse("2026-11-21T01:58:00+08:00").toInstant());
  private final Doors doors = new Doors(heart);
  private final OrderBook book = Books.open(heart, Owing.debts(heart), clock);
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), clock);
  private final LoadedFolder product = new LoadedFolder(heart, tokens);
  private final SourceStates states = new SourceStates(heart.database);
  private final SourceRows rows = new SourceRows(heart.database);
  private final SourceResource api =
      new SourceResource(
          product.sources, states, new SourceDesk(product.sources, states, clock), rows, clock);
  private SixPlatforms platforms;

  @BeforeEach
  void start() throws IOException {
    platforms = new SixPlatforms(folder);
    platforms.writeFiles();
    SourceRound round =
        new SourceRound(
            new Windows(heart.database),
            new WindowItems(heart.database),
            Intakes.of(heart, doors.streams()));
    product.camel.addComponent("call", new CallComponent(product.calls, tokens, clock));
    product.camel.addComponent("inbox", doors.component());
    product.camel.addComponent("orders", new OrdersComponent(book, new SimpleMeterRegistry()));
    product.camel.addComponent(
        "windows", new WindowsComponent(product.sources, round, rows, clock));
  }

  @AfterEach
  void end() {
    product.close();
    Books.close(book);
    doors.close();
    heart.close();
    platforms.close();
    log.close();
  }

  @Test
  @Tag("R42")
  @Tag("R43")
  @Tag("R45")
  @Tag("R77")
  void six_platforms_are_fetched_at_two_and_the_rest_comes_by_itself() throws IOException {
    // Given: one file is not there, one is broken, one has a bad row
    for (String source : all()) {
      if (!source.equals("dock/settlement")) {
        platforms.show(source, DAY, DayFiles.of(source));
      }
    }
    platforms.show("port/settlement", DAY, DayFiles.settlement("P", "1242.00").getBytes(GBK));
    platforms.show("shed/orders", DAY, DayFiles.withBadRow("shed/orders"));
    assertThat(product.load(folder, platforms::variable)).isEmpty();

    // Then
    beforeTwoAllAreAwaited();
    atTwoWhatIsThereIsReadAndTheRestIsNamed();
    theMissingFileIsReadWhenItComes();
    atFivePastTenTheRestIsThere();
    theBrokenFileIsReadAgainWhenItIsMended();
    aRestatedFileReplacesItsRowsAndBack();
    noCredentialIsToldAnywhere();
  }

  private void beforeTwoAllAreAwaited() {
    until(() -> assertThat(missing()).hasSize(12).values().containsOnly("AWAITED"));
    assertThat(platforms.asked()).isEmpty();
  }

  private void atTwoWhatIsThereIsReadAndTheRestIsNamed() {
    clockIs("02:00:00");
    until(
        () ->
            assertThat(missing())
                .containsOnly(
                    entry(
                        "dock/settlement",
                        "DUE call:dock/api: the file"
                            + " settlement_20261120.csv is not there yet"),
                    entry("hall/settlement", "AWAITED"),
                    entry("mall/settlement", "AWAITED"),
                    entry("port/settlement", "READ 1 items are dead letters: 2026-11-20")));
    assertThat(orders("hall")).containsExactly("H1 1234.50 CNY 已付款", "H2 8.00 CNY 待付款");
    assertThat(orders("mall")).containsExactly("M1 1234.50 CNY 已付款", "M2 8.00 CNY 待付款");
    assertThat(orders("port")).containsExactly("P1 1234.50 CNY 已付款", "P2 8.00 CNY 待付款");
    assertThat(orders("dock")).containsExactly("D1 1234.50 CNY 已付款", "D2 8.00 CNY 待付款");
    assertThat(orders("shed")).containsExactly("A1 1234.50 CNY 已付款", "A2 8.00 CNY 待付款");
    assertThat(orders("yard")).containsExactly("Y1 1234.50 CNY 已付款", "Y2 8.00 CNY 待付款");
    assertThat(settled("shed")).containsExactly("S1 A1 1234.50", "S2 A2 8.00");
    assertThat(settled("yard")).containsExactly("S1 Y1 1234.50", "S2 Y2 8.00");
    assertThat(settled("port")).as("refused as a whole").isEmpty();
    assertThat(heart.texts("select cause || ' ' || message from dead_letter"))
        .singleElement()
        .asString()
        .startsWith("FILE_REFUSED table port/settlement: '结算金额' of the footer is 1242.00");
    assertThat(rows("shed/orders", true))
        .singleElement()
        .satisfies(row -> assertThat(row.get("line").asInt()).isEqualTo(3))
        .satisfies(row -> assertThat(row.get("problem").asText()).contains("'金额' is no amount"));
    assertThat(heart.number("select count(*) from customer_order")).isEqualTo(12);
  }

  private void theMissingFileIsReadWhenItComes() throws IOException {
    platforms.show("dock/settlement", DAY, DayFiles.of("dock/settlement"));
    clockIs("02:30:00");
    until(() -> assertThat(missing()).doesNotContainKey("dock/settlement"));
    assertThat(settled("dock")).containsExactly("S1 D1 1234.50", "S2 D2 8.00");
  }

  private void atFivePastTenTheRestIsThere() {
    platforms.answersOnce("hall/settlement", DAY, SixPlatforms.quoting("hall"));
    platforms.answersOnce("mall/settlement", DAY, SixPlatforms.quoting("mall"));
    clockIs("10:00:00");
    until(
        () ->
            assertThat(missing())
                .containsOnlyKeys("hall/settlement", "mall/settlement", "port/settlement")
                .containsEntry(
                    "hall/settlement",
                    "DUE call:hall/api: answered 403: {\"error\": \"not now, ***\"}")
                .containsEntry(
                    "mall/settlement",
                    "DUE call:mall/api: answered 403: {\"error\": \"not now, ***\"}"));
    clockIs("10:05:00");
    until(
        () ->
            assertThat(missing())
                .containsOnly(
                    entry("port/settlement", "LATE 1 items are dead letters: 2026-11-20")));
    assertThat(settled("hall")).containsExactly("S1 H1 1234.50", "S2 H2 8.00");
    assertThat(settled("mall")).containsExactly("S1 M1 1234.50", "S2 M2 8.00");
  }

  private void theBrokenFileIsReadAgainWhenItIsMended() throws IOException {
    platforms.show("port/settlement", DAY, DayFiles.of("port/settlement"));
    readAgain("port/settlement", new Again(null, null, DAY, "the platform mended its file"));
    until(() -> assertThat(missing()).isEmpty());
    assertThat(settled("port")).containsExactly("S1 P1 1234.50", "S2 P2 8.00");
  }

  private void aRestatedFileReplacesItsRowsAndBack() throws IOException {
    String source = "shed/settlement";
    Again again =
        new Again("2026-11-20T00:00:00+08:00", "2026-11-21T00:00:00+08:00", null, "restated");
    String restated = DayFiles.settlement("A", "1242.50").replace("8.00", "8.00\nS3,A3,0.00");
    platforms.show(source, DAY, DayFiles.utf8(restated));
    readAgain(source, again);
    until(() -> assertThat(settled("shed")).hasSize(3).endsWith("S3 A3 0.00"));
    until(() -> assertThat(missing()).isEmpty());
    assertThat(rows(source, false)).extracting(row -> row.get("message").asLong()).hasSize(3);

    platforms.show(source, DAY, DayFiles.of(source));
    readAgain(source, again);
    until(() -> assertThat(settled("shed")).hasSize(2).endsWith("S2 A2 8.00"));
    until(() -> assertThat(missing()).isEmpty());
    assertThat(heart.texts("select reason from audit order by 1"))
        .containsExactly("restated", "restated", "the platform mended its file");
  }

  private void noCredentialIsToldAnywhere() {
    assertThat(log.lines())
        .anyMatch(line -> line.contains("window.proved source=dock/settlement"))
        .anyMatch(line -> line.contains("rows.read table=shed/orders rows=2 put_aside=1"));
    assertThat(tablesWith("2026-11-20@")).as("the search finds").contains("inbox_message");
    assertThat(tablesWith("结算金额")).as("also in bytes").contains("inbox_message", "source_row");
    for (String credential : platforms.credentials()) {
      assertThat(log.lines()).noneMatch(line -> line.contains(credential));
      assertThat(tablesWith(credential)).isEmpty();
    }
  }

  /** Tables that hold the text, as text or as bytes. */
  private List<String> tablesWith(String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    String count =
        "select count(*) from %s t where strpos(t::text, '%s') > 0 or strpos(t::text, '%s') > 0";
    return heart.texts("select tablename from pg_tables where schemaname = 'public'").stream()
        .filter(table -> heart.number(count.formatted(table, text, hex)) > 0)
        .toList();
  }

  private static List<String> all() {
    return NAMES.stream()
        .flatMap(name -> KINDS.stream().map(kind -> name + "/" + kind))
        .sorted()
        .toList();
  }

  /** Lets the time go on, a little faster than it does, until the claims hold. */
  private void until(Await.Claims claims) {
    Await.asserted(
        SOON,
        () -> {
          clock.step(TICK);
          claims.check();
        });
  }

  private void clockIs(String time) {
    OffsetDateTime at = OffsetDateTime.parse("2026-11-21T" + time + "+08:00");
    clock.step(Duration.between(clock.instant(), at.toInstant()));
  }

  private JsonNode read(Response response) {
    assertThat(response.getStatus()).isLessThan(300);
    return JSON.valueToTree(response.getEntity());
  }

  /** What GET /api/sources/awaited tells of the day: state by source, problem behind it. */
  private TreeMap<String, String> missing() {
    TreeMap<String, String> missing = new TreeMap<>();
    for (JsonNode one : read(api.awaited(DAY)).get("missing")) {
      String problem = one.path("problem").asText("");
      missing.put(one.get("source").asText(), (one.get("state").asText() + " " + problem).strip());
    }
    return missing;
  }

  private List<JsonNode> rows(String source, boolean refused) {
    String[] key = source.split("/");
    List<JsonNode> found = new ArrayList<>();
    read(api.rows(key[0], key[1], DAY, refused, 0, 100)).get("rows").forEach(found::add);
    return found;
  }

  private List<String> orders(String name) {
    return columns(name + "/orders", "订单号", "金额", "币种", "状态");
  }

  private List<String> settled(String name) {
    return columns(name + "/settlement", "结算单号", "订单号", "结算金额");
  }

  private List<String> columns(String source, String... names) {
    return rows(source, false).stream()
        .filter(row -> !row.has("problem"))
        .map(row -> Arrays.stream(names).map(name -> text(row, name)).collect(joining(" ")))
        .toList();
  }

  // A spreadsheet does not know how many decimals somebody wrote.
  private static String text(JsonNode row, String column) {
    String text = row.get("columns").get(column).asText();
    return column.endsWith("金额") ? new BigDecimal(text).setScale(2).toString() : text;
  }

  private void readAgain(String source, Again again) {
    String[] key = source.split("/");
    JsonNode answer = read(api.readAgain(key[0], key[1], again, new Ann()));
    assertThat(answer.get("windows").asInt()).isEqualTo(1);
  }

  /** Who asks. */
  private static final class Ann implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> "ann";
    }

    @Override
    public boolean isUserInRole(String role) {
      return true;
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public String getAuthenticationScheme() {
      return "test";
    }
  }
}
