package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Planted.Kind;
import io.orderbridge.sandbox.Planted.Stray;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file in which the shop's own payment service says what it settles of a day: a row for each
 * payment and refund, fees beside them, and the totals in the last row.
 */
final class Settlement {
  private static final int DECIMALS = 2;
  private static final BigDecimal FEE = new BigDecimal("0.029");
  private static final long FEE_EACH = 30;

  private final Words words;
  private final LocalDate day;
  private final StringBuilder rows = new StringBuilder();
  private final Map<String, Long> fees = new TreeMap<>();
  private long amount;
  private long fee;

  Settlement(Words words, LocalDate day, List<Story> stories, Planted planted) {
    this.words = words;
    this.day = day;
    stories.stream()
        .filter(story -> story.paid() && !story.elsewhere())
        .forEach(story -> story(story, planted));
    Stray stray = planted.stray();
    if (stray != null && isOf(stray.at())) {
      long settled = stray.settled();
      row(stray.number(), "charge", settled, fee(settled), stray.currency(), stray.at());
    }
  }

  private void story(Story story, Planted planted) {
    if (isOf(Letters.paidAt(story))) {
      long settled = planted.settled(story);
      row(story.number(), "charge", settled, fee(settled), story.currency(), Letters.paidAt(story));
    }
    Instant back = Letters.refundedAt(story);
    if (story.refund() > 0 && !planted.is(story, Kind.RETURN_NOT_OFFSET) && isOf(back)) {
      row(story.number(), "refund", -story.refund(), 0, story.currency(), back);
    }
  }

  private boolean isOf(Instant at) {
    return LocalDate.ofInstant(at, Callbacks.BILL_ZONE).equals(day);
  }

  private void row(String number, String type, long settled, long charged, String in, Instant at) {
    rows.append(
        "%s,%s,%s,%s,%s,%s%n"
            .formatted(
                number,
                words.of("settlement." + type),
                Story.decimal(settled),
                Story.decimal(charged),
                in,
                Letters.time(at)));
    amount += settled;
    fee += charged;
    fees.merge(in, charged, Long::sum);
  }

  private static long fee(long settled) {
    return BigDecimal.valueOf(settled)
            .multiply(FEE)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact()
        + FEE_EACH;
  }

  /** What was kept, by currency, in minor units. */
  Map<String, Long> fees() {
    return Map.copyOf(fees);
  }

  /** The file as it is laid down. */
  String csv() {
    return "%s%n%s%s,,%s,%s,,%n"
        .formatted(
            words.of("settlement.header"),
            rows,
            words.of("settlement.total"),
            BigDecimal.valueOf(amount, DECIMALS),
            BigDecimal.valueOf(fee, DECIMALS));
  }
}
