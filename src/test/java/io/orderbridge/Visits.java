package io.orderbridge;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at a browser: keeps the cookie, sends forms from pages of the product. */
final class Visits {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([\\w-]+)\"");

  private final Caller product;
  private final List<String> headers = new ArrayList<>();
  private String cookie;

  Visits(Caller product) {
    this.product = product;
    // No page can set it and every browser of today sends it.
    with("Sec-Fetch-Site", "same-origin");
  }

  /** Sends this header from now on in the place of one of the same name; null sends none. */
  Visits with(String name, String value) {
    int at = headers.indexOf(name);
    if (at >= 0) {
      headers.subList(at, at + 2).clear();
    }
    if (value != null) {
      headers.addAll(List.of(name, value));
    }
    return this;
  }

  /** The cookie's name and value; null when there is none. */
  String cookie() {
    return cookie;
  }

  /** What it sends with everything, but for the cookie. */
  List<String> headers() {
    return headers;
  }

  Visits holding(String other) {
    cookie = other;
    return this;
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, Map.of());
  }

  HttpResponse<String> post(String path, Map<String, String> fields) {
    return send("POST", path, fields);
  }

  HttpResponse<String> send(String method, String path, Map<String, String> fields) {
    List<String> all = new ArrayList<>(headers);
    if (cookie != null) {
      all.addAll(List.of("Cookie", cookie));
    }
    StringBuilder body = new StringBuilder();
    if (!method.equals("GET")) {
      // The API takes no forms, and would say so before anything else.
      all.addAll(List.of("Content-Type", path.startsWith("/api") ? JSON : FORM));
      new TreeMap<>(fields).forEach((k, v) -> body.append('&').append(k).append('=').append(of(v)));
    }
    HttpResponse<String> answer =
        product.send(
            method,
            path,
            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.substring(1)),
            all.toArray(String[]::new));
    answer
        .headers()
        .firstValue("Set-Cookie")
        .map(set -> set.replaceFirst(";.*", ""))
        .ifPresent(set -> cookie = set.endsWith("=") ? null : set);
    return answer;
  }

  /** Signs in by name and password, from the page. */
  HttpResponse<String> enter(String name, String password) {
    return post("/login", Map.of("name", name, "password", password));
  }

  /** The token that forms of this session send along. */
  String csrf() {
    Matcher token = TOKEN.matcher(get("/login/password").body());
    if (!token.find()) {
      throw new AssertionError("the form has no token");
    }
    return token.group(1);
  }

  private static String of(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
