package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Money;
import io.orderbridge.reconciliation.Reconciliation;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliations;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconciliationRulesTest {
  private static final String GOOD =
      """
      title: {zh: 收款, en: Receipts}
      left:
        title: {zh: 订单, en: orders}
        books: [a/orders]
        basis: PAID
      right:
        title: {zh: 实收, en: receipts}
        books: [b/bill]
        basis: SETTLED
      tolerance: {amount: 0.05, percent: 0.5, both: true}
      settles: 3
      passes:
        - {id: payout, by: sum, many: left, within: 3}
      write-off: {limit: 50.00}
      """;

  private final Reconciliations inForce = new Reconciliations();
  private final RuleFiles files =
      new RuleFiles(List.of(), List.of(new ReconciliationFiles(inForce)), name -> null);

  @Test
  void every_shipped_reconciliation_is_read() throws IOException {
    try (Stream<Path> listed = Files.list(Path.of("mappings/reconciliations"))) {
      for (Path path : listed.toList()) {
        assertThat(write(path.getFileName().toString(), Files.readString(path))).isEmpty();
      }
    }
    assertThat(inForce.all())
        .extracting(loaded -> loaded.reconciliation().name())
        .containsExactly(
            "orders-erp",
            "payments-bank",
            "sandbox-receipts",
            "shipments-wms",
            "shop-payments",
            "wechat-pay-bills");
    assertThat(inForce.find("shipments-wms").orElseThrow().reconciliation().compare())
        .isEqualTo(Compare.QUANTITY);
  }

  @Test
  void a_file_says_all_of_a_reconciliation() {
    assertThat(write("receipts.yaml", GOOD)).isEmpty();

    Reconciliations.Loaded loaded = inForce.find("receipts").orElseThrow();
    Reconciliation read = loaded.reconciliation();
    assertThat(read.left().basis()).isEqualTo(Basis.PAID);
    assertThat(read.right().books()).containsExactly("b/bill");
    assertThat(read.tolerance()).isEqualTo(Tolerance.both(5, new BigDecimal("0.5")));
    assertThat(read.passes())
        .containsExactly(new Pass("payout", Pass.By.SUM, Pass.Many.LEFT, 3, 12));
    assertThat(read.text()).isEqualTo(GOOD);
    assertThat(loaded.care().writeOff()).isEqualTo(Money.of("50.00", "CNY"));
  }

  @Test
  void a_text_that_a_run_kept_is_read_as_it_was() {
    assertThat(ReconciliationRules.read("receipts", GOOD).reconciliation().settles()).isEqualTo(3);

    assertThatThrownBy(() -> ReconciliationRules.read("receipts", GOOD + "wide: 3\n"))
        .hasMessageContaining("rules of a run of receipts:15: unknown key 'wide'");
  }

  @Test
  void what_is_wrong_is_told_with_its_line() {
    assertThat(write("receipts.yaml", GOOD.replace("basis: PAID", "basis: WHENEVER")))
        .containsExactly(
            new FileProblem(
                "mappings/reconciliations/receipts.yaml",
                5,
                "'left.basis' is 'WHENEVER', expected one of ORDERED, PAID, SHIPPED, SETTLED"));
    assertThat(write("receipts.yaml", GOOD.replace("[b/bill]", "[]")))
        .extracting(FileProblem::what)
        .containsExactly("'right.books' names 1 to 50 books");
    assertThat(write("receipts.yaml", GOOD.replace("percent: 0.5", "percent: 0.00001")))
        .extracting(FileProblem::what)
        .contains(
            "'tolerance.percent' is '0.00001', expected 0 to 100 with at most four decimals, such"
                + " as 0.5");
    assertThat(write("receipts.yaml", GOOD.replace("by: sum", "by: ref")))
        .extracting(FileProblem::what)
        .containsExactly("'many' and 'most' are of effect with 'by: sum' alone");
    assertThat(write("receipts.yaml", "compare: quantity\ntolerance: {amount: 1}\n" + GOOD))
        .isNotEmpty();
    assertThat(write("Receipts.yaml", GOOD).get(0).what()).contains("reconciliations/<name>.yaml");
  }

  @Test
  void a_file_that_is_wrong_leaves_the_last_good_one_and_a_deleted_one_takes_it_along() {
    write("receipts.yaml", GOOD);
    write("receipts.yaml", GOOD + "wide: 3\n");
    assertThat(inForce.find("receipts").orElseThrow().reconciliation().text()).isEqualTo(GOOD);

    files.load(Map.of(), Set.of("reconciliations/receipts.yaml"));
    assertThat(inForce.all()).isEmpty();
  }

  private List<FileProblem> write(String name, String text) {
    return files
        .load(Map.of("reconciliations/" + name, text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .get("mappings/reconciliations/" + name);
  }
}
