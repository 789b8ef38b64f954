package io.orderbridge.reconciliation;

import java.util.Arrays;

/** Sorts numbers of entries without making an object of each. Stable. */
final class PassOrder {
  /** Compares two entries by their numbers. */
  interface Order {
    int compare(int one, int other);
  }

  private PassOrder() {}

  static void sort(int[] some, Order order) {
    sort(Arrays.copyOf(some, some.length), some, 0, some.length, order);
  }

  // Sorts from one array into the other; both hold the same to begin with.
  private static void sort(int[] from, int[] into, int start, int end, Order order) {
    if (end - start < 2) {
      return;
    }
    int middle = (start + end) >>> 1;
    sort(into, from, start, middle, order);
    sort(into, from, middle, end, order);
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takesLeft =
          right >= end || left < middle && order.compare(from[left], from[right]) <= 0;
      into[i] = takesLeft ? from[left++] : from[right++];
    }
  }
}
