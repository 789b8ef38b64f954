package io.orderbridge.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a vendor tells of the messages that it took: each stands in the list {@code sent} as long as
 * the process lives, and in {@code receipts} until somebody takes it.
 */
final class Receipts {
  static final String SEND = "send";
  // Asked by itself, every second: no fault is used up by that.
  static final String PUSH = "push";
  static final String LIST = "receipts";

  private static final String SENT = "sent";

  private Receipts() {}

  /**
   * The message was taken; by the faults its receipt says otherwise, or never comes.
   *
   * @param effect with the vendor's {@code id} and, as {@code order}, ours
   */
  static void write(
      Map<String, List<Map<String, Object>>> lists,
      Map<String, Object> effect,
      Faults faults,
      String at) {
    Map<String, Object> receipt = new LinkedHashMap<>(effect);
    receipt.put("at", at);
    receipt.put("state", faults.strikes("undelivered", SEND) ? "FAILED" : "DELIVERED");
    lists.computeIfAbsent(SENT, name -> new ArrayList<>()).add(receipt);
    if (!faults.strikes("no-receipt", SEND)) {
      lists.computeIfAbsent(LIST, name -> new ArrayList<>()).add(receipt);
    }
  }

  /** Hands out what waits, and forgets it. */
  static void take(Map<String, List<Map<String, Object>>> lists, Map<String, Object> answer) {
    List<Map<String, Object>> waiting = lists.remove(LIST);
    answer.put(LIST, waiting == null ? List.of() : waiting);
  }

  /** Forgets the entries with these ids, whatever list they stand in. */
  static void forget(Map<String, List<Map<String, Object>>> lists, Object ids) {
    List<?> gone = ids instanceof List<?> given ? given : List.of();
    lists.values().forEach(l -> l.removeIf(e -> gone.contains(String.valueOf(e.get("id")))));
  }
}
