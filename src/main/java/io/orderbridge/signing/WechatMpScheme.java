package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events of a WeChat service account in plain mode: SHA-1 over token, time and nonce, sorted as
 * texts. The body is NOT signed: an event is a hint, read it back through the API.
 *
 * <p>Source: WxJava, read 2026-11-22; no published example.
 */
final class WechatMpScheme implements SignatureScheme {
  static final String NAME = "wechat-mp";

  // A number in all that was seen; nothing that a browser could take for a page.
  private static final Pattern ECHO = Pattern.compile("[A-Za-z0-9_=+/-]{1,200}");
  private static final String TIMESTAMP = "timestamp";

  private final List<Secret> tokens;
  private final Distance tolerance;

  WechatMpScheme(List<Secret> tokens, Duration tolerance) {
    this.tokens = tokens;
    this.tolerance = new Distance(tolerance);
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    Optional<Map<String, String>> read = FormText.decode(message.query());
    if (read.isEmpty()) {
      return Verdict.forged("query is unreadable, or names a parameter twice");
    }
    String timestamp = read.get().get(TIMESTAMP);
    String nonce = read.get().get("nonce");
    Optional<byte[]> received = Digest.fromHex(read.get().getOrDefault("signature", ""));
    if (nonce == null || nonce.isEmpty() || received.isEmpty() || received.get().length == 0) {
      return Verdict.forged("signature, timestamp and nonce must all be in the query");
    }
    Optional<String> wrong =
        tolerance.wrong("timestamp of the query", ClockText.seconds(timestamp), now);
    if (wrong.isPresent()) {
      return Verdict.forged(wrong.get());
    }
    List<byte[]> expected = tokens.stream().map(token -> hash(token, timestamp, nonce)).toList();
    return Hmac.anyMatches(expected, List.of(received.get()))
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(tokens.size()));
  }

  @Override
  public Optional<String> echo(SignedMessage greeting) {
    return FormText.decode(greeting.query())
        .map(query -> query.getOrDefault("echostr", ""))
        .filter(text -> ECHO.matcher(text).matches());
  }

  static byte[] hash(Secret token, String timestamp, String nonce) {
    return Digest.sha1(
        Digest.utf8(
            Stream.of(token.text(), timestamp, nonce).sorted().collect(Collectors.joining())));
  }
}
