package io.orderbridge.release;

import static io.orderbridge.kernel.Role.ADMIN;
import static io.orderbridge.kernel.Role.OPS;
import static io.orderbridge.kernel.Role.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R55")
class FilePathTest {
  @ParameterizedTest
  @CsvSource({
    "routes/erp/connection.yaml,CONNECTION",
    "routes/erp/erp-deliver.camel.yaml,ROUTE",
    "routes/kamelets/deliver-json.kamelet.yaml,KAMELET",
    "mappings/erp/order.jsonata,MAPPING",
    "mappings/erp/status.csv,TABLE",
    "mappings/rules/people.csv,TABLE",
    "mappings/rules/stuck.yaml,RULES",
    "mappings/reconciliations/payments-bank.yaml,RECONCILIATION",
    "mappings/notices/shipped.sms.yaml,NOTICE_TEMPLATE",
    "mappings/definitions/turnover.yaml,DEFINITION"
  })
  void a_path_says_what_the_file_is_for(String path, FileKind kind) {
    assertThat(FilePath.of(path).kind()).isEqualTo(kind);
    assertThat(FilePath.of(path)).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routes/../connection.yaml",
        "routes/erp/../connection.yaml",
        "routes/erp/..",
        "mappings/erp/../../etc.csv",
        "mappings/erp/..%2f..%2fetc.csv",
        "etc/erp/connection.yaml",
        "routes/erp/.connection.yaml",
        "routes/erp/connection.yaml~",
        "routes/erp/run.sh",
        "routes/erp/x.groovy",
        "routes/sandbox/connection.yaml",
        "mappings/erp/order.case.in.json",
        "mappings/erp/a/b.csv",
        "mappings/order.jsonata",
        "/mappings/erp/order.jsonata",
        "mappings/erp/order\u0000.jsonata",
        "mappings/erp/order.jsonata\n"
      })
  void no_path_leads_out_of_the_folders_or_to_what_is_not_read(String path) {
    assertThat(FilePath.isOne(path)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilePath.of(path))
        .withMessageContaining("mappings/<system>/<name>.jsonata");
  }

  @Test
  void operations_releases_tolerances_and_no_route_or_mapping() {
    for (String path : new String[] {"stuck", "links", "comparisons"}) {
      FilePath rules = FilePath.of("mappings/rules/" + path + ".yaml");
      assertThat(rules.kind().releasers(rules)).containsExactlyInAnyOrder(OPS, OWNER, ADMIN);
    }
    for (String path :
        new String[] {
          "routes/erp/connection.yaml",
          "routes/erp/a.camel.yaml",
          "mappings/erp/order.jsonata",
          "mappings/erp/status.csv",
          "mappings/rules/repairs.yaml",
          "mappings/rules/health.yaml"
        }) {
      FilePath file = FilePath.of(path);
      assertThat(file.kind().releasers(file)).containsExactlyInAnyOrder(OWNER, ADMIN);
    }
  }

  @Test
  void what_has_a_release_of_its_own_says_where() {
    FilePath template = FilePath.of("mappings/notices/shipped.sms.yaml");
    assertThat(template.kind().elsewhere(template)).contains("/api/notice-templates/shipped/sms");
  }
}
