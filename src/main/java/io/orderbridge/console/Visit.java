package io.orderbridge.console;

import io.orderbridge.kernel.Person;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;

/** The request that is being answered: who looks, in which language and colours, at what. */
@Singleton
class Visit {
  static final String LANGUAGE = "ob-language";
  static final String THEME = "ob-theme";

  private final HttpHeaders headers;
  private final UriInfo uri;
  private final SecurityContext security;
  private final Request request;

  Visit(HttpHeaders headers, UriInfo uri, SecurityContext security, Request request) {
    this.request = request;
    this.headers = headers;
    this.uri = uri;
    this.security = security;
  }

  /** Empty when nobody is let in. */
  Optional<Visitor> visitor() {
    return security.getUserPrincipal() instanceof Visitor visitor
        ? Optional.of(visitor)
        : Optional.empty();
  }

  /** The name for the audit. */
  String actor() {
    return visitor().map(Visitor::getName).orElse("unknown");
  }

  /** Whoever looks, as features know people. */
  Person person() {
    return new Person(actor(), role -> visitor().filter(visitor -> visitor.is(role)).isPresent());
  }

  boolean may(Rights right) {
    return visitor().filter(right::of).isPresent();
  }

  /** What was chosen; else what the browser accepts first; else Chinese. */
  Locale locale() {
    String accepts = headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    String wanted = cookie(LANGUAGE).orElse(accepts == null ? "zh" : accepts);
    return wanted.startsWith("en") ? Locale.ENGLISH : Locale.CHINESE;
  }

  /** {@code light}, {@code dark}, or {@code auto} for what the system says. */
  String theme() {
    return cookie(THEME).filter(Switches.THEMES::contains).orElse("auto");
  }

  /** The page with its query, to come back to. */
  String here() {
    String query = uri.getRequestUri().getRawQuery();
    return uri.getRequestUri().getRawPath() + (query == null ? "" : "?" + query);
  }

  /** Where to go back to: the page that sent the form, when this is the answer to one. */
  String back() {
    String from = headers.getHeaderString("Referer");
    if (request.getMethod().equals("GET")) {
      return here();
    }
    return from == null ? "/console" : from.replaceFirst("^https?://[^/]+", "");
  }

  /** What was done before this page was opened, as the address says; empty for nothing. */
  String did() {
    String did = uri.getQueryParameters().getFirst("did");
    return did == null ? "" : did;
  }

  /** Whether a script of the page asks for a part of it. */
  boolean partial() {
    return headers.getHeaderString("HX-Request") != null;
  }

  private Optional<String> cookie(String name) {
    Cookie cookie = headers.getCookies().get(name);
    return cookie == null ? Optional.empty() : Optional.of(cookie.getValue());
  }
}
