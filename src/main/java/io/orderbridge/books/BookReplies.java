package io.orderbridge.books;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the interface answers about books. */
final class BookReplies {
  private BookReplies() {}

  /** There is no such book or snapshot. */
  static final class NotThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotThere(String message) {
      super(message);
    }
  }

  /** Who asks has none of the roles that may. */
  static final class NotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String message) {
      super(message);
    }
  }

  static Response to(Supplier<Object> doing) {
    try {
      return of(200, doing.get());
    } catch (Declined e) {
      return of(e.status(), e.body());
    } catch (NotThere e) {
      return of(404, Map.of("error", e.getMessage()));
    } catch (NotAllowed e) {
      return of(403, Map.of("error", e.getMessage()));
    } catch (IllegalArgumentException e) {
      return of(400, Map.of("error", e.getMessage()));
    } catch (Refusal e) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error", e.getMessage());
      error.put("cause", e.why().name());
      error.put("place", e.place());
      return of(400, error);
    }
  }

  private static Response of(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  /**
   * @param otherwise what is meant when nothing is written; null when something has to be
   * @throws IllegalArgumentException that names the parameter
   */
  static LocalDate day(String name, String text, LocalDate otherwise) {
    if (text == null && otherwise != null) {
      return otherwise;
    }
    try {
      return LocalDate.parse(String.valueOf(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no day such as 2026-11-20".formatted(name), e);
    }
  }

  /** The name under which the act is audited. */
  static String actor(SecurityContext security, List<Role> roles) {
    if (roles.stream().map(Role::word).noneMatch(security::isUserInRole)) {
      throw new NotAllowed(
          "needs one of the roles "
              + roles.stream().map(Role::word).collect(Collectors.joining(", ")));
    }
    return actor(security);
  }

  /** Who asks, as the sign-in names them. */
  static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }
}
