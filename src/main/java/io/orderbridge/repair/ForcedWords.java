package io.orderbridge.repair;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Events;
import io.orderbridge.order.Forced;
import io.orderbridge.order.Forced.Says;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderEvent;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.outbox.Redelivery;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says forced words for a repair: what they would do, doing it, and what takes them back. */
@Singleton
class ForcedWords {
  private static final String WORDS = "words";
  private static final String VERSION = "version";

  private final OrderBook book;
  private final OrderLooks looks;
  private final Redelivery redelivery;

  ForcedWords(OrderBook book, OrderLooks looks, Redelivery redelivery) {
    this.book = book;
    this.looks = looks;
    this.redelivery = redelivery;
  }

  /** A word on one milestone of one order, before it has its person, reason and version. */
  record Word(Milestone milestone, String parcel, Says says, Instant at) {
    Map<String, Object> json() {
      return Map.of(
          "milestone",
          milestone.name(),
          "parcel",
          parcel,
          "says",
          says.name(),
          "at",
          at.toString());
    }

    static Word read(Map<?, ?> json) {
      return new Word(
          Milestone.valueOf((String) json.get("milestone")),
          (String) json.get("parcel"),
          Says.valueOf((String) json.get("says")),
          Instant.parse((String) json.get("at")));
    }
  }

  /**
   * What the words would do.
   *
   * @param refusal why they should not be said; none when they may
   */
  Effect effect(OrderLook order, Wish wish, Line line, List<Word> words, Why refusal, Instant now) {
    String before = order.status();
    if (words.isEmpty()) {
      return Effect.unchanged(before);
    }
    Instant version = version(order, words, now);
    String reason = line.fields().getOrDefault("reason", wish.reason());
    OrderLook.Foreseen then = order.after(forced(order, words, wish, reason, version), now);
    if (!refusal.isEmpty() && !wish.override()) {
      return Effect.refused(before, refusal);
    }
    return new Effect(
        before,
        then.status(),
        owed(then.events()),
        Map.of(WORDS, json(words), VERSION, version.toString()),
        Map.of(WORDS, json(back(order, words)), VERSION, version.toString()),
        order.total().orElse(null),
        second(order, words),
        Effect.How.CHANGE,
        Why.NONE);
  }

  // The clocks of two processes differ: our word is newer than any that is there.
  private static Instant version(OrderLook order, List<Word> words, Instant now) {
    Instant version = Instant.ofEpochMilli(now.toEpochMilli());
    for (Word word : words) {
      Optional<OrderLook.Word> known = order.forced(word.milestone(), word.parcel());
      if (known.isPresent() && !known.get().version().isBefore(version)) {
        version = known.get().version().plusMillis(1);
      }
    }
    return version;
  }

  // Goods for which the money may long have gone back: two people look at it, also one at a time.
  private static Why second(OrderLook order, List<Word> words) {
    boolean revives =
        words.stream()
            .anyMatch(w -> w.milestone() == Milestone.CANCELLED && w.says() != Says.REACHED);
    return revives && order.reached(Milestone.PAID, "") && order.status().equals("CANCELLED")
        ? RestoreAction.SECOND
        : Why.NONE;
  }

  private List<Effect.Owed> owed(List<OrderEvent> events) {
    return events.stream()
        .map(event -> new Effect.Owed(event.type(), redelivery.targets(event)))
        .toList();
  }

  private static List<Word> back(OrderLook order, List<Word> words) {
    return words.stream()
        .map(
            word ->
                order
                    .forced(word.milestone(), word.parcel())
                    .map(was -> new Word(word.milestone(), word.parcel(), was.says(), was.at()))
                    .orElseGet(
                        () -> new Word(word.milestone(), word.parcel(), Says.WITHDRAWN, word.at())))
        .toList();
  }

  private static List<Map<String, Object>> json(List<Word> words) {
    return words.stream().map(Word::json).toList();
  }

  /** The words of a work or an undo. */
  static List<Word> words(Map<String, Object> work) {
    List<Word> words = new ArrayList<>();
    ((List<?>) work.get(WORDS)).forEach(json -> words.add(Word.read((Map<?, ?>) json)));
    return words;
  }

  /**
   * Why an undo is not made: what it takes back is not the newest word any more. None otherwise.
   */
  static Why undoRefusal(OrderLook order, Map<String, Object> undo) {
    Instant version = Instant.parse((String) undo.get(VERSION));
    for (Word word : words(undo)) {
      Optional<OrderLook.Word> newest = order.forced(word.milestone(), word.parcel());
      if (newest.isEmpty() || !newest.get().version().equals(version)) {
        return Why.of(
            "此后又改过 %s，请先撤回那一次", "%s was forced again since; undo that first", word.milestone());
      }
    }
    return Why.NONE;
  }

  private static List<Forced> forced(
      OrderLook order, List<Word> words, Wish wish, String reason, Instant version) {
    return words.stream()
        .map(
            word ->
                new Forced(
                    order.key(),
                    word.milestone(),
                    word.parcel(),
                    word.at(),
                    word.says(),
                    wish.by(),
                    reason,
                    version))
        .toList();
  }

  /** Says the words; said again under the same version they change nothing. */
  Action.Marking apply(Task task) {
    Instant version = Instant.parse((String) task.work().get(VERSION));
    List<Forced> forced = new ArrayList<>();
    for (Word word : words(task.work())) {
      forced.add(
          new Forced(
              task.order(),
              word.milestone(),
              word.parcel(),
              word.at(),
              word.says(),
              task.repair().wish().by(),
              task.reason(),
              version));
    }
    Waiting.on(book.force(forced));
    return connection -> marked(connection, task);
  }

  private Action.Marked marked(Connection connection, Task task) throws SQLException {
    String after = looks.look(connection, List.of(task.order())).get(task.order()).status();
    Map<String, List<String>> refs = new TreeMap<>();
    for (OrderEvent event : Events.since(connection, task.order(), task.eventMark())) {
      for (String target : redelivery.targets(event)) {
        refs.computeIfAbsent(target, name -> new ArrayList<>()).add("" + event.seq());
      }
    }
    List<Shown> targets = new ArrayList<>();
    targets.add(
        new Shown(
            Shown.BOOK,
            Shown.State.VERIFIED,
            Why.of("状态为 %s", "status %s", after),
            List.of(),
            null));
    new LinkedHashMap<>(refs).forEach((name, events) -> targets.add(Shown.open(name, events)));
    return new Action.Marked(after, targets);
  }
}
