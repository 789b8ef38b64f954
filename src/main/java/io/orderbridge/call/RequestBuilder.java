package io.orderbridge.call;

import io.orderbridge.call.CallSpec.Send;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.XmlText;
import io.orderbridge.signing.SignableRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes of what a route asks the request that goes out: address, body, headers, signature. */
final class RequestBuilder {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final byte[] NOTHING = {};
  private static final Pattern SECRET_HEADER =
      Pattern.compile("(?i).*(auth|key|token|secret|password).*");

  private final CallSpec spec;

  RequestBuilder(CallSpec spec) {
    this.spec = spec;
  }

  /**
   * A request that is ready to be sent.
   *
   * @param target exactly what is asked for, query included
   * @param own whether it goes to the call's own host, and so carries secrets
   * @param secrets what was put into it to prove who asks
   */
  record Ready(SignableRequest request, String target, boolean own, Set<String> secrets) {}

  /**
   * @param idempotencyKey null when there is none
   * @param token null when the call has none
   */
  Ready build(CallRequest asked, String idempotencyKey, String token, Instant now) {
    URI told = asked.url() == null ? null : Addresses.allowed(spec, asked.url());
    boolean own = secrets(told);
    // A link that a partner has told goes out to the letter, unless its parameters are signed.
    boolean exact = told != null && asked.query().isEmpty() && (!own || spec.signer() == null);
    SignableRequest plain = unsigned(asked, told, exact, idempotencyKey);
    SignableRequest request = plain;
    if (own && (spec.signer() != null || token != null)) {
      request = signed(plain, token, now);
    }
    Set<String> secrets = values(request);
    secrets.removeAll(values(plain));
    spec.headers().forEach((name, value) -> addSecret(secrets, name, value));
    return new Ready(request, exact ? asked.url() : request.target(), own, secrets);
  }

  private static void addSecret(Set<String> secrets, String header, String value) {
    if (SECRET_HEADER.matcher(header).matches()) {
      secrets.add(value);
    }
  }

  private static Set<String> values(SignableRequest request) {
    Set<String> values = new HashSet<>(request.headers().values());
    values.addAll(request.query().values());
    if (request.form() != null) {
      values.addAll(request.form().values());
    }
    return values;
  }

  // Keys and tokens are for the call's own host alone.
  private boolean secrets(URI told) {
    return told == null || Addresses.sameHost(told, spec.uri());
  }

  private SignableRequest signed(SignableRequest plain, String token, Instant now) {
    if (spec.signer() == null) {
      return plain.withHeader("Authorization", "Bearer " + token);
    }
    try {
      String nonce = UUID.randomUUID().toString().replace("-", "");
      return spec.signer().sign(plain, token, now, nonce);
    } catch (IllegalArgumentException e) {
      throw CallRequest.wrong("", "cannot be signed: " + e.getMessage());
    }
  }

  private SignableRequest unsigned(
      CallRequest asked, URI told, boolean exact, String idempotencyKey) {
    Map<String, String> form = form(asked);
    byte[] body = form == null ? body(asked.body()) : NOTHING;
    Map<String, String> query = new LinkedHashMap<>();
    if (told != null && !exact) {
      query.putAll(parsed(told.getRawQuery()));
    }
    query.putAll(asked.query());
    String method = method(asked, form != null || asked.body() != null);
    try {
      return new SignableRequest(
          method,
          told == null ? own(path(asked.path())) : address(told),
          query,
          headers(
              asked, form != null, body.length > 0, secrets(told) ? idempotencyKey : null, told),
          form,
          body);
    } catch (IllegalArgumentException e) {
      throw CallRequest.wrong("", e.getMessage());
    }
  }

  private String method(CallRequest asked, boolean hasBody) {
    if (asked.method() != null) {
      return asked.method();
    }
    if (spec.method() != null) {
      return spec.method();
    }
    return hasBody || spec.send() == Send.FORM ? "POST" : "GET";
  }

  private Map<String, String> form(CallRequest asked) {
    if (asked.form() != null) {
      return asked.form();
    }
    // A link that is told is fetched: the form of the call has nothing to do with it.
    boolean fetched = asked.url() != null || "GET".equals(asked.method());
    if (spec.send() != Send.FORM || asked.body() == null && fetched) {
      return null;
    }
    return CallRequest.texts("body", asked.body());
  }

  private byte[] body(Object body) {
    if (body == null) {
      return NOTHING;
    }
    String text;
    if (body instanceof String given) {
      text = given;
    } else if (spec.send() == Send.JSON) {
      text = CallRequest.json(body);
    } else if (spec.send() == Send.XML && body instanceof Map<?, ?> tree) {
      text = xml(tree);
    } else {
      throw CallRequest.wrong("/body", "expected a text, because the call sends text");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String xml(Map<?, ?> tree) {
    try {
      return XmlText.write(tree);
    } catch (IllegalArgumentException e) {
      throw CallRequest.wrong("/body", e.getMessage());
    }
  }

  private Map<String, String> headers(
      CallRequest asked, boolean form, boolean body, String idempotencyKey, URI told) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (form || body) {
      headers.put(CONTENT_TYPE, form ? Send.FORM.contentType() : spec.send().contentType());
    }
    if (secrets(told)) {
      headers.putAll(spec.headers());
    }
    if (idempotencyKey != null) {
      headers.put(Carried.IDEMPOTENCY_KEY, idempotencyKey);
    }
    headers.putAll(asked.headers());
    return headers;
  }

  private String own(String path) {
    String url = spec.url();
    if (url.endsWith("/") && !path.isEmpty()) {
      return url.substring(0, url.length() - 1) + path;
    }
    return spec.uri().getRawPath().isEmpty() && path.isEmpty() ? url + "/" : url + path;
  }

  private static String address(URI told) {
    String path = told.getRawPath();
    return told.getScheme() + "://" + told.getRawAuthority() + (path.isEmpty() ? "/" : path);
  }

  // Order numbers come from shops: one named '../refunds' must not reach another address.
  private static String path(String path) {
    if (path.isEmpty()) {
      return "";
    }
    // As the partner may read it: with its encoding undone, and a backslash for a slash.
    String read = decoded(path.replace("+", "%2B")).replace('\\', '/');
    boolean climbs = ("/" + read + "/").contains("/../") || ("/" + read + "/").contains("/./");
    if (!path.startsWith("/") || climbs || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      throw new Refusal(
          Cause.ADDRESS_REFUSED,
          "/path",
          "the path of a request begins with '/' and has neither '..' nor '?' nor '#'; parameters"
              + " belong into its query");
    }
    return path.codePoints().mapToObj(RequestBuilder::encoded).collect(Collectors.joining());
  }

  private static String encoded(int character) {
    String text = Character.toString(character);
    boolean plain = character < 0x7f && text.matches("[A-Za-z0-9/._~%!$&'()*+,;=:@-]");
    return plain ? text : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> parsed(String query) {
    Map<String, String> parsed = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parsed;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (parsed.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        throw new Refusal(
            Cause.ADDRESS_REFUSED, "/url", "the address has the same parameter twice");
      }
    }
    return parsed;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.ADDRESS_REFUSED, "", "an address is not encoded correctly");
    }
  }
}
