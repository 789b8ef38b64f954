package io.orderbridge.consistency;

import io.orderbridge.order.OrderReading.Parcel;
import java.time.Instant;
import java.util.List;

/**
 * It holds of one parcel, or of every parcel; an order without parcels has neither. What is asked
 * inside is asked of the same parcel.
 */
public record InParcels(boolean every, Condition condition) implements Condition {
  @Override
  public Hold of(Scene scene) {
    Hold found = Hold.NOT;
    Instant last = null;
    for (Parcel parcel : scene.order().parcels()) {
      Hold hold = condition.of(scene.of(parcel));
      if (every && !hold.holds()) {
        return Hold.NOT;
      }
      found = found.earlier(hold);
      boolean later = hold.since() != null && (last == null || hold.since().isAfter(last));
      last = later ? hold.since() : last;
    }
    // Of every parcel it holds since the last one came to it.
    return every && found.holds() ? Hold.at(last) : found;
  }

  @Override
  public void tell(Scene scene, List<Value> into) {
    for (Parcel parcel : scene.order().parcels()) {
      Scene one = scene.of(parcel);
      if (condition.of(one).holds()) {
        condition.tell(one, into);
      }
    }
  }
}
