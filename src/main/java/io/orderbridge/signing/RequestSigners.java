package io.orderbridge.signing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The request signers by the names that stand at {@code sign: scheme:} of a call, and which
 * settings each of them knows.
 */
public final class RequestSigners {
  private static final Map<String, Known> KNOWN = known();

  private RequestSigners() {}

  /** The names that {@link #of} knows, sorted. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(KNOWN.keySet());
  }

  /**
   * Builds a signer and parses its keys once.
   *
   * @param settings the {@code sign:} section: {@code scheme} and what it knows. An optional
   *     setting that is empty counts as not written.
   * @throws IllegalArgumentException with a message for integrators: the setting, the scheme and
   *     what it knows; never a secret
   */
  public static RequestSigner of(Map<String, String> settings) {
    return scheme(settings);
  }

  /**
   * Whether a received request carries what {@link RequestSigner#sign} would have put there with
   * these settings, at the time and with the nonce and token that the request states. For
   * sandboxes: how old it is, and whether a token is good, is for the caller to judge. Never throws
   * for what a request may hold.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static boolean fits(Map<String, String> settings, SignableRequest received) {
    return scheme(settings).fits(received);
  }

  private static RequestScheme scheme(Map<String, String> settings) {
    String name = String.valueOf(settings.get(SignSettings.SCHEME));
    Known known = KNOWN.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "'scheme' of sign: is '%s', expected one of %s"
              .formatted(name, String.join(", ", KNOWN.keySet())));
    }
    return known.made.apply(new SignSettings(name, settings, known.required, known.optional));
  }

  private static Map<String, Known> known() {
    Map<String, Known> known = new TreeMap<>();
    addPlatforms(known);
    addPayments(known);
    addWarehouses(known);
    addClouds(known);
    addPlain(known);
    return Collections.unmodifiableMap(known);
  }

  private static void addPlatforms(Map<String, Known> known) {
    Known top =
        new Known("key secret", "format version", settings -> new TopSigner("md5", settings));
    known.put(TopSigner.MD5, top);
    known.put(TopSigner.HMAC, top.with(settings -> new TopSigner("hmac", settings)));
    known.put(TopSigner.HMAC_SHA256, top.with(settings -> new TopSigner("hmac-sha256", settings)));
    known.put(JdSigner.NAME, new Known("key secret", "version timestamp-pattern", JdSigner::new));
    known.put(PddSigner.NAME, new Known("key secret", "data-type version", PddSigner::new));
    known.put(CredentialSigner.SHOPIFY, new Known("", "access-token", CredentialSigner::shopify));
  }

  private static void addPayments(Map<String, Known> known) {
    known.put(
        WechatPaySigner.NAME,
        new Known(
            "mchid serial private-key",
            "platform-serial platform-key platform-serial-2 platform-key-2 answers",
            WechatPaySigner::new));
    known.put(
        AlipaySigner.NAME,
        new Known(
            "app-id private-key",
            "platform-key answers app-cert-sn root-cert-sn",
            AlipaySigner::new));
    known.put(CredentialSigner.STRIPE, new Known("key version", "", CredentialSigner::stripe));
  }

  private static void addWarehouses(Map<String, Known> known) {
    known.put(
        QimenSigner.NAME, new Known("key secret customer-id", "format version", QimenSigner::new));
    known.put(JushuitanSigner.NAME, new Known("key secret", "version", JushuitanSigner::new));
    known.put(
        WangdianFlagshipSigner.NAME,
        new Known("sid key secret", "version", WangdianFlagshipSigner::new));
    known.put(
        WangdianEnterpriseSigner.NAME,
        new Known("sid key secret", "", WangdianEnterpriseSigner::new));
    known.put(CainiaoSigner.NAME, new Known("provider-id secret", "to-code", CainiaoSigner::new));
    known.put(SfSigner.NAME, new Known("partner-id check-word", "", SfSigner::new));
    known.put(Kuaidi100QuerySigner.NAME, new Known("customer key", "", Kuaidi100QuerySigner::new));
    known.put(
        Kuaidi100PollSigner.NAME, new Known("key", "salt callback-url", Kuaidi100PollSigner::new));
    known.put(CredentialSigner.TRACK17, new Known("key", "", CredentialSigner::track17));
    known.put(
        KingdeeSigner.NAME,
        new Known("app-id app-secret acct-id user", "lcid org", KingdeeSigner::new));
    known.put(YonyouTokenSigner.NAME, new Known("key secret", "", YonyouTokenSigner::new));
    known.put(CredentialSigner.ERPNEXT, new Known("key secret", "", CredentialSigner::erpnext));
  }

  private static void addClouds(Map<String, Known> known) {
    known.put(
        AliyunSigner.NAME,
        new Known("key secret", "action version security-token", AliyunSigner::new));
    known.put(
        TencentSigner.NAME,
        new Known("key secret service", "action version region", TencentSigner::new));
    known.put(DingtalkSigner.NAME, new Known("secret", "access-token", DingtalkSigner::new));
    known.put(FeishuSigner.NAME, new Known("secret", "", FeishuSigner::new));
    known.put(CredentialSigner.JPUSH, new Known("key secret", "", CredentialSigner::jpush));
  }

  private static void addPlain(Map<String, Known> known) {
    known.put(CredentialSigner.BASIC, new Known("user password", "", CredentialSigner::basic));
    known.put(CredentialSigner.BEARER, new Known("", "value", CredentialSigner::bearer));
    known.put(CredentialSigner.HEADER, new Known("name", "value prefix", CredentialSigner::header));
    known.put(CredentialSigner.QUERY, new Known("name", "value", CredentialSigner::query));
    known.put(
        JwtBearerSigner.NAME,
        new Known("issuer audience private-key", "scope key-id", JwtBearerSigner::new));
    known.put(BodyHmac.NAME, new Known("header secret", "encoding prefix", BodyHmac::of));
  }

  /** A scheme with the settings it knows. */
  private static final class Known {
    private final List<String> required;
    private final List<String> optional;
    private final Function<SignSettings, RequestScheme> made;

    Known(String required, String optional, Function<SignSettings, RequestScheme> made) {
      this(words(required), words(optional), made);
    }

    private Known(
        List<String> required, List<String> optional, Function<SignSettings, RequestScheme> made) {
      this.required = required;
      this.optional = optional;
      this.made = made;
    }

    Known with(Function<SignSettings, RequestScheme> other) {
      return new Known(required, optional, other);
    }

    private static List<String> words(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
  }
}
