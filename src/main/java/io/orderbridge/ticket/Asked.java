package io.orderbridge.ticket;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What callers of the API ask for, as values; what is wrong is said in words for them. */
final class Asked {
  /** A paragraph; who has more to say writes a comment. */
  static final int REASON_MAX = 500;

  static final int COMMENT_MAX = 4_000;

  /** The length of a sentence in a list. */
  static final int TEXT_MAX = 500;

  static final int NAME_MAX = 200;

  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?(\\d{1,18})\"?");

  private Asked() {}

  static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }

  /** The version that the caller saw: from {@code If-Match}, else from the body; null for any. */
  static Long version(String ifMatch, Long inBody) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return inBody;
    }
    Matcher tag = ETAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new IllegalArgumentException(
          "'If-Match' is the ETag of the ticket as you saw it, for example \"3\"");
    }
    return Long.valueOf(tag.group(1));
  }

  /** A text that has to be there. */
  static String text(String name, String text, int max, String why) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("expected {\"%s\": \"...\"}: %s".formatted(name, why));
    }
    return optional(name, text, max);
  }

  /** A text that may be missing; empty then. */
  static String optional(String name, String text, int max) {
    if (text == null) {
      return "";
    }
    if (text.length() > max || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "'%s' is a text of at most %d characters".formatted(name, max));
    }
    return text.strip();
  }

  /** One of the names of an enum; null when there is none. */
  static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
    if (text == null) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is one of %s".formatted(name, java.util.Arrays.toString(type.getEnumConstants())));
  }

  static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
