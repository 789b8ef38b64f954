package io.orderbridge.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R77")
class PaymentCsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
  void what_a_spreadsheet_takes_for_a_formula_stays_text(String planted) {
    assertThat(PaymentCsv.cell(planted)).isEqualTo("\"'" + planted + "\"");
  }

  @Test
  void a_row_has_a_cell_for_each_column_and_quotes_are_doubled() {
    RunList.Row row =
        new RunList.Row(
            1,
            Verdict.OVERPAID,
            "PAYMENT",
            "=T1",
            "",
            "demo",
            "a\"b",
            "199.00",
            "CNY",
            Instant.parse("2026-11-20T02:00:00Z"),
            77L,
            "",
            "{\"state\":\"PAID\"}");

    assertThat(PaymentCsv.line(row))
        .isEqualTo(
            "\"OVERPAID\",\"PAYMENT\",\"demo\",\"a\"\"b\",\"'=T1\",\"\",199.00,\"CNY\","
                + "\"2026-11-20T02:00:00Z\",77,\"\",\"{\"\"state\"\":\"\"PAID\"\"}\"\r\n");
    assertThat(PaymentCsv.head()).startsWith("\uFEFFclass,kind,").endsWith("\r\n");
  }
}
