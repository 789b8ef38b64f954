package io.orderbridge.release;

import io.orderbridge.inbox.AppliedMessages;
import io.orderbridge.inbox.AppliedMessages.Applied;
import io.orderbridge.inbox.AppliedMessages.Place;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.mapping.FieldChange;
import io.orderbridge.mapping.MappingTrial;
import io.orderbridge.mapping.MappingTrial.Letter;
import io.orderbridge.mapping.MappingTrial.Outcome;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.order.FactsCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Real messages through the mappings in force and through the changed ones. It reads the messages
 * and nothing else: no route runs, nobody is called, nothing is written.
 */
final class Replay {
  // Bodies of some KB; a page of the largest that the door takes still fits into a small heap.
  private static final int PAGE = 20;
  // What a person reads; the counts are over all.
  private static final int SHOWN_MAX = 100;
  private static final int CHANGES_MAX = 200;

  private final AppliedMessages messages;
  private final Mappings before;
  private final Mappings after;
  private final boolean clear;
  private final Instant now;

  private final List<Map<String, Object>> shown = new ArrayList<>();
  private final Map<String, Integer> refusedNow = new TreeMap<>();
  private final Set<String> orders = new TreeSet<>();
  private int looked;
  private int same;
  private int differ;
  private int mended;
  private int unreadable;

  /**
   * @param clear whether personal data is shown
   */
  Replay(AppliedMessages messages, Mappings before, Mappings after, boolean clear, Instant now) {
    this.messages = messages;
    this.before = before;
    this.after = after;
    this.clear = clear;
    this.now = now;
  }

  private record Due(Folders.Use use, Place place) {}

  /** Replays the newest messages of all uses together. */
  Map<String, Object> run(List<Folders.Use> uses, int most) {
    List<Due> due = new ArrayList<>();
    for (Folders.Use use : uses) {
      messages.newest(use.stream(), most).forEach(place -> due.add(new Due(use, place)));
    }
    due.sort(Comparator.comparingLong((Due one) -> one.place().id()).reversed());
    List<Due> newest = due.subList(0, Math.min(most, due.size()));
    for (Folders.Use use : uses) {
      List<Place> places =
          newest.stream().filter(one -> one.use().equals(use)).map(Due::place).toList();
      for (int i = 0; i < places.size(); i += PAGE) {
        messages
            .load(use.stream(), places.subList(i, Math.min(i + PAGE, places.size())))
            .forEach(message -> compare(use, message));
      }
    }
    return summary(uses);
  }

  private Map<String, Object> summary(List<Folders.Use> uses) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("mappings", uses.stream().map(Folders.Use::mapping).distinct().sorted().toList());
    summary.put("streams", uses.stream().map(Folders.Use::stream).distinct().sorted().toList());
    summary.put("looked", looked);
    summary.put("same", same);
    summary.put("differ", differ);
    summary.put("refusedNow", refusedNow);
    summary.put("refusedNoMore", mended);
    summary.put("unreadable", unreadable);
    summary.put("orders", orders);
    summary.put("masked", !clear);
    summary.put("messages", shown);
    summary.put("messagesLeftOut", differ - shown.size());
    return summary;
  }

  private void compare(Folders.Use use, Applied message) {
    looked++;
    if (message.body() == null) {
      unreadable++;
      return;
    }
    Letter letter =
        new Letter(message.body(), message.kind(), message.connection(), message.headers());
    Outcome old = outcome(before, use, letter);
    Outcome fresh = outcome(after, use, letter);
    if (old.isSameAs(fresh)) {
      same++;
      return;
    }
    differ++;
    if (fresh.refusal() != null && old.refusal() == null) {
      refusedNow.merge(fresh.refusal().why().name(), 1, Integer::sum);
    }
    mended += old.refusal() != null && fresh.refusal() == null ? 1 : 0;
    Set<String> told = new TreeSet<>(OrderNames.of(old.result()));
    told.addAll(OrderNames.of(fresh.result()));
    orders.addAll(told);
    if (shown.size() < SHOWN_MAX) {
      shown.add(show(use, message, old, fresh, told));
    }
  }

  private Outcome outcome(Mappings mappings, Folders.Use use, Letter letter) {
    Outcome outcome = MappingTrial.run(mappings, use.mapping(), letter);
    return use.recorded() && outcome.refusal() == null
        ? FactsCheck.of(outcome.result(), now)
            .map(refusal -> new Outcome(null, refusal))
            .orElse(outcome)
        : outcome;
  }

  private Map<String, Object> show(
      Folders.Use use, Applied message, Outcome old, Outcome fresh, Set<String> told) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("message", message.place().id());
    one.put("receivedAt", message.place().receivedAt());
    one.put("stream", use.stream());
    one.put("mapping", use.mapping());
    one.put("kind", message.kind());
    one.put("messageId", message.messageId());
    one.put("orders", told);
    one.put("before", side(old));
    one.put("after", side(fresh));
    boolean both = old.refusal() == null && fresh.refusal() == null;
    List<FieldChange> changes =
        both ? FieldChange.between(old.result(), fresh.result(), CHANGES_MAX) : List.of();
    one.put("changes", changes.stream().map(this::change).toList());
    return one;
  }

  private Map<String, Object> side(Outcome outcome) {
    Map<String, Object> side = new LinkedHashMap<>();
    Refusal refusal = outcome.refusal();
    if (refusal == null) {
      side.put("result", shownAt("", outcome.result()));
    } else {
      Cause cause = refusal.why();
      side.put(
          "refused",
          Map.of("cause", cause, "place", refusal.place(), "error", refusal.getMessage()));
    }
    return side;
  }

  private Map<String, Object> change(FieldChange change) {
    Map<String, Object> shownChange = new LinkedHashMap<>();
    String pointer = change.pointer();
    shownChange.put("pointer", clear ? pointer : PersonalMask.pointer(pointer));
    shownChange.put("how", change.how());
    if (change.how() != FieldChange.How.ADDED) {
      shownChange.put("before", shownAt(pointer, change.before()));
    }
    if (change.how() != FieldChange.How.GONE) {
      shownChange.put("after", shownAt(pointer, change.after()));
    }
    return shownChange;
  }

  private Object shownAt(String pointer, Object value) {
    return clear ? value : PersonalMask.of(pointer, value);
  }
}
