package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import io.orderbridge.outbox.DeadlineResource;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.outbox.UploadRisk;
import io.orderbridge.outbox.UploadRisk.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shop's deadline for shipments, as findings and as counts per platform. */
@Tag("R18")
class UploadsDbTest {
  private static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");

  private final Heart heart = Heart.fresh();
  private final List<String> told = new ArrayList<>();
  private final Findings findings =
      new Findings(
          heart.database,
          List.of(
              (connection, changes, now) ->
                  changes.forEach(
                      change ->
                          told.add(
                              "%s %s %s %s"
                                  .formatted(
                                      change.how(),
                                      change.finding().code(),
                                      change.finding().subject(),
                                      change.finding().level())))));
  private final Deadlines deadlines = new Deadlines(heart.database);
  private final UploadRisk risk = new UploadRisk(heart.database);
  private final UploadRound round = new UploadRound(heart.database, findings, risk);

  @AfterEach
  void end() {
    heart.close();
  }

  private void deadline(String target, String number) {
    heart.execute(
        """
        insert into upload_deadline (target, subject, due_at, warn_at)
        values ('%s', 'demo/%s', '%s', '%s')\
        """
            .formatted(target, number, DUE, DUE.minus(Duration.ofHours(12))));
  }

  private List<String> at(Instant now) {
    told.clear();
    deadlines.round(now);
    round.run(now);
    return List.copyOf(told);
  }

  @Test
  void an_order_is_told_of_when_it_comes_near_and_when_it_is_late_and_no_more_when_it_is_met() {
    deadline("taobao", "1");

    assertThat(at(DUE.minus(Duration.ofHours(12)).minusMillis(1))).isEmpty();
    assertThat(at(DUE.minus(Duration.ofHours(12))))
        .containsExactly("OPENED UPLOAD_AT_RISK demo/1 WARNING");
    assertThat(at(DUE.minusMillis(1))).isEmpty();
    assertThat(at(DUE))
        .containsExactlyInAnyOrder(
            "OPENED UPLOAD_LATE demo/1 BREACH", "CLEARED UPLOAD_AT_RISK demo/1 WARNING");
    assertThat(at(DUE.plusSeconds(60))).isEmpty();

    heart.execute("update upload_deadline set met_at = now()");
    assertThat(at(DUE.plusSeconds(120))).containsExactly("CLEARED UPLOAD_LATE demo/1 BREACH");
  }

  @Test
  void an_order_that_is_told_in_time_or_cancelled_is_well_again() {
    deadline("taobao", "1");
    deadline("taobao", "2");
    at(DUE.minusSeconds(60));
    heart.execute(
        "update upload_deadline set state = 'MET', met_at = now() where subject = 'demo/1'");
    heart.execute("update upload_deadline set state = 'VOID' where subject = 'demo/2'");
    assertThat(at(DUE.minusSeconds(1)))
        .containsExactlyInAnyOrder(
            "CLEARED UPLOAD_AT_RISK demo/1 WARNING", "CLEARED UPLOAD_AT_RISK demo/2 WARNING");
  }

  @Test
  void one_order_that_two_platforms_wait_for_is_two_findings() {
    deadline("taobao", "1");
    deadline("jd", "1");
    at(DUE.minusSeconds(60));
    assertThat(heart.texts("select item from finding order by item"))
        .containsExactly("jd", "taobao");
  }

  @Test
  void the_risk_list_counts_per_platform_what_is_at_risk_late_and_was_ever_late() {
    deadline("taobao", "1");
    deadline("taobao", "2");
    deadline("jd", "3");
    at(DUE);
    heart.execute("update upload_deadline set met_at = now() where subject = 'demo/2'");
    heart.execute(
        """
        insert into upload_deadline (target, subject, due_at, warn_at, state)
        values ('jd', 'demo/4', now() + interval '1 hour', now(), 'WARNED')\
        """);

    assertThat(risk.counts())
        .isEqualTo(Map.of("taobao", new Counts(0, 1, 2), "jd", new Counts(1, 1, 1)));
    assertThat(new DeadlineResource(deadlines, risk).list("breached", "jd").getEntity())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("deadlines", "counts");
  }

  @Test
  void many_orders_are_read_in_batches() {
    heart.execute(
        """
        insert into upload_deadline (target, subject, due_at, warn_at, state)
        select 'taobao', 'demo/' || n, '%s', '%s', 'WARNED' from generate_series(1, 2500) n\
        """
            .formatted(DUE, DUE));
    round.run(DUE);
    assertThat(heart.number("select count(*) from finding where state = 'OPEN'")).isEqualTo(2_500);
    heart.execute("update upload_deadline set state = 'MET', met_at = now()");
    round.run(DUE);
    assertThat(heart.number("select count(*) from finding where state = 'OPEN'")).isZero();
  }
}
