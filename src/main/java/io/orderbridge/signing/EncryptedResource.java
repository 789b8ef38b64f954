package io.orderbridge.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * Puts the plain JSON in the place of the encrypted {@code resource} of a notification. Numbers
 * keep every digit. No message of this class quotes the body: it holds who paid what.
 */
final class EncryptedResource {
  // A notification is 2 deep, its resource 3: 100 is far from both, and from a stack overflow.
  private static final int DEPTH_MAX = 100;
  private static final String ALGORITHM = "AEAD_AES_256_GCM";
  private static final String AT_RESOURCE = "/resource";
  private static final String AT_CIPHERTEXT = "/resource/ciphertext";

  private final Secret apiKey;
  private final JsonMapper json;

  EncryptedResource(Secret apiKey) {
    this.apiKey = apiKey;
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build();
    this.json =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            // Of two equal keys the sender and we might each believe another one.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  byte[] open(byte[] body) {
    ObjectNode envelope = object(body, "");
    if (!(envelope.get("resource") instanceof ObjectNode resource)) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          AT_RESOURCE,
          "is missing or no object, expected the encrypted resource of a notification; look at the"
              + " stored message and whether the sender uses APIv3");
    }
    envelope.set("resource", object(decrypt(resource), AT_CIPHERTEXT));
    try {
      return json.writeValueAsBytes(envelope);
    } catch (JsonProcessingException e) {
      // Without the cause: its message could quote the body.
      throw new IllegalStateException("what was read as JSON could not be written as JSON");
    }
  }

  private byte[] decrypt(ObjectNode resource) {
    if (!ALGORITHM.equals(text(resource, "algorithm"))) {
      throw notDecrypted(
          "/resource/algorithm", "is not %s, the only one known".formatted(ALGORITHM));
    }
    byte[] nonce = text(resource, "nonce").getBytes(StandardCharsets.UTF_8);
    if (nonce.length != AesGcm.NONCE_BYTES) {
      throw notDecrypted(
          "/resource/nonce",
          "has %d bytes, expected %d".formatted(nonce.length, AesGcm.NONCE_BYTES));
    }
    byte[] ciphertext =
        StrictBase64.decode(text(resource, "ciphertext"))
            .orElseThrow(() -> notDecrypted(AT_CIPHERTEXT, "is not Base64"));
    String associated =
        resource.hasNonNull("associated_data") ? text(resource, "associated_data") : "";
    try {
      return AesGcm.apply(Cipher.DECRYPT_MODE, apiKey, nonce, associated, ciphertext);
    } catch (GeneralSecurityException e) {
      throw notDecrypted(AT_CIPHERTEXT, "does not open with the key");
    }
  }

  private static String text(ObjectNode resource, String name) {
    JsonNode value = resource.get(name);
    if (value == null || !value.isTextual()) {
      throw notDecrypted("/resource/" + name, "is missing or no text");
    }
    return value.textValue();
  }

  private static Refusal notDecrypted(String place, String what) {
    return new Refusal(
        Cause.BODY_NOT_DECRYPTED,
        place,
        what
            + "; compare 'api-key' of receives: in the connection's file with the APIv3 key in the"
            + " merchant console, then replay the message");
  }

  /** Reads one object. The parser's own messages quote the text, so only its position is kept. */
  private ObjectNode object(byte[] text, String place) {
    try {
      if (json.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw broken(place, "is no JSON object");
    } catch (StreamConstraintsException e) {
      throw broken(
          place,
          "is nested deeper than %d, or has a longer number or name than we read"
              .formatted(DEPTH_MAX));
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw broken(
          place, "is not JSON, or names a key twice, at line %d column %d".formatted(line, column));
    } catch (IOException e) {
      throw broken(place, "is not JSON in UTF-8");
    }
  }

  private static Refusal broken(String place, String what) {
    return new Refusal(
        Cause.BODY_BROKEN,
        place,
        (place.isEmpty() ? "the body " : "the decrypted text ")
            + what
            + ", expected one JSON object; look at the stored message and ask the sender");
  }
}
