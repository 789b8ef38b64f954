package io.orderbridge.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two texts line by line: what is gone, what is new, and a few lines around it. */
final class LineDiff {
  // Lines to see where one is.
  private static final int AROUND = 3;
  // 2,000 by 2,000 cells of 4 bytes are 16 MB for the time of one page.
  private static final int CELLS_MAX = 4_000_000;

  private final String[] before;
  private final String[] after;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private LineDiff(String before, String after) {
    this.before = before.isEmpty() ? new String[0] : before.split("\n", -1);
    this.after = after.isEmpty() ? new String[0] : after.split("\n", -1);
  }

  /**
   * Rows with {@code how} ({@code same}, {@code gone}, {@code new}, {@code skip}), {@code sign},
   * {@code line} of the later text where it stands there, else of the earlier, and {@code text};
   * empty when both are the same. Texts of thousands of different lines are shown one after the
   * other.
   */
  static List<Map<String, Object>> of(String before, String after) {
    return before.equals(after) ? List.of() : new LineDiff(before, after).rows();
  }

  private List<Map<String, Object>> rows() {
    int from = 0;
    int endBefore = before.length;
    int endAfter = after.length;
    while (from < Math.min(endBefore, endAfter) && before[from].equals(after[from])) {
      from++;
    }
    while (Math.min(endBefore, endAfter) > from
        && before[endBefore - 1].equals(after[endAfter - 1])) {
      endBefore--;
      endAfter--;
    }
    for (int i = Math.max(0, from - AROUND); i < from; i++) {
      add("same", i, after[i]);
    }
    middle(from, endBefore, endAfter);
    for (int i = endAfter; i < Math.min(after.length, endAfter + AROUND); i++) {
      add("same", i, after[i]);
    }
    return rows;
  }

  private void middle(int from, int endBefore, int endAfter) {
    int left = endBefore - from;
    int right = endAfter - from;
    int[][] common = (long) left * right > CELLS_MAX ? null : common(from, left, right);
    int i = 0;
    int j = 0;
    List<Integer> same = new ArrayList<>();
    while (i < left || j < right) {
      boolean both = i < left && j < right;
      if (common != null && both && before[from + i].equals(after[from + j])) {
        same.add(from + j);
        i++;
        j++;
        continue;
      }
      between(same);
      boolean gone =
          i < left && (j == right || common == null || common[i + 1][j] >= common[i][j + 1]);
      if (gone) {
        add("gone", from + i, before[from + i++]);
      } else {
        add("new", from + j, after[from + j++]);
      }
    }
    between(same);
  }

  // Of a long run of equal lines the first and the last few.
  private void between(List<Integer> same) {
    int count = same.size();
    for (int k = 0; k < count; k++) {
      if (count > 2 * AROUND + 1 && k == AROUND) {
        add("skip", -1, "");
        k = count - AROUND;
      }
      add("same", same.get(k), after[same.get(k)]);
    }
    same.clear();
  }

  private int[][] common(int from, int left, int right) {
    int[][] length = new int[left + 1][right + 1];
    for (int i = left - 1; i >= 0; i--) {
      for (int j = right - 1; j >= 0; j--) {
        length[i][j] =
            before[from + i].equals(after[from + j])
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }

  private void add(String how, int at, String text) {
    String sign =
        how.equals("gone") ? "-" : how.equals("new") ? "+" : how.equals("skip") ? "…" : "";
    rows.add(
        Map.of(
            "how",
            how,
            "sign",
            sign,
            "line",
            at < 0 ? "" : Integer.toString(at + 1),
            "text",
            text));
  }
}
