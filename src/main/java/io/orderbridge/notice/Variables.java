package io.orderbridge.notice;

import io.orderbridge.order.OrderSnapshots.Snapshot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a template may name, filled from an order. What is not known is left out. */
final class Variables {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日");

  private final Map<String, String> carriers;
  private final ZoneId zone;

  /**
   * @param carriers what customers call the carriers, by code
   */
  Variables(Map<String, String> carriers, ZoneId zone) {
    this.carriers = carriers;
    this.zone = zone;
  }

  /**
   * @param item the parcel or the refund; empty for the order itself
   */
  Map<String, String> of(Snapshot order, Map<String, Object> data, Gate.Of of, String item) {
    Map<String, String> values = new HashMap<>();
    put(values, "customer", order.receiver().get("name"));
    values.put("shop", order.key().shop());
    values.put("order", order.key().number());
    if (data.get("details") instanceof Map<?, ?> details) {
      product(values, details);
      money(values, "amount", details.get("total"), details.get("currency"));
      if (details.get("tags") instanceof Map<?, ?> tags) {
        put(values, "eta", day(tags.get("eta")));
      }
    }
    if (of == Gate.Of.PARCEL) {
      values.put("parcel", item);
      Map<?, ?> parcel = one(data.get("parcels"), item);
      put(values, "trackingNo", parcel.get("trackingNo"));
      String carrier = Objects.toString(parcel.get("carrier"), "");
      put(values, "carrier", carriers.getOrDefault(carrier, carrier));
    }
    if (of == Gate.Of.REFUND) {
      Map<?, ?> refund = one(data.get("refunds"), item);
      money(values, "refundAmount", refund.get("amount"), refund.get("currency"));
    }
    return values;
  }

  private static void product(Map<String, String> values, Map<?, ?> details) {
    List<String> titles = new ArrayList<>();
    if (details.get("lines") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> map && map.get("title") instanceof String title) {
          titles.add(title);
        }
      }
    }
    if (!titles.isEmpty()) {
      String first = titles.get(0);
      put(values, "product", titles.size() == 1 ? first : first + "等" + titles.size() + "件");
    }
  }

  private static void money(
      Map<String, String> values, String name, Object amount, Object currency) {
    if (amount instanceof String text && !text.isEmpty()) {
      put(values, name, "CNY".equals(currency) ? text + "元" : text + " " + currency);
    }
  }

  // An arrival as the shop or the carrier tells it: a day, a time, or words of their own.
  private Object day(Object eta) {
    if (!(eta instanceof String text)) {
      return null;
    }
    try {
      return DAY.format(
          text.length() == 10
              ? LocalDate.parse(text)
              : OffsetDateTime.parse(text).atZoneSameInstant(zone));
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static Map<?, ?> one(Object list, String id) {
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> map && id.equals(map.get("id"))) {
          return map;
        }
      }
    }
    return Map.of();
  }

  private static void put(Map<String, String> values, String name, Object value) {
    if (value instanceof String text && !text.isBlank()) {
      values.put(name, text.strip());
    }
  }
}
