package io.orderbridge.books;

import java.time.Instant;
import java.util.Map;

/**
 * An entry of a snapshot as a matching tells it.
 *
 * @param place where it stands: eight times the line of the file, plus which amount of the row
 * @param minor amount in minor units; null when the book counts things
 * @param currency null when there is no amount
 * @param quantity null when the book counts money alone
 * @param status empty when the source has none
 * @param times those that are known
 * @param inPeriod by the basis of its side; true when that time is not known
 * @param labels null when the source says none of it
 */
public record Line(
    long snapshot,
    int place,
    String key,
    EntryKind kind,
    Long minor,
    String currency,
    Long quantity,
    String status,
    Map<Basis, Instant> times,
    boolean inPeriod,
    Labels labels) {
  /** The line of the file. */
  public int line() {
    return place / Entry.PLACES;
  }

  /**
   * @param ref further keys, split by U+001F
   * @param converted what the amount was before, which {@link Converted#of} reads; null when it was
   *     not converted
   */
  public record Labels(String shop, String sku, String ref, String converted) {
    public static final Labels NONE = new Labels(null, null, null, null);
  }
}
