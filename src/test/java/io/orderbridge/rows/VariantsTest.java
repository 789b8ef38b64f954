package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.runtime.TableFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One table reads the variants of a file that a partner has made over the years. */
@Tag("R74")
class VariantsTest {
  private static final String TABLE =
      """
      format: csv
      cells: backtick
      header: [no, amount]
      required: [no]
      numbers: [amount, refund]
      optional: [refund]
      renamed: {total: amount, sum: amounts}
      footer: {header: [count]}
      totals:
        - {label: amounts, sum: amount}
        - {label: refunds, sum: refund}
      """;

  @Test
  void other_names_and_missing_columns_are_those_of_the_table() {
    Rows.Result read = read("no,total", "`1,`2.50", "count,sum", "`1,`2.50");

    assertThat(read.refused()).isEmpty();
    assertThat(read.rows())
        .containsExactly(Map.of("no", "1", "amount", "2.50", "refund", "", "@line", "2"));
  }

  @Test
  void a_header_that_has_both_names_keeps_both() {
    Rows.Result read = read("no,amount,total", "`1,`2.50,`9", "count,amounts", "`1,`2.50");

    assertThat(read.rows())
        .containsExactly(
            Map.of("no", "1", "amount", "2.50", "total", "9", "refund", "", "@line", "2"));
  }

  @Test
  void a_file_that_lost_all_its_backticks_is_read_and_one_that_lost_some_is_not() {
    assertThat(read("no,amount", "1,2.50", "2,1", "count,amounts", "2,3.50").refused()).isEmpty();

    assertThat(read("no,amount", "`1,`2.50", "2,0", "count,amounts", "`2,`2.50").refused())
        .containsExactly(Map.of("line", 3, "why", "the line does not begin with a backtick"));
  }

  private static Rows.Result read(String... lines) {
    byte[] file = String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    return Rows.read(TableFiles.table(TABLE), file);
  }
}
