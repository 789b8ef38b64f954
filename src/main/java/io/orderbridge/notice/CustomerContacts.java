package io.orderbridge.notice;

import io.orderbridge.order.OrderSnapshots.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a customer can be reached: by what the order itself tells, and what is known besides. */
final class CustomerContacts {
  private static final List<String> OF_RECEIVER = List.of("phone", "oaid", "email");

  private CustomerContacts() {}

  /**
   * By kind: {@code phone}, {@code oaid}, {@code wechat}, {@code jpush}, {@code fcm}, {@code
   * email}. What the order's receiver says goes first: it is about this order. A phone number with
   * stars reaches nobody.
   *
   * @param order null when it is gone
   */
  static Map<String, String> of(Snapshot order, Map<String, String> known) {
    Map<String, String> contacts = new TreeMap<>(known);
    if (order != null) {
      for (String kind : OF_RECEIVER) {
        if (order.receiver().get(kind) instanceof String text
            && !text.isBlank()
            && !text.contains("*")) {
          contacts.put(kind, text.strip());
        }
      }
    }
    return contacts;
  }
}
