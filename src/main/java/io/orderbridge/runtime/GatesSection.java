package io.orderbridge.runtime;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.Content;
import io.orderbridge.notice.Gate;
import io.orderbridge.notice.NoticeRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code mappings/rules/notices.yaml}: its gates here, the rest by its neighbour. */
final class GatesSection {
  private static final ZoneId ZONE_DEFAULT = ZoneId.of("Asia/Shanghai");
  private static final Duration RETRY = Duration.ofMinutes(5);
  private static final int RETRIES_MAX = 20;
  private static final int REACH_DEFAULT = 98;
  private static final Duration NEWEST_DEFAULT = Duration.ofDays(7);
  private static final Duration RECEIPT_DEFAULT = Duration.ofMinutes(10);
  private static final List<String> REFUNDS =
      List.of(
          "REQUESTED", "AGREED", "RETURN_RECEIVED", "REJECTED", "CLOSED", "REFUNDING", "REFUNDED");

  private GatesSection() {}

  static NoticeRules read(Section root) {
    root.allow(
        "zone",
        "retry",
        "reach",
        "carriers",
        "gates",
        "policy",
        "quiet",
        "caps",
        "words",
        "personal",
        "rates",
        "audit",
        "language");
    List<Duration> retry = root.values("retry", List.of(RETRY, RETRY, RETRY), Notation::duration);
    if (retry.size() > RETRIES_MAX) {
      root.wrong("retry", "'retry' has more than %d waits".formatted(RETRIES_MAX));
    }
    Map<String, Gate> gates = new TreeMap<>();
    root.named("gates").forEach((name, section) -> gates.put(name, gate(name, section)));
    return new NoticeRules(
        root.value("zone", ZONE_DEFAULT, GatesSection::zone),
        gates,
        retry,
        root.value("reach", REACH_DEFAULT, text -> (int) Notation.whole(text, 0, 100)),
        NoticeRulesSection.policy(root),
        NoticeRulesSection.personal(root),
        NoticeRulesSection.audit(root),
        root.texts("carriers"));
  }

  private static Gate gate(String name, Section section) {
    section.allow(
        "title",
        "title-en",
        "of",
        "when",
        "refund",
        "tracking",
        "unless",
        "shops",
        "newest",
        "content",
        "mode",
        "channels",
        "receipt-within",
        "template");
    checked(section);
    String zh = section.text("title", name);
    return new Gate(
        name,
        new Wording(zh, section.text("title-en", name)),
        of(section),
        Set.copyOf(section.values("when", List.of(), ConnectionFile::milestone)),
        section.value("refund", "", GatesSection::refund),
        section.value("tracking", false, Notation::yesOrNo),
        Set.copyOf(section.values("unless", List.of(), ConnectionFile::milestone)),
        Set.copyOf(section.values("shops", List.of(), text -> text)),
        section.value("newest", NEWEST_DEFAULT, Notation::duration),
        section.value("content", Content.TRANSACTION, text -> Notation.word(text, Content.class)),
        section.value("mode", Gate.Mode.ALL, text -> Notation.word(text, Gate.Mode.class)),
        section.values("channels", List.of(), AlertsSection::name),
        section.value("receipt-within", RECEIPT_DEFAULT, Notation::duration),
        section.value("template", name, AlertsSection::name));
  }

  private static Gate.Of of(Section section) {
    return section.value("of", Gate.Of.PARCEL, text -> Notation.word(text, Gate.Of.class));
  }

  // Keys that need each other.
  private static void checked(Section section) {
    List<Milestone> when = section.values("when", List.of(), ConnectionFile::milestone);
    Gate.Of of = of(section);
    if (when.isEmpty() && !section.has("refund")) {
      section.wrong("when", "the gate has neither 'when' nor 'refund'; it would never open");
    }
    if ((of == Gate.Of.REFUND) != section.has("refund")) {
      section.wrong("refund", "'refund' and 'of: refund' need each other");
    }
    if (of != Gate.Of.PARCEL && when.stream().anyMatch(Milestone::perParcel)) {
      section.wrong("when", "a milestone of a parcel needs 'of: parcel'");
    }
    if (of != Gate.Of.PARCEL && section.value("tracking", false, Notation::yesOrNo)) {
      section.wrong("tracking", "only a parcel has a tracking number; write 'of: parcel'");
    }
    List<String> channels = section.values("channels", List.of(), AlertsSection::name);
    if (channels.isEmpty() || new HashSet<>(channels).size() < channels.size()) {
      section.wrong("channels", "'channels' is a list of different channels, such as [sms, mail]");
    }
  }

  private static String refund(String text) {
    if (!REFUNDS.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", REFUNDS));
    }
    return text;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a zone such as Asia/Shanghai");
    }
  }
}
