package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static List<String> signs(String before, String after) {
    return LineDiff.of(before, after).stream()
        .map(row -> row.get("sign") + "" + row.get("line") + " " + row.get("text"))
        .toList();
  }

  @Test
  void a_changed_line_stands_between_what_is_around_it() {
    assertThat(signs("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9"))
        .containsExactly("2 2", "3 3", "4 4", "-5 5", "+5 five", "6 6", "7 7", "8 8");
  }

  @Test
  void equal_texts_differ_in_nothing_and_a_new_text_in_all() {
    assertThat(signs("a\nb", "a\nb")).isEmpty();
    assertThat(signs("", "a\nb")).containsExactly("+1 a", "+2 b");
  }

  @Test
  void of_a_long_run_of_equal_lines_the_middle_is_left_out() {
    String run = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
    assertThat(signs("x\n" + run + "y", "X\n" + run + "Y"))
        .containsExactly(
            "-1 x", "+1 X", "2 a", "3 b", "4 c", "… ", "8 g", "9 h", "10 i", "-11 y", "+11 Y");
  }
}
