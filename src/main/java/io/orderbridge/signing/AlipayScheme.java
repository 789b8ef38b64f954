package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Alipay notifications: a form in UTF-8, RSA2 over the sorted decoded fields without sign and
 * sign_type; blank fields are not signed, so a mapping must not decide by one being there but
 * blank. There is no time limit in it (Alipay tries again for 25 hours): a replay is stopped by the
 * message id.
 *
 * <p>Source: alipay-sdk-java 4.40.734, read 2026-11-22.
 */
final class AlipayScheme implements SignatureScheme {
  static final String NAME = "alipay";
  static final String APP_ID = "app-id";
  static final String SELLER_ID = "seller-id";

  private static final String SIGN = "sign";
  private static final String SIGN_TYPE = "sign_type";

  private final List<PartnerKey> keys;
  // Empty: not checked.
  private final Set<String> apps;
  private final Set<String> sellers;

  AlipayScheme(List<PartnerKey> keys, Map<String, String> options) {
    this.keys = List.copyOf(keys);
    this.apps = listed(options.get(APP_ID));
    this.sellers = listed(options.get(SELLER_ID));
  }

  private static Set<String> listed(String texts) {
    Set<String> listed = new TreeSet<>();
    for (String text : texts == null ? new String[0] : texts.split(",")) {
      if (!text.isBlank()) {
        listed.add(text.strip());
      }
    }
    return listed;
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    Optional<Map<String, String>> read = FormText.decode(message.body());
    if (read.isEmpty()) {
      return Verdict.forged("body is no form in UTF-8, or names a field twice");
    }
    Map<String, String> fields = read.get();
    if (!"RSA2".equals(fields.get(SIGN_TYPE))) {
      return Verdict.forged("sign_type is not RSA2, the only one taken");
    }
    if (!fields.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
      return Verdict.forged(
          "charset is not utf-8; set it so in the calls that order notifications");
    }
    Optional<byte[]> signature = StrictBase64.decode(fields.getOrDefault(SIGN, ""));
    if (signature.isEmpty() || signature.get().length == 0) {
      return Verdict.forged("sign is missing or not Base64");
    }
    byte[] signed = signed(fields);
    if (keys.stream().noneMatch(k -> k.validAt(now) && k.signed("", signed, "", signature.get()))) {
      return Verdict.forged("signature fits none of the %d keys".formatted(keys.size()));
    }
    return addressed(fields);
  }

  /** Genuine, but perhaps meant for another app or merchant. */
  private Verdict addressed(Map<String, String> fields) {
    if (!apps.isEmpty() && !apps.contains(fields.getOrDefault("app_id", ""))) {
      return Verdict.forged("app_id is none of 'app-id'");
    }
    if (!sellers.isEmpty() && !sellers.contains(fields.getOrDefault("seller_id", ""))) {
      return Verdict.forged("seller_id is none of 'seller-id'");
    }
    return Verdict.GENUINE;
  }

  static byte[] signed(Map<String, String> fields) {
    return Digest.utf8(SortedParameters.pairs(fields, SIGN, SIGN_TYPE));
  }
}
