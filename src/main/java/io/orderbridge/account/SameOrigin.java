package io.orderbridge.account;

import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Whether a request that changes something was made by a page of this product, and not by another
 * site in a browser that happens to be signed in here.
 */
public final class SameOrigin {
  // 'none': typed by a person, or no page at all.
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private SameOrigin() {}

  /**
   * By what browsers say themselves and no page can set: {@code Sec-Fetch-Site}, and {@code Origin}
   * from those that do not send it. Who sends neither is no browser of today; the form's token is
   * asked for all the same.
   *
   * @param header gives a header's value, or null
   */
  public static boolean holds(UnaryOperator<String> header, UriInfo uri) {
    String site = header.apply("Sec-Fetch-Site");
    if (site != null) {
      return OWN_SITE.contains(site);
    }
    String origin = header.apply("Origin");
    // Without the scheme: before a proxy that speaks https, this is http.
    return origin == null
        || origin.replaceFirst("^https?://", "").equals(uri.getBaseUri().getRawAuthority());
  }

  /** Whether a form or script sent the token of its session along. In constant time. */
  public static boolean proves(String sent, SignedIn who) {
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), who.csrf().getBytes(StandardCharsets.UTF_8));
  }
}
