package io.orderbridge.payment;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.Ownership;
import io.orderbridge.payment.Comparison.Compared;
import io.orderbridge.payment.Comparison.DoesNotAddUp;
import io.orderbridge.payment.Run.Stage;
import io.orderbridge.store.Database;
import io.orderbridge.store.StoreRefused;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Verifies payments (支付核验): what a payment system says of a day is compared with the order book;
 * what is plainly a lost callback is recorded there, everything else becomes a finding. Made again
 * over the same state it changes nothing. Of two at once, in one process or two, one is made. A
 * process that dies leaves nothing half concluded: the run is made again, by whoever comes next.
 */
@Singleton
public class Verification {
  private static final Logger LOG = Logger.getLogger(Verification.class);

  private final PaymentPolicy policy;
  private final Runs runs;
  private final Ownership ownership;
  private final Steps steps;
  private final PaymentMeter meter;

  /** What a run is made of, in this order. */
  @Singleton
  static final class Steps {
    final Database database;
    final Comparison comparison;
    final LostCallbacks callbacks;
    final Conclusion conclusion;
    final Findings findings;

    @Inject
    Steps(
        Database database,
        Comparison comparison,
        LostCallbacks callbacks,
        Conclusion conclusion,
        Findings findings) {
      this.database = database;
      this.comparison = comparison;
      this.callbacks = callbacks;
      this.conclusion = conclusion;
      this.findings = findings;
    }
  }

  Verification(
      PaymentPolicy policy, Runs runs, Ownership ownership, Steps steps, PaymentMeter meter) {
    this.policy = policy;
    this.runs = runs;
    this.ownership = ownership;
    this.steps = steps;
    this.meter = meter;
  }

  /** What is verified when nobody says what: yesterday, in the zone of the connection. */
  public static LocalDate yesterday(PaymentSource source, Instant now) {
    return LocalDate.ofInstant(now, source.zone()).minusDays(1);
  }

  /**
   * Verifies the days of a period, both ends included, one run after the other.
   *
   * @param askedBy a route, a round, or the name of a person
   * @return the numbers of the runs; fewer than days when another run of the connection is under
   *     way
   * @throws DoesNotAddUp when the classes do not account for every payment: the run is failed, its
   *     finding is open, and nothing was changed
   */
  public List<Long> verify(
      PaymentSource source, LocalDate from, LocalDate to, String askedBy, Instant now) {
    List<Long> made = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      verify(source, day, askedBy, now).ifPresent(made::add);
    }
    return made;
  }

  /** Verifies one day; empty while another run of the connection is under way anywhere. */
  public Optional<Long> verify(PaymentSource source, LocalDate day, String askedBy, Instant now) {
    Stage stage = runs.proved(source, day) ? Stage.FINAL : Stage.PROVISIONAL;
    Optional<Long> run = runs.begin(source, day, stage, askedBy, now);
    if (run.isEmpty()) {
      LOG.infof("payment.under_way connection=%s day=%s", source.connection(), day);
      return run;
    }
    Scope scope =
        new Scope(
            run.get(),
            source,
            day,
            stage == Stage.FINAL,
            ownership.decides(source.connection(), Milestone.PAID),
            policy.rules());
    try {
      make(scope, now);
    } catch (DoesNotAddUp | StoreRefused e) {
      fail(scope, e.getMessage(), now);
      throw e;
    }
    return run;
  }

  private void make(Scope scope, Instant now) {
    long begun = System.nanoTime();
    Compared compared = steps.comparison.run(scope, now);
    long recorded = steps.callbacks.record(scope);
    meter.repaired(scope.source().connection(), recorded);
    steps.conclusion.draw(scope, compared, now);
    long differences =
        compared.totals().lines().stream()
            .filter(line -> line.verdict().differs())
            .mapToLong(Totals.Line::count)
            .sum();
    LOG.infof(
        "payment.verified connection=%s day=%s run=%d stage=%s differences=%d recorded=%d"
            + " took_ms=%d",
        scope.source().connection(),
        scope.day(),
        scope.run(),
        scope.last() ? Stage.FINAL : Stage.PROVISIONAL,
        differences,
        recorded,
        (System.nanoTime() - begun) / 1_000_000);
  }

  private void fail(Scope scope, String why, Instant now) {
    String connection = scope.source().connection();
    LOG.errorf(
        "payment.failed connection=%s day=%s run=%d why=%s",
        connection, scope.day(), scope.run(), why);
    steps.database.run(
        c -> {
          runs.failed(c, scope.run(), why, now);
          Findings.add(
              c,
              List.of(
                  new Finding(
                      Finding.Kind.PAYMENT,
                      "RUN_FAILED",
                      connection,
                      scope.day().toString(),
                      Level.BREACH,
                      null,
                      "",
                      Map.of("run", scope.run(), "problem", why),
                      Wording.of(
                          "%s %s 的支付核验未完成(批次 %d):请查看该批次的 problem 并处理后重新核验",
                          "the payments of %s on %s are not verified (run %d): look at its problem,"
                              + " mend it and verify the day again",
                          connection,
                          scope.day(),
                          scope.run()))));
          steps.findings.settle(c, scope.failure(), now);
        });
  }
}
