package io.orderbridge.books;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What books and their snapshots are asked for, as the API answers it: times ISO text, sums exact
 * decimal text by currency. Reads only. Thread-safe.
 */
@Singleton
public class SnapshotBook {
  private static final int DAYS_DEFAULT = 31;

  private final Books books;
  private final BookDays days;
  private final SnapshotList list;
  private final Snapshots snapshots;
  private final Clock clock;

  SnapshotBook(Books books, BookDays days, SnapshotList list, Snapshots snapshots, Clock clock) {
    this.books = books;
    this.days = days;
    this.list = list;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** Every book by name, with its last snapshot and the days that are open. */
  public List<Map<String, Object>> all() {
    return books.all().stream()
        .map(book -> new BookView(book, days, clock.instant()).view())
        .toList();
  }

  /**
   * Snapshots of a book, the newest day and version first.
   *
   * @param from null for 31 days before {@code to}
   * @param to null for tomorrow, so that today is in it everywhere
   */
  public List<Map<String, Object>> snapshots(String book, LocalDate from, LocalDate to, int most) {
    LocalDate last =
        to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1) : to;
    LocalDate first = from == null ? last.minusDays(DAYS_DEFAULT) : from;
    return list.of(book, first, last, most).stream().map(SnapshotView::of).toList();
  }

  /**
   * A snapshot with the lines that were put aside.
   *
   * @throws Declined when the book has none of that number
   */
  public Map<String, Object> one(String book, long id) {
    Map<String, Object> view = SnapshotView.of(snapshot(book, id));
    view.put("aside", list.aside(id));
    return view;
  }

  private Snapshot snapshot(String book, long id) {
    return list.find(id)
        .filter(found -> found.of().source().equals(book))
        .orElseThrow(
            () ->
                new Declined(
                    Kind.MISSING, Wording.of("账本 %s 没有快照 %d", "%s has no snapshot %d", book, id)));
  }

  /**
   * Which keys a snapshot says otherwise than an earlier one of the same book, for somebody who is
   * shown no cell of their rows. Nothing is recorded.
   *
   * @param most so many at most
   * @throws Declined when the book has no such snapshot
   */
  public Map<String, Object> maskedChanges(String book, long id, long since, int most) {
    snapshot(book, id);
    Snapshot before = snapshot(book, since);
    return Map.of(
        "since",
        SnapshotView.of(before),
        "changes",
        snapshots.changed(since, id, most).stream().map(one -> Map.of("key", one.key())).toList());
  }

  /**
   * The same with the cells before and after, for somebody who reads them: a source may name
   * customers. The look is recorded.
   *
   * @param actor who looks, as the sign-in names them
   * @throws Declined when the book has no such snapshot
   */
  public Map<String, Object> changes(String book, long id, long since, int most, String actor) {
    Snapshot later = snapshot(book, id);
    Snapshot before = snapshot(book, since);
    List<Map<String, Object>> changes = new ArrayList<>();
    snapshots.changed(since, id, most).forEach(one -> changes.add(change(one, before, later)));
    list.opened(later, changes.size(), actor);
    return Map.of("since", SnapshotView.of(before), "changes", changes);
  }

  private static Map<String, Object> change(Change change, Snapshot before, Snapshot later) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("key", change.key());
    view.put("before", SnapshotView.cells(before, change.before()));
    view.put("after", SnapshotView.cells(later, change.after()));
    view.values().removeIf(Objects::isNull);
    return view;
  }

  /** Reads all snapshots of a book again: whether its chain stands, and its root. */
  public Map<String, Object> verify(String book) {
    Chain chain = snapshots.verify(book);
    return Map.of(
        "stands",
        chain.stands(),
        "snapshots",
        chain.snapshots(),
        "root",
        chain.root(),
        "broken",
        chain.broken().stream()
            .map(one -> Map.of("snapshot", one.snapshot(), "why", one.why()))
            .toList());
  }
}
