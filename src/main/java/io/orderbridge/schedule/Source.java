package io.orderbridge.schedule;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A source that is read by period, from the {@code reads:} part of a connection file.
 *
 * @param connection the folder below {@code routes/}
 * @param name of the source within its connection
 * @param rhythm how time is cut into windows
 * @param zone of the texts that the route is given, and of the days of a daily source
 * @param pages how a window is read
 * @param item what names an item of a page
 * @param kind of the messages whose items name none
 * @param pushed whether its items should have come by push, so that a first word is a recovery
 * @param into inbox stream that receives the items
 * @param retry waits after the first, second, ... failure; the last repeats
 * @param late so long after it was due an incomplete window is told as late
 */
public record Source(
    String connection,
    String name,
    Rhythm rhythm,
    ZoneId zone,
    Pages pages,
    Item item,
    String kind,
    boolean pushed,
    String into,
    List<Duration> retry,
    Duration late) {
  public Source {
    retry = List.copyOf(retry);
  }

  /** How time is cut into windows. */
  public sealed interface Rhythm permits Every, Daily {
    /** Asked before the start of each window. */
    Duration overlap();
  }

  /**
   * Windows without a gap, aligned to their length in UTC. A queue has none and is polled so often.
   *
   * @param every length of a window
   * @param overlap asked before the start of each
   * @param behind a window ends at least so long before the clock
   * @param back how far the first window lies back
   */
  public record Every(Duration every, Duration overlap, Duration behind, Duration back)
      implements Rhythm {}

  /**
   * One window per calendar day.
   *
   * @param due time of the day from which on it can be read
   * @param daysAfter that many days after the day of the window
   * @param back how many days the first window lies back
   * @param rest days of the week on which nothing is due
   * @param holidays days on which nothing is due
   * @param overlap asked before the start of each
   */
  public record Daily(
      LocalTime due,
      int daysAfter,
      int back,
      Set<DayOfWeek> rest,
      Set<LocalDate> holidays,
      Duration overlap)
      implements Rhythm {
    public Daily {
      rest = Set.copyOf(rest);
      holidays = Set.copyOf(holidays);
    }

    /** Without an overlap. */
    public Daily(
        LocalTime due, int daysAfter, int back, Set<DayOfWeek> rest, Set<LocalDate> holidays) {
      this(due, daysAfter, back, rest, holidays, Duration.ZERO);
    }
  }

  /** In which order the pages of a window are read, and what proves that none is missing. */
  public enum Order {
    /** Counts, reads the last page first, counts again: what leaves the window shifts nothing. */
    LAST_FIRST,
    /** Each page tells the total; a total that changed begins again. */
    FIRST_LAST,
    /** Each answer names the next one. */
    CURSOR,
    /** From row to row; without a total a second reading has to bring nothing new. */
    OFFSET,
    /** One file. */
    WHOLE,
    /** Read and acknowledge until nothing is left. */
    QUEUE
  }

  /**
   * How a window is read. Pointers are null when the answer has no such place.
   *
   * @param size items of a page
   * @param first number of the first page
   * @param items the list
   * @param total how many there are in the window
   * @param more whether another page follows
   * @param cursor names the next page
   * @param byLastItem whether the id of the last item of a page names the next one
   */
  public record Pages(
      Order order,
      int size,
      int first,
      JsonPointer items,
      JsonPointer total,
      JsonPointer more,
      JsonPointer cursor,
      boolean byLastItem) {}

  /**
   * What names an item.
   *
   * @param id in the item; null for the hash of the item
   * @param version in the item; null for the hash of the item
   * @param kind in the item; null when the source has one kind
   */
  public record Item(JsonPointer id, JsonPointer version, JsonPointer kind) {}

  /** Its name everywhere: {@code <connection>/<source>}. */
  public String key() {
    return connection + "/" + name;
  }

  /** How long the wait is after so many failures in a row. */
  Duration waitAfter(int failures) {
    return retry.get(Math.min(Math.max(failures, 1), retry.size()) - 1);
  }
}
