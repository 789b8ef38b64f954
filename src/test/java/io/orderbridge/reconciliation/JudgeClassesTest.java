package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.kernel.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every row of classes.csv is judged as a person would. */
@Tag("R39")
class JudgeClassesTest {
  private static final Path CASES = Path.of("src/test/resources/reconciliation/classes.csv");
  private static final Pattern ENTRY =
      Pattern.compile(
          "(-?[\\d.]+)([A-Z]{3})?(?:/([A-Z]+))?(?::(\\w+))?(?:@(\\d\\d)-(\\d\\d))?(?::(\\w+))?"
              + "(?:=([A-Z]{3}[-\\d.]+\\*[\\d./]+))?");

  private record Case(String number, BreakClass expected, String tally, String left, String right) {
    static Case of(String row) {
      String[] cells = row.split(",", -1);
      return new Case(cells[0], BreakClass.valueOf(cells[1]), cells[2], cells[3], cells[4]);
    }

    List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      add(lines, true, left);
      add(lines, false, right);
      return lines;
    }

    private void add(List<Line> lines, boolean ofLeft, String entries) {
      for (String entry : entries.isEmpty() ? new String[0] : entries.split(" ")) {
        Matcher part = ENTRY.matcher(entry);
        assertThat(part.matches()).as(entry).isTrue();
        Court.Draft draft = ofLeft ? Court.left("K" + number) : Court.right("K" + number);
        draft.place(8 * (lines.size() + 1));
        if (tally.equals("pieces")) {
          draft.pieces(Long.parseLong(part.group(1)));
        } else {
          String currency = part.group(2) == null ? "CNY" : part.group(2);
          draft.fen(Money.of(part.group(1), currency).minor()).currency(currency);
        }
        if (part.group(3) != null) {
          draft.kind(EntryKind.valueOf(part.group(3)));
        }
        if (part.group(5) != null) {
          draft.day(
              LocalDate.of(2026, Integer.parseInt(part.group(5)), Integer.parseInt(part.group(6))));
        }
        if (part.group(8) != null) {
          // USD100.00*8.1/1.15 for USD 100.00 * 8.1/1.15
          draft.converted(part.group(8).replaceFirst("([A-Z]{3})([-\\d.]+)\\*", "$1 $2 * "));
        }
        String status = part.group(4) == null ? part.group(7) : part.group(4);
        lines.add(draft.status(status == null ? "" : status).line());
      }
    }

    Court court() {
      Court court = new Court();
      court.tally = tally.equals("each") ? Reconciliation.Tally.EACH : Reconciliation.Tally.NET;
      court.compare =
          tally.equals("pieces") ? Reconciliation.Compare.QUANTITY : Reconciliation.Compare.AMOUNT;
      return court;
    }
  }

  private static List<Case> cases() throws IOException {
    return Files.readAllLines(CASES, StandardCharsets.UTF_8).stream()
        .filter(row -> !row.startsWith("#"))
        .map(Case::of)
        .toList();
  }

  @Test
  void the_confusion_matrix_is_diagonal() throws IOException {
    Map<String, Map<String, Integer>> matrix = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Case one : cases()) {
      List<Item> items = one.court().judge(one.lines());
      BreakClass found = found(items);
      matrix
          .computeIfAbsent(one.expected().name(), kind -> new TreeMap<>())
          .merge(String.valueOf(found), 1, Integer::sum);
      if (found != one.expected()) {
        wrong.add("%s: %s instead of %s: %s".formatted(one.number(), found, one.expected(), items));
      }
    }
    matrix.forEach((expected, found) -> System.out.printf("%-18s %s%n", expected, found));

    assertThat(wrong).isEmpty();
    assertThat(matrix)
        .allSatisfy((expected, found) -> assertThat(found).containsOnlyKeys(expected));
    for (String ten : List.of("UNSETTLED", "RETURN_NOT_OFFSET", "CROSS_PERIOD")) {
      assertThat(matrix.get(ten).get(ten)).as(ten).isGreaterThanOrEqualTo(10);
    }
  }

  /** Of a key that has more than one item, what is wrong with it. */
  private static BreakClass found(List<Item> items) {
    List<BreakClass> kinds = items.stream().map(Item::kind).distinct().toList();
    List<BreakClass> wrong = kinds.stream().filter(kind -> kind != BreakClass.MATCHED).toList();
    List<BreakClass> found = wrong.isEmpty() ? kinds : wrong;
    return found.size() == 1 ? found.get(0) : null;
  }

  @Test
  void what_is_not_settled_today_and_is_tomorrow_closes_itself() {
    Court court = new Court();
    Line paid = Court.left("A").place(8).fen(100).day(Court.TO).line();
    Line settled = Court.right("A").place(8).fen(100).day(Court.TO.plusDays(1)).line();

    Item today = court.judge(List.of(paid)).get(0);
    assertThat(today.kind()).isEqualTo(BreakClass.UNSETTLED);
    assertThat(today.carried()).isTrue();
    assertThat(today.why().en())
        .isEqualTo(
            "on the left alone, 1.00 CNY, 2026-10-31;"
                + " unsettled: 0 days old, may come within 3 days (rule 'settles')");

    Line carried = Court.everyDay(paid);
    Item tomorrow = court.judge(List.of(carried, Court.everyDay(settled))).get(0);
    assertThat(tomorrow.kind()).isEqualTo(BreakClass.MATCHED);
    assertThat(tomorrow.carried()).isFalse();
  }

  @Test
  void every_item_says_why_in_both_languages_with_its_rule() throws IOException {
    for (Case one : cases()) {
      for (Item item : one.court().judge(one.lines())) {
        assertThat(item.why().en()).as(one.number()).contains("rule '" + item.rule() + "'");
        assertThat(item.why().zh()).as(one.number()).contains("规则 " + item.rule());
      }
    }
  }
}
