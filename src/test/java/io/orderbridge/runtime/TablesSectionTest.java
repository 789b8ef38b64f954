package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesSectionTest {
  @Test
  void what_is_not_said_has_a_default() {
    var table = TableFiles.table("format: csv\nheader: [a]\n");

    assertThat(table.name()).isEqualTo("test/table");
    assertThat(table.limits().sizeMax()).isEqualTo(64L * 1024 * 1024);
    assertThat(table.limits().rowsMax()).isEqualTo(200_000);
    assertThat(table.text().separator()).isEqualTo(',');
    assertThat(table.text().charset().name()).isEqualTo("UTF-8");
    assertThat(table.ending().footer()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "header: [a]|'tables.table' has no 'format'",
        "{format: pdf, header: [a]}|'tables.table.format' is 'pdf', expected one of camt053,",
        "format: csv|'tables.table' has no 'header'",
        "{format: mt940, header: [a]}|unknown key 'header' in 'tables.table', expected one of"
            + " format",
        "{format: xlsx, charset: GBK, header: [a]}|unknown key 'charset'",
        "{format: csv, header: [a], charset: GBX}|is 'GBX', expected a charset such as UTF-8, GBK",
        "{format: csv, header: [a], separator: ab}|expected one character such as ','",
        "{format: csv, header: [a], entry: '('}|is '(', expected a regular expression",
        "{format: csv, header: [a], decimal: ';'}|expected '.' or ','",
        "{format: csv, header: [a], cells: tabs}|is 'tabs', expected one of",
        "{format: csv, header: [a], size-max: 3GB}|expected a size such as",
        "{format: csv, header: [a], rows-max: 0}|expected a whole number from 1 to 20000000",
        "{format: csv, header: [a], footer: {row: x, header: [y]}}|'footer' needs one of",
        "{format: csv, header: [a], totals: [{label: x, count: true}]}|but no 'footer'",
        "{format: csv, header: [a], footer: {row: x}, totals: [{label: x}]}|a total is 'sum:",
        "{format: csv, header: [a], footer: {row: x}, totals: [{label: x, sum: a}]}|not among",
        "{format: csv, header: [a], balance: {column: a, plus: b}}|'balance.column' is 'a', which",
        "{format: csv, header: [a], numbers: [a], balance: {plus: a}}|has no 'column'"
      })
  void what_is_wrong_is_said_with_what_is_allowed(String table, String told) {
    var result = TableFiles.read("test", "tables:\n  table: " + yaml(table) + "\n");

    assertThat(result.problems())
        .isNotEmpty()
        .anySatisfy(problem -> assertThat(problem.toString()).contains(told))
        .allSatisfy(problem -> assertThat(problem.line()).isPositive());
  }

  @Test
  void a_name_is_small_letters() {
    assertThat(TableFiles.read("test", "tables:\n  Trade Bill: {format: mt940}\n").problems())
        .singleElement()
        .asString()
        .contains("'tables.Trade Bill' is no name");
  }

  @Test
  void tables_of_a_connection_have_its_name() {
    var result = TableFiles.read("bank", "tables: {one: {format: mt940}, two: {format: camt053}}");

    assertThat(result.connection().orElseThrow().tables())
        .extracting(table -> table.name())
        .isEqualTo(List.of("bank/one", "bank/two"));
  }

  private static String yaml(String table) {
    return table.startsWith("{") ? table : "{" + table + "}";
  }
}
