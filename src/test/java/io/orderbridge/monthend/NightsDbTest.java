package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.Nights;
import io.orderbridge.reconciliation.Run;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
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
  private static final String OPEN =
      "select reconciliation || ',' || key || ',' || class from book_break where state = 'OPEN'"
          + " and class <> 'UNSETTLED' order by 1";

  private final Nights nights = new Nights();
  private final Month month = new Month(new Month.Size(FIRST, 10, 4, 1, 7));
  private final Rates rates = new Rates(FIRST, month.size.end());
  private final Truth truth = Planting.plant(month, rates);
  private final Files files = new Files(nights, month, rates);

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  void a_night_is_provisional_until_the_last_bill_is_there_and_then_final_by_itself() {
    nights.reconcile(RULES.resolve(Planting.DAILY + ".yaml"));
    nights.reconcile(RULES.resolve(Planting.MINI_DAILY + ".yaml"));
    files.withhold(LATE_BOOK, LATE);

    for (LocalDate day = FIRST; !day.isAfter(month.size.end()); day = day.plusDays(1)) {
      atTwo(day);
      atFivePastTen(day);
      atTenPastThree(day);
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
    nights.round(Files.at(day.plusDays(1), "15:10"));
    assertThat(last(Planting.DAILY, day).isFinal()).isEqualTo(!day.equals(LATE));
    nobodyIsDisturbed();
  }

  /** No break is open that was not planted. */
  private void nobodyIsDisturbed() {
    Set<String> planted = new TreeSet<>();
    for (String name : List.of(Planting.DAILY, Planting.MINI_DAILY)) {
      truth.lines(name).forEach(line -> planted.add(line.split(",")[1]));
    }
    assertThat(nights.rows(OPEN)).allMatch(line -> planted.contains(line.split(",")[1]));
  }

  private Run last(String name, LocalDate day) {
    return nights.last(name, day, day).orElseThrow();
  }
}
