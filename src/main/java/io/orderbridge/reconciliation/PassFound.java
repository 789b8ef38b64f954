package io.orderbridge.reconciliation;

/** Is told which entries, by their numbers, a pass puts together. Each is told once. */
interface PassFound {
  void take(int[] left, int[] right);
}
