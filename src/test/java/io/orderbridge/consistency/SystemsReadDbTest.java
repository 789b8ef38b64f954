package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.call.CallComponent;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.inbox.Doors;
import io.orderbridge.kernel.Carried;
import io.orderbridge.runtime.LoadedFolder;
import io.orderbridge.schedule.WindowsParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes read a database and a file, and what they read is compared. */
@Tag("R09")
class SystemsReadDbTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int ORDERS = 1_200;
  private static final Map<String, String> CRM =
      Map.of(
          "CRM_ENABLED", "true",
          "CRM_DB_URL", "jdbc:postgresql://127.0.0.1/none",
          "CRM_DB_USER", "u",
          "CRM_DB_PASSWORD", "p");

  @TempDir Path folder;

  private final Heart heart = Heart.fresh();
  // The database's clock tells when an item was stored.
  private final SteppedClock clock = new SteppedClock(Instant.now());
  private final Doors doors = new Doors(heart);
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), clock);
  private final LoadedFolder product = new LoadedFolder(heart, tokens);
  private final StateBook states = new StateBook(heart.database, clock);
  private final Comparing night = new Comparing(heart, clock, product.sources);

  @BeforeEach
  void begin() {
    product.camel.addComponent("inbox", doors.component());
    product.camel.addComponent("states", new StatesComponent(states));
    product.camel.addComponent("call", new CallComponent(product.calls, tokens, clock));
    product.camel.addComponent(
        "windows", WindowsParts.component(heart, product.sources, doors.streams(), clock));
    product.camel.getRegistry().bind("crm", heart.source);
    heart.execute(
        """
        create table crm_order (shop text, number text, status text, total numeric, currency text,
          updated_at timestamptz, event_id text, primary key (shop, number));
        insert into crm_order (shop, number, status, updated_at)
        select 'demo', (100000 + i)::text, 'PAID', at
          from generate_series(1, %1$d) i, (select now() - interval '3 days' as at) t;
        insert into customer_order (shop, number, status, revision, state, created_on, since,
                                    updated_at)
        select shop, number, status, 1, '{}', updated_at, updated_at, updated_at from crm_order\
        """
            .formatted(ORDERS));
  }

  @AfterEach
  void end() {
    product.close();
    states.close();
    doors.close();
    heart.close();
  }

  private void load(String system, List<String> routes, Map<String, String> environment)
      throws IOException {
    copy(Path.of("routes", system, "connection.yaml"));
    for (String route : routes) {
      copy(Path.of("routes", system, route + ".camel.yaml"));
    }
    try (Stream<Path> files = Files.list(Path.of("mappings", system))) {
      for (Path file : files.toList()) {
        copy(file);
      }
    }
    assertThat(product.load(folder, environment::get)).isEmpty();
  }

  private void copy(Path file) throws IOException {
    Path to = folder.resolve(file);
    Files.createDirectories(to.getParent());
    // Whenever the test runs, the states of yesterday are due.
    Files.writeString(to, Files.readString(file).replace("due: \"02:00\"", "due: \"00:00\""));
  }

  private static ComparisonPair pair(String system) {
    ComparisonPair pair = Comparing.pair(system);
    return new ComparisonPair(
        system,
        pair.source(),
        pair.by(),
        pair.owner(),
        List.of("demo"),
        pair.days(),
        pair.zone(),
        pair.skew(),
        Duration.ZERO,
        true,
        pair.same(),
        pair.unknownThere(),
        false);
  }

  // Read, proved, and noted on the states.
  private void readings(long count) {
    Await.until(
        "proved",
        SOON,
        () -> {
          // The next look at a window is due by this clock.
          clock.step(Duration.ofSeconds(1));
          return heart.number("select count(*) from source_window where state = 'PROVED'") >= count;
        });
    night.readings.run(clock.instant());
    assertThat(heart.number("select count(*) from state_reading")).isEqualTo(count);
  }

  @Test
  void a_database_is_read_from_key_to_key_and_a_row_that_is_gone_is_missed() throws IOException {
    // Given
    load("crm", List.of("crm-states-sweep", "crm-states"), CRM);
    night.comparisons.replace(List.of(pair("crm")));

    // When: the first night
    readings(1);
    ComparisonRun first = night.compare("crm");

    // Then
    assertThat(heart.number("select count(*) from system_state where system = 'crm'"))
        .isEqualTo(ORDERS);
    assertThat(first.summary()).containsEntry("EQUAL", (long) ORDERS);

    // When: the second night; one row is gone, one has changed, all others are as they were
    heart.execute(
        """
        delete from crm_order where number = '100007';
        update crm_order set status = 'SHIPPED' where number = '100008'\
        """);
    clock.step(Duration.ofDays(1));
    readings(2);
    ComparisonRun second = night.compare("crm");

    // Then: one message more, and everything else is known to be as it was
    assertThat(heart.number("select count(*) from inbox_message")).isEqualTo(ORDERS + 1);
    assertThat(night.differences(second))
        .containsExactly("MISSING_THERE 100007 GONE_THERE", "STATUS_DIFFERS 100008 BEHIND_HERE");
    assertThat(second.summary()).containsEntry("EQUAL", (long) ORDERS - 2);
  }

  @Test
  void a_file_with_the_states_of_all_orders_is_read_row_by_row_at_once() throws IOException {
    // Given
    Path drop = Files.createDirectories(folder.resolve("drop"));
    StringBuilder file = new StringBuilder("店铺,订单号,状态,状态时间,下单时间\n");
    for (int i = 2; i <= ORDERS; i++) {
      file.append("示例店,").append(100_000 + i).append(i == 9 ? ",已取消,,\n" : ",已付款,,\n");
    }
    // Over midnight the last file that is due is that of the day before.
    for (int ago = 1; ago <= 2; ago++) {
      LocalDate day = LocalDate.ofInstant(clock.instant(), Comparing.SHANGHAI).minusDays(ago);
      Files.writeString(drop.resolve("states_" + day.toString().replace("-", "") + ".csv"), file);
    }

    // When
    load(
        "states-file",
        List.of("states-file-fetch", "states-file-states"),
        Map.of("STATES_FILE_ENABLED", "true", "STATES_FILE_URL", "file:" + drop));
    night.comparisons.replace(List.of(pair("states-file")));
    readings(1);
    ComparisonRun run = night.compare("states-file");

    // Then
    assertThat(night.differences(run))
        .containsExactly("MISSING_THERE 100001 NOT_TOLD", "STATUS_DIFFERS 100009 CANCELLED_THERE");
    assertThat(run.summary()).containsEntry("EQUAL", (long) ORDERS - 2);
  }

  @Test
  void one_order_is_read_back_when_it_is_asked_for() throws IOException {
    // Given
    load("crm", List.of("crm-read-back"), CRM);

    // When
    ask("100001");
    ask("no-such");

    // Then
    assertThat(heart.texts("select system || ' ' || number || ' ' || status from system_state"))
        .containsExactly("crm 100001 PAID");

    // When: it was deleted there
    heart.execute("delete from crm_order");
    clock.step(Duration.ofMinutes(1));
    ask("100001");

    // Then
    assertThat(heart.number("select count(*) from system_state")).isZero();
  }

  private void ask(String number) {
    Map<String, Object> order = Map.of("shop", "demo", "order", number);
    var asked =
        product
            .camel
            .createProducerTemplate()
            .request(
                "direct:crm-read-back",
                exchange -> {
                  exchange.getMessage().setBody(order);
                  exchange.setProperty(Carried.INPUT, order);
                });
    assertThat(asked.getException()).isNull();
  }
}
