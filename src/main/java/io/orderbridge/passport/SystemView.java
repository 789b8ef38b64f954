package io.orderbridge.passport;

import io.orderbridge.call.TokenState;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import io.orderbridge.passport.Notes.Shown;
import io.orderbridge.schedule.SourceStandings.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One connected system as far as one order goes: what it says, shows, was told, and still waits.
 */
final class SystemView {
  private final Passport passport;
  private final String name;

  private SystemView(Passport passport, String name) {
    this.passport = passport;
    this.name = name;
  }

  /** All systems that speak of the order, are awaited, or are told of it; by name. */
  static List<SystemView> all(Passport passport) {
    Set<String> names = new TreeSet<>(passport.awaitedFrom());
    passport.claims().map(Claim::system).forEach(names::add);
    if (passport.order() != null) {
      names.addAll(passport.order().raw().keySet());
    }
    passport.notes().shown().forEach(shown -> names.add(shown.system()));
    passport.wires().deliveries().forEach(delivery -> names.add(delivery.target()));
    passport.wires().targets().values().stream()
        .filter(target -> target.sells(passport.key().shop()))
        .map(Target::name)
        .forEach(names::add);
    names.addAll(passport.shops());
    return names.stream().map(system -> new SystemView(passport, system)).toList();
  }

  String name() {
    return name;
  }

  List<Claim> claims() {
    return passport.claims().filter(claim -> claim.system().equals(name)).toList();
  }

  /** What it said that is farthest on the way of an order. */
  Optional<Claim> last() {
    return claims().stream().max(Comparator.comparing(Claim::milestone).thenComparing(Claim::at));
  }

  List<Delivery> deliveries() {
    return passport.wires().deliveries().stream()
        .filter(delivery -> delivery.target().equals(name))
        .toList();
  }

  List<Delivery> open() {
    return deliveries().stream().filter(Delivery::isOpen).toList();
  }

  /** When it was last told of the order; null when it never was. */
  Instant toldAt() {
    return deliveries().stream()
        .filter(Delivery::isTold)
        .map(Delivery::lastTry)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  Optional<Target> target() {
    return Optional.ofNullable(passport.wires().targets().get(name));
  }

  Optional<Shown> shown() {
    return passport.notes().shown().stream().filter(one -> one.system().equals(name)).findFirst();
  }

  Optional<OrderTrace.Raw> raw() {
    return passport.order() == null
        ? Optional.empty()
        : Optional.ofNullable(passport.order().raw().get(name));
  }

  boolean isAwaited() {
    return passport.awaitedFrom().contains(name);
  }

  /** How it stands, as a word: what a person looks for first. */
  String standing() {
    List<Delivery> open = open();
    boolean dead = open.stream().anyMatch(one -> one.state() == Delivery.State.DEAD);
    boolean owed = !open.isEmpty();
    if (owed && !passport.wires().inForce(name)) {
      return "RESTING";
    }
    if (dead) {
      return "REFUSED";
    }
    if (owed) {
      return open.stream().anyMatch(one -> one.tries() > 0) ? "RETRYING" : "WAITING";
    }
    return isAwaited() ? "AWAITED" : toldAt() != null ? "TOLD" : claims().isEmpty() ? "-" : "SAID";
  }

  Map<String, Object> document() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("system", name);
    view.put("standing", standing());
    view.put(
        "owns",
        java.util.Arrays.stream(Milestone.values())
            .filter(milestone -> passport.owners(milestone).contains(name))
            .map(Enum::name)
            .toList());
    view.put("says", claims().stream().map(SystemView::claim).toList());
    raw().ifPresent(raw -> view.put("raw", Map.of("code", raw.code(), "at", text(raw.at()))));
    shown().ifPresent(shown -> view.put("shows", shown(shown)));
    target().ifPresent(target -> view.put("owed", owed(target)));
    view.put("deliveries", deliveries().stream().map(SystemView::delivery).toList());
    List<Map<String, Object>> sources =
        passport.wires().sources().stream()
            .filter(source -> source.connection().equals(name))
            .map(SystemView::source)
            .toList();
    if (!sources.isEmpty()) {
      view.put("sources", sources);
    }
    passport.wires().tokens().stream()
        .filter(token -> token.connection().equals(name))
        .findFirst()
        .ifPresent(token -> view.put("token", token(token)));
    return view;
  }

  private static Map<String, Object> claim(Claim claim) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("milestone", claim.milestone().name());
    put(view, "parcel", claim.parcel().isEmpty() ? null : claim.parcel());
    view.put("at", text(claim.at()));
    view.put("decides", claim.decides());
    return view;
  }

  private static Map<String, Object> shown(Shown shown) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", shown.status());
    view.put("raw", shown.raw());
    put(view, "at", text(shown.at()));
    view.put("readAt", text(shown.readAt()));
    return view;
  }

  private Map<String, Object> owed(Target target) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("inForce", passport.wires().inForce(name));
    view.put("ofThisShop", target.sells(passport.key().shop()));
    view.put("events", target.events());
    view.put(
        "waitsFor",
        target.needs().stream()
            .filter(need -> passport.at(need).isEmpty())
            .sorted()
            .map(Enum::name)
            .toList());
    put(view, "toldAt", text(toldAt()));
    return view;
  }

  static Map<String, Object> delivery(Delivery one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("event", one.type());
    view.put("state", one.state().name());
    view.put("owedAt", text(one.owedAt()));
    view.put("tries", one.tries());
    put(view, "lastTry", text(one.lastTry()));
    put(view, "nextTry", text(one.nextTry()));
    put(view, "cause", one.cause() == null ? null : one.cause().name());
    put(view, "status", one.status());
    put(view, "deadLetter", one.letter());
    return view;
  }

  private static Map<String, Object> source(Standing source) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("source", source.source());
    view.put("state", source.state());
    view.put("behind", source.behind());
    put(view, "completeUntil", text(source.completeUntil()));
    put(view, "cause", source.cause());
    put(view, "problem", source.problem());
    return view;
  }

  private static Map<String, Object> token(TokenState token) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("state", token.state().name());
    put(view, "expiresAt", text(token.expiresAt()));
    put(view, "failure", token.failure());
    return view;
  }

  private static void put(Map<String, Object> view, String name, Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
