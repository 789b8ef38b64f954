package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * QiMen messages of a warehouse, we being the server: MD5 over the sorted query and the raw body
 * between two secrets, time in China.
 *
 * <p>Source: QiMen's document 118404, read 2026-11-22.
 */
final class QimenScheme implements SignatureScheme {
  static final String NAME = "qimen";
  static final String APP_KEY = "app-key";
  static final String CUSTOMER_ID = "customer-id";

  private final List<Secret> secrets;
  private final Distance tolerance;
  private final Map<String, String> options;

  QimenScheme(List<Secret> secrets, Duration tolerance, Map<String, String> options) {
    this.secrets = secrets;
    this.tolerance = new Distance(tolerance);
    this.options = Map.copyOf(options);
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    Optional<Map<String, String>> read = FormText.decode(message.query());
    if (read.isEmpty()) {
      return Verdict.forged("query is unreadable, or names a parameter twice");
    }
    Map<String, String> query = read.get();
    if (!query.getOrDefault("sign_method", "md5").equals("md5")) {
      return Verdict.forged("sign_method is not md5, the only one taken");
    }
    Optional<byte[]> received = Digest.fromHex(query.getOrDefault(QimenSigner.SIGN, ""));
    if (received.isEmpty() || received.get().length == 0) {
      return Verdict.forged("sign of the query is missing or no hex");
    }
    Optional<Instant> at = ClockText.CHINA.parse(query.get(QimenSigner.TIMESTAMP));
    Optional<String> wrong = tolerance.wrong("timestamp of the query", at, now);
    if (wrong.isPresent()) {
      return Verdict.forged(wrong.get());
    }
    List<byte[]> expected =
        secrets.stream().map(key -> QimenSigner.digest(key, query, message.body())).toList();
    if (!Hmac.anyMatches(expected, List.of(received.get()))) {
      return Verdict.forged("signature fits none of the %d secrets".formatted(secrets.size()));
    }
    return addressed(query);
  }

  private Verdict addressed(Map<String, String> query) {
    for (Map.Entry<String, String> pair :
        Map.of(APP_KEY, "app_key", CUSTOMER_ID, "customerId").entrySet()) {
      String wanted = options.get(pair.getKey());
      if (wanted != null && !wanted.equals(query.get(pair.getValue()))) {
        return Verdict.forged(
            "%s of the query is not '%s' of settings:".formatted(pair.getValue(), pair.getKey()));
      }
    }
    return Verdict.GENUINE;
  }
}
