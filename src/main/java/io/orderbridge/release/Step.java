package io.orderbridge.release;

import java.util.List;

/**
 * A step of a route, as Camel's model has it.
 *
 * @param kind the word of Camel, for example {@code choice}; {@code errorHandling} for the
 *     configuration that a route names
 * @param text endpoint, expression or bean; empty where the kind says all
 * @param below what is done within it, in its order
 */
public record Step(String kind, String text, List<Step> below) {
  public Step {
    below = List.copyOf(below);
  }
}
