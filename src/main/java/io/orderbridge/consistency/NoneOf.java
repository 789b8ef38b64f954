package io.orderbridge.consistency;

import java.util.List;

/** It does not hold. What did not happen has no time. */
public record NoneOf(Condition condition) implements Condition {
  @Override
  public Hold of(Scene scene) {
    return Hold.when(!condition.of(scene).holds());
  }

  @Override
  public void tell(Scene scene, List<Value> into) {
    condition.tellMissing(scene, into);
  }

  @Override
  public void tellMissing(Scene scene, List<Value> into) {
    condition.tell(scene, into);
  }
}
