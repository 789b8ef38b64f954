package io.orderbridge.account;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How a browser keeps its session: no script reads it, no other site sends it along with what
 * changes anything, and over https alone where the product is asked by https.
 */
@Singleton
public class SessionCookie {
  private static final String NAME = "orderbridge_session";

  private final Sessions sessions;
  private final boolean https;

  SessionCookie(
      Sessions sessions,
      @ConfigProperty(name = "orderbridge.account.https", defaultValue = "false") boolean https) {
    this.sessions = sessions;
    this.https = https;
  }

  /** What a browser brought along; nothing says that it is a session. */
  public static Optional<String> of(java.util.Map<String, Cookie> cookies) {
    return Optional.ofNullable(cookies.get(NAME)).map(Cookie::getValue);
  }

  static Optional<String> of(HttpHeaders headers) {
    return of(headers.getCookies());
  }

  NewCookie holding(Drawn session, UriInfo uri) {
    return cookie(session.value(), Math.toIntExact(sessions.lasts().toSeconds()), uri);
  }

  /** Takes the cookie away. */
  public NewCookie gone(UriInfo uri) {
    return cookie("", 0, uri);
  }

  private NewCookie cookie(String value, int seconds, UriInfo uri) {
    return new NewCookie.Builder(NAME)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .secure(https || "https".equals(uri.getBaseUri().getScheme()))
        .build();
  }
}
