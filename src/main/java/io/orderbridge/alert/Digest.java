package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one message of all that waits: the worst in sentences, what has no room by its cause, and
 * how many are left. Never longer than the channel allows; what is not in it waits for the next.
 */
final class Digest {
  private static final Wording TITLE = new Wording("订单告警：", "Order alerts: ");
  private static final Wording BREACHES = new Wording("超限 %d 条", "%d breached");
  private static final Wording WARNINGS = new Wording("预警 %d 条", "%d warnings");
  private static final Wording CLEARED = new Wording("恢复 %d 条", "%d well again");
  private static final Wording BREACH = new Wording("【超限】", "[BREACH] ");
  private static final Wording WARNING = new Wording("【预警】", "[WARNING] ");
  private static final Wording WELL = new Wording("【恢复】", "[WELL AGAIN] ");
  private static final Wording LOUDER = new Wording("【无人确认】", "[UNREAD] ");
  private static final Wording COMMA = new Wording("、", ", ");
  private static final Wording COUNT = new Wording("%d 条", "%d in all");
  private static final Wording SUM = new Wording("合计 %s", "total %s");
  private static final Wording SAMPLE = new Wording("如 %s", "e.g. %s");
  private static final Wording OF_WELL = new Wording("其中 %d 条已恢复", "%d of them well again");
  private static final Wording BRACKETS = new Wording("（%s）", " (%s)");
  private static final Wording ALSO = new Wording("另有：", "Also: ");
  private static final Wording MORE = new Wording("还有 %d 条，随后告知。", "%d more will follow.");
  private static final Wording LINK = new Wording("确认或静默：", "Acknowledge or silence: ");

  // Some 80 Chinese characters say what is wrong and what to do; more is for the page.
  private static final int SENTENCE_MAX = 260;
  private static final int SUBJECT_MAX = 48;
  private static final int SUBJECTS_MAX = 3;
  // Where not all has room in sentences, a third is kept for the names of the other causes.
  private static final int NAMES_PERCENT = 33;
  // What came just now needs no time beside it.
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final Locale language;
  private final ZoneId zone;
  private final int max;
  private final Instant now;

  /**
   * @param max bytes of UTF-8
   */
  Digest(Policy policy, int max, Instant now) {
    this.language = policy.language();
    this.zone = policy.zone();
    this.max = max;
    this.now = now;
  }

  /**
   * A message.
   *
   * @param told the parts that stand in it
   * @param more how many alerts wait for the next one
   */
  record Composed(String title, String text, List<Part> told, long more) {}

  /**
   * @param parts what is due, the worst first; at least one
   * @param others how many more alerts are due and not among them
   * @param link empty when there is none
   */
  Composed compose(List<Part> parts, long others, String link) {
    long all = others + parts.stream().mapToLong(Part::alerts).sum();
    String title = title(parts);
    int tail = bytes(word(MORE, all)) + (link.isEmpty() ? 0 : bytes(word(LINK) + link));
    int room = max - bytes(title) - tail;
    List<Part> sentences = fitting(parts, room);
    List<Part> names = List.of();
    if (sentences.size() < parts.size()) {
      int forNames = room * NAMES_PERCENT / 100;
      sentences = fitting(parts, room - forNames);
      names = naming(parts.subList(sentences.size(), parts.size()), forNames);
    }
    List<Part> told = Stream.concat(sentences.stream(), names.stream()).toList();
    long more = all - told.stream().mapToLong(Part::alerts).sum();
    List<String> lines = new ArrayList<>(List.of(title));
    int left = room - (names.isEmpty() ? 0 : bytes(named(names)));
    for (Part part : sentences) {
      String sentence = Utf8.cut(sentence(part), left - 1);
      left -= bytes(sentence);
      lines.add(sentence);
    }
    if (!names.isEmpty()) {
      lines.add(named(names));
    }
    if (more > 0) {
      lines.add(word(MORE, more));
    }
    if (!link.isEmpty()) {
      lines.add(word(LINK) + link);
    }
    return new Composed(title, Utf8.cut(String.join("\n", lines), max), told, more);
  }

  // One more for the line break.
  private static int bytes(String line) {
    return Utf8.bytes(line) + 1;
  }

  private String title(List<Part> parts) {
    List<String> counts = new ArrayList<>();
    count(counts, BREACHES, parts, part -> !part.clears() && part.level() == Level.BREACH);
    count(counts, WARNINGS, parts, part -> !part.clears() && part.level() == Level.WARNING);
    count(counts, CLEARED, parts, Part::clears);
    return word(TITLE) + String.join(word(COMMA), counts);
  }

  private void count(
      List<String> counts,
      Wording word,
      List<Part> parts,
      java.util.function.Predicate<Part> which) {
    long number = parts.stream().filter(which).mapToLong(Part::alerts).sum();
    if (number > 0) {
      counts.add(word(word, number));
    }
  }

  // The first always: a message tells something.
  private List<Part> fitting(List<Part> parts, int room) {
    int used = 0;
    List<Part> fitting = new ArrayList<>();
    for (Part part : parts) {
      used += part.details() == null ? room : bytes(sentence(part));
      if (used > room && !fitting.isEmpty()) {
        break;
      }
      fitting.add(part);
    }
    return fitting;
  }

  // By its cause alone a breach would be told too little: it waits for a sentence.
  private List<Part> naming(List<Part> parts, int room) {
    List<Part> naming = new ArrayList<>();
    for (Part part : parts) {
      boolean mild = part.clears() || part.level() == Level.WARNING;
      if (mild && bytes(named(append(naming, part))) <= room) {
        naming.add(part);
      }
    }
    return naming;
  }

  private static List<Part> append(List<Part> parts, Part one) {
    return Stream.concat(parts.stream(), Stream.of(one)).toList();
  }

  private String named(List<Part> parts) {
    return word(ALSO)
        + parts.stream()
            .map(part -> Utf8.line(part.cause()) + "×" + part.alerts())
            .collect(Collectors.joining(word(COMMA)));
  }

  private String sentence(Part part) {
    Part.Details details = part.details();
    Part.Sample first = details.samples().get(0);
    String mark = word(part.clears() ? WELL : part.level() == Level.BREACH ? BREACH : WARNING);
    String text = Utf8.cut(Utf8.line(first.text().in(language)), SENTENCE_MAX);
    List<String> more = new ArrayList<>();
    if (details.things() > 1) {
      more.add(word(COUNT, details.things()));
    }
    if (!details.sums().isEmpty()) {
      more.add(word(SUM, sums(details)));
    }
    if (details.alerts() > 1 || part.first().isBefore(now.minus(FRESH))) {
      more.add(times(part));
    }
    if (details.well() > 0 && !part.clears()) {
      more.add(word(OF_WELL, details.well()));
    }
    String subjects = subjects(details, text);
    if (!subjects.isEmpty()) {
      more.add(details.alerts() > 1 ? word(SAMPLE, subjects) : subjects);
    }
    String bracket = more.isEmpty() ? "" : word(BRACKETS, String.join(word(COMMA), more));
    return (part.louder() ? word(LOUDER) : "") + mark + text + bracket;
  }

  private static String sums(Part.Details details) {
    return details.sums().entrySet().stream()
        .map(sum -> sum.getValue().toPlainString() + " " + sum.getKey())
        .collect(Collectors.joining(" + "));
  }

  private String subjects(Part.Details details, String text) {
    return details.samples().stream()
        .map(sample -> Utf8.cut(Utf8.line(sample.subject()), SUBJECT_MAX))
        .filter(subject -> !subject.isEmpty() && !text.contains(subject))
        .distinct()
        .limit(SUBJECTS_MAX)
        .collect(Collectors.joining(word(COMMA)));
  }

  private String times(Part part) {
    String first = time(part.first());
    String last = time(part.last());
    return first.equals(last) ? first : first + "–" + last;
  }

  private String time(Instant at) {
    boolean today = LocalDate.ofInstant(at, zone).equals(LocalDate.ofInstant(now, zone));
    return DateTimeFormatter.ofPattern(today ? "HH:mm" : "MM-dd HH:mm", Locale.ROOT)
        .withZone(zone)
        .format(at);
  }

  private String word(Wording word, Object... values) {
    return word.in(language).formatted(values);
  }
}
