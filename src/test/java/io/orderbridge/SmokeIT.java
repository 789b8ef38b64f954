package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same few looks at the jar and at the native binary, with its own database. */
@Tag("R56")
@Tag("R80")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class SmokeIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
  private static final String LOOPBACK = "0100007F";
  private static final String LOOPBACK_6 = "0000000000000000FFFF00000100007F";

  private final Letters letters = new Letters();
  private final Counterpart erp = new Counterpart();
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    erp.answers(Counterpart.Reply.json(200, "{\"success\":true}"));
    product = configured(folder).start();
  }

  private Product configured(Path where) {
    return new Product(where)
        .systems(Path.of("."), "shopify", "erp")
        .environment(letters.environment())
        .environment(java.util.Map.of("ERP_URL", erp.url()));
  }

  @AfterAll
  void stop() {
    product.close();
    erp.close();
  }

  @Test
  @Tag("R83")
  void health_metrics_and_the_api_description_are_served() {
    for (String path : List.of("live", "ready", "started")) {
      assertThat(product.json("/q/health/" + path).path("status").asText()).isEqualTo("UP");
    }
    assertThat(product.get("/q/metrics").body()).contains("orderbridge_files_refused 0.0");
    assertThat(product.get("/q/openapi").body())
        .contains("/api/orders/{shop}/{number}", "/api/changes", "/api/dead-letters");
  }

  @Test
  void a_signed_order_is_in_the_order_book_and_at_the_erp() {
    // When
    assertThat(product.post(created(9_007_199_254_740_993L))).isEqualTo(200);

    // Then
    Await.asserted(
        SOON,
        () -> assertThat(order("9007199254740993").path("status").asText()).isEqualTo("CREATED"));
    Await.asserted(
        SOON,
        () ->
            assertThat(erp.requests())
                .anySatisfy(
                    request ->
                        assertThat(request.body())
                            .contains("\"externalNo\":\"9007199254740993\"", "DRAFT")));
  }

  @Test
  @Tag("R81")
  void it_ends_in_time_and_keeps_its_orders_over_a_restart() {
    // Given
    product.post(created(2001));
    Await.until("order 2001", SOON, () -> order("2001").has("status"));

    // When
    Duration took = product.stop();
    product.start();

    // Then
    assertThat(took).isLessThan(DRAIN_MAX);
    assertThat(order("2001").path("status").asText()).isEqualTo("CREATED");
    assertThat(product.log()).doesNotContain("shutdown.timeout", "database.stopping before");
  }

  @Test
  void a_copy_of_the_stopped_database_folder_is_a_backup(@TempDir Path other) {
    // Given
    product.post(created(3001));
    Await.until("order 3001", SOON, () -> order("3001").has("status"));
    String cursor = product.json("/api/changes?limit=1000").path("cursor").asText();

    // When
    product.stop();
    Product restored = configured(other);
    Product.copy(product.databaseFolder(), restored.databaseFolder());
    product.start();
    try (restored) {
      restored.start();

      // Then
      assertThat(restored.json("/api/orders/demo/3001").path("status").asText())
          .isEqualTo("CREATED");
      assertThat(restored.json("/api/changes?after=" + cursor).path("events")).isEmpty();
      restored.post(created(3002));
      Await.asserted(
          SOON,
          () ->
              assertThat(restored.json("/api/changes?after=" + cursor).path("events"))
                  .hasSize(1)
                  .allSatisfy(e -> assertThat(e.path("subject").asText()).isEqualTo("demo/3002")));
    }
  }

  @Test
  void it_speaks_to_nobody_but_its_database_and_who_its_files_name() throws IOException {
    // Given
    product.post(created(4001));
    Await.until("order 4001", SOON, () -> order("4001").has("status"));

    // Then: all of those are on this machine, so nothing of the process may leave it.
    assertThat(connectedTo()).isNotEmpty().allMatch(LOOPBACK_AND_6::contains);
  }

  private static final List<String> LOOPBACK_AND_6 = List.of(LOOPBACK, LOOPBACK_6);

  // The remote addresses of the sockets that the process holds open, from /proc.
  private List<String> connectedTo() throws IOException {
    Path proc = Path.of("/proc", Long.toString(product.pid()));
    List<String> sockets;
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      sockets =
          descriptors
              .map(SmokeIT::target)
              .filter(target -> target.startsWith("socket:"))
              .map(target -> target.replaceAll("\\D", ""))
              .toList();
    }
    return Stream.of("tcp", "tcp6", "udp", "udp6")
        .flatMap(table -> lines(proc.resolve("net").resolve(table)))
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> sockets.contains(columns[9]) && !columns[2].endsWith(":0000"))
        .map(columns -> columns[2].split(":")[0])
        .toList();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table).stream().skip(1) : Stream.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Letters.Letter created(long number) {
    Instant at = Instant.now().minusSeconds(60);
    return letters.shop("orders/create", "c-" + number, Letters.order(number, at));
  }

  private JsonNode order(String number) {
    return product.json("/api/orders/demo/" + number);
  }
}
