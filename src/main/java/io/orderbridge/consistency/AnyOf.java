package io.orderbridge.consistency;

import java.util.List;

/** At least one of them holds, since the earliest of those that do. */
public record AnyOf(List<Condition> conditions) implements Condition {
  public AnyOf {
    conditions = List.copyOf(conditions);
  }

  @Override
  public Hold of(Scene scene) {
    Hold found = Hold.NOT;
    for (Condition condition : conditions) {
      found = found.earlier(condition.of(scene));
    }
    return found;
  }

  @Override
  public void tell(Scene scene, List<Value> into) {
    for (Condition condition : conditions) {
      if (condition.of(scene).holds()) {
        condition.tell(scene, into);
      }
    }
  }

  @Override
  public void tellMissing(Scene scene, List<Value> into) {
    conditions.forEach(condition -> condition.tellMissing(scene, into));
  }
}
