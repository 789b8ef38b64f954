package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.signing.RequestSigners;
import io.orderbridge.signing.SignableRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the requests that a counterpart heard are signed as its partner wants it. */
final class Signed {
  private Signed() {}

  /** All that were heard, each by the signer of one of the connector's calls. */
  static void all(Stage stage, String partner) {
    List<Map<String, String>> signers = stage.files.signers(partner);
    List<JsonNode> heard = stage.heard(partner);
    assertThat(signers).isNotEmpty();
    assertThat(heard).isNotEmpty();
    String root = stage.product.uri("/sandbox/" + partner).toString();
    for (JsonNode request : heard) {
      SignableRequest received = received(root, request);
      // Its link is the proof; nothing is signed there.
      if (partner.equals("alipay") && received.url().contains("billdownload")) {
        continue;
      }
      assertThat(signers)
          .as("%s %s", received.method(), received.url())
          .anyMatch(settings -> RequestSigners.fits(settings, received));
    }
  }

  private static SignableRequest received(String root, JsonNode request) {
    Map<String, String> form = texts(request.path("form"));
    String path = request.path("path").asText();
    return new SignableRequest(
        request.path("method").asText(),
        path.startsWith("/sandbox") ? root.replaceFirst("/sandbox.*", path) : root + path,
        texts(request.path("query")),
        texts(request.path("headers")),
        form.isEmpty() ? null : form,
        form.isEmpty()
            ? request.path("text").asText().getBytes(StandardCharsets.UTF_8)
            : new byte[0]);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
