package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.sandbox.Systems.Known;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Function;

/** Whether all systems know the same of every order, and what the story says. */
final class Comparison {
  private final Map<String, String> erpWords;

  /**
   * @param erpWords the ERP's word for each status, from the product's own code table
   */
  Comparison(Map<String, String> erpWords) {
    this.erpWords = Map.copyOf(erpWords);
  }

  /**
   * One line for each difference.
   *
   * @param book gives an order as the product shows it, or null
   * @param known by system and order number
   */
  List<String> differences(
      List<Story> stories, Function<Story, JsonNode> book, Map<String, Map<String, Known>> known) {
    List<String> found = new ArrayList<>();
    for (Story story : stories) {
      JsonNode order = book.apply(story);
      if (order == null) {
        found.add(story.number() + ": is not in the order book");
        continue;
      }
      String status = order.path("status").asText();
      if (!status.equals(story.end().status())) {
        found.add(
            "%s: is %s in the order book, its story ends %s"
                .formatted(story.number(), status, story.end().status()));
      }
      for (String system : List.of(Systems.ERP, Systems.WMS, Systems.CRM)) {
        Known is = known.getOrDefault(system, Map.of()).get(story.number());
        Known expected = expected(system, story, order);
        if (!same(is, expected)) {
          found.add("%s: %s has %s, expected %s".formatted(story.number(), system, is, expected));
        }
      }
    }
    return found;
  }

  private Known expected(String system, Story story, JsonNode order) {
    String status = order.path("status").asText();
    JsonNode details = order.path("details");
    BigDecimal total = new BigDecimal(details.path("total").asText("0"));
    String currency = details.path("currency").asText();
    return switch (system) {
      case Systems.ERP ->
          new Known(
              erpWords.getOrDefault(status, status),
              total,
              currency,
              joined(details.path("lines"), "sku", "quantity", "price"),
              joined(order.path("parcels"), "id", "carrier", "trackingNo"));
      // It is told of nothing that is not paid.
      case Systems.WMS ->
          story.paid()
              ? new Known(null, null, null, joined(details.path("lines"), "sku", "quantity"), null)
              : null;
      default -> new Known(status, total, currency, null, null);
    };
  }

  private static boolean same(Known is, Known expected) {
    if (is == null || expected == null) {
      return is == expected;
    }
    boolean sameTotal =
        is.total() == null || expected.total() == null
            ? is.total() == expected.total()
            : is.total().compareTo(expected.total()) == 0;
    return sameTotal
        && Objects.equals(is.status(), expected.status())
        && Objects.equals(is.currency(), expected.currency())
        && Objects.equals(is.goods(), expected.goods())
        && Objects.equals(is.parcels(), expected.parcels());
  }

  // The same text as the view sandbox.known makes; null when the list is empty.
  private static String joined(JsonNode list, String... fields) {
    if (list.isEmpty()) {
      return null;
    }
    StringJoiner all = new StringJoiner(";");
    for (JsonNode item : list) {
      StringJoiner one = new StringJoiner("*");
      for (String field : fields) {
        if (item.hasNonNull(field)) {
          one.add(item.path(field).asText());
        }
      }
      all.add(one.toString());
    }
    return all.toString();
  }
}
