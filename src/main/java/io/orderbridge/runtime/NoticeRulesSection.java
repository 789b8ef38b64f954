package io.orderbridge.runtime;

import io.orderbridge.notice.AuditRules;
import io.orderbridge.notice.ChannelRules;
import io.orderbridge.notice.ChannelRules.Cap;
import io.orderbridge.notice.ChannelRules.Needs;
import io.orderbridge.notice.ChannelRules.Policy;
import io.orderbridge.notice.ChannelRules.Quiet;
import io.orderbridge.notice.ChannelRules.Scope;
import io.orderbridge.notice.ChannelRules.Words;
import io.orderbridge.notice.Content;
import io.orderbridge.notice.PersonalRule;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code mappings/rules/notices.yaml}: what may be sent, and how it is proved. */
final class NoticeRulesSection {
  private static final Map<String, Needs> NEEDS =
      Map.of("consent", Needs.CONSENT, "never", Needs.NEVER, "nothing", Needs.NOTHING);
  private static final Map<String, Content> CONTENTS =
      Map.of("PROMOTION", Content.PROMOTION, "TRANSACTION", Content.TRANSACTION);
  private static final String BOTH = "*";
  private static final int PER_DAY_MAX = 1_000;
  // A call takes minutes: more than a thousand a month nobody makes.
  private static final int SAMPLE_MAX = 1_000;
  private static final int RULES_MAX = 100;
  private static final int WORDS_MAX = 1_000;
  private static final int WORD_MAX = 50;

  private NoticeRulesSection() {}

  /** Reads {@code policy}, {@code quiet}, {@code caps} and {@code words}. */
  static ChannelRules policy(Section root) {
    return new ChannelRules(
        list(root, "policy").stream().map(NoticeRulesSection::needs).toList(),
        list(root, "quiet").stream().map(NoticeRulesSection::quiet).toList(),
        list(root, "caps").stream().map(NoticeRulesSection::cap).toList(),
        list(root, "words").stream().map(NoticeRulesSection::words).toList());
  }

  /** Reads {@code personal}. */
  static List<PersonalRule> personal(Section root) {
    return root.section("personal").map(PersonalSection::read).orElse(List.of());
  }

  /** Reads {@code audit}. */
  static AuditRules audit(Section root) {
    AuditRules none = AuditRules.DEFAULT;
    return root.section("audit")
        .map(section -> section.allow("zone", "sample"))
        .map(
            section ->
                new AuditRules(
                    section.value("zone", none.zone(), NoticeRulesSection::zone),
                    section.value("sample", none.sample(), text -> number(text, SAMPLE_MAX))))
        .orElse(none);
  }

  private static List<Section> list(Section root, String key) {
    List<Section> sections = root.sections(key);
    if (sections.size() > RULES_MAX) {
      root.wrong(key, "'%s' has more than %d rules".formatted(key, RULES_MAX));
    }
    return sections;
  }

  private static Policy needs(Section section) {
    section.allow("channels", "content", "needs", "rule");
    section.required("needs");
    section.required("rule");
    return new Policy(
        scope(section),
        section.value("needs", Needs.NEVER, text -> ReceivesSection.choice(text, NEEDS)),
        rule(section, ""));
  }

  private static Quiet quiet(Section section) {
    section.allow("channels", "content", "from", "to", "zone", "rule");
    section.required("from");
    section.required("to");
    LocalTime from = section.value("from", LocalTime.MIDNIGHT, NoticeRulesSection::time);
    LocalTime to = section.value("to", LocalTime.NOON, NoticeRulesSection::time);
    if (from.equals(to)) {
      section.wrong("to", "'quiet' ends when it begins; leave it out for no quiet hours");
    }
    return new Quiet(scope(section), from, to, zoneOf(section), rule(section, "quiet"));
  }

  private static Cap cap(Section section) {
    section.allow("channels", "content", "most", "zone", "rule");
    section.required("most");
    return new Cap(
        scope(section),
        section.value("most", 1, NoticeRulesSection::perDay),
        zoneOf(section),
        rule(section, "cap"));
  }

  private static Words words(Section section) {
    section.allow("channels", "content", "words", "rule");
    section.required("rule");
    List<String> words = section.values("words", List.of(), NoticeRulesSection::word);
    if (words.isEmpty() || words.size() > WORDS_MAX) {
      section.wrong("words", "'words' has 1 to %d words".formatted(WORDS_MAX));
    }
    return new Words(scope(section), words, rule(section, ""));
  }

  private static Scope scope(Section section) {
    return new Scope(
        Set.copyOf(section.values("channels", List.of(), AlertsSection::name)),
        section.value("content", null, NoticeRulesSection::content));
  }

  private static Content content(String text) {
    return text.equals(BOTH) ? null : ReceivesSection.choice(text, CONTENTS);
  }

  private static String rule(Section section, String otherwise) {
    return section.value("rule", otherwise, AlertsSection::name);
  }

  private static ZoneId zoneOf(Section section) {
    return section.value("zone", AuditRules.DEFAULT.zone(), NoticeRulesSection::zone);
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a zone such as Asia/Shanghai");
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a time such as \"21:00\"");
    }
  }

  private static int perDay(String text) {
    if (!text.endsWith("/1d")) {
      throw Notation.expected(text, "messages a day of the calendar such as 5/1d");
    }
    return number(text.substring(0, text.length() - "/1d".length()), PER_DAY_MAX);
  }

  private static String word(String text) {
    if (text.isBlank() || text.length() > WORD_MAX) {
      throw Notation.expected(text, "1 to %d characters".formatted(WORD_MAX));
    }
    return text.strip();
  }

  private static int number(String text, int max) {
    return (int) Notation.whole(text, 1, max);
  }
}
