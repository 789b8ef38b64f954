package io.orderbridge.repair;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is wanted for all orders of a repair.
 *
 * @param id number of the repair; 0 before it has one
 * @param action name of the {@link Action}
 * @param options in the words of the action
 * @param override refused transitions are made all the same
 * @param reason in the words of who wants it
 * @param by who, as the sign-in names them
 * @param at when it was proposed
 */
record Wish(
    long id,
    String action,
    Map<String, String> options,
    boolean override,
    String reason,
    String by,
    Instant at) {
  /** Option of a repair that takes another one back: its number. */
  static final String UNDO = "undo";

  Wish {
    options = Map.copyOf(options);
  }

  boolean undoes() {
    return options.containsKey(UNDO);
  }

  /** The same, with refused transitions made. */
  Wish overriding() {
    return new Wish(id, action, options, true, reason, by, at);
  }

  /** The same, without one of its options. */
  Wish without(String option) {
    Map<String, String> left = new TreeMap<>(options);
    left.remove(option);
    return new Wish(id, action, left, override, reason, by, at);
  }
}
