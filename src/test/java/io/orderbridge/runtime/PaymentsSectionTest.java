package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.payment.Outcome;
import io.orderbridge.payment.PaymentRules;
import io.orderbridge.payment.Playbook;
import io.orderbridge.payment.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R14")
class PaymentsSectionTest {
  private PaymentRules inForce = PaymentRules.NONE;
  private final RuleFiles files =
      new RuleFiles(
          List.of(
              new RuleFile<>(
                  "payments", PaymentsSection::read, rules -> inForce = rules, PaymentRules.NONE)),
          name -> null);

  private List<String> write(String text) {
    return files
        .load(Map.of("rules/payments.yaml", text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .values()
        .stream()
        .flatMap(List::stream)
        .map(FileProblem::what)
        .toList();
  }

  @Test
  void the_shipped_rules_verify_every_shipped_payment_system() throws IOException {
    assertThat(write(Files.readString(Path.of("mappings/rules/payments.yaml")))).isEmpty();
    assertThat(inForce.sources()).containsOnlyKeys("wechat-pay", "alipay", "stripe");
    assertThat(inForce.sources().get("wechat-pay").threshold()).isEqualTo(20);
    assertThat(inForce.playbooks().get(Verdict.PAID_TWICE))
        .isEqualTo(new Playbook(Outcome.REFUND_REQUEST, true));
  }

  @Test
  void what_is_not_said_has_its_default() {
    assertThat(write("zone: Asia/Shanghai\nconnections: {psp: {source: psp/bill}}")).isEmpty();
    assertThat(inForce.sources().get("psp").zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(inForce.sources().get("psp").grace()).isEqualTo(Duration.ofMinutes(5));
    assertThat(inForce.sources().get("psp").systems()).containsExactly("psp");
    assertThat(inForce.playbooks().get(Verdict.LOST_CALLBACK))
        .isEqualTo(new Playbook(Outcome.RECORD, false));
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    assertThat(
            write(
                """
                zone: Shanghai
                connections:
                  psp: {source: bill, threshold: -1, threshold-amount: "1", grace: 25h, ower: a}
                  other: {}
                playbooks:
                  PAID_TWICE: {do: refund-request, approval: false}
                  PARTIAL_PAYMENT: {do: restore}
                  MATCHED: {do: task}
                """))
        .anyMatch(what -> what.startsWith("'zone' is 'Shanghai'"))
        .anyMatch(what -> what.contains("'source' is 'bill', expected <connection>/"))
        .anyMatch(what -> what.contains("threshold' is '-1'"))
        .anyMatch(what -> what.contains("such as 10000.00 CNY"))
        .anyMatch(what -> what.contains("'grace' is longer than 24h"))
        .anyMatch(what -> what.contains("unknown key 'ower'"))
        .anyMatch(what -> what.contains("'connections.other' has no 'source'"))
        .anyMatch(what -> what.contains("money never moves without a person"))
        .anyMatch(what -> what.contains("is 'restore', expected one of [hold, refund-request,"))
        .anyMatch(what -> what.contains("unknown key 'MATCHED'"));
    assertThat(inForce).isEqualTo(PaymentRules.NONE);
  }
}
