package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/** Reads the times of a column out of bytes; what a day is {@link TimeText} says. One thread. */
final class PlainTime {
  /** It is no time that can be read here. */
  static final long NONE = Long.MAX_VALUE;

  private static final int USUAL_LENGTH = 19;
  private static final int EPOCH_DIGITS_MAX = 14;
  private static final long MICROS = 1_000_000;
  private static final int DAYS_KEPT = 128;
  private static final long[] TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

  private final TimeText text;
  private final int column;
  private final int[] days = new int[DAYS_KEPT];
  private final long[] begins = new long[DAYS_KEPT];

  PlainTime(TimeText text, int column) {
    this.text = text;
    this.column = column;
  }

  /** As {@link TimeText#micros}; of an empty cell it is not known. */
  long micros(PlainRow row) {
    byte[] bytes = row.bytes();
    int from = row.from(column);
    int to = row.to(column);
    if (from == to) {
      return Entry.UNKNOWN;
    }
    if (text.epochUnit() > 0) {
      return epoch(bytes, from, to);
    }
    if (text.separators() != null && to - from == USUAL_LENGTH) {
      return usual(bytes, from);
    }
    return slowly(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private long slowly(String time) {
    try {
      return text.micros(time);
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private long epoch(byte[] bytes, int from, int to) {
    if (to - from > EPOCH_DIGITS_MAX) {
      return NONE;
    }
    // An int has nine digits.
    int middle = Math.min(to, from + 7);
    long first = digits(bytes, from, middle);
    long rest = digits(bytes, middle, to);
    long number = first < 0 || rest < 0 ? -1 : first * TEN[to - middle] + rest;
    long micros = number * text.epochUnit();
    return number >= 0 && TimeText.isBetween(micros) ? micros : NONE;
  }

  private long usual(byte[] bytes, int from) {
    char day = text.separators().charAt(0);
    boolean fits =
        bytes[from + 4] == day
            && bytes[from + 7] == day
            && bytes[from + 10] == text.separators().charAt(1)
            && bytes[from + 13] == ':'
            && bytes[from + 16] == ':';
    int hour = digits(bytes, from + 11, from + 13);
    int minute = digits(bytes, from + 14, from + 16);
    int second = digits(bytes, from + 17, from + USUAL_LENGTH);
    if (!fits || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NONE;
    }
    int year = digits(bytes, from, from + 4);
    int month = digits(bytes, from + 5, from + 7);
    int ofMonth = digits(bytes, from + 8, from + 10);
    int date = year * 10_000 + month * 100 + ofMonth;
    int place = date & DAYS_KEPT - 1;
    if (year < 0 || month < 0 || ofMonth < 0 || days[place] != date && !keep(bytes, from, date)) {
      return slowly(new String(bytes, from, USUAL_LENGTH, StandardCharsets.UTF_8));
    }
    return begins[place] + (hour * 3_600 + minute * 60 + second) * MICROS;
  }

  // A day on which the clocks are changed is asked each time.
  private boolean keep(byte[] bytes, int from, int date) {
    String day = new String(bytes, from, 11, StandardCharsets.UTF_8);
    long begin = slowly(day + "00:00:00");
    long last = slowly(day + "23:59:59");
    if (begin == NONE || last == NONE || last - begin != (24 * 3_600 - 1) * MICROS) {
      return false;
    }
    int place = date & DAYS_KEPT - 1;
    days[place] = date;
    begins[place] = begin;
    return true;
  }

  private static int digits(byte[] bytes, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
