package io.orderbridge.notice;

import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A block for customers of whom something is true.
 *
 * @param priority among rules that hold for the same customer, the lowest is taken
 * @param blocks by language, {@code zh} and {@code en}; never none
 */
public record PersonalRule(String name, int priority, When when, Map<String, TextTemplate> blocks) {
  private static final String CHINESE = "zh";

  /**
   * All that is not null has to be true.
   *
   * @param frequent who buys often
   * @param stock whose stock of something goes to an end
   * @param firstOrder who buys for the first time
   * @param contains what the order has at least one of
   * @param over more than this is the order's total, in its currency or converted
   */
  public record When(
      Frequent frequent, Stock stock, boolean firstOrder, Group contains, Over over) {}

  /** So many orders at least within so long, this one among them. */
  public record Frequent(int orders, Duration within) {}

  /** Less than so long lasts what is left of a group, by its last two purchases. */
  public record Stock(Group group, Duration less) {}

  /** More than an amount; rates say what one unit of another currency is worth in its own. */
  public record Over(Money amount, Map<String, BigDecimal> rates) {}

  /**
   * Products that count as the same.
   *
   * @param skus with a star at the end: all that begin so
   * @param titles words of which a title has one
   */
  public record Group(String name, Set<String> skus, Set<String> titles) {
    boolean has(Purchase.Line line) {
      return skus.stream().anyMatch(sku -> fits(sku, line.sku()))
          || titles.stream()
              .anyMatch(
                  word ->
                      line.title()
                          .toLowerCase(Locale.ROOT)
                          .contains(word.toLowerCase(Locale.ROOT)));
    }

    private static boolean fits(String pattern, String sku) {
      return pattern.endsWith("*")
          ? sku.startsWith(pattern.substring(0, pattern.length() - 1))
          : sku.equals(pattern);
    }
  }

  /** The block in a language, in Chinese when there is none in it, with its variables. */
  public String block(String language, Map<String, String> values) {
    TextTemplate block =
        blocks.getOrDefault(
            language, blocks.getOrDefault(CHINESE, blocks.values().iterator().next()));
    return block.render(values, UnaryOperator.identity());
  }
}
