package io.orderbridge.repair;

import io.orderbridge.kernel.Wording;

/**
 * Why something is not done, is not there yet or needs another person; {@link #NONE} for no reason.
 *
 * @param zh Chinese; empty for what was stored before it was told in Chinese as well
 * @param en English, as the API answers it
 */
record Why(String zh, String en) {
  static final Why NONE = new Why("", "");

  /** Fills {@code %s} and the like in both; both take the same values in their order. */
  static Why of(String zh, String en, Object... values) {
    return new Why(zh.formatted(values), en.formatted(values));
  }

  /** A code that is the same in every language. */
  static Why code(String code) {
    return new Why(code, code);
  }

  boolean isEmpty() {
    return en.isEmpty();
  }

  /** The same with what stands before it, which is filled as by {@link #of}. */
  Why after(String before, String beforeEn, Object... values) {
    return new Why(
        zh.isEmpty() ? "" : before.formatted(values) + zh, beforeEn.formatted(values) + en);
  }

  /** For people: what is known in English alone is told in English. Not of {@link #NONE}. */
  Wording wording() {
    return new Wording(zh.isEmpty() ? en : zh, en);
  }
}
