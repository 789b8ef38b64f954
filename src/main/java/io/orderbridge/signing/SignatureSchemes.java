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
  // What WeChat Pay's, Stripe's and the Standard Webhooks libraries allow.
  private static final Duration TOLERANCE_DEFAULT = Duration.ofMinutes(5);
  // What the Chinese platforms allow a caller's clock.
  private static final Duration TOLERANCE_CHINA = Duration.ofMinutes(10);
  private static final String HEADER = "header";
  private static final String ENCODING = "encoding";
  private static final String PREFIX = "prefix";

  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new TreeSet<>(
              List.of(
                  AlipayScheme.NAME,
                  BodyHmac.NAME,
                  CainiaoScheme.NAME,
                  Kuaidi100Scheme.NAME,
                  NoScheme.NAME,
                  QimenScheme.NAME,
                  QuerySecretScheme.NAME,
                  ShopifyScheme.NAME,
                  StandardWebhooksScheme.NAME,
                  StripeScheme.NAME,
                  Track17Scheme.NAME,
                  WechatMpScheme.NAME,
                  WechatPayScheme.NAME)));

  // What a scheme may read from 'settings' of receives:.
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          AlipayScheme.NAME, Set.of(AlipayScheme.APP_ID, AlipayScheme.SELLER_ID),
          QimenScheme.NAME, Set.of(QimenScheme.APP_KEY, QimenScheme.CUSTOMER_ID),
          BodyHmac.NAME, Set.of(HEADER, ENCODING, PREFIX));

  private SignatureSchemes() {}

  /** The names that {@link #of} knows, sorted. */
  public static Set<String> names() {
    return NAMES;
  }

  /**
   * Builds a scheme and parses its keys once. Secrets and keys that the scheme does not need are
   * ignored; an option that it does not know is refused, an empty one counts as not written.
   *
   * @throws IllegalArgumentException with a message for integrators: the unknown name and the
   *     allowed ones, or the key of {@code receives:} that is missing or unreadable; never a secret
   */
  public static SignatureScheme of(String name, SigningSettings settings) {
    String known = String.valueOf(name);
    if (!NAMES.contains(known)) {
      throw new IllegalArgumentException(
          "'signature' of receives: is '%s', expected one of %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    Map<String, String> options = options(known, settings);
    return switch (known) {
      case NoScheme.NAME -> new NoScheme();
      case WechatPayScheme.NAME ->
          new WechatPayScheme(
              keys(known, settings), apiKey(settings), tolerance(settings, TOLERANCE_DEFAULT));
      case AlipayScheme.NAME ->
          new AlipayScheme(List.copyOf(keys(known, settings).values()), options);
      default -> withSecrets(known, secrets(known, settings), settings, options);
    };
  }

  private static SignatureScheme withSecrets(
      String name, List<Secret> secrets, SigningSettings settings, Map<String, String> options) {
    return switch (name) {
      case ShopifyScheme.NAME -> new ShopifyScheme(secrets);
      case StandardWebhooksScheme.NAME ->
          new StandardWebhooksScheme(secrets, tolerance(settings, TOLERANCE_DEFAULT));
      case StripeScheme.NAME -> new StripeScheme(secrets, tolerance(settings, TOLERANCE_DEFAULT));
      case QimenScheme.NAME ->
          new QimenScheme(secrets, tolerance(settings, TOLERANCE_CHINA), options);
      case WechatMpScheme.NAME -> new WechatMpScheme(secrets, tolerance(settings, TOLERANCE_CHINA));
      case Kuaidi100Scheme.NAME -> new Kuaidi100Scheme(secrets);
      case Track17Scheme.NAME -> new Track17Scheme(secrets);
      case CainiaoScheme.NAME -> new CainiaoScheme(secrets);
      case QuerySecretScheme.NAME -> new QuerySecretScheme(secrets);
      case BodyHmac.NAME -> bodyHmac(secrets, options);
      default -> throw new IllegalStateException("a name without scheme: " + name);
    };
  }

  private static Map<String, String> options(String name, SigningSettings settings) {
    Set<String> known = OPTIONS.getOrDefault(name, Set.of());
    for (String key : new TreeSet<>(settings.options().keySet())) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "'settings' of receives: names '%s'; signature %s knows %s"
                .formatted(
                    key,
                    name,
                    known.isEmpty() ? "no settings" : String.join(", ", new TreeSet<>(known))));
      }
    }
    return settings.options().entrySet().stream()
        .filter(option -> !option.getValue().isBlank())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static BodyHmac bodyHmac(List<Secret> secrets, Map<String, String> options) {
    if (!options.containsKey(HEADER)) {
      throw new IllegalArgumentException(
          "signature hmac-sha256 needs the name of a header: set 'settings' of receives:, for"
              + " example {header: X-Signature}; encoding (hex or base64) and prefix are optional");
    }
    String encoding = options.getOrDefault(ENCODING, BodyHmac.HEX);
    if (!encoding.equals(BodyHmac.HEX) && !encoding.equals(BodyHmac.BASE64)) {
      throw new IllegalArgumentException(
          "'settings.encoding' of receives: is '%s', expected hex or base64".formatted(encoding));
    }
    return new BodyHmac(
        options.get(HEADER),
        options.getOrDefault(PREFIX, ""),
        encoding.equals(BodyHmac.BASE64),
        secrets);
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

  private static Map<String, PartnerKey> keys(String name, SigningSettings settings) {
    if (settings.keys().isEmpty()) {
      throw new IllegalArgumentException(
          ("signature %s needs the keys of the sender: set 'keys' of receives: to serial and PEM,"
                  + " for example {\"PUB_KEY_ID_1\": \"${file:/run/secrets/partner.pem}\"}")
              .formatted(name));
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

  private static Duration tolerance(SigningSettings settings, Duration standard) {
    Duration tolerance = settings.tolerance();
    if (tolerance == null) {
      return standard;
    }
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException(
          "'tolerance' of receives: is %s, expected more than nothing, for example 5m"
              .formatted(tolerance));
    }
    return tolerance;
  }
}
