package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.paid;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders broken by hand, each through the real files, inbox, mappings, order book and outbox; the
 * passport names the cause and who acts.
 */
@Tag("R19")
@Timeout(120)
abstract class BrokenOrders {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  PassportStage stage;

  @BeforeEach
  void start() {
    stage = new PassportStage(folder);
  }

  @AfterEach
  void end() {
    stage.close();
  }

  void ordered(String number, Duration ago) {
    ordered(number, ago, Map.of());
  }

  void ordered(String number, Duration ago, Map<String, String> tags) {
    stage.push(
        "shop", number, Map.of("details", stage.details(tags)), reached("CREATED", stage.ago(ago)));
    stage.settle("shop");
  }

  void orderedAndPaid(String number, Duration ago) {
    ordered(number, ago);
    stage.says("pay", number, paid(stage.ago(ago), "P-" + number, "199.00"));
  }

  void warehouse(String number, Object... facts) {
    stage.says("wms", number, facts);
  }

  void is(String number, Reason cause, String who) {
    Diagnosis first = stage.told(number).first();
    assertThat(first.cause()).as("%s: %s", number, first.text().en()).isEqualTo(cause);
    assertThat(first.stuck()).as("%s is stuck: %s", number, first.text().en()).isTrue();
    assertThat(first.who()).isEqualTo(who);
    assertThat(first.text().zh()).isNotBlank();
    assertThat(first.next().zh()).isNotBlank();
  }

  void fine(String number, Reason cause) {
    Diagnosis first = stage.told(number).first();
    assertThat(first.cause()).as("%s: %s", number, first.text().en()).isEqualTo(cause);
    assertThat(first.stuck()).as("%s: %s", number, first.text().en()).isFalse();
  }

  /** Lets time pass once everything that is owed has been delivered. */
  void later(Duration by) {
    stage.delivered();
    stage.clock.step(by);
  }

  /** What the passport says first, in English. */
  String says(String number) {
    return stage.told(number).first().text().en();
  }
}
