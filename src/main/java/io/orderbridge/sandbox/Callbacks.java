package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Planted.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The payments of the play at the payment system, which knows them all: its answers and its bill
 * show them. Of a share of them the callback never arrives.
 */
final class Callbacks {
  private static final int OF = 100;
  private static final int DECIMALS = 2;
  private static final BigDecimal FEE = new BigDecimal("0.006");
  static final ZoneId BILL_ZONE = ZoneId.of("Asia/Shanghai");

  private final Counterpart paymentSystem;
  private final int lostPercent;
  private final Random random;
  private final Set<String> lost = new LinkedHashSet<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /**
   * @param lostPercent of the payments whose goods go to the warehouse
   */
  Callbacks(Counterpart paymentSystem, int lostPercent, long seed) {
    this.paymentSystem = paymentSystem;
    this.lostPercent = lostPercent;
    // Of its own, so that the play is the same whatever gets lost.
    this.random = new Random(seed);
  }

  /**
   * Has the payment system know what is paid through it, and draws whose callback gets lost. What
   * is planted is wrong in its bill alone; whoever asks it for a payment is told the truth.
   */
  void begin(List<Story> stories, Planted planted) {
    List<Map<String, Object>> payments = new ArrayList<>();
    List<Map<String, Object>> refunds = new ArrayList<>();
    for (Story story : stories.stream().filter(Story::elsewhere).toList()) {
      Map<String, Object> payment = payment(story);
      payments.add(payment);
      // It was too late for the bill of its own day.
      Duration late = planted.is(story, Kind.UNSETTLED) ? Duration.ofDays(1) : Duration.ZERO;
      if (!planted.is(story, Kind.MISSING_RIGHT)) {
        rows.add(row(Letters.paidAt(story).plus(late), payment, fee(story.total()), null));
      }
      if (story.refund() > 0) {
        Map<String, Object> refund = refund(story);
        refunds.add(refund);
        if (!planted.is(story, Kind.RETURN_NOT_OFFSET)) {
          rows.add(row(Letters.refundedAt(story), payment, "-" + fee(story.refund()), refund));
        }
      } else if (story.worked() && random.nextInt(OF) < lostPercent && !planted.has(story)) {
        lost.add(story.number());
      }
    }
    paymentSystem.add("payments", payments);
    paymentSystem.add("refunds", refunds);
    paymentSystem.add("bill-trade", rows);
  }

  /**
   * What arrives of an order's letters, the first of which tells that it was placed. The shop
   * learns of the payment by the same callback, so it has nothing more to tell either.
   */
  List<Letter> arriving(Story story, List<Letter> letters) {
    return lost.contains(story.number()) ? letters.subList(0, 1) : letters;
  }

  /** What the payment system keeps by its bill of a day, by currency, in minor units. */
  Map<String, Long> fees(LocalDate day) {
    return rows.stream()
        .filter(row -> day.toString().equals(row.get("day")))
        .collect(
            Collectors.groupingBy(
                row -> ((Map<?, ?>) row.get("payment")).get("currency").toString(),
                Collectors.summingLong(
                    row ->
                        new BigDecimal(row.get("fee").toString())
                            .movePointRight(DECIMALS)
                            .longValueExact())));
  }

  /** The orders whose payment the product is not told of. */
  Set<String> lost() {
    return lost;
  }

  private static Map<String, Object> payment(Story story) {
    Map<String, Object> payment = new LinkedHashMap<>();
    payment.put("id", ShopBodies.transaction(story));
    payment.put("order", story.number());
    payment.put("amount", Story.decimal(story.total()));
    payment.put("currency", story.currency());
    payment.put("state", story.refund() > 0 ? "REFUNDED" : "PAID");
    payment.put("at", Letters.time(Letters.paidAt(story)));
    return payment;
  }

  private static Map<String, Object> refund(Story story) {
    Map<String, Object> refund = new LinkedHashMap<>();
    refund.put("id", ShopBodies.refundId(story));
    refund.put("ref", "50000099" + story.number());
    refund.put("order", story.number());
    refund.put("amount", Story.decimal(story.refund()));
    refund.put("status", "REFUNDED");
    refund.put("at", Letters.time(Letters.refundedAt(story)));
    return refund;
  }

  private static Map<String, Object> row(
      Instant at, Map<String, Object> payment, String fee, Map<String, Object> refund) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("day", LocalDate.ofInstant(at, BILL_ZONE).toString());
    row.put("payment", payment);
    row.put("fee", fee);
    if (refund != null) {
      row.put("refund", refund);
    }
    return row;
  }

  private static String fee(long minor) {
    return BigDecimal.valueOf(minor, DECIMALS)
        .multiply(FEE)
        .setScale(DECIMALS, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
