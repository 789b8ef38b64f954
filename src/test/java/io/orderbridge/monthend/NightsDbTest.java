package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.monthend.Said.Money;
import io.orderbridge.reconciliation.Nights;
import io.orderbridge.reconciliation.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The six platforms night by night: what is not due is waited for, and nobody is disturbed. */
@Tag("R42")
@Tag("R43")
class NightsDbTest {
  private static final Path RULES = Path.of("src/test/resources/monthend");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final LocalDate LATE = FIRST.plusDays(3);
  private static final String LATE_BOOK = "pinduoduo-files/settlement";
  private static final LocalDate WRONG = FIRST.plusDays(5);
  private static final String WRONG_BOOK = "jd-files/settlement";
  private static final String OPEN =
      "select reconciliation || ',' || key || ',' || class from book_break where state = 'OPEN'"
          + " and class <> 'UNSETTLED' order by 1";

  private final Nights nights = new Nights();
  private final Month month = new Month(new Month.Size(FIRST, 10, 4, 1, 7));
  private final Rates rates = new Rates(FIRST, month.size.end());
  private final Truth truth = Planting.plant(month, rates);
  private final Files files = new Files(nights, month, rates);
  private final Money misstated = misstated();
  private boolean corrected;

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  void a_night_is_provisional_until_the_last_bill_is_there_and_then_final_by_itself() {
    nights.reconcile(RULES.resolve(Planting.DAILY + ".yaml"));
    nights.reconcile(RULES.resolve(Planting.MINI_DAILY + ".yaml"));
    files.withhold(LATE_BOOK, LATE);
    files.withhold(WRONG_BOOK, WRONG);

    for (LocalDate day = FIRST; !day.isAfter(month.size.end()); day = day.plusDays(1)) {
      atTwo(day);
      atFivePastTen(day);
      atTenPastThree(day);
      if (day.equals(WRONG.plusDays(2))) {
        aCorrectedFileComesAfterThree(day);
      }
    }

    Set<String> expected = new TreeSet<>();
    for (String name : List.of(Planting.DAILY, Planting.MINI_DAILY)) {
      truth.lines(name).forEach(line -> expected.add(line.substring(0, line.lastIndexOf(','))));
    }
    assertThat(new TreeSet<>(nights.rows(OPEN))).isEqualTo(expected);
    assertThat(
            nights.rows("select key from book_break where class = 'UNSETTLED' and state = 'OPEN'"))
        .as("what was settled late has closed by itself")
        .isEmpty();
  }

  private void atTwo(LocalDate day) {
    LocalDate next = day.plusDays(1);
    if (day.equals(LATE.plusDays(1))) {
      files.send(LATE_BOOK, Platform.PINDUODUO, LATE, Files.at(next, "01:30"));
      nights.round(Files.at(next, "01:31"));
      assertThat(last(Planting.DAILY, LATE).isFinal()).as("the late file came").isTrue();
    }
    files.arrive(day, LocalTime.of(2, 0));

    Run platforms = nights.night(Planting.DAILY, day, Files.at(next, "02:00"));
    Run mini = nights.night(Planting.MINI_DAILY, day, Files.at(next, "02:00"));

    assertThat(platforms.inputs().missing())
        .as("what is not there is named")
        .containsExactlyInAnyOrderElementsOf(
            day.equals(LATE)
                ? List.of(
                    "jd-files/settlement@" + day,
                    "shopify-files/payouts@" + day,
                    "taobao-files/settlement@" + day,
                    LATE_BOOK + "@" + day)
                : List.of(
                    "jd-files/settlement@" + day,
                    "shopify-files/payouts@" + day,
                    "taobao-files/settlement@" + day));
    assertThat(mini.inputs().missing()).containsExactly("wechat-pay/trade-bill@" + day);
    nobodyIsDisturbed();
  }

  private void atFivePastTen(LocalDate day) {
    files.arrive(day, LocalTime.of(10, 0));
    nights.round(Files.at(day.plusDays(1), "10:05"));
    assertThat(last(Planting.MINI_DAILY, day).isFinal()).isTrue();
    assertThat(last(Planting.MINI_DAILY, day).version()).isEqualTo(2);
    assertThat(last(Planting.DAILY, day).isFinal()).isFalse();
    nobodyIsDisturbed();
  }

  private void atTenPastThree(LocalDate day) {
    files.arrive(day, LocalTime.of(15, 0));
    if (day.equals(WRONG)) {
      List<Money> rows = new ArrayList<>(month.money(Platform.JD, WRONG));
      rows.replaceAll(row -> row == misstated ? row.of(row.minor() * 2) : row);
      Instant now = Files.at(day.plusDays(1), "15:00");
      nights.take(WRONG_BOOK, WRONG, MoneyFiles.of(Platform.JD, WRONG, rows), now);
    }
    nights.round(Files.at(day.plusDays(1), "15:10"));
    assertThat(last(Planting.DAILY, day).isFinal()).isEqualTo(!day.equals(LATE));
    nobodyIsDisturbed();
  }

  /** The day is judged anew by itself, and the days that carried from it; what it clears closes. */
  private void aCorrectedFileComesAfterThree(LocalDate day) {
    List<LocalDate> days = WRONG.datesUntil(day.plusDays(1)).toList();
    List<Integer> before = versions(days);
    String state =
        "select state from book_break where reconciliation = '%s' and key = '%s'"
            .formatted(Planting.DAILY, misstated.number());
    assertThat(nights.rows(state)).as("the wrong amount was found").containsExactly("OPEN");

    files.send(WRONG_BOOK, Platform.JD, WRONG, Files.at(day.plusDays(1), "16:30"));
    nights.round(Files.at(day.plusDays(1), "16:31"));
    corrected = true;

    assertThat(versions(days)).isEqualTo(before.stream().map(version -> version + 1).toList());
    assertThat(days).allMatch(one -> last(Planting.DAILY, one).isFinal());
    assertThat(nights.rows(state)).containsExactly("CLEARED");
    nights.round(Files.at(day.plusDays(1), "16:32"));
    assertThat(versions(days)).as("once").isEqualTo(before.stream().map(v -> v + 1).toList());
    nobodyIsDisturbed();
  }

  private List<Integer> versions(List<LocalDate> days) {
    return days.stream().map(day -> last(Planting.DAILY, day).version()).toList();
  }

  /** Of a sale that nothing else is wrong with, settled on its day. */
  private Money misstated() {
    Set<String> planted = new TreeSet<>();
    truth.lines(Planting.DAILY).forEach(line -> planted.add(line.split(",")[1]));
    return month.orders(Platform.JD, WRONG).stream()
        .filter(order -> order.paid() != null && !planted.contains(order.number()))
        .flatMap(order -> month.money(Platform.JD, WRONG).stream().filter(order::isPaidBy))
        .findFirst()
        .orElseThrow();
  }

  /** No break is open that was not planted. */
  private void nobodyIsDisturbed() {
    Set<String> planted = new TreeSet<>();
    for (String name : List.of(Planting.DAILY, Planting.MINI_DAILY)) {
      truth.lines(name).forEach(line -> planted.add(line.split(",")[1]));
    }
    if (!corrected) {
      planted.add(misstated.number());
    }
    assertThat(nights.rows(OPEN)).allMatch(line -> planted.contains(line.split(",")[1]));
  }

  private Run last(String name, LocalDate day) {
    return nights.last(name, day, day).orElseThrow();
  }
}
