package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.sandbox.Planted.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class SettlementTest {
  private static final Instant EVENING = Instant.parse("2026-11-29T15:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-29");
  private static final int AMOUNT = 2;
  private static final int FEE = 3;

  private final Planted planted =
      new Planted(Story.invent(300, 7, "CNY", EVENING, new Random(1)), "79999999");
  private final List<Story> stories = planted.stories();

  private List<String> lines(LocalDate day) {
    return new Settlement(new Words(), day, stories, planted).csv().lines().toList();
  }

  private static BigDecimal sum(List<String> lines, int column) {
    return lines.subList(1, lines.size() - 1).stream()
        .map(line -> new BigDecimal(line.split(",")[column]))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void the_last_row_has_the_totals_of_the_others() {
    List<String> lines = lines(DAY);
    String[] total = lines.get(lines.size() - 1).split(",");

    assertThat(total[0]).isEqualTo("total");
    assertThat(new BigDecimal(total[AMOUNT])).isEqualTo(sum(lines, AMOUNT));
    assertThat(new BigDecimal(total[FEE])).isEqualTo(sum(lines, FEE));
  }

  @Test
  void the_fees_that_it_says_it_kept_are_those_of_its_rows() {
    Settlement settlement = new Settlement(new Words(), DAY, stories, planted);

    assertThat(Story.decimal(settlement.fees().get("USD")))
        .isEqualTo(sum(lines(DAY), FEE).toPlainString());
  }

  @Test
  void a_payment_without_an_order_is_in_the_file_of_one_day() {
    assertThat(lines(DAY)).anyMatch(line -> line.startsWith("79999999,charge,19.90,"));
    assertThat(lines(DAY.minusDays(1))).hasSize(2);
    assertThat(lines(DAY.plusDays(1))).hasSize(2);
  }

  @Test
  void who_is_planted_with_another_amount_is_settled_with_less() {
    Story less = stories.stream().filter(s -> planted.is(s, Kind.AMOUNT)).findFirst().orElseThrow();

    assertThat(lines(DAY))
        .anyMatch(
            line ->
                line.startsWith(
                    "%s,charge,%s,"
                        .formatted(
                            less.number(),
                            Story.decimal(less.total() - planted.all().get(less.number()).gap()))));
  }
}
