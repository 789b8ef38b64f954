package io.orderbridge.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.schedule.Windows.Done;
import java.util.List;
import java.util.Optional;

/**
 * Reads a window until it is known to be complete, in the order of its source. A source moves while
 * it is read: rows leave the window because they are modified again, others come late. What is read
 * too often is harmless, so whenever the counts do not fit the window is read again, a few times
 * now and then later.
 */
final class Reading {
  /** Readings of one attempt; a source that moves on is left alone for a while. */
  static final int READINGS_MAX = 5;

  private final Pass pass;

  Reading(Pass pass) {
    this.pass = pass;
  }

  /**
   * Reads and stores.
   *
   * @throws TryLater when the source moved too much, or an answer is not whole
   */
  Done read() {
    if (pass.source().pages().order() == Source.Order.WHOLE) {
      return whole();
    }
    for (int again = 0; again < READINGS_MAX; again++) {
      pass.begin();
      Optional<Done> done =
          switch (pass.source().pages().order()) {
            case LAST_FIRST -> lastFirst(again);
            case FIRST_LAST -> firstLast(again);
            case OFFSET -> byOffset(again);
            default -> byCursor(again);
          };
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new TryLater(
        Cause.ANSWER_BROKEN,
        Optional.empty(),
        ("read %d times and never whole: the source moves while it is read, or gives fewer items a"
                + " page than 'pages.size' says")
            .formatted(READINGS_MAX));
  }

  // A row that leaves the window moves those behind it one place to the front, into pages that are
  // still to come: it may be read twice, never missed. A row that comes makes the total grow.
  private Optional<Done> lastFirst(int again) {
    Source.Pages pages = pass.source().pages();
    long before = total(pass.count());
    for (long page = pages(before); page > 0; page--) {
      pass.keep(pass.page(Math.toIntExact(pages.first() + page - 1)).items());
    }
    long after = before == 0 ? 0 : total(pass.count());
    long seen = before == 0 ? 0 : pass.distinct();
    return seen >= after && after <= before ? done(after, seen, again) : Optional.empty();
  }

  // Read forwards a row that leaves takes one away that was still to come, and the total tells.
  private Optional<Done> firstLast(int again) {
    Source.Pages pages = pass.source().pages();
    long total = -1;
    for (int page = pages.first(); ; page++) {
      Page answer = pass.page(page);
      long told = total(answer);
      pass.keep(answer.items());
      if (total >= 0 && told != total) {
        return Optional.empty();
      }
      total = told;
      boolean last = page - pages.first() + 1 >= pages(total);
      if (last || answer.isLast() || answer.items().isEmpty()) {
        long seen = total == 0 ? 0 : pass.distinct();
        return seen >= total ? done(total, seen, again) : Optional.empty();
      }
    }
  }

  // Without a total only another reading tells: one that brings nothing new.
  private Optional<Done> byOffset(int again) {
    Source.Pages pages = pass.source().pages();
    int fresh = 0;
    Long first = null;
    for (int page = pages.first(); ; page++) {
      Page answer = pass.page(page);
      fresh += pass.keep(answer.items());
      boolean counted = pages.total() != null;
      long told = counted ? total(answer) : 0;
      first = first == null ? Long.valueOf(told) : first;
      if (counted && told != first) {
        return Optional.empty();
      }
      if (answer.items().size() < pages.size() || answer.isLast()) {
        long seen = pass.distinct();
        boolean whole = counted ? seen >= told : again > 0 && fresh == 0;
        int restarts = counted ? again : again - 1;
        return whole ? done(counted ? told : null, seen, restarts) : Optional.empty();
      }
    }
  }

  private Optional<Done> byCursor(int again) {
    String cursor = null;
    while (true) {
      Page answer = pass.after(cursor);
      pass.keep(answer.items());
      String next = answer.cursor();
      if (next == null && Boolean.TRUE.equals(answer.more())) {
        throw broken("says that there is more and names no cursor");
      }
      if (next == null || answer.isLast() || byLastItemEnds(answer)) {
        long seen = pass.distinct();
        Long told = pass.source().pages().total() == null ? null : Long.valueOf(total(answer));
        return told == null || seen >= told ? done(told, seen, again) : Optional.empty();
      }
      if (next.equals(cursor)) {
        throw broken("names the cursor again that it was asked with");
      }
      cursor = next;
    }
  }

  // The id of the last item never runs out by itself.
  private boolean byLastItemEnds(Page answer) {
    Source.Pages pages = pass.source().pages();
    return pages.byLastItem() && answer.more() == null && answer.items().size() < pages.size();
  }

  private Done whole() {
    pass.begin();
    PageRoute.Answer answer = pass.whole();
    if (answer.empty()) {
      return new Done(0L, 0, 0, true);
    }
    byte[] file = PageReader.bytes(answer.body());
    if (file.length == 0) {
      throw broken("is a file without a byte; a day without anything has to be told as empty");
    }
    pass.keepWhole(file);
    return new Done(1L, 1, 0, false);
  }

  /**
   * Reads and acknowledges a queue until it is empty.
   *
   * @param roundsMax pages at most; the rest comes with the next poll
   * @return how many items came
   */
  long drain(int roundsMax) {
    pass.begin();
    long stored = 0;
    for (int round = 0; round < roundsMax; round++) {
      List<JsonNode> items = pass.page(pass.source().pages().first()).items();
      if (items.isEmpty()) {
        return stored;
      }
      pass.keepQueued(items);
      pass.acknowledge(items);
      stored += items.size();
    }
    return stored;
  }

  private static Optional<Done> done(Long told, long seen, int again) {
    return Optional.of(new Done(told, seen, Math.max(again, 0), seen == 0));
  }

  private long pages(long total) {
    int size = pass.source().pages().size();
    return (total + size - 1) / size;
  }

  private long total(Page page) {
    if (page.total() == null) {
      throw new Refusal(
          Cause.ANSWER_BROKEN,
          String.valueOf(pass.source().pages().total()),
          "the answer has no total here; correct 'pages.total'");
    }
    return page.total();
  }

  private static TryLater broken(String what) {
    return new TryLater(Cause.ANSWER_BROKEN, Optional.empty(), "the answer " + what);
  }
}
