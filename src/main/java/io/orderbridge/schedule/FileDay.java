package io.orderbridge.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Which day a stored file is of. */
public final class FileDay {
  private FileDay() {}

  /**
   * The day on which the window of the file begins, from the id of its message.
   *
   * @param messageId null or any id
   * @return empty when the file was not read for a window
   */
  public static Optional<LocalDate> of(String messageId, ZoneId zone) {
    return FileId.start(messageId, zone).map(start -> LocalDate.ofInstant(start, zone));
  }
}
