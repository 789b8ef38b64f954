package io.orderbridge.console;

import io.orderbridge.work.DeadLetter.Filter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One act on many letters, as the form carries it from part to part. Nothing of it is kept here:
 * another instance may do the next part.
 *
 * @param act {@code replay} or {@code discard}
 * @param ids the letters; none when the query says which
 * @param until letters that died later are not meant: a replay that fails again would come again
 * @param after the last letter that was seen
 * @param seen how many letters were seen, {@code done} of them acted on
 */
record Batch(String act, LetterQuery query, List<Long> ids, Instant until, long after, Pace pace) {
  static final Filter ANY = new Filter(null, null, null, null, null, null, null);

  // A letter takes some milliseconds: a part answers within a second.
  private static final int PART_MAX = 50;
  private static final int IDS_MAX = 500;

  /**
   * How far it is.
   *
   * @param perSecond letters of a part, of which there is one a second; 0 for no limit
   */
  record Pace(String reason, int perSecond, long total, long seen, long done) {}

  /** What a page of the list asks for: the letters that were ticked, or all of its query. */
  static Batch asked(MultivaluedMap<String, String> form, Instant now) {
    MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
    form.forEach((name, values) -> all.put(name, values));
    String which = form.getFirst("which");
    if (!"ticked".equals(which) && !"all".equals(which)) {
      throw new IllegalArgumentException("which is '%s', expected ticked or all".formatted(which));
    }
    boolean named = which.equals("ticked");
    List<String> ids = named ? form.getOrDefault("id", List.of()) : List.of();
    if (named && ids.isEmpty()) {
      throw new IllegalArgumentException("no letter is ticked");
    }
    all.putSingle("ids", String.join(",", ids));
    all.putSingle("until", now.toString());
    return going(all);
  }

  /**
   * @throws IllegalArgumentException when the form is not one of ours
   */
  static Batch going(MultivaluedMap<String, String> form) {
    String act = form.getFirst("act");
    if (!"replay".equals(act) && !"discard".equals(act)) {
      throw new IllegalArgumentException("act is '%s', expected replay or discard".formatted(act));
    }
    String ids = form.getFirst("ids");
    List<Long> left =
        ids == null || ids.isEmpty()
            ? List.of()
            : List.of(ids.split(",")).stream().limit(IDS_MAX).map(Long::valueOf).toList();
    String reason = form.getFirst("reason");
    return new Batch(
        act,
        LetterQuery.of(form),
        left,
        time(form.getFirst("until")),
        number(form, "after"),
        new Pace(
            reason == null ? "" : reason.strip(),
            (int) Math.min(PART_MAX, number(form, "perSecond")),
            number(form, "total"),
            number(form, "seen"),
            number(form, "done")));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("until is '%s', expected a time".formatted(text), e);
    }
  }

  private static long number(MultivaluedMap<String, String> form, String name) {
    String text = form.getFirst(name);
    return text == null || text.isBlank() ? 0 : Math.max(0, Long.parseLong(text.strip()));
  }

  boolean isDiscard() {
    return act.equals("discard");
  }

  /** Whether letters are named, not queried. */
  boolean isNamed() {
    return !ids.isEmpty();
  }

  /** The letters of the next part, where they are named. */
  List<Long> next() {
    return ids.stream().skip(seen()).limit(part()).toList();
  }

  /** Which letters are queried. */
  Filter filter(ZoneId zone) {
    Filter asked = query.filter(zone);
    boolean earlier = asked.to() != null && asked.to().isBefore(until);
    return new Filter(
        asked.connection(),
        asked.target(),
        asked.cause(),
        asked.subject(),
        asked.state(),
        asked.from(),
        earlier ? asked.to() : until);
  }

  Batch withTotal(long count) {
    return with(after, new Pace(reason(), pace.perSecond(), count, 0, 0));
  }

  /** After a part. Nothing left to see means that others were quicker: it is over. */
  Batch past(List<Long> part, int acted) {
    long now = part.isEmpty() ? total() : Math.min(total(), seen() + part.size());
    return with(
        part.isEmpty() ? after : part.get(part.size() - 1),
        new Pace(reason(), pace.perSecond(), total(), now, done() + acted));
  }

  private Batch with(long last, Pace pace) {
    return new Batch(act, query, ids, until, last, pace);
  }

  /** As fields of a form. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>(query.fields());
    fields.put("act", act);
    fields.put("ids", String.join(",", ids.stream().map(String::valueOf).toList()));
    fields.put("until", until.toString());
    fields.put("after", Long.toString(after));
    fields.put("total", Long.toString(total()));
    fields.put("seen", Long.toString(seen()));
    fields.put("done", Long.toString(done()));
    return fields;
  }

  boolean isOver() {
    return pace.seen() >= pace.total();
  }

  int part() {
    return pace.perSecond() == 0 ? PART_MAX : pace.perSecond();
  }

  String reason() {
    return pace.reason();
  }

  long total() {
    return pace.total();
  }

  long seen() {
    return pace.seen();
  }

  long done() {
    return pace.done();
  }
}
