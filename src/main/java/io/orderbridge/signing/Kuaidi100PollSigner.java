package io.orderbridge.signing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Kuaidi100 subscriptions: no signature; the key stands inside {@code param}, and the salt that the
 * pushes will be signed with beside the address of our door.
 *
 * <p>Source: kuaidi100-api/java-demo, 2026-04-13, read 2026-11-22.
 */
final class Kuaidi100PollSigner implements RequestScheme {
  static final String NAME = "kuaidi100-poll";

  private static final String PARAM = "param";
  private static final String KEY = "key";
  private static final String ADDRESS = "callbackurl";

  private final Secret key;
  private final Optional<Secret> salt;
  private final Optional<String> callback;

  Kuaidi100PollSigner(SignSettings settings) {
    this.key = settings.secret(KEY);
    this.salt = settings.optional("salt").map(Secret::of);
    this.callback = settings.optional("callback-url");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    ObjectNode param = param(FormField.of(request, PARAM));
    param.put(KEY, key.text());
    if (salt.isPresent() || callback.isPresent()) {
      ObjectNode parameters = param.withObject("/parameters");
      salt.ifPresent(secret -> parameters.put("salt", secret.text()));
      callback.ifPresent(url -> parameters.put(ADDRESS, url + query(parameters)));
    }
    String text = new String(JsonTexts.bytes(param), StandardCharsets.UTF_8);
    SignableRequest signed = request.withForm(PARAM, text);
    return signed.form().containsKey("schema") ? signed : signed.withForm("schema", "json");
  }

  // What a push belongs to stands in its address: a mapping gives the query, the connection the
  // rest.
  private static String query(ObjectNode parameters) {
    String given = parameters.path(ADDRESS).asText("");
    return given.startsWith("?") ? given : "";
  }

  private static ObjectNode param(String text) {
    ObjectNode param = JsonTexts.object(Digest.utf8(text), "form field 'param'");
    if (param.has("parameters") && !param.get("parameters").isObject()) {
      throw new IllegalArgumentException("'parameters' in form field 'param' is no object");
    }
    return param;
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.nothing();
  }

  @Override
  public String proof(SignableRequest request) {
    return param(FormField.of(request, PARAM)).path(KEY).textValue();
  }
}
