package io.orderbridge.runtime;

import io.orderbridge.call.CallSpec;
import io.orderbridge.call.CallSpec.Login;
import io.orderbridge.call.CallSpec.Send;
import io.orderbridge.signing.RequestSigner;
import io.orderbridge.signing.RequestSigners;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code calls:} part of a connection file. */
final class CallsSection {
  private static final int IN_FLIGHT_DEFAULT = 4;
  // A page of 100 orders with all their lines is 1.5 MB.
  private static final int ANSWER_DEFAULT = 4_194_304;
  private static final String HOST = "(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";
  private static final Map<String, Send> SENDS =
      Map.of("form", Send.FORM, "json", Send.JSON, "xml", Send.XML, "text", Send.TEXT);
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final String connection;
  private final List<String> secrets = new ArrayList<>();

  CallsSection(String connection) {
    this.connection = connection;
  }

  List<CallSpec> read(Section root) {
    List<CallSpec> calls = new ArrayList<>();
    root.named("calls").forEach((name, section) -> calls.add(call(name, section)));
    for (CallSpec call : calls) {
      if (call.token() && !root.has("token")) {
        root.wrong(
            "calls",
            "'calls.%s' has 'token: true' but the file has no 'token' section"
                .formatted(call.name()));
      }
    }
    return calls;
  }

  /** What the calls with a token are signed with, always in the same order. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  private CallSpec call(String name, Section section) {
    section.allow(
        "url", "hosts", "method", "send", "sign", "token", "headers", "limits", "breaker",
        "answers", "login");
    String url = section.has("url") ? section.value("url", "", CallsSection::url) : "";
    if (!section.has("url")) {
      section.wrong("url", "'calls.%s' has no 'url'".formatted(name));
    }
    boolean token = section.value("token", false, Notation::yesOrNo);
    RequestSigner signer = signer(section, token);
    return new CallSpec(
        connection,
        name,
        url.isEmpty() ? "http://localhost" : url,
        section.values("hosts", List.of(), CallsSection::host),
        section.value("method", null, CallsSection::method),
        section.value("send", Send.JSON, text -> ReceivesSection.choice(text, SENDS)),
        signer,
        token,
        section.texts("headers"),
        LimitsSection.limits(section, IN_FLIGHT_DEFAULT, ANSWER_DEFAULT),
        LimitsSection.breaker(section),
        AnswersSection.call(section, token),
        login(section, url));
  }

  private RequestSigner signer(Section section, boolean token) {
    if (!section.has("sign")) {
      return null;
    }
    Map<String, String> settings = section.texts("sign");
    if (token) {
      secrets.addAll(new TreeMap<>(settings).values());
    }
    try {
      return RequestSigners.of(settings);
    } catch (IllegalArgumentException e) {
      section.wrong("sign", e.getMessage());
      return null;
    }
  }

  private static Login login(Section section, String url) {
    boolean sftp = url.startsWith("sftp:");
    Optional<Section> login =
        section
            .section("login")
            .map(s -> s.allow("user", "password", "private-key", "known-hosts"));
    if (sftp != login.isPresent()) {
      section.wrong(
          "login", "'login' goes with an sftp: url, and an sftp: url with a 'login' section");
    }
    if (!sftp || login.isEmpty()) {
      return null;
    }
    Section s = login.get();
    String user = URI.create(url).getUserInfo();
    Login read =
        new Login(
            user == null ? s.required("user") : s.text("user", user),
            s.text("password", ""),
            s.text("private-key", ""),
            s.required("known-hosts"));
    if (read.password().isEmpty() == read.privateKey().isEmpty()) {
      s.wrong("password", "'login' needs a password or a private-key, and not both");
    }
    return read;
  }

  private static String url(String text) {
    if (text.matches("file:(//)?[^/].*|file:/{1,3}[^/].*")) {
      return text;
    }
    try {
      URI uri = URI.create(text);
      boolean known = uri.getScheme() != null && uri.getScheme().matches("https?|sftp");
      boolean login = uri.getRawUserInfo() != null;
      boolean user = login && uri.getScheme().equals("sftp") && !uri.getUserInfo().contains(":");
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (known && uri.getHost() != null && plain && (!login || user)) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw wrongUrl();
    }
    throw wrongUrl();
  }

  // Without what came: it may hold a password.
  private static IllegalArgumentException wrongUrl() {
    return new IllegalArgumentException(
        "is no address that can be called; expected http(s)://host/path without a query,"
            + " file:/folder or sftp://user@host/folder");
  }

  private static String host(String text) {
    if (!text.matches(HOST)) {
      throw Notation.expected(text, "a host such as files.example.com or *.example.com");
    }
    return text;
  }

  private static String method(String text) {
    if (!METHODS.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", METHODS));
    }
    return text;
  }
}
