package io.orderbridge.signing;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The signature schemes by the names that stand at {@code receives: signature:}. */
public final class SignatureSchemes {
  // What WeChat Pay's and the Standard Webhooks libraries allow.
  private static final Duration TOLERANCE_DEFAULT = Duration.ofMinutes(5);
  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new TreeSet<>(
              List.of(
                  ShopifyScheme.NAME,
                  WechatPayScheme.NAME,
                  StandardWebhooksScheme.NAME,
                  NoScheme.NAME)));

  private SignatureSchemes() {}

  /** The names that {@link #of} knows, sorted. */
  public static Set<String> names() {
    return NAMES;
  }

  /**
   * Builds a scheme and parses its keys once. Settings that the scheme does not need are ignored.
   *
   * @throws IllegalArgumentException with a message for integrators: the unknown name and the
   *     allowed ones, or the key of {@code receives:} that is missing or unreadable; never a secret
   */
  public static SignatureScheme of(String name, SigningSettings settings) {
    return switch (String.valueOf(name)) {
      case ShopifyScheme.NAME -> new ShopifyScheme(secrets(name, settings));
      case WechatPayScheme.NAME ->
          new WechatPayScheme(keys(settings), apiKey(settings), tolerance(settings));
      case StandardWebhooksScheme.NAME ->
          new StandardWebhooksScheme(secrets(name, settings), tolerance(settings));
      case NoScheme.NAME -> new NoScheme();
      default ->
          throw new IllegalArgumentException(
              "'signature' of receives: is '%s', expected one of %s"
                  .formatted(name, String.join(", ", NAMES)));
    };
  }

  private static List<Secret> secrets(String name, SigningSettings settings) {
    if (settings.secrets().isEmpty()) {
      throw new IllegalArgumentException(
          ("signature %s needs a shared secret: set 'secrets' of receives: to a list, for example"
                  + " [\"${env:WEBHOOK_SECRET}\"]; empty ones do not count")
              .formatted(name));
    }
    return settings.secrets();
  }

  private static Map<String, PartnerKey> keys(SigningSettings settings) {
    if (settings.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "signature wechat-pay needs the keys of WeChat Pay: set 'keys' of receives: to serial and"
              + " PEM, for example {\"PUB_KEY_ID_1\": \"${file:/run/secrets/wechat.pem}\"}");
    }
    return settings.keys().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, key -> PartnerKey.parse(key.getKey(), key.getValue())));
  }

  private static Secret apiKey(SigningSettings settings) {
    if (settings.apiKey() == null) {
      throw new IllegalArgumentException(
          "signature wechat-pay needs the APIv3 key: set 'api-key' of receives:, for example"
              + " \"${env:WECHAT_APIV3_KEY}\"");
    }
    int bytes = settings.apiKey().bytes().length;
    if (bytes != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException(
          "'api-key' of receives: has %d bytes, expected the %d of an APIv3 key"
              .formatted(bytes, AesGcm.KEY_BYTES));
    }
    return settings.apiKey();
  }

  private static Duration tolerance(SigningSettings settings) {
    Duration tolerance = settings.tolerance();
    if (tolerance == null) {
      return TOLERANCE_DEFAULT;
    }
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException(
          "'tolerance' of receives: is %s, expected more than nothing, for example 5m"
              .formatted(tolerance));
    }
    return tolerance;
  }
}
