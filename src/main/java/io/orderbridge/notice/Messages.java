package io.orderbridge.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The message that a vendor's route is given, see {@code docs/notices.md}. */
@Singleton
class Messages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final NoticeRulesInForce rules;

  Messages(NoticeRulesInForce rules) {
    this.rules = rules;
  }

  /**
   * @param id ours, the same over all attempts
   * @param rendered null when a person's corrected copy is sent
   */
  record Message(String id, Map<String, Object> body, Rendered rendered) {
    byte[] bytes() {
      try {
        return JSON.writeValueAsBytes(body);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a message is not writable as JSON", e);
      }
    }
  }

  /**
   * @throws Refusal when the template does not serve this vendor, or the customer has no such
   *     contact any more
   */
  Message of(Dispatch.Attempt attempt) {
    String id = attempt.item().what().key();
    if (attempt.item().what().payload() != null) {
      return new Message(id, read(attempt.item().what().payload()), null);
    }
    Sending.Outgoing outgoing = attempt.outgoing();
    Vendor vendor = attempt.vendor();
    String to = outgoing.contacts().get(vendor.contact());
    if (to == null) {
      throw new Refusal(
          Cause.NUMBER_INVALID,
          "/" + vendor.contact(),
          "the customer has no such contact any more");
    }
    if (outgoing.template() == null) {
      throw new Refusal(
          Cause.TEMPLATE_INVALID,
          outgoing.gate().template() + "." + vendor.channel(),
          "there is no approved template of this name for the channel; approve one");
    }
    NoticeRules now = rules.now();
    Map<String, String> values =
        OrderValues.of(
            outgoing.data(),
            Objects.toString(outgoing.order().receiver().get("name"), ""),
            OrderValues.About.of(outgoing.gate().of(), outgoing.row().item()),
            new OrderValues.Reader(now.zone(), Locale.CHINESE, now.carriers()));
    now.personal().stream()
        .filter(rule -> rule.name().equals(outgoing.row().personal()))
        .findFirst()
        .ifPresent(rule -> values.put("personal", rule.block("zh", values)));
    Rendered rendered = outgoing.template().render(vendor.connection(), vendor.textMax(), values);
    return new Message(id, body(id, outgoing, vendor, to, rendered), rendered);
  }

  private static Map<String, Object> body(
      String id, Sending.Outgoing outgoing, Vendor vendor, String to, Rendered rendered) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("channel", vendor.channel());
    body.put("notice", outgoing.gate().name());
    body.put("to", to);
    body.put("contacts", outgoing.contacts());
    body.put("title", rendered.title());
    body.put("text", rendered.text());
    body.put("link", rendered.link());
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("template", rendered.template());
    own.put("signature", rendered.signature());
    own.put("values", rendered.values());
    body.put("vendor", own);
    body.put(
        "order",
        Map.of("shop", outgoing.order().key().shop(), "number", outgoing.order().key().number()));
    body.put("parcel", outgoing.gate().of() == Gate.Of.PARCEL ? outgoing.row().item() : "");
    body.put("at", outgoing.row().gateAt().toString());
    return body;
  }

  private static Map<String, Object> read(byte[] payload) {
    try {
      return JSON.readValue(payload, OBJECT);
    } catch (IOException e) {
      throw new Refusal(
          Cause.BODY_BROKEN, "", "the corrected copy is no JSON object: " + e.getMessage(), e);
    }
  }
}
