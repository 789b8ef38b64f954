package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.books.SnapshotList;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.Ageing;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What breaks are asked for, as the API answers it: times in ISO text, amounts exact decimal text,
 * titles by language. Reads only. Thread-safe.
 */
@Singleton
public class BreakBook {
  // A break of more entries is read in the difference list.
  private static final int ENTRIES_MAX = 200;

  private final BreakList breaks;
  private final RunReads runs;
  private final SnapshotList snapshots;
  private final Clock clock;

  BreakBook(BreakList breaks, RunReads runs, SnapshotList snapshots, Clock clock) {
    this.breaks = breaks;
    this.runs = runs;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Which breaks are wanted; null or empty text stands for any.
   *
   * @param state one of the names of {@code Break.State}
   * @param kind one of the names of {@link BreakClass}
   * @param bucket one of {@link Ageing#NAMES}
   * @param after id of the last one seen; 0 for the first
   */
  public record Asked(
      String state, String reconciliation, String kind, String bucket, long after) {}

  /**
   * Breaks, the oldest first.
   *
   * @throws IllegalArgumentException when there is no such state or class
   * @throws Declined when there is no such bucket
   */
  public List<Map<String, Object>> list(Asked asked, int most) {
    String bucket = given(asked.bucket());
    if (bucket != null && !Ageing.NAMES.contains(bucket)) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "账龄（bucket）为“%s”，应为 %s 之一",
              "'bucket' is '%s', expected one of %s", bucket, Ageing.NAMES));
    }
    Instant now = clock.instant();
    BreakList.Filter filter =
        new BreakList.Filter(
            RunResource.one("state", asked.state(), Break.State.class),
            given(asked.reconciliation()),
            RunResource.one("class", asked.kind(), BreakClass.class),
            bucket,
            asked.after());
    return breaks.list(filter, most, now).stream()
        .map(one -> BreakView.of(one, breaks.bucket(one, now)))
        .toList();
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** The states that a break may be in, in the order of its life. */
  public static List<String> states() {
    return List.of(Break.State.values()).stream().map(Enum::name).toList();
  }

  /**
   * How old open breaks are, and how much lies in them, by bucket and currency; the unsettled
   * apart.
   *
   * @param reconciliation null for all
   */
  public List<Map<String, Object>> ageing(String reconciliation) {
    return breaks.ageing(reconciliation, clock.instant()).stream().map(BreakView::of).toList();
  }

  /**
   * Open breaks by class and currency, with the sum of their amounts without signs.
   *
   * @param reconciliation null for all
   */
  public List<Map<String, Object>> open(String reconciliation) {
    return breaks.open(reconciliation).stream().map(BreakView::of).toList();
  }

  /** The numbers of breaks of a reconciliation by their key; of keys that have none nothing. */
  public Map<String, Long> ids(String reconciliation, List<String> keys) {
    return breaks.ids(reconciliation, keys);
  }

  /**
   * A break with what was done to it.
   *
   * @throws Declined when there is none of that number
   */
  public Map<String, Object> one(long id) {
    Break one = known(id);
    Map<String, Object> view = BreakView.of(one, breaks.bucket(one, clock.instant()));
    view.put("trail", breaks.trail(id).stream().map(BreakView::of).toList());
    return view;
  }

  private Break known(long id) {
    return breaks.find(id).orElseThrow(() -> BreakActs.missing(id));
  }

  /**
   * The entries of a break on both sides as the newest run that found it knows them, and why it is
   * a break, for somebody who is shown no row of the source. Of each side the first 200. Nothing is
   * recorded.
   *
   * @return {@code why}, {@code rule}, {@code left} and {@code right}
   * @throws Declined when there is no such break
   */
  public Map<String, Object> masked(long id, Locale language) {
    return sides(id, language, Optional.empty());
  }

  /**
   * The same with the row of the source that each entry came from, for somebody who reads it. The
   * look is recorded.
   *
   * @param actor who looks, as the sign-in names them
   * @return {@code cells} of an entry by column besides, empty where the source gave none
   * @throws Declined when there is no such break
   */
  public Map<String, Object> open(long id, Locale language, String actor) {
    return sides(id, language, Optional.of(actor));
  }

  private Map<String, Object> sides(long id, Locale language, Optional<String> reader) {
    Break one = known(id);
    Map<String, Object> view = new LinkedHashMap<>();
    runs.find(one.seen().run())
        .ifPresent(
            run -> {
              runs.item(run.id(), one.seen().item())
                  .ifPresent(item -> view.putAll(RunView.of(item, language)));
              view.put("runDay", run.of().from().toString());
              RunReads.Explained found = runs.members(run, one.seen().item(), ENTRIES_MAX);
              view.put("left", entries(found.left(), reader));
              view.put("right", entries(found.right(), reader));
            });
    view.putIfAbsent("left", List.of());
    view.putIfAbsent("right", List.of());
    return view;
  }

  private List<Map<String, Object>> entries(List<EntryPool.Told> all, Optional<String> reader) {
    Map<Long, Set<Integer>> places = new LinkedHashMap<>();
    all.forEach(
        told ->
            places
                .computeIfAbsent(told.line().snapshot(), any -> new TreeSet<>())
                .add(told.line().place()));
    Map<Long, SnapshotList.Rows> rows = new LinkedHashMap<>();
    places.forEach(
        (snapshot, wanted) ->
            rows.put(
                snapshot,
                reader
                    .map(actor -> snapshots.open(snapshot, wanted, actor))
                    .orElseGet(() -> snapshots.masked(snapshot))));
    List<Map<String, Object>> entries = new ArrayList<>();
    for (EntryPool.Told told : all) {
      SnapshotList.Rows of = rows.get(told.line().snapshot());
      Map<String, Object> entry = RunView.entry(told);
      entry.put("key", told.line().key());
      entry.put("book", of.snapshot().of().source());
      entry.put("day", of.snapshot().of().day().toString());
      entry.put("version", of.snapshot().version());
      entry.put("cells", of.cells().getOrDefault(told.line().place(), Map.of()));
      entries.add(entry);
    }
    return entries;
  }
}
