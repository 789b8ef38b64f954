package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.sandbox.Planted.Difference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a run found what was planted and nothing else, and explains its gaps to the cent. */
final class BooksVerdict {
  private static final String FEE = "FEE";

  private final Planted planted;
  private final Map<String, Long> fees;

  /**
   * @param fees what was kept, by currency, in minor units
   */
  BooksVerdict(Planted planted, Map<String, Long> fees) {
    this.planted = planted;
    this.fees = Map.copyOf(fees);
  }

  static BigDecimal decimal(JsonNode amount) {
    return new BigDecimal(amount.asText("0.00"));
  }

  /**
   * One line for each thing that is wrong.
   *
   * @param falls its waterfalls, one for each currency
   * @param items what it takes for a break
   */
  List<String> wrong(JsonNode run, JsonNode falls, List<JsonNode> items) {
    List<String> found = new ArrayList<>();
    if (!run.path("final").asBoolean()) {
      found.add("the run is provisional, it misses %s".formatted(run.path("missing")));
    }
    Map<String, Difference> open = new HashMap<>(planted.all());
    for (JsonNode item : items) {
      String key = item.path("key").asText();
      Difference difference = open.remove(key);
      String is = told(item);
      if (difference == null || !is.equals(difference.toString())) {
        found.add(
            "%s: the books differ by %s, planted was %s"
                .formatted(key, is, difference == null ? "nothing" : difference));
      }
    }
    open.forEach((key, one) -> found.add("%s: %s was not found".formatted(key, one)));
    Map<String, Long> kept = new HashMap<>(fees);
    for (JsonNode fall : falls.path("waterfalls")) {
      found.addAll(wrong(fall, kept));
    }
    kept.forEach((currency, fee) -> found.add("%s: no fees were found".formatted(currency)));
    return found;
  }

  private static String told(JsonNode item) {
    BigDecimal gap = decimal(item.path("left")).subtract(decimal(item.path("right")));
    return "%s %s %s"
        .formatted(
            item.path("class").asText(), gap.toPlainString(), item.path("currency").asText());
  }

  private static List<String> wrong(JsonNode fall, Map<String, Long> kept) {
    List<String> found = new ArrayList<>();
    String currency = fall.path("currency").asText();
    BigDecimal gap = decimal(fall.path("gap"));
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal charged = BigDecimal.ZERO;
    for (JsonNode bar : fall.path("bars")) {
      sum = sum.add(decimal(bar.path("gap")));
      if (bar.path("id").asText().equals(FEE)) {
        charged = decimal(bar.path("gap"));
      }
    }
    BigDecimal sides = decimal(fall.at("/left/total")).subtract(decimal(fall.at("/right/total")));
    if (decimal(fall.path("remainder")).signum() != 0) {
      found.add("%s: %s remains unexplained".formatted(currency, fall.path("remainder").asText()));
    }
    if (sum.compareTo(gap) != 0 || sides.compareTo(gap) != 0) {
      found.add(
          "%s: the causes add up to %s and the sides differ by %s, the gap is %s"
              .formatted(currency, sum, sides, gap));
    }
    Long fee = kept.remove(currency);
    BigDecimal expected = new BigDecimal(Story.decimal(fee == null ? 0 : fee));
    if (charged.compareTo(expected) != 0) {
      found.add("%s: fees are %s, kept were %s".formatted(currency, charged, expected));
    }
    return found;
  }
}
