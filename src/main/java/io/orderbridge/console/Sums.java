package io.orderbridge.console;

import java.util.regex.Pattern;

/** Amounts within sentences: who may not see money reads the sentence without them. */
final class Sums {
  // A number before or after a currency, and what follows of a share.
  private static final Pattern SUM =
      Pattern.compile(
          "-?\\d[\\d,]*(?:\\.\\d+)?(?= ?[A-Z]{3}\\b| ?%)|(?<=\\b[A-Z]{3} )-?\\d+\\.\\d+");

  private Sums() {}

  /** The sentence as it is, or with dots instead of each amount. */
  static String in(String sentence, boolean mayMoney) {
    return mayMoney ? sentence : SUM.matcher(sentence).replaceAll("•••");
  }
}
