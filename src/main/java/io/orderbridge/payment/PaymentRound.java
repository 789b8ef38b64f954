package io.orderbridge.payment;

import io.orderbridge.kernel.Round;
import io.orderbridge.payment.Comparison.DoesNotAddUp;
import io.orderbridge.payment.Runs.Day;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Watches the source calendar: a day is verified for good as soon as its source is proved, and
 * again, as a new version, when its records change later, when what was open has moved, or when a
 * run broke off. Days before {@code back} are left to people.
 */
@Singleton
class PaymentRound implements Round {
  private static final Logger LOG = Logger.getLogger(PaymentRound.class);
  private static final Duration EVERY = Duration.ofSeconds(15);
  // What does not add up does not by itself a second later; and fresh payments need some minutes.
  private static final Duration FAILED_WAIT = Duration.ofMinutes(10);
  // No transaction that writes orders or records is open for longer.
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final PaymentPolicy policy;
  private final Runs runs;
  private final RunList list;
  private final Verification verification;
  private final PaymentMeter meter;
  private final Duration margin;

  @Inject
  PaymentRound(
      PaymentPolicy policy,
      Runs runs,
      RunList list,
      Verification verification,
      PaymentMeter meter) {
    this(policy, runs, list, verification, meter, MARGIN);
  }

  PaymentRound(
      PaymentPolicy policy,
      Runs runs,
      RunList list,
      Verification verification,
      PaymentMeter meter,
      Duration margin) {
    this.policy = policy;
    this.runs = runs;
    this.list = list;
    this.verification = verification;
    this.meter = meter;
    this.margin = margin;
  }

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    PaymentRules rules = policy.rules();
    for (PaymentSource source : rules.sources().values()) {
      LocalDate last = Verification.yesterday(source, now);
      List<Day> days =
          runs.days(
              source, last.minusDays(rules.back() - 1L), last, now.minus(FAILED_WAIT), margin);
      for (Day day : days) {
        if (due(source, day)) {
          verify(source, day.day(), now);
        }
      }
    }
    LocalDate since = LocalDate.ofInstant(now, rules.zone()).minusDays(rules.back());
    meter.open(list.open(since));
  }

  // A run that broke off is made again whatever it was. For the rest the source has to be proved:
  // while a bill is being read its records change with every row.
  private boolean due(PaymentSource source, Day day) {
    boolean moved = day.unfinished() || day.changed() || day.touched();
    return day.broken() || moved && runs.proved(source, day.day());
  }

  private void verify(PaymentSource source, LocalDate day, Instant now) {
    try {
      verification.verify(source, day, "calendar", now);
    } catch (DoesNotAddUp e) {
      // Told already; the other days and connections go on.
      LOG.debugf("payment.round goes on after %s %s", source.connection(), day);
    }
  }
}
