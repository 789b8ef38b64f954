package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What one book alone has, until the passes have looked at all of it: numbered from 0, an entry
 * each, or all of a key where those are set against each other.
 *
 * <p>One takes 34 to 51 bytes here (numbers, which grow by half) and some 110 packed. A million
 * with keys and further keys of 20 letters took 158 MB (measured 2026-11-29), and while a pass runs
 * 20 MB more. There is no limit but the memory.
 */
final class JudgeLone {
  static final int UNKNOWN = Integer.MIN_VALUE;

  private static final int FIRST_SIZE = 1024;
  private static final byte LEFT = 1;
  private static final byte REPEATED = 2;
  private static final byte TAKEN = 4;

  private final JudgeMeasure measure;
  private final JudgeDays days;
  private final JudgePacked packed = new JudgePacked();
  private int size;
  private long[] at = new long[FIRST_SIZE];
  private long[] value = new long[FIRST_SIZE];
  private int[] day = new int[FIRST_SIZE];
  private int[] second = new int[FIRST_SIZE];
  private int[] name = new int[2 * FIRST_SIZE];
  private byte[] flags = new byte[FIRST_SIZE];
  private byte[] doubt = new byte[FIRST_SIZE];

  JudgeLone(JudgeMeasure measure, JudgeDays days) {
    this.measure = measure;
    this.days = days;
  }

  /**
   * @param lines of one key and side, in the order of the files
   * @param repeated whether an earlier entry of the key says the same
   */
  void add(boolean left, boolean repeated, List<Line> lines) {
    room();
    at[size] = packed.add(lines);
    SortedMap<String, Long> sums = measure.sums(lines);
    boolean comparable = sums.size() == 1;
    value[size] = comparable ? sums.get(sums.firstKey()) : 0;
    name[2 * size] = comparable ? packed.names().number(sums.firstKey()) : UNKNOWN;
    name[2 * size + 1] = shop(lines);
    LocalDateTime time = days.firstTime(lines, left);
    day[size] = time == null ? UNKNOWN : Math.toIntExact(time.toLocalDate().toEpochDay());
    second[size] = time == null ? 0 : time.toLocalTime().toSecondOfDay();
    flags[size] = (byte) ((left ? LEFT : 0) | (repeated ? REPEATED : 0));
    doubt[size] = 0;
    size++;
  }

  private int shop(List<Line> lines) {
    List<String> shops =
        lines.stream()
            .map(line -> line.labels() == null ? null : line.labels().shop())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return shops.size() == 1 ? packed.names().number(shops.get(0)) : UNKNOWN;
  }

  private void room() {
    if (size == at.length) {
      int more = Math.addExact(size, size / 2);
      at = Arrays.copyOf(at, more);
      value = Arrays.copyOf(value, more);
      day = Arrays.copyOf(day, more);
      second = Arrays.copyOf(second, more);
      name = Arrays.copyOf(name, Math.multiplyExact(2, more));
      flags = Arrays.copyOf(flags, more);
      doubt = Arrays.copyOf(doubt, more);
    }
  }

  int size() {
    return size;
  }

  List<Line> lines(int one) {
    return packed.get(at[one]);
  }

  List<Line> lines(int[] some) {
    List<Line> lines = new ArrayList<>();
    for (int one : some) {
      lines.addAll(lines(one));
    }
    lines.sort(JudgeMeasure.ORDER);
    return lines;
  }

  boolean isLeft(int one) {
    return (flags[one] & LEFT) != 0;
  }

  boolean isRepeated(int one) {
    return (flags[one] & REPEATED) != 0;
  }

  boolean isTaken(int one) {
    return (flags[one] & TAKEN) != 0;
  }

  void take(int one) {
    flags[one] |= TAKEN;
  }

  /** Its sum; zero when it comes to nothing or is in several currencies. */
  long value(int one) {
    return value[one];
  }

  /** A number per currency; {@link #UNKNOWN} when it has none or several. */
  int currency(int one) {
    return name[2 * one];
  }

  /** A number per shop; {@link #UNKNOWN} when it tells none or several. */
  int shop(int one) {
    return name[2 * one + 1];
  }

  /** In days since 1970, of its earliest entry; {@link #UNKNOWN} when not told. */
  int day(int one) {
    return day[one];
  }

  /** Within its day. */
  int second(int one) {
    return second[one];
  }

  /** Whether two may belong together as far as their shops tell. */
  boolean shopsAgree(int one, int other) {
    int here = shop(one);
    int there = shop(other);
    return here == there || here == UNKNOWN || there == UNKNOWN;
  }

  /** Remembers that a pass found several for it. */
  void doubt(int one, int pass) {
    if (doubt[one] == 0) {
      doubt[one] = (byte) Math.min(Byte.MAX_VALUE, pass + 1);
    }
  }

  /** The first pass that found several; -1 when none did. */
  int doubt(int one) {
    return doubt[one] - 1;
  }

  /** By time, then by where they stand: the same whatever order they came in. */
  int compare(int one, int other) {
    int order = Integer.compare(day[one], day[other]);
    if (order == 0) {
      order = Integer.compare(second[one], second[other]);
    }
    return order != 0 || one == other
        ? order
        : JudgeMeasure.ORDER.compare(lines(one).get(0), lines(other).get(0));
  }

  /** What is not taken yet, of one side. */
  int[] open(boolean left) {
    int[] open = new int[size];
    int found = 0;
    for (int one = 0; one < size; one++) {
      if (isLeft(one) == left && !isTaken(one)) {
        open[found++] = one;
      }
    }
    return Arrays.copyOf(open, found);
  }
}
