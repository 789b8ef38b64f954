package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Wording;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;

/**
 * Two books that have to agree, as a file of {@code mappings/reconciliations/} says.
 *
 * @param name of the file
 * @param every what a run covers
 * @param zone of its days
 * @param settles so many days after an entry of the left book the right one brings it
 * @param passes by what the entries are looked for that their key did not find, in this order
 * @param owner who is given its breaks
 * @param text the file as it is, which a run keeps
 */
public record Reconciliation(
    String name,
    Wording title,
    Every every,
    ZoneId zone,
    Side left,
    Side right,
    Compare compare,
    Tally tally,
    Tolerance tolerance,
    int settles,
    List<Pass> passes,
    String owner,
    String text) {
  public Reconciliation {
    passes = List.copyOf(passes);
  }

  /** The period of a run. */
  public enum Every {
    /** A day; what is open goes into the next one. An entry belongs to the day of its snapshot. */
    DAY(Period.ofDays(1)),
    /** A month; an entry belongs to it by its time. */
    MONTH(Period.ofMonths(1));

    private final Period length;

    Every(Period length) {
      this.length = length;
    }

    public Period length() {
      return length;
    }
  }

  /**
   * @param books {@code <connection>/<book>}
   * @param basis by which of its times an entry belongs to a period
   * @param counts name of the definition whose entries count; null for all
   */
  public record Side(Wording title, List<String> books, Basis basis, String counts) {
    public Side {
      books = List.copyOf(books);
    }
  }

  /** What has to be the same. */
  public enum Compare {
    AMOUNT,
    QUANTITY
  }

  /** How entries of one key are set against each other. */
  public enum Tally {
    /** One by one, in the order of their lines: one more on a side is a duplicate. */
    EACH,
    /** All of a side against all of the other: refunds, parts and parcels add up. */
    NET
  }

  /**
   * A way to find what the key did not.
   *
   * @param id named in items that it decided
   * @param within so many days apart at most
   * @param most so many entries in a sum at most; of effect for {@link By#SUM}
   */
  public record Pass(String id, By by, Many many, int within, int most) {
    /** By what entries are found. */
    public enum By {
      /** One of the further keys of either side. */
      REF,
      /** The same amount, when it is the only one on both sides. */
      AMOUNT,
      /** Some entries that add up to others. */
      SUM
    }

    /** Which side may have several; of effect for {@link By#SUM}. */
    public enum Many {
      LEFT,
      RIGHT,
      BOTH
    }
  }
}
