package io.orderbridge.console;

import io.orderbridge.store.AuditTrail.Filter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which acts of the audit are asked for, as texts of a form; empty for no condition.
 *
 * @param fields by name: actor, action, subject, and from and to, local times of the pages' zone
 */
record AuditQuery(Map<String, String> fields) {
  private static final List<String> NAMES = List.of("actor", "action", "subject", "from", "to");

  static AuditQuery of(MultivaluedMap<String, String> form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = form.getFirst(name);
      fields.put(name, value == null ? "" : value.strip());
    }
    return new AuditQuery(fields);
  }

  /**
   * @throws IllegalArgumentException when a time is not readable
   */
  Filter filter(ZoneId zone) {
    return new Filter(
        word("actor"), word("action"), word("subject"), time("from", zone), time("to", zone));
  }

  private String word(String name) {
    String value = fields.get(name);
    return value.isEmpty() ? null : value;
  }

  private Instant time(String name, ZoneId zone) {
    String value = word(name);
    try {
      return value == null ? null : LocalDateTime.parse(value).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s '%s': 2026-11-20T08:30".formatted(name, value), e);
    }
  }

  /** The same as an address has it; empty for no condition. */
  String query() {
    return Fields.query(fields);
  }
}
