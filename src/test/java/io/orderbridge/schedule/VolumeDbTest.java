package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.schedule.Source.Order;
import io.orderbridge.schedule.Source.Pages;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large sweep: one page is in memory, and an order costs little. */
@Tag("R05")
class VolumeDbTest {
  private static final int ITEMS = Integer.getInteger("orderbridge.volume.items", 100_000);
  private static final int SIZE = 100;
  // The order of magnitude; half a millisecond is measured by bench/sweep, where nothing else runs.
  private static final double CPU_MS_MAX = 2;
  private static final long GROWTH_MAX = 32L << 20;
  private static final String NOTE = "n".repeat(700);

  private final Sweeps sweeps = Sweeps.fresh();

  @AfterEach
  void end() {
    sweeps.close();
  }

  @Test
  void a_hundred_thousand_items_take_constant_memory_and_little_time_each() {
    // Given
    Pages plain = Specs.pages(Order.LAST_FIRST);
    Source source =
        Specs.of(
            "orders",
            Specs.quarter(),
            new Pages(plain.order(), SIZE, 1, plain.items(), plain.total(), null, null, false),
            true);
    long[] heap = {0};
    long before = live();

    // When
    long database = databaseCpu();
    long begun = cpu();
    boolean done =
        sweeps.look(
            source,
            request -> {
              if ((int) request.get("page") % 250 == 0) {
                heap[0] = Math.max(heap[0], live());
              }
              return answer(request);
            });
    double each = (cpu() - begun) / 1e6 / ITEMS;
    long read = cpu();
    sweeps.applyAll();
    sweeps.later(Duration.ofSeconds(1), source, request -> answer(request));
    double proof = (cpu() - read) / 1e6 / ITEMS;
    double stored = (databaseCpu() - database) / 1e6 / ITEMS;

    // Then
    assertThat(done).isTrue();
    assertThat(sweeps.states().get(0)).isEqualTo("PROVED");
    assertThat(sweeps.heart.number("select stored from source_window order by starts_at limit 1"))
        .isEqualTo(ITEMS);
    System.out.printf(
        "sweep: %d items, CPU ms each: %.3f in this process, %.3f its proof, %.3f in the database;"
            + " live heap grew by at most %d MB%n",
        ITEMS, each, proof, stored, (heap[0] - before) >> 20);
    assertThat(each + proof + stored).as("CPU ms per item").isLessThan(CPU_MS_MAX);
    assertThat(heap[0] - before).as("live bytes more").isLessThan(GROWTH_MAX);
  }

  private static PageRoute.Answer answer(Map<String, Object> request) {
    StringBuilder json = new StringBuilder("{\"total\": ").append(ITEMS).append(", \"rows\": [");
    if (!Boolean.TRUE.equals(request.get("count"))) {
      long from = (Long) request.get("offset");
      for (long i = from; i < Math.min(from + SIZE, ITEMS); i++) {
        json.append(i > from ? "," : "")
            .append("{\"id\": \"")
            .append(i)
            .append("\", \"version\": 1, \"note\": \"")
            .append(NOTE)
            .append("\"}");
      }
    }
    return new PageRoute.Answer(
        json.append("]}").toString().getBytes(StandardCharsets.UTF_8), false);
  }

  private static long cpu() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return os.getProcessCpuTime();
  }

  // Of our own connections: the server also tidies up after other tests.
  private long databaseCpu() {
    return sweeps
        .heart
        .texts(
            "select pid::text from pg_stat_activity where datname = current_database()"
                + " and backend_type = 'client backend'")
        .stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .mapToLong(process -> process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
        .sum();
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
