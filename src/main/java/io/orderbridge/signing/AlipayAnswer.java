package io.orderbridge.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The signature inside an answer of Alipay: over the raw text of the one node {@code ..._response},
 * white space and order as sent; an encrypted node is its text with the quotes.
 *
 * <p>Errors of the gateway itself ({@code 20000, 40002, ...}) may come without a signature, as the
 * SDK allows: they state nothing about a payment. Source: alipay-sdk-java 4.40.734, read
 * 2026-11-22.
 */
final class AlipayAnswer {
  private static final String NODE = "_response";
  // 40004 is the business's own no, for example "this trade does not exist": to be signed.
  private static final Set<String> GATEWAY_ERRORS =
      Set.of("20000", "20001", "40001", "40002", "40003", "40005", "40006");

  // Two equal names: we and the mapping might each believe another one.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final PartnerKey key;

  AlipayAnswer(PartnerKey key) {
    this.key = key;
  }

  Verdict verify(byte[] body, Instant now) {
    Parts parts;
    try {
      parts = Parts.read(body);
    } catch (IOException e) {
      return Verdict.forged("answer is no JSON object, or names a key twice");
    }
    if (parts.node == null || parts.nodes > 1) {
      return Verdict.forged(
          "answer holds %d nodes ..._response, expected 1".formatted(parts.nodes));
    }
    if (parts.sign == null) {
      return parts.code != null && GATEWAY_ERRORS.contains(parts.code)
          ? Verdict.GENUINE
          : Verdict.forged("answer has no sign");
    }
    Optional<byte[]> signature = StrictBase64.decode(parts.sign);
    if (signature.isEmpty()) {
      return Verdict.forged("sign of the answer is not Base64");
    }
    if (!key.validAt(now)) {
      return Verdict.forged("certificate of the partner is not valid now");
    }
    return fits(parts.node, signature.get())
        ? Verdict.GENUINE
        : Verdict.forged("signature of the answer does not fit the partner's key");
  }

  private boolean fits(byte[] node, byte[] signature) {
    String text = new String(node, StandardCharsets.UTF_8);
    // The gateway signs before it escapes slashes; the SDK tries both as well.
    return key.signed("", node, "", signature)
        || text.contains("\\/")
            && key.signed("", Digest.utf8(text.replace("\\/", "/")), "", signature);
  }

  /** What stands at the top of an answer. */
  private static final class Parts {
    private byte[] node;
    private int nodes;
    private String sign;
    private String code;

    static Parts read(byte[] body) throws IOException {
      Parts parts = new Parts();
      try (JsonParser json = JSON.createParser(body)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw new IOException("no object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          parts.take(json, body);
        }
        if (json.nextToken() != null) {
          throw new IOException("more than one object");
        }
      }
      return parts;
    }

    private void take(JsonParser json, byte[] body) throws IOException {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.endsWith(NODE)) {
        long start = json.currentTokenLocation().getByteOffset();
        code(json, value);
        nodes++;
        node = raw(body, start, json.currentLocation().getByteOffset());
      } else if (name.equals("sign") && value == JsonToken.VALUE_STRING) {
        sign = json.getText();
      } else {
        json.skipChildren();
      }
    }

    /** UTF-16 is JSON as well, but there the parser knows no byte positions. */
    private static byte[] raw(byte[] body, long start, long end) throws IOException {
      if (start < 0 || end < start) {
        throw new IOException("not UTF-8");
      }
      return Arrays.copyOfRange(body, (int) start, (int) end);
    }

    /** Reads the node to its end and keeps its code. */
    private void code(JsonParser json, JsonToken value) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        json.skipChildren();
        json.finishToken();
        return;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isCode = json.currentName().equals("code");
        JsonToken inner = json.nextToken();
        if (isCode && inner == JsonToken.VALUE_STRING) {
          code = json.getText();
        }
        json.skipChildren();
      }
    }
  }
}
