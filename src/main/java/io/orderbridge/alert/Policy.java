package io.orderbridge.alert;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is told to whom, from {@code mappings/rules/alerts.yaml}. The first rule that fits decides;
 * what a rule leaves open, and what no rule fits, goes by the policy itself.
 *
 * @param language of the messages
 * @param zone of the times in them
 * @param channels that are told, by name; empty: every channel in force
 * @param owner in charge when neither alert nor rule names one; may be empty
 * @param gather after a cause was told, its next alerts wait so long to be told together
 * @param allClear whether it is told when a finding is well again
 * @param quiet when only breaches are told; null: never
 */
public record Policy(
    Locale language,
    ZoneId zone,
    List<String> channels,
    String owner,
    Duration gather,
    boolean allClear,
    Quiet quiet,
    List<Rule> rules) {
  public static final Duration GATHER_DEFAULT = Duration.ofMinutes(1);

  /** Without a file: everything is told, on every channel. */
  public static final Policy DEFAULT =
      new Policy(
          Locale.CHINESE,
          ZoneOffset.ofHours(8),
          List.of(),
          "",
          GATHER_DEFAULT,
          false,
          null,
          List.of());

  public Policy {
    channels = List.copyOf(channels);
    rules = List.copyOf(rules);
  }

  /** From one time of the day to another, over midnight when it ends before it begins. */
  public record Quiet(LocalTime from, LocalTime to) {
    boolean holds(LocalTime now) {
      boolean after = !now.isBefore(from);
      boolean before = now.isBefore(to);
      return from.isBefore(to) ? after && before : after || before;
    }
  }

  /**
   * One line of the rules. What is null is no condition, or decides nothing.
   *
   * @param kind of a finding
   * @param code of a finding
   * @param level of the alert
   * @param cause of the alert as a whole
   * @param tell false: it is kept in the log only
   * @param channels that are told
   * @param owner in charge
   * @param as under which cause findings are told together
   * @param escalateAfter how long it may be unread
   * @param allClear whether it is told when a finding is well again
   */
  public record Rule(
      Finding.Kind kind,
      String code,
      Level level,
      Pattern cause,
      Boolean tell,
      List<String> channels,
      String owner,
      String as,
      Duration escalateAfter,
      Boolean allClear) {

    private boolean fits(Finding finding, String of, Level how) {
      boolean found =
          kind == null && code == null
              || finding != null
                  && (kind == null || kind == finding.kind())
                  && (code == null || code.equals(finding.code()));
      return found
          && (level == null || level == how)
          && (cause == null || cause.matcher(of).matches());
    }
  }

  /**
   * What becomes of one alert.
   *
   * @param cause under which it is told
   * @param channels empty when it is kept in the log only
   * @param escalateAfter null: by the channel
   */
  record Decision(
      String cause,
      boolean told,
      List<String> channels,
      String owner,
      Duration escalateAfter,
      boolean allClear) {}

  /** Of an alert that was raised as it is. */
  Decision of(Alert alert) {
    return decision(null, alert.cause(), alert.level(), alert.owner());
  }

  /** Of a finding. */
  Decision of(Finding finding) {
    String cause = finding.kind().name().toLowerCase(Locale.ROOT) + ":" + finding.code();
    return decision(finding, cause, finding.level(), "");
  }

  private Decision decision(Finding finding, String cause, Level level, String owner) {
    Optional<Rule> rule =
        rules.stream().filter(line -> line.fits(finding, cause, level)).findFirst();
    String named = owner.isEmpty() ? rule.map(Rule::owner).orElse("") : owner;
    return new Decision(
        finding == null ? cause : rule.map(Rule::as).orElse(cause),
        rule.map(Rule::tell).orElse(true),
        rule.map(Rule::channels).orElse(channels),
        named.isEmpty() ? this.owner : named,
        rule.map(Rule::escalateAfter).orElse(null),
        rule.map(Rule::allClear).orElse(allClear));
  }

  /** Whether only breaches are told now. */
  boolean isQuiet(Instant now) {
    return quiet != null && quiet.holds(LocalTime.ofInstant(now, zone));
  }
}
