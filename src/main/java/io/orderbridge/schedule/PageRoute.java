package io.orderbridge.schedule;

import java.util.Map;

/** The route of a source: asked for one page at a time, it decides nothing. */
@FunctionalInterface
interface PageRoute {
  /**
   * What the route ended with.
   *
   * @param body bytes, text, a map or a list
   * @param empty whether the partner said that there is nothing at all
   */
  record Answer(Object body, boolean empty) {}

  /** Asks; throws whatever the route throws. */
  Answer ask(Map<String, Object> request);

  /** Called between two pieces of work; may rest. */
  default void giveWay() {}
}
