package io.orderbridge.health;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.work.Backlog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The checks behind {@code /q/health}. Each says what is wrong in words; none asks the database or
 * takes a lock, so ten polls a second are not felt.
 */
@Singleton
class HealthChecks {
  // Upkeep looks every second; a database that is silent this long cannot take messages.
  private static final Duration SILENT_MAX = Duration.ofSeconds(10);
  // A process whose upkeep stands still for minutes does not come back by itself.
  private static final Duration STUCK = Duration.ofMinutes(5);
  private static final int SHOWN_MAX = 20;

  private final Pulse pulse;
  private final Backlog backlog;
  private final RefusedFiles refused;
  private final Clock clock;

  HealthChecks(Pulse pulse, Backlog backlog, RefusedFiles refused, Clock clock) {
    this.pulse = pulse;
    this.backlog = backlog;
    this.refused = refused;
    this.clock = clock;
  }

  // A database that is away is no reason to restart this process: only a standstill is.
  @Produces
  @Liveness
  HealthCheck alive() {
    return () ->
        HealthCheckResponse.named("process")
            .status(!pulse.isStarted() || !pulse.trouble().isEmpty() || !silent(STUCK))
            .build();
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () ->
        HealthCheckResponse.named("started")
            .status(pulse.isStarted())
            .withData("routes", pulse.isStarted() ? "read" : "not read yet")
            .build();
  }

  @Produces
  @Readiness
  HealthCheck database() {
    return () -> {
      boolean up = pulse.trouble().isEmpty() && !silent(SILENT_MAX);
      HealthCheckResponseBuilder response = HealthCheckResponse.named("database").status(up);
      return up ? response.build() : response.withData("trouble", pulse.trouble()).build();
    };
  }

  // An edit that was refused leaves the last good version running: it is told, not a failure.
  @Produces
  @Readiness
  HealthCheck files() {
    return () -> {
      List<FileProblem> problems = refused.current();
      HealthCheckResponseBuilder response =
          HealthCheckResponse.named("routes and mappings")
              .status(pulse.isStarted())
              .withData("refused", problems.size());
      problems.stream()
          .limit(SHOWN_MAX)
          .forEach(
              problem -> response.withData(problem.file() + ":" + problem.line(), problem.what()));
      return response.build();
    };
  }

  @Produces
  @Readiness
  HealthCheck work() {
    return () -> {
      HealthCheckResponseBuilder response = HealthCheckResponse.named("work").up();
      backlog.queues().forEach((queue, waiting) -> response.withData(queue, waiting.waiting()));
      backlog
          .deadLetters()
          .forEach((queue, count) -> response.withData("dead letters of " + queue, count));
      return response
          .withData("oldestWaitingSeconds", backlog.oldestAge(clock.instant()).toSeconds())
          .build();
    };
  }

  private boolean silent(Duration max) {
    return pulse.sinceGood().compareTo(max) > 0;
  }
}
