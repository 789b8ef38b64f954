package io.orderbridge.runtime;

import io.orderbridge.inbox.Dialect;
import io.orderbridge.inbox.Part;
import io.orderbridge.inbox.Receiving;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.SignatureScheme;
import io.orderbridge.signing.SignatureSchemes;
import io.orderbridge.signing.SigningSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The {@code receives:} part of a connection file. */
final class ReceivesSection {
  // Shopify's and Taobao's largest orders have some 300 KB.
  private static final int BODY_LIMIT_DEFAULT = 1_048_576;
  // Two million messages of 2 KB are 4 GB of disk: a day of backlog at 25 orders a second.
  private static final long BACKLOG_DEFAULT = 2_000_000;
  private static final Map<String, Dialect> ANSWERS =
      Map.of(
          "empty", Dialect.Common.EMPTY,
          "json", Dialect.Common.JSON,
          "wechat-pay", Dialect.Common.WECHAT_PAY);
  // Whole words of an answer; who wants more than this wants a page.
  private static final int ANSWER_MAX = 4096;
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[\\w.+-]+/[\\w.+-]+( *; *[\\w-]+=[\\w.+-]+)*");
  private static final String PLACES =
      "header:<name>, json:/<pointer>, xml:/<path>, form:<field>, query:<name>";

  private static final Predicate<Part> BODY = part -> part instanceof Part.Body;
  private static final Predicate<Part> VARIES = part -> !(part instanceof Part.Text);

  private static final String[] KEYS = {
    "signature",
    "internal",
    "secrets",
    "keys",
    "api-key",
    "tolerance",
    "settings",
    "message-id",
    "kind",
    "order-by",
    "body-limit",
    "backlog-mark",
    "answer"
  };

  private ReceivesSection() {}

  static Optional<Receiving> read(String connection, Section section) {
    section.allow(KEYS);
    Optional<SignatureScheme> scheme = scheme(section);
    Part messageId =
        part(section, "message-id", new Part.Body(), p -> p.has(VARIES), PLACES + " or body");
    Part kind =
        part(section, "kind", new Part.Text(""), p -> !p.has(BODY), PLACES + " or text:<constant>");
    Part orderBy =
        part(section, "order-by", null, p -> p.has(VARIES) && !p.has(BODY), "one of " + PLACES);
    int bodyLimit = section.value("body-limit", BODY_LIMIT_DEFAULT, Notation::size);
    long backlog =
        section.value(
            "backlog-mark", BACKLOG_DEFAULT, text -> Notation.whole(text, 1, Long.MAX_VALUE));
    Dialect answer = answer(section);
    return scheme.map(
        s -> new Receiving(connection, s, messageId, kind, orderBy, bodyLimit, backlog, answer));
  }

  private static Optional<SignatureScheme> scheme(Section section) {
    String name = section.required("signature");
    boolean internal = section.value("internal", false, Notation::yesOrNo);
    if (name.equals("none") && !internal) {
      section.wrong(
          "signature",
          "'receives.signature' is 'none': anybody who reaches the port could send orders; write"
              + " 'internal: true' beside it when only your own systems do, or name a signature: "
              + String.join(", ", SignatureSchemes.names()));
    }
    SigningSettings settings =
        new SigningSettings(
            section.values("secrets", List.of(), text -> text).stream()
                .filter(Predicate.not(String::isBlank))
                .map(Secret::of)
                .toList(),
            section.texts("keys"),
            section.text("api-key", "").isEmpty() ? null : Secret.of(section.text("api-key", "")),
            section.value("tolerance", null, Notation::wait),
            section.texts("settings"));
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(SignatureSchemes.of(name, settings));
    } catch (IllegalArgumentException e) {
      section.wrong("signature", e.getMessage());
      return Optional.empty();
    }
  }

  private static Dialect answer(Section section) {
    if (!section.isSection("answer")) {
      return section.value("answer", Dialect.Common.EMPTY, text -> choice(text, ANSWERS));
    }
    Section words = section.section("answer").orElseThrow();
    words.allow("type", "accepted", "refused");
    words.required("accepted");
    return new Dialect.Literal(
        words.value("type", "text/plain", ReceivesSection::contentType),
        words.value("accepted", "", ReceivesSection::words),
        words.value("refused", "", ReceivesSection::words));
  }

  private static String contentType(String text) {
    if (!CONTENT_TYPE.matcher(text).matches()) {
      throw Notation.expected(text, "a content type such as text/plain or application/json");
    }
    return text;
  }

  private static String words(String text) {
    if (text.length() > ANSWER_MAX) {
      throw new IllegalArgumentException(
          "has %d characters, at most %d".formatted(text.length(), ANSWER_MAX));
    }
    return text;
  }

  private static Part part(
      Section section, String key, Part otherwise, Predicate<Part> allowed, String forms) {
    return section.value(
        key,
        otherwise,
        text -> {
          Part part;
          try {
            part = Part.parse(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is '%s', expected %s".formatted(text, forms), e);
          }
          if (!allowed.test(part)) {
            throw Notation.expected(text, forms);
          }
          return part;
        });
  }

  static <T> T choice(String text, Map<String, T> choices) {
    if (!choices.containsKey(text)) {
      throw Notation.expected(
          text, "one of " + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return choices.get(text);
  }
}
