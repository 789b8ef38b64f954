package io.orderbridge.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The message id of a file that is the whole answer of a window: {@code <day or start>@<hash>}. It
 * says which window the file is of, also to who takes the message before the window knows of it,
 * and long after the window's items are past their retention.
 */
final class FileId {
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  private static final char END = '@';

  private FileId() {}

  static String of(Window window, ZoneId zone, String hash) {
    String period =
        window.day() == null
            ? TIME.format(window.startsAt().atZone(zone))
            : window.day().toString();
    return period + END + hash;
  }

  /**
   * The same file once more, after another one.
   *
   * @param after number of the other one's message
   */
  static String again(String id, long after) {
    return id + END + after;
  }

  /** What stands before the hash. */
  static String period(String id) {
    int end = id.indexOf(END);
    return end < 0 ? "" : id.substring(0, end);
  }

  /** Where the window of the file begins; empty when the id is none of ours. */
  static Optional<Instant> start(String id, ZoneId zone) {
    String period = id == null ? "" : period(id);
    try {
      if (period.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return Optional.of(LocalDate.parse(period).atStartOfDay(zone).toInstant());
      }
      return period.matches("\\d{4}-\\d\\d-\\d\\dT.*")
          ? Optional.of(OffsetDateTime.parse(period, TIME).toInstant())
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
