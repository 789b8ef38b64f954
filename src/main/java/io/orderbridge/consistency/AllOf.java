package io.orderbridge.consistency;

import java.time.Instant;
import java.util.List;

/**
 * All of them hold. The clock runs since the first side: the first in the order of the file that
 * has a time.
 */
public record AllOf(List<Condition> conditions) implements Condition {
  public AllOf {
    conditions = List.copyOf(conditions);
  }

  @Override
  public Hold of(Scene scene) {
    Instant since = null;
    for (Condition condition : conditions) {
      Hold hold = condition.of(scene);
      if (!hold.holds()) {
        return Hold.NOT;
      }
      since = since == null ? hold.since() : since;
    }
    return Hold.at(since);
  }

  @Override
  public void tell(Scene scene, List<Value> into) {
    conditions.forEach(condition -> condition.tell(scene, into));
  }

  @Override
  public void tellMissing(Scene scene, List<Value> into) {
    for (Condition condition : conditions) {
      if (!condition.of(scene).holds()) {
        condition.tellMissing(scene, into);
      }
    }
  }
}
