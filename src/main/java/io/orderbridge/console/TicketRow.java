package io.orderbridge.console;

import io.orderbridge.kernel.Money;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.ticket.Owner;
import io.orderbridge.ticket.RunReason;
import io.orderbridge.ticket.Ticket;
import io.orderbridge.ticket.TicketState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tickets as pages show them: in the words of who looks, and without amounts for some. */
@Singleton
class TicketRow {
  private final Visit visit;
  private final PassportViews views;
  private final Matters matters;

  TicketRow(Visit visit, PassportViews views, Matters matters) {
    this.visit = visit;
    this.views = views;
    this.matters = matters;
  }

  /** One ticket in few words. */
  Map<String, Object> of(Ticket ticket, Instant now) {
    Ticket.Matter matter = ticket.matter();
    Ticket.Charge charge = ticket.charge();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", ticket.id());
    row.put("state", ticket.state().name());
    row.put("stateName", word("tk_state_", ticket.state().name()));
    row.put("priority", charge.priority().name());
    row.put("priorityName", word("tk_priority_", charge.priority().name()));
    row.put("owner", owner(charge.owner()));
    row.put("due", views.time(charge.dueAt()));
    row.put("overdue", ticket.isOverdue(now));
    row.put("escalated", charge.step());
    row.put("kind", word("tk_kind_", matter.kind()));
    row.put("code", matter.code());
    row.put("subject", matter.subject());
    row.put("path", matters.path(matter.kind(), matter.code(), matter.subject()));
    row.put("text", said(matter.text().in(visit.locale())));
    row.put("opened", views.time(ticket.openedAt()));
    row.put("level", matter.level().name());
    row.put("levelName", word("tk_level_", matter.level().name()));
    row.put("amount", amount(matter.amount()));
    return row;
  }

  /** A sentence, without amounts for who needs none. */
  String said(String sentence) {
    return Sums.in(sentence, visit.may(Rights.MONEY));
  }

  private String amount(Money amount) {
    return amount == null || !visit.may(Rights.MONEY)
        ? ""
        : amount.toDecimal() + " " + amount.currency().getCurrencyCode();
  }

  /** A role by its name, a person by theirs. */
  String owner(Owner owner) {
    return owner.isRole() ? word("tk_role_", owner.name()) : owner.name();
  }

  /** Who did something: a person, or the product. */
  String actor(String name) {
    return name.equals("orderbridge") ? Texts.say(visit.locale(), "tk_product") : name;
  }

  /** Why a ticket is over, in the language of who looks where the product itself says it. */
  String reason(TicketState state) {
    return state instanceof TicketState.Closed closed ? reason(closed.by(), closed.reason()) : "";
  }

  /** The reason that somebody gave. */
  String reason(String by, String reason) {
    return RunReason.of(by, reason)
        .map(known -> known.wording().in(visit.locale()))
        .orElseGet(() -> said(reason));
  }

  /** The word of a name; the name itself when it has none. */
  String word(String prefix, String name) {
    return Texts.in(visit.locale()).getOrDefault(prefix + name, name);
  }

  /** The sentence in the language that who looks has not chosen. */
  String other(Ticket ticket) {
    Locale other = visit.locale().equals(Locale.CHINESE) ? Locale.ENGLISH : Locale.CHINESE;
    String there = ticket.matter().text().in(other);
    return there.equals(ticket.matter().text().in(visit.locale())) ? "" : said(there);
  }
}
