package io.orderbridge.order;

import static io.orderbridge.order.FactsParts.constant;
import static io.orderbridge.order.FactsParts.currency;
import static io.orderbridge.order.FactsParts.decimal;
import static io.orderbridge.order.FactsParts.invalid;
import static io.orderbridge.order.FactsParts.list;
import static io.orderbridge.order.FactsParts.money;
import static io.orderbridge.order.FactsParts.object;
import static io.orderbridge.order.FactsParts.optionalText;
import static io.orderbridge.order.FactsParts.putText;
import static io.orderbridge.order.FactsParts.text;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.Facts.Payment;
import io.orderbridge.order.Facts.Reached;
import io.orderbridge.order.Facts.RefundStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the result of an inbound mapping strictly: whatever is not known, not plausible or not
 * exact is refused with the place as JSON pointer. The same rules stand as JSON schema in {@code
 * order-facts.schema.json}.
 */
final class FactsReader {
  private static final int QUANTITY_MAX = 1_000_000;
  private static final String PARCEL_DEFAULT = "1";

  private static final Set<String> TOP =
      Set.of("order", "version", "facts", "details", "receiver", "raw");
  private static final Set<String> ORDER = Set.of("shop", "number");
  private static final Set<String> REACHED =
      Set.of("milestone", "at", "parcel", "payment", "carrier", "trackingNo");
  private static final Set<String> REFUND_FACT = Set.of("refund", "at");
  private static final Set<String> REFUND = Set.of("id", "status", "amount", "currency");
  private static final Set<String> PAYMENT = Set.of("id", "amount", "currency");
  private static final Set<String> DETAILS = Set.of("currency", "total", "lines", "note", "tags");
  private static final Set<String> LINE = Set.of("id", "sku", "title", "quantity", "price");
  private static final Set<String> RECEIVER =
      Set.of("name", "phone", "email", "buyer", "oaid", "address");
  private static final Set<String> ADDRESS =
      Set.of("country", "province", "city", "district", "detail", "zip");

  private final Instant now;

  FactsReader(Instant now) {
    this.now = now;
  }

  /**
   * @param mapped one object or a list of objects
   * @return what they say; empty when the mapping had nothing to say
   * @throws Refusal when it is no facts object
   */
  List<Facts> read(Object mapped) {
    if (mapped instanceof List<?> list) {
      List<Facts> all = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        all.add(facts(list.get(i), "/" + i));
      }
      return all;
    }
    return List.of(facts(mapped, ""));
  }

  private Facts facts(Object mapped, String at) {
    Map<?, ?> top = object(mapped, at, TOP);
    OrderKey order = order(top.get("order"), at + "/order");
    Instant version = top.get("version") == null ? null : time(top.get("version"), at + "/version");
    List<Reached> reached = new ArrayList<>();
    List<RefundStep> refunds = new ArrayList<>();
    List<?> facts = list(top.get("facts"), at + "/facts");
    for (int i = 0; i < facts.size(); i++) {
      fact(facts.get(i), at + "/facts/" + i, reached, refunds);
    }
    Map<String, Object> details =
        top.get("details") == null ? null : details(top.get("details"), at + "/details");
    Map<String, Object> receiver =
        top.get("receiver") == null ? null : receiver(top.get("receiver"), at + "/receiver");
    String raw = optionalText(top, "raw", at);
    if (version == null && (details != null || receiver != null || raw != null)) {
      throw invalid(at + "/version", "is missing; details, receiver and raw need the time of it");
    }
    return new Facts(order, version, reached, refunds, details, receiver, raw);
  }

  private OrderKey order(Object value, String at) {
    Map<?, ?> order = object(value, at, ORDER);
    try {
      return new OrderKey(text(order, "shop", at), text(order, "number", at));
    } catch (IllegalArgumentException e) {
      throw invalid(at, e.getMessage());
    }
  }

  private void fact(Object value, String at, List<Reached> reached, List<RefundStep> refunds) {
    if (value instanceof Map<?, ?> map && map.containsKey("refund")) {
      refunds.add(refund(object(value, at, REFUND_FACT), at));
    } else {
      reached.add(reached(object(value, at, REACHED), at));
    }
  }

  private Reached reached(Map<?, ?> fact, String at) {
    Milestone milestone = constant(Milestone.class, fact, "milestone", at);
    String parcel = optionalText(fact, "parcel", at);
    if (parcel != null && !milestone.perParcel()) {
      throw invalid(at + "/parcel", milestone + " belongs to the order, not to a parcel");
    }
    Payment payment = null;
    if (fact.get("payment") != null) {
      Map<?, ?> paid = object(fact.get("payment"), at + "/payment", PAYMENT);
      payment = new Payment(text(paid, "id", at + "/payment"), money(paid, at + "/payment"));
    }
    return new Reached(
        milestone,
        time(fact.get("at"), at + "/at"),
        !milestone.perParcel() ? "" : parcel == null ? PARCEL_DEFAULT : parcel,
        payment,
        optionalText(fact, "carrier", at),
        optionalText(fact, "trackingNo", at));
  }

  private RefundStep refund(Map<?, ?> fact, String at) {
    Map<?, ?> refund = object(fact.get("refund"), at + "/refund", REFUND);
    return new RefundStep(
        text(refund, "id", at + "/refund"),
        constant(RefundStatus.class, refund, "status", at + "/refund"),
        refund.get("amount") == null && refund.get("currency") == null
            ? null
            : money(refund, at + "/refund"),
        time(fact.get("at"), at + "/at"));
  }

  private Map<String, Object> details(Object value, String at) {
    Map<?, ?> details = object(value, at, DETAILS);
    String currency = currency(details, at);
    Map<String, Object> read = new TreeMap<>();
    read.put("currency", currency);
    read.put("total", decimal(details.get("total"), currency, at + "/total"));
    List<Object> lines = new ArrayList<>();
    List<?> given = list(details.get("lines"), at + "/lines");
    for (int i = 0; i < given.size(); i++) {
      lines.add(line(given.get(i), currency, at + "/lines/" + i));
    }
    read.put("lines", lines);
    putText(read, details, "note", at);
    if (details.get("tags") != null) {
      read.put("tags", texts(details.get("tags"), at + "/tags", null));
    }
    return read;
  }

  private Map<String, Object> line(Object value, String currency, String at) {
    Map<?, ?> line = object(value, at, LINE);
    Map<String, Object> read = new TreeMap<>();
    read.put("id", text(line, "id", at));
    putText(read, line, "sku", at);
    putText(read, line, "title", at);
    read.put("quantity", quantity(line.get("quantity"), at + "/quantity"));
    if (line.get("price") != null) {
      read.put("price", decimal(line.get("price"), currency, at + "/price"));
    }
    return read;
  }

  private Map<String, Object> receiver(Object value, String at) {
    Map<?, ?> receiver = object(value, at, RECEIVER);
    Map<String, Object> read = new TreeMap<>();
    putText(read, receiver, "name", at);
    putText(read, receiver, "phone", at);
    putText(read, receiver, "email", at);
    putText(read, receiver, "buyer", at);
    putText(read, receiver, "oaid", at);
    if (receiver.get("address") != null) {
      read.put("address", texts(receiver.get("address"), at + "/address", ADDRESS));
    }
    return read;
  }

  private static Map<String, Object> texts(Object value, String at, Set<String> allowed) {
    Map<?, ?> map = object(value, at, allowed);
    Map<String, Object> read = new TreeMap<>();
    map.keySet().forEach(key -> putText(read, map, String.valueOf(key), at));
    return read;
  }

  private static int quantity(Object value, String at) {
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole || ((Number) value).longValue() < 1 || ((Number) value).longValue() > QUANTITY_MAX) {
      throw invalid(at, "is no whole number from 1 to " + QUANTITY_MAX);
    }
    return ((Number) value).intValue();
  }

  private Instant time(Object value, String at) {
    return FactsParts.time(value, at, now);
  }
}
