package io.orderbridge.notice;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What templates may name, out of an order as events and {@code GET /api/orders} show it. Pure;
 * what is not known is missing.
 */
public final class OrderValues {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final String REFUNDED = "REFUNDED";

  private final Map<?, ?> order;
  private final Map<String, String> values = new HashMap<>();

  private OrderValues(Map<?, ?> order) {
    this.order = order;
  }

  /**
   * The values by {@link Variable#word}, without {@code personal}.
   *
   * @param order {@code data} of an event, or the answer of {@code GET /api/orders}
   * @param customer name of the receiver; empty when it is not to be shown or not known
   * @param parcel that the notice is about; empty for the whole order
   * @param locale Chinese or English, for "and n more" and amounts
   */
  public static Map<String, String> of(
      Map<?, ?> order, String customer, String parcel, ZoneId zone, Locale locale) {
    OrderValues reading = new OrderValues(order);
    reading.put(Variable.CUSTOMER, customer);
    reading.put(Variable.PARCEL, parcel);
    reading.named();
    reading.details(locale);
    reading.parcel(parcel);
    reading.money(zone, locale);
    return reading.values;
  }

  private void named() {
    Map<?, ?> key = object(order.get("order"));
    put(Variable.SHOP, text(key.get("shop")));
    put(Variable.ORDER, text(key.get("number")));
  }

  private void details(Locale locale) {
    Map<?, ?> details = object(order.get("details"));
    put(Variable.PRODUCT, product(list(details.get("lines")), locale));
    put(Variable.ETA, text(object(details.get("tags")).get("eta")));
    put(Variable.AMOUNT, amount(details.get("total"), details.get("currency"), locale));
  }

  // The first line that has a title, and how many pieces there are in all.
  private static String product(List<?> lines, Locale locale) {
    String title =
        lines.stream()
            .map(line -> text(object(line).get("title")))
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("");
    BigDecimal pieces =
        lines.stream()
            .map(line -> object(line).get("quantity"))
            .filter(Number.class::isInstance)
            .map(quantity -> new BigDecimal(quantity.toString()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (title.isEmpty() || pieces.compareTo(BigDecimal.ONE) <= 0) {
      return title;
    }
    String pattern = isChinese(locale) ? "%s等%s件" : "%s and more, %s pieces";
    return pattern.formatted(title, pieces.toPlainString());
  }

  private void parcel(String parcel) {
    List<?> parcels = list(order.get("parcels"));
    Map<?, ?> told =
        parcels.stream()
            .map(OrderValues::object)
            .filter(one -> parcel.isEmpty() ? parcels.size() == 1 : parcel.equals(one.get("id")))
            .findFirst()
            .orElse(Map.of());
    put(Variable.CARRIER, text(told.get("carrier")));
    put(Variable.TRACKING_NO, text(told.get("trackingNo")));
  }

  private void money(ZoneId zone, Locale locale) {
    put(Variable.PAID_AT, time(object(order.get("milestones")).get("PAID"), zone));
    // The refund that was paid back last; several may be.
    list(order.get("refunds")).stream()
        .map(OrderValues::object)
        .filter(refund -> REFUNDED.equals(refund.get("status")))
        .max(
            (one, other) ->
                Objects.toString(one.get("at")).compareTo(Objects.toString(other.get("at"))))
        .ifPresent(
            refund ->
                put(
                    Variable.REFUND_AMOUNT,
                    amount(refund.get("amount"), refund.get("currency"), locale)));
  }

  private static String time(Object value, ZoneId zone) {
    try {
      return value == null ? "" : TIME.format(Instant.parse(value.toString()).atZone(zone));
    } catch (DateTimeException e) {
      return "";
    }
  }

  private static String amount(Object amount, Object currency, Locale locale) {
    if (amount == null || currency == null) {
      return "";
    }
    return currency.equals("CNY") && isChinese(locale) ? amount + "元" : amount + " " + currency;
  }

  private static boolean isChinese(Locale locale) {
    return locale.getLanguage().equals("zh");
  }

  private static Map<?, ?> object(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private void put(Variable variable, String value) {
    if (value != null && !value.isEmpty()) {
      values.put(variable.word(), value);
    }
  }
}
