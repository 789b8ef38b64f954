package io.orderbridge.alert;

import io.orderbridge.alert.Acknowledging.Opened;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The page of a message, in both languages, whole in itself and without a script. Every value that
 * comes from outside goes through {@link #safe}.
 */
final class PageHtml {
  /** For how long a cause can be silenced here. */
  static final List<String> HOURS = List.of("1", "4", "24");

  private static final String STYLE =
      "body{font:16px/1.5 sans-serif;max-width:40em;margin:1em auto;padding:0 1em}"
          + "section{border-top:1px solid #ccc;padding:.5em 0}small{color:#555}"
          + "button{font:inherit;padding:.4em .8em;margin:.2em .2em .2em 0}";

  /** Only our own style, by its hash, and forms to ourselves. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none';"
              .formatted(hash(STYLE))
          + " frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="zh"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex, nofollow">
      <title>告警 Alerts</title><style>%s</style></head>
      <body>%s</body></html>
      """;
  private static final String BUTTON =
      "<form method=\"post\"><input type=\"hidden\" name=\"action\" value=\"acknowledge\">"
          + "<button>确认已读 Acknowledge</button></form>";
  private static final Wording BREACH = new Wording("超限", "BREACH");
  private static final Wording WARNING = new Wording("预警", "WARNING");
  private static final Wording WELL = new Wording("恢复", "WELL AGAIN");

  private final Policies policies;

  PageHtml(Policies policies) {
    this.policies = policies;
  }

  /** A page that says one sentence. */
  String notice(Wording text) {
    return PAGE.formatted(STYLE, paragraph(both(text)));
  }

  /**
   * @param done what was done just now; null: nothing
   */
  String message(Opened message, Wording done) {
    String told = message.parts().stream().map(part -> section(part)).collect(Collectors.joining());
    String head =
        "<h1>告警 Alerts</h1><p><small>%s #%d, %s</small></p>"
            .formatted(safe(message.robot()), message.id(), time(message.madeAt()));
    String seen = message.acknowledged() ? paragraph("<strong>已确认 Acknowledged</strong>") : BUTTON;
    return PAGE.formatted(
        STYLE, (done == null ? "" : paragraph("<em>" + both(done) + "</em>")) + head + seen + told);
  }

  private String section(Part part) {
    Wording level = part.clears() ? WELL : part.level() == Level.BREACH ? BREACH : WARNING;
    String samples =
        part.details().samples().stream().map(PageHtml::sample).collect(Collectors.joining());
    return """
    <section><strong>%s</strong> %s × %d <small>%s – %s</small>
    <ul>%s</ul>
    <form method="post"><input type="hidden" name="action" value="silence">
    <input type="hidden" name="cause" value="%s">静默 Silence: %s</form></section>
    """
        .formatted(
            both(level),
            safe(part.cause()),
            part.details().alerts(),
            time(part.first()),
            time(part.last()),
            samples,
            safe(part.cause()),
            hours());
  }

  private static String sample(Part.Sample sample) {
    return "<li>%s %s</li>".formatted(safe(sample.subject()), both(sample.text()));
  }

  private static String hours() {
    return HOURS.stream()
        .map("<button name=\"hours\" value=\"%s\">%1$s h</button>"::formatted)
        .collect(Collectors.joining());
  }

  private String time(Instant at) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(policies.inForce().zone())
        .format(at);
  }

  private static String both(Wording text) {
    return safe(text.zh()) + " <span lang=\"en\">" + safe(text.en()) + "</span>";
  }

  private static String paragraph(String html) {
    return "<p>" + html + "</p>";
  }

  /** Text that is only ever text, between tags and inside quoted attributes. */
  static String safe(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
