package io.orderbridge.ticket;

import static io.orderbridge.ticket.Desk.FRIDAY;
import static io.orderbridge.ticket.Desk.MONDAY_EVENING;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.SteppedClock;
import io.orderbridge.alert.Alert;
import io.orderbridge.finding.Findings;
import io.orderbridge.ticket.Tickets.Filter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bad night: a hundred thousand findings at once. */
@Tag("R41")
@Tag("R05")
class TicketStormDbTest {
  private static final int COUNT = Integer.getInteger("orderbridge.storm.findings", 100_000);
  // Twice what was measured on a loaded machine of two cores.
  private static final double CPU_MS_MAX = 0.5;
  private static final long GROWTH_MAX = 32L << 20;

  private static final String FIND =
      """
      insert into found_now
      select 'PAYMENT', 'AMOUNT', 'demo/' || n, '', 'BREACH', 1.50, 'CNY', 'NO_EVENT', '{}',
             '金额不符 demo/' || n, 'The amount of demo/' || n || ' differs.'
        from generate_series(1, %d) n\
      """
          .formatted(COUNT);

  private final Desk desk = Desk.fresh();

  @AfterEach
  void end() {
    desk.close();
  }

  private void run(Instant now, String found) {
    desk.heart.database.run(
        connection -> {
          Findings.gather(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute(found);
          }
          desk.findings.settle(connection, "payments", now);
        });
  }

  @Test
  void a_hundred_thousand_findings_open_as_many_tickets_and_close_them_in_constant_memory()
      throws IOException {
    // The findings alone, by a process whose policy wants no ticket.
    desk.policy.replace(TicketPolicy.NONE);
    Cost alone = cost(() -> run(FRIDAY, FIND));
    desk.heart.execute("truncate finding");
    desk.policy.replace(Desk.policy(Desk.payments(), Desk.everythingElse()));

    Cost opened = cost(() -> run(FRIDAY, FIND));
    assertThat(desk.heart.number("select count(distinct finding_id) from ticket")).isEqualTo(COUNT);
    assertThat(desk.heart.number("select count(*) from ticket_event")).isEqualTo(COUNT);

    Cost again = cost(() -> run(FRIDAY.plusSeconds(60), FIND));
    long before = live();
    Sink sink = new Sink();
    TicketExport export =
        new TicketExport(desk.tickets, desk.policy, new SteppedClock(MONDAY_EVENING));
    Cost exported = cost(() -> export.write(sink, new Filter("live", null, null, null, false)));
    assertThat(sink.lines).isEqualTo(COUNT + 1);

    Cost aged = cost(() -> new Ageing(desk.heart.database, desk.policy).of(null, MONDAY_EVENING));
    Cost escalated = cost(() -> desk.round().run(MONDAY_EVENING.plus(Duration.ofDays(1))));
    assertThat(desk.told.stream().mapToLong(Alert::count).sum()).isEqualTo(COUNT);
    Cost cleared = cost(() -> run(MONDAY_EVENING.plus(Duration.ofDays(2)), "select 1"));
    assertThat(desk.heart.number("select count(*) from ticket where state = 'CLOSED'"))
        .isEqualTo(COUNT);

    System.out.printf(
        "tickets: %d findings; CPU ms each (process + database), seconds in all:%n"
            + "  findings alone %s; with tickets %s; the same run again %s; cleared %s%n"
            + "  escalated with a policy followed %s; exported %s; ageing %s%n"
            + "  live heap grew by at most %d MB while exporting%n",
        COUNT,
        alone,
        opened,
        again,
        cleared,
        escalated,
        exported,
        aged,
        (sink.heap - before) >> 20);
    assertThat(opened.each() - alone.each()).as("CPU ms per ticket").isLessThan(CPU_MS_MAX);
    assertThat(sink.heap - before).as("live bytes more").isLessThan(GROWTH_MAX);
  }

  /** What something costs per finding. */
  private record Cost(double process, double database, double seconds) {
    double each() {
      return process + database;
    }

    @Override
    public String toString() {
      return "%.3f + %.3f (%.1f s)".formatted(process, database, seconds);
    }
  }

  /** Work that is measured. */
  private interface Work {
    void run() throws IOException;
  }

  private Cost cost(Work work) throws IOException {
    long database = databaseCpu();
    long process = cpu();
    long begun = System.nanoTime();
    work.run();
    return new Cost(
        (cpu() - process) / 1e6 / COUNT,
        (databaseCpu() - database) / 1e6 / COUNT,
        (System.nanoTime() - begun) / 1e9);
  }

  private static long cpu() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return os.getProcessCpuTime();
  }

  private long databaseCpu() {
    return desk.heart.texts("select pid::text from pg_stat_activity").stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .mapToLong(process -> process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
        .sum();
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Keeps nothing, and looks at the heap now and then. */
  private static final class Sink extends OutputStream {
    private static final int LOOK_EVERY = 25_000;
    private int lines;
    private long heap;

    @Override
    public void write(int b) {
      if (b == '\n' && ++lines % LOOK_EVERY == 0) {
        heap = Math.max(heap, live());
      }
    }
  }
}
