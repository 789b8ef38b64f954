package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.util.Map;

/** What a route delivers, read from what is stored. */
final class CloudEvents {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private CloudEvents() {}

  /**
   * @param receiver who gets the parcel, as JSON; null when the target may not see it
   * @throws Refusal BODY_BROKEN when a person's copy is no JSON; the place is line and column
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> read(byte[] payload, String receiver) {
    try {
      Map<String, Object> event = JSON.readValue(payload, OBJECT);
      if (receiver != null && event.get("data") instanceof Map<?, ?> data) {
        ((Map<String, Object>) data).put("receiver", JSON.readValue(receiver, OBJECT));
      }
      return event;
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          "line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          "the event is not readable as JSON");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are readable", e);
    }
  }
}
