package io.orderbridge.notice;

import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be sent by which channel: {@code policy}, {@code quiet}, {@code caps} and {@code words}
 * of {@code mappings/rules/notices.yaml}. Of policies and caps the first that fits decides.
 */
public record ChannelRules(
    List<Policy> policy, List<Quiet> quiet, List<Cap> caps, List<Words> words) {
  /** Without the file: about orders anything goes, promotions with consent only. */
  public static final ChannelRules NONE =
      new ChannelRules(List.of(), List.of(), List.of(), List.of());

  /**
   * Whom a rule is about.
   *
   * @param channels none for all
   * @param content null for both
   */
  public record Scope(Set<String> channels, Content content) {
    boolean fits(String channel, Content asked) {
      return (channels.isEmpty() || channels.contains(channel))
          && (content == null || content == asked);
    }
  }

  /** What a content needs on a channel. */
  public enum Needs {
    CONSENT,
    NEVER,
    NOTHING
  }

  /** What has to be there before a message goes. */
  public record Policy(Scope scope, Needs needs, String rule) {}

  /** Hours in which nothing goes; from inclusive, to exclusive, over midnight as well. */
  public record Quiet(Scope scope, LocalTime from, LocalTime to, ZoneId zone, String rule) {
    /** When the quiet hours end that hold at this time; empty when none do. */
    Optional<Instant> until(Instant now) {
      ZonedDateTime here = now.atZone(zone);
      LocalTime time = here.toLocalTime();
      boolean overMidnight = from.isAfter(to);
      boolean evening = !time.isBefore(from);
      boolean morning = time.isBefore(to);
      if (overMidnight ? !evening && !morning : !evening || !morning) {
        return Optional.empty();
      }
      LocalDate day = here.toLocalDate().plusDays(overMidnight && evening ? 1 : 0);
      // When the clocks go back the hour is there twice: its second end, so never a time that is
      // over.
      return Optional.of(ZonedDateTime.of(day, to, zone).withLaterOffsetAtOverlap().toInstant());
    }
  }

  /**
   * Messages a customer gets on a day of the calendar.
   *
   * @param most messages of the scope's content, each channel counted by itself
   */
  public record Cap(Scope scope, int most, ZoneId zone, String rule) {
    /** When the day began in which this time lies. */
    public Instant dayBegan(Instant now) {
      return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
  }

  /** Words that a text of these channels must not have. */
  public record Words(Scope scope, List<String> words, String rule) {
    boolean hasOne(String text) {
      String plain = plain(text);
      return words.stream().anyMatch(word -> plain.contains(plain(word)));
    }

    // Full-width letters and capitals are the same word.
    private static String plain(String text) {
      return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
  }

  /** The cap of a channel and content; what it counts is the caller's to count. */
  public Optional<Cap> cap(String channel, Content content) {
    return caps.stream().filter(cap -> cap.scope().fits(channel, content)).findFirst();
  }
}
