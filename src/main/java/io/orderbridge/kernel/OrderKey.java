package io.orderbridge.kernel;

/**
 * Names one order: the shop that sold it and the number the shop gave it. Both are text; a number
 * may be larger than 2^53 or begin with zeros.
 *
 * @param shop 1 to 100 characters, no slash, no control character
 * @param number 1 to 100 characters, no slash, no control character
 */
public record OrderKey(String shop, String number) implements Comparable<OrderKey> {
  private static final int LENGTH_MAX = 100;

  public OrderKey {
    checkPart("shop", shop);
    checkPart("order number", number);
  }

  private static void checkPart(String name, String part) {
    if (part == null || part.isBlank() || part.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "%s has %d characters, expected 1 to %d"
              .formatted(name, part == null ? 0 : part.length(), LENGTH_MAX));
    }
    if (part.indexOf('/') >= 0 || part.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " has a slash or a control character");
    }
  }

  @Override
  public int compareTo(OrderKey other) {
    int byShop = shop.compareTo(other.shop);
    return byShop != 0 ? byShop : number.compareTo(other.number);
  }

  @Override
  public String toString() {
    return shop + "/" + number;
  }
}
