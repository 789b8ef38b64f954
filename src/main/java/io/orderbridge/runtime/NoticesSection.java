package io.orderbridge.runtime;

import io.orderbridge.notice.Vendor;
import io.orderbridge.notice.Vendor.Doubt;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The {@code notices:} part of a connection file: a vendor that reaches customers. */
final class NoticesSection {
  private static final List<String> CONTACTS =
      List.of("phone", "oaid", "wechat", "jpush", "fcm", "email");
  private static final int IN_FLIGHT_DEFAULT = 16;
  private static final int IN_FLIGHT_MAX = 256;
  private static final int PRIORITY_DEFAULT = 10;
  private static final int NUMBER_MAX = 100_000;
  private static final int TEXT_DEFAULT = 500;
  private static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(30);

  private NoticesSection() {}

  static Vendor read(String connection, Section section) {
    section.allow(
        "channel",
        "to",
        "priority",
        "in-flight",
        "deadline",
        "text-max",
        "doubt",
        "pull",
        "receipts");
    if (!section.has("channel")) {
      section.wrong("channel", "'notices' has no 'channel'; write sms, wechat, push or mail");
    }
    if (!section.has("to")) {
      section.wrong("to", "'notices' has no 'to'; write one of " + String.join(", ", CONTACTS));
    }
    return new Vendor(
        connection,
        section.value("channel", connection, AlertsSection::name),
        section.value("to", "", NoticesSection::contact),
        section.value("priority", PRIORITY_DEFAULT, text -> number(text, NUMBER_MAX)),
        section.value("in-flight", IN_FLIGHT_DEFAULT, text -> number(text, IN_FLIGHT_MAX)),
        section.value("deadline", DEADLINE_DEFAULT, Notation::wait),
        section.value("text-max", TEXT_DEFAULT, text -> number(text, NUMBER_MAX)),
        section.value("doubt", Doubt.WAIT, NoticesSection::doubt),
        section.value("pull", null, Notation::wait),
        section.value("receipts", true, Notation::yesOrNo));
  }

  private static String contact(String text) {
    if (!CONTACTS.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", CONTACTS));
    }
    return text;
  }

  private static int number(String text, int max) {
    if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > max) {
      throw Notation.expected(text, "a whole number of 1 to " + max);
    }
    return Integer.parseInt(text);
  }

  private static Doubt doubt(String text) {
    return Arrays.stream(Doubt.values())
        .filter(doubt -> name(doubt).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + Arrays.stream(Doubt.values())
                            .map(NoticesSection::name)
                            .collect(Collectors.joining(", "))));
  }

  private static String name(Doubt doubt) {
    return doubt.name().toLowerCase(Locale.ROOT);
  }
}
