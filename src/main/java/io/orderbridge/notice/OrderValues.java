package io.orderbridge.notice;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日");
  private static final int ISO_DAY = 10;
  private static final String REFUNDED = "REFUNDED";

  private final Map<?, ?> order;
  private final Reader reader;
  private final Map<String, String> values = new HashMap<>();

  private OrderValues(Map<?, ?> order, Reader reader) {
    this.order = order;
    this.reader = reader;
  }

  /**
   * The values by {@link Variable#word}, without {@code personal}.
   *
   * @param order {@code data} of an event, or the answer of {@code GET /api/orders}
   * @param customer name of the receiver; empty when it is not to be shown or not known
   */
  public static Map<String, String> of(
      Map<?, ?> order, String customer, About about, Reader reader) {
    OrderValues reading = new OrderValues(order, reader);
    reading.put(Variable.CUSTOMER, customer.strip());
    reading.named();
    reading.details();
    reading.put(Variable.PARCEL, about.parcel());
    reading.parcel(about.parcel());
    reading.put(Variable.PAID_AT, reading.time(object(order.get("milestones")).get("PAID")));
    reading.refund(about.refund());
    return reading.values;
  }

  /**
   * What a notice is about.
   *
   * @param parcel empty for the whole order
   * @param refund empty for the one that was paid back last
   */
  public record About(String parcel, String refund) {
    static About of(Gate.Of of, String item) {
      return new About(of == Gate.Of.PARCEL ? item : "", of == Gate.Of.REFUND ? item : "");
    }

    static About parcel(String parcel) {
      return new About(parcel, "");
    }
  }

  /**
   * For whom values are written.
   *
   * @param locale Chinese or English, for "and n more", days and amounts
   * @param carriers what customers call the carriers, by code
   */
  public record Reader(ZoneId zone, Locale locale, Map<String, String> carriers) {
    boolean isChinese() {
      return locale.getLanguage().equals("zh");
    }
  }

  private void named() {
    Map<?, ?> key = object(order.get("order"));
    put(Variable.SHOP, text(key.get("shop")));
    put(Variable.ORDER, text(key.get("number")));
  }

  private void details() {
    Map<?, ?> details = object(order.get("details"));
    put(Variable.PRODUCT, product(list(details.get("lines"))));
    put(Variable.ETA, day(text(object(details.get("tags")).get("eta"))));
    put(Variable.AMOUNT, amount(details.get("total"), details.get("currency")));
  }

  // The first line that has a title, and how many pieces there are in all.
  private String product(List<?> lines) {
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
    String pattern = reader.isChinese() ? "%s等%s件" : "%s and more, %s pieces";
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
    String carrier = text(told.get("carrier"));
    put(Variable.CARRIER, reader.carriers().getOrDefault(carrier, carrier));
    put(Variable.TRACKING_NO, text(told.get("trackingNo")));
  }

  // That of the notice, or the one that was paid back last; several may be.
  private void refund(String id) {
    list(order.get("refunds")).stream()
        .map(OrderValues::object)
        .filter(one -> id.isEmpty() ? REFUNDED.equals(one.get("status")) : id.equals(one.get("id")))
        .max(
            (one, other) ->
                Objects.toString(one.get("at")).compareTo(Objects.toString(other.get("at"))))
        .ifPresent(
            refund ->
                put(Variable.REFUND_AMOUNT, amount(refund.get("amount"), refund.get("currency"))));
  }

  // An arrival as the shop or the carrier tells it: a day, a time, or words of their own.
  private String day(String eta) {
    try {
      LocalDate day =
          eta.length() == ISO_DAY
              ? LocalDate.parse(eta)
              : OffsetDateTime.parse(eta).atZoneSameInstant(reader.zone()).toLocalDate();
      return reader.isChinese() ? DAY.format(day) : day.toString();
    } catch (DateTimeException e) {
      return eta.strip();
    }
  }

  private String time(Object value) {
    try {
      return value == null
          ? ""
          : TIME.format(Instant.parse(value.toString()).atZone(reader.zone()));
    } catch (DateTimeException e) {
      return "";
    }
  }

  private String amount(Object amount, Object currency) {
    if (amount == null || currency == null) {
      return "";
    }
    return currency.equals("CNY") && reader.isChinese() ? amount + "元" : amount + " " + currency;
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
