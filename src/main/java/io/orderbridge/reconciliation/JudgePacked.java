package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries in some 70 bytes each, with one time and a key of 20 letters, and as many more as further
 * keys have letters; no name twice. In blocks, so that nothing is copied when there are more.
 */
final class JudgePacked {
  private static final int BLOCK = 1 << 20;
  private static final Basis[] BASES = Basis.values();
  private static final EntryKind[] KINDS = EntryKind.values();

  private final List<byte[]> blocks = new ArrayList<>();
  private final JudgeBytes one = new JudgeBytes();
  private final Names names = new Names();
  private int used = BLOCK;

  /** Words that come again and again, by number; null is one of them. */
  static final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    int number(String text) {
      Integer known = numbers.get(text);
      if (known == null) {
        known = texts.size();
        numbers.put(text, known);
        texts.add(text);
      }
      return known;
    }

    String text(int number) {
      return texts.get(number);
    }
  }

  Names names() {
    return names;
  }

  /** All have one key. Returns where they are. */
  long add(List<Line> lines) {
    one.clear();
    one.number(lines.size());
    one.text(lines.get(0).key());
    lines.forEach(this::write);
    if (BLOCK - used < one.size()) {
      blocks.add(new byte[Math.max(BLOCK, one.size())]);
      used = 0;
    }
    long at = (long) (blocks.size() - 1) << Integer.SIZE | used;
    one.copyTo(blocks.get(blocks.size() - 1), used);
    used = Math.min(BLOCK, used + one.size());
    return at;
  }

  List<Line> get(long at) {
    JudgeBytes bytes = JudgeBytes.reading(blocks.get((int) (at >>> Integer.SIZE)), (int) at);
    Line[] lines = new Line[(int) bytes.number()];
    String key = bytes.text();
    for (int i = 0; i < lines.length; i++) {
      lines[i] = read(key, bytes);
    }
    return Arrays.asList(lines);
  }

  /** So many it takes, the rest of the last block not among them. */
  long bytes() {
    return (long) (blocks.size() - 1) * BLOCK + used;
  }

  private void write(Line line) {
    one.number(line.snapshot());
    one.number(line.place());
    int known = (line.minor() == null ? 0 : 1) | (line.quantity() == null ? 0 : 2);
    known |= (line.inPeriod() ? 4 : 0) | (line.labels() == null ? 0 : 8);
    one.number(known);
    one.number(line.kind() == null ? KINDS.length : line.kind().ordinal());
    if (line.minor() != null) {
      one.number(line.minor());
    }
    if (line.quantity() != null) {
      one.number(line.quantity());
    }
    one.number(names.number(line.currency()));
    one.number(names.number(line.status()));
    one.number(line.times().size());
    for (Basis basis : BASES) {
      Instant time = line.times().get(basis);
      if (time != null) {
        one.number(basis.ordinal());
        one.number(time.getEpochSecond());
        one.number(time.getNano());
      }
    }
    if (line.labels() != null) {
      one.number(names.number(line.labels().shop()));
      one.text(line.labels().sku());
      one.text(line.labels().ref());
      one.text(line.labels().converted());
    }
  }

  private Line read(String key, JudgeBytes bytes) {
    long snapshot = bytes.number();
    int place = (int) bytes.number();
    long known = bytes.number();
    int kind = (int) bytes.number();
    Long minor = (known & 1) == 0 ? null : (Long) bytes.number();
    Long quantity = (known & 2) == 0 ? null : (Long) bytes.number();
    String currency = names.text((int) bytes.number());
    String status = names.text((int) bytes.number());
    Map<Basis, Instant> times = new EnumMap<>(Basis.class);
    for (long left = bytes.number(); left > 0; left--) {
      Basis basis = BASES[(int) bytes.number()];
      times.put(basis, Instant.ofEpochSecond(bytes.number(), bytes.number()));
    }
    Line.Labels labels =
        (known & 8) == 0
            ? null
            : new Line.Labels(
                names.text((int) bytes.number()), bytes.text(), bytes.text(), bytes.text());
    return new Line(
        snapshot,
        place,
        key,
        kind == KINDS.length ? null : KINDS[kind],
        minor,
        currency,
        quantity,
        status,
        Map.copyOf(times),
        (known & 4) != 0,
        labels);
  }
}
