package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Role;
import io.orderbridge.repair.RepairRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R12")
@Tag("R82")
class RepairRulesSectionTest {
  private RepairRules inForce = RepairRules.DEFAULT;
  private final RuleFiles files =
      new RuleFiles(
          List.of(
              new RuleFile<>(
                  "repairs",
                  RepairRulesSection::read,
                  rules -> inForce = rules,
                  RepairRules.DEFAULT)),
          name -> null);

  private List<String> write(String text) {
    Map<String, byte[]> changed =
        Map.of("rules/repairs.yaml", text.getBytes(StandardCharsets.UTF_8));
    return files.load(changed, Set.of()).values().stream()
        .flatMap(List::stream)
        .map(FileProblem::toString)
        .map(problem -> problem.replace("mappings/rules/repairs.yaml:", ""))
        .toList();
  }

  @Test
  void the_shipped_file_is_what_holds_without_it_but_for_the_amounts() throws IOException {
    assertThat(write(Files.readString(Path.of("mappings/rules/repairs.yaml")))).isEmpty();

    RepairRules none = RepairRules.DEFAULT;
    assertThat(inForce)
        .isEqualTo(
            new RepairRules(
                none.orders(),
                none.per(),
                List.of(
                    Money.of("50000.00", "CNY"),
                    Money.of("7000.00", "USD"),
                    Money.of("7000.00", "EUR")),
                none.roles(),
                none.rate(),
                none.readBack()));
  }

  @Test
  void what_is_named_replaces_the_default_and_the_rest_stays() {
    assertThat(write("alone: {orders: 5}\nactions:\n  refund: {approve: [owner]}\nrate: 2/s\n"))
        .isEmpty();
    assertThat(inForce.orders()).isEqualTo(5);
    assertThat(inForce.per()).isEqualTo(Duration.ofHours(1));
    assertThat(inForce.rate()).isEqualTo(2);
    assertThat(inForce.roles().get("refund").approve()).containsExactly(Role.OWNER);
    assertThat(inForce.roles().get("refund").propose())
        .isEqualTo(RepairRules.ROLES.get("refund").propose());
  }

  @Test
  void whatever_is_wrong_is_told_with_its_line_and_nothing_is_taken() {
    String text =
        """
        alone:
          orders: many
          amount: {CNY: "1.005", XYZ: "3"}
        actions:
          force: {approve: [boss], propose: []}
          renfud: {approve: [owner]}
        rate: 50/m
        read-back: {after: [], until: 0s}
        limits: 3
        """;
    assertThat(write(text))
        .containsExactlyInAnyOrder(
            "9: unknown key 'limits', expected one of alone, actions, rate, read-back",
            "2: 'alone.orders' is 'many', expected a whole number from 0 to 10000",
            "3: 'alone.amount.CNY' is '1.005': amount has more than the 2 decimals of CNY; write"
                + " CNY: \"20000.00\"",
            "3: 'alone.amount.XYZ' is '3': currency is not a code of ISO 4217 such as CNY or USD;"
                + " write CNY: \"20000.00\"",
            "6: unknown key 'renfud' in 'actions', expected one of force, refund, resend, restore",
            "5: 'actions.force.approve' is 'boss', expected one of ops, cs, warehouse, finance,"
                + " sre, manager, owner, admin",
            "5: 'approve' names nobody; write [manager, owner]",
            "5: 'propose' names nobody; write [manager, owner]",
            "7: 'rate' is '50/m', expected orders a second such as 50/s",
            "8: 'read-back.after' is empty; write [2s, 10s, 1m]",
            "8: 'read-back.until' is '0s', expected more than nothing, for example 10s");
    assertThat(inForce).isEqualTo(RepairRules.DEFAULT);
  }
}
