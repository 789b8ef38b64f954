package io.orderbridge.reconciliation;

/** Reads the text of a reconciliation that a run has kept. */
public interface RuleText {
  /**
   * @throws IllegalArgumentException when it cannot be read any more; says where
   */
  Reconciliation read(String name, String text);
}
