package io.orderbridge.signing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request as it will be sent, or as a sandbox received it. Immutable; maps keep their order. What
 * is sent is exactly {@link #target()}, the headers and {@link #content()}: signers sign these.
 *
 * @param method GET, POST, ... in upper case
 * @param url {@code scheme://host/path}, percent-encoded, without a query
 * @param query parameters of the query, not encoded
 * @param headers without {@code Host}, which follows from the url
 * @param form parameters of a form body, not encoded; null when the body is no form
 * @param body the body when it is no form; empty when there is none
 */
public record SignableRequest(
    String method,
    String url,
    Map<String, String> query,
    Map<String, String> headers,
    Map<String, String> form,
    byte[] body) {

  /**
   * @throws IllegalArgumentException when the url holds a query, or a form also has a body
   */
  public SignableRequest {
    if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "the address of a request holds a '?' or '#'; put the parameters into its query");
    }
    if (form != null && body.length > 0) {
      throw new IllegalArgumentException(
          "a request has a form and a body of %d bytes; give one of them".formatted(body.length));
    }
    query = copy(query);
    headers = copy(headers);
    form = form == null ? null : copy(form);
    body = body.clone();
  }

  private static Map<String, String> copy(Map<String, String> texts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** The bytes of the body; a copy. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The bytes that are sent as body: the encoded form, or the body. */
  public byte[] content() {
    return form == null ? body() : encodedForm(form);
  }

  /** The address that is called: the url and, when there is one, the encoded query. */
  public String target() {
    return query.isEmpty() ? url : url + "?" + encodedQuery(query);
  }

  /** The value of a header by its name in any case, or null. */
  public String header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** With this query parameter, in the place of one with the same name. */
  public SignableRequest withQuery(String name, String value) {
    return new SignableRequest(method, url, with(query, name, value), headers, form, body);
  }

  /** With this header, in the place of one with the same name in any case. */
  public SignableRequest withHeader(String name, String value) {
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.keySet().removeIf(other -> other.equalsIgnoreCase(name));
    return new SignableRequest(method, url, query, with(others, name, value), form, body);
  }

  /** With this form parameter; a request without a form gets one, and must have no body then. */
  public SignableRequest withForm(String name, String value) {
    Map<String, String> fields = with(form == null ? Map.of() : form, name, value);
    return new SignableRequest(method, url, query, headers, fields, body);
  }

  /** With this body in the place of body and form. */
  public SignableRequest withBody(byte[] bytes) {
    return new SignableRequest(method, url, query, headers, null, bytes);
  }

  /** The form when there is one, else the query: where partners with parameters expect them. */
  Map<String, String> parameters() {
    return form == null ? query : form;
  }

  SignableRequest withParameters(Map<String, String> parameters) {
    return form == null
        ? new SignableRequest(method, url, parameters, headers, null, body)
        : new SignableRequest(method, url, query, headers, parameters, body);
  }

  SignableRequest withQueries(Map<String, String> parameters) {
    return new SignableRequest(method, url, parameters, headers, form, body);
  }

  private static Map<String, String> with(Map<String, String> texts, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(texts);
    changed.put(name, value);
    return changed;
  }

  /** Name and value pairs as a query: UTF-8, RFC 3986 (a blank is {@code %20}), in map order. */
  public static String encodedQuery(Map<String, String> query) {
    return query.entrySet().stream()
        .map(pair -> percentEncoded(pair.getKey()) + "=" + percentEncoded(pair.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** The same as a form body: {@code application/x-www-form-urlencoded} (a blank is {@code +}). */
  public static byte[] encodedForm(Map<String, String> form) {
    return form.entrySet().stream()
        .map(pair -> formEncoded(pair.getKey()) + "=" + formEncoded(pair.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String percentEncoded(String text) {
    return formEncoded(text).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  static String formEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Names and sizes only: values hold tokens and orders. */
  @Override
  public String toString() {
    return "SignableRequest[%s %s, query %s, headers %s, form %s, %d bytes]"
        .formatted(
            method,
            url,
            new TreeSet<>(query.keySet()),
            new TreeSet<>(headers.keySet()),
            form == null ? "none" : new TreeSet<>(form.keySet()),
            body.length);
  }
}
