package io.orderbridge.signing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Partners that want one credential in a header or in the query and no signature: an own one of the
 * settings, or the connection's token.
 */
final class CredentialSigner implements RequestScheme {
  static final String SHOPIFY = "shopify-token";
  static final String STRIPE = "stripe-key";
  static final String TRACK17 = "17track";
  static final String JPUSH = "jpush-basic";
  static final String BASIC = "basic";
  static final String BEARER = "bearer";
  static final String HEADER = "header";
  static final String QUERY = "query";
  static final String ERPNEXT = "erpnext-token";

  private static final String AUTHORIZATION = "Authorization";

  private final boolean inQuery;
  private final String name;
  private final String prefix;
  // Empty: the connection's token is the credential.
  private final Optional<Secret> own;
  private final Map<String, String> fixed;

  private CredentialSigner(
      boolean inQuery,
      String name,
      String prefix,
      Optional<Secret> own,
      Map<String, String> fixed) {
    this.inQuery = inQuery;
    this.name = name;
    this.prefix = prefix;
    this.own = own;
    this.fixed = fixed;
  }

  private static CredentialSigner header(String name, String prefix, Optional<Secret> own) {
    return new CredentialSigner(false, name, prefix, own, Map.of());
  }

  /** Shopify Admin API; source: @shopify/shopify-api 15.0.0, read 2026-11-22. */
  static CredentialSigner shopify(SignSettings settings) {
    return header("X-Shopify-Access-Token", "", settings.optional("access-token").map(Secret::of));
  }

  /** Stripe; source: stripe-java 33.3.0, read 2026-11-22. */
  static CredentialSigner stripe(SignSettings settings) {
    return new CredentialSigner(
        false,
        AUTHORIZATION,
        "Bearer ",
        Optional.of(settings.secret("key")),
        Map.of("Stripe-Version", settings.required("version")));
  }

  /** 17track; source: public clients of v2.2 and v2.4, read 2026-11-22. */
  static CredentialSigner track17(SignSettings settings) {
    return header("17token", "", Optional.of(settings.secret("key")));
  }

  /** JPush; source: jpush-client 3.7.7, read 2026-11-22. */
  static CredentialSigner jpush(SignSettings settings) {
    return basic(settings.required("key"), settings.required("secret"));
  }

  static CredentialSigner basic(SignSettings settings) {
    if (settings.required("user").indexOf(':') >= 0) {
      throw settings.wrong("user", "holds a ':', which ends the user in Basic");
    }
    return basic(settings.required("user"), settings.required("password"));
  }

  private static CredentialSigner basic(String user, String password) {
    String pair = StrictBase64.encode(Digest.utf8(user + ":" + password));
    return header(AUTHORIZATION, "Basic ", Optional.of(Secret.of(pair)));
  }

  static CredentialSigner bearer(SignSettings settings) {
    return header(AUTHORIZATION, "Bearer ", settings.optional("value").map(Secret::of));
  }

  static CredentialSigner header(SignSettings settings) {
    return header(
        settings.required("name"),
        settings.otherwise("prefix", ""),
        settings.optional("value").map(Secret::of));
  }

  static CredentialSigner query(SignSettings settings) {
    return new CredentialSigner(
        true, settings.required("name"), "", settings.optional("value").map(Secret::of), Map.of());
  }

  /** ERPNext (Frappe); source: docs.frappe.io, REST page of 2026-05-10. */
  static CredentialSigner erpnext(SignSettings settings) {
    String pair = settings.required("key") + ":" + settings.required("secret");
    return header(AUTHORIZATION, "token ", Optional.of(Secret.of(pair)));
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String credential = own.map(Secret::text).orElse(token);
    if (credential == null || credential.isEmpty()) {
      throw new IllegalArgumentException(
          "no credential for '%s': give it in sign:, or set 'token: true' at the call and have a"
                  .formatted(name)
              + " token: section");
    }
    if (inQuery) {
      return request.withQuery(name, credential);
    }
    SignableRequest signed = request.withHeader(name, prefix + credential);
    for (Map.Entry<String, String> header : fixed.entrySet()) {
      signed = signed.withHeader(header.getKey(), header.getValue());
    }
    return signed;
  }

  /** Without an own credential any fits: what tokens are good is the counterpart's matter. */
  @Override
  public Optional<Stated> stated(SignableRequest received) {
    String proof = proof(received);
    return Optional.ofNullable(proof)
        .filter(text -> text.length() > prefix.length())
        .map(text -> new Stated(Instant.EPOCH, "", text.substring(prefix.length())));
  }

  @Override
  public String proof(SignableRequest request) {
    return inQuery ? request.query().get(name) : request.header(name);
  }
}
