package io.orderbridge.mapping;

import io.orderbridge.kernel.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Applies a mapping to a stored message as the first step of its route would, and to nothing else:
 * no route runs and nothing is recorded.
 */
public final class MappingTrial {
  private MappingTrial() {}

  /**
   * A message as its route begins with it.
   *
   * @param body opened, when it came encrypted
   * @param headers by lower case name
   */
  public record Letter(byte[] body, String kind, String connection, Map<String, String> headers) {}

  /**
   * What the mapping made of it; one of the two is null.
   *
   * @param result an empty list when there is nothing to record
   */
  public record Outcome(Object result, Refusal refusal) {
    /** Whether both made the same: equal results, or a refusal of the same cause. */
    public boolean isSameAs(Outcome other) {
      if (refusal == null || other.refusal == null) {
        return refusal == null
            && other.refusal == null
            && FieldChange.between(result, other.result, 1).isEmpty();
      }
      return refusal.why() == other.refusal.why();
    }
  }

  /** What the mapping of this name makes of the letter; refusals are an outcome. */
  public static Outcome run(Mappings mappings, String name, Letter letter) {
    String type = letter.headers().get("content-type");
    Map<String, Object> bindings = bindings(letter.kind(), letter.connection(), letter.headers());
    bindings.put("sent", null);
    Supplier<Object> parsed = () -> BodyReader.read(letter.body(), type);
    bindings.put("input", parsed);
    try {
      Object result = mappings.apply(name, BodyReader.read(letter.body(), type), bindings);
      return new Outcome(result == null ? List.of() : result, null);
    } catch (Refusal e) {
      return new Outcome(null, e);
    }
  }

  static Map<String, Object> bindings(String kind, String connection, Object headers) {
    Map<String, Object> bindings = new HashMap<>();
    bindings.put("kind", kind);
    bindings.put("connection", connection);
    bindings.put("headers", headers);
    return bindings;
  }
}
