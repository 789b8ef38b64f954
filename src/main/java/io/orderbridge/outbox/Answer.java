package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.outbox.Target.AnswerRule;
import io.orderbridge.outbox.Target.Meaning;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What a target answered.
 *
 * @param status HTTP status; 0 when the target speaks no HTTP and simply did it
 * @param body as text, cut to the target's limit; empty when there is none
 * @param retryAfter header of that name, or null
 */
record Answer(int status, String body, String retryAfter) {
  private static final ObjectMapper JSON = new ObjectMapper();
  // 408 time-out, 425 too early, 429 too many: the only 4xx that pass by themselves.
  private static final Set<Integer> BUSY = Set.of(408, 425, 429);
  private static final int HEAD_MAX = 1024;

  /**
   * What stands in a message after the step that sent it; 0 when that step speaks no HTTP.
   *
   * @param max characters kept of the body
   */
  static Answer of(Message message, int max) {
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null) {
      return new Answer(0, "", null);
    }
    String body = message.getBody(String.class);
    String kept = body == null ? "" : body;
    return new Answer(
        status,
        kept.length() > max ? kept.substring(0, max) : kept,
        message.getHeader("Retry-After", String.class));
  }

  /** What a step that fails on every status but 2xx was answered. */
  static Answer of(HttpOperationFailedException failure) {
    String body = failure.getResponseBody();
    Map<String, String> headers = failure.getResponseHeaders();
    String retryAfter =
        headers == null
            ? null
            : headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    return new Answer(failure.getStatusCode(), body == null ? "" : body, retryAfter);
  }

  /** What it means by the target's rules, or else by its status. */
  Meaning meaning(List<AnswerRule> rules) {
    for (AnswerRule rule : rules) {
      boolean statusFits = rule.status() == 0 || rule.status() == status;
      if (statusFits && (rule.json() == null || rule.equals().equals(scalar(rule)))) {
        return rule.then();
      }
    }
    if (status == 0 || status / 100 == 2) {
      return Meaning.DONE;
    }
    return status >= 500 || BUSY.contains(status) ? Meaning.BUSY : Meaning.REFUSED;
  }

  private String scalar(AnswerRule rule) {
    try {
      JsonNode node = JSON.readTree(body).at(rule.json());
      return node.isValueNode() ? node.asText() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  boolean redirects() {
    return status / 100 == 3;
  }

  /** The first KB, for people. */
  String head() {
    return body.length() <= HEAD_MAX ? body : body.substring(0, HEAD_MAX);
  }
}
