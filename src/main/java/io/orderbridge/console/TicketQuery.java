package io.orderbridge.console;

import io.orderbridge.kernel.Role;
import io.orderbridge.ticket.Ageing;
import io.orderbridge.ticket.Tickets.Filter;
import io.orderbridge.ticket.Tickets.Narrowed;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tickets are asked for, as texts of an address; empty for no condition.
 *
 * @param owner a role, a person, or {@link #MINE}
 * @param age one of {@link Ageing#NAMES}
 * @param overdue {@code true} or empty
 */
record TicketQuery(
    String state, String owner, String kind, String subject, String age, String overdue) {
  /** The tickets of who looks: of their name, and of each of their roles. */
  static final String MINE = "mine";

  static final List<String> STATES =
      List.of("live", "open", "in-progress", "to-verify", "closed", "all");

  static TicketQuery of(MultivaluedMap<String, String> query) {
    return new TicketQuery(
        Fields.text(query, "state"),
        Fields.text(query, "owner"),
        Fields.text(query, "kind"),
        Fields.text(query, "subject"),
        Fields.text(query, "age"),
        Fields.text(query, "overdue"));
  }

  /**
   * @throws IllegalArgumentException when there is no such state
   */
  Filter filter() {
    return new Filter(
        state.isEmpty() ? "live" : state,
        null,
        kind.isEmpty() ? null : kind,
        subject.isEmpty() ? null : subject,
        overdue.equals("true"));
  }

  /**
   * @throws IllegalArgumentException when there is no such age
   */
  Narrowed narrowed(Visitor visitor, Ageing ageing, Instant now) {
    return new Narrowed(owners(visitor), age.isEmpty() ? Ageing.Span.ANY : ageing.span(age, now));
  }

  /** Whose tickets; empty for everybody's. */
  Set<String> owners(Visitor visitor) {
    if (owner.isEmpty()) {
      return Set.of();
    }
    if (!owner.equals(MINE)) {
      return Set.of(owner);
    }
    Set<String> mine =
        Arrays.stream(Role.values())
            .filter(visitor::is)
            .map(Role::word)
            .collect(Collectors.toCollection(TreeSet::new));
    mine.add(visitor.getName());
    return mine;
  }

  /** The open work of the same owner in one bucket of age. */
  TicketQuery aged(String days) {
    return new TicketQuery("", owner, "", "", days, "");
  }

  /** Its fields by name, for forms. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("state", state);
    fields.put("owner", owner);
    fields.put("kind", kind);
    fields.put("subject", subject);
    fields.put("age", age);
    fields.put("overdue", overdue);
    return fields;
  }

  /** As the query of an address; begins with a question mark, or is empty. */
  String query() {
    return Fields.query(fields());
  }
}
