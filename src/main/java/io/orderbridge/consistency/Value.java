package io.orderbridge.consistency;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the values that contradict each other, with its source and time.
 *
 * @param system whose word it is
 * @param as what kind of word
 * @param says the value; empty when the system has said nothing
 * @param parcel empty when it is about the whole order
 * @param at when it happened or was so, by the system's own word; null when that is not known
 * @param readAt when it was read there; null when the system told of it by itself
 * @param missing the milestone that it should have said by now; empty when none is missing
 */
record Value(
    String system, As as, String says, String parcel, Instant at, Instant readAt, String missing) {

  /** Kinds of words, as they stand in the evidence. */
  enum As {
    MILESTONE,
    CODE,
    STATE,
    STATUS,
    REFUND,
    PAYMENT,
    TOTAL,
    TAG,
    TRACKING_NO,
    /** What a person said against the systems. */
    FORCED
  }

  static Value of(String system, As as, String says, Instant at) {
    return new Value(system, as, says, "", at, null, "");
  }

  Value of(String parcel) {
    return new Value(system, as, says, parcel, at, readAt, missing);
  }

  /** As it stands in the evidence of a finding. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("system", system);
    shown.put("as", as.name());
    shown.put("value", says);
    if (!parcel.isEmpty()) {
      shown.put("parcel", parcel);
    }
    if (!missing.isEmpty()) {
      shown.put("missing", missing);
    }
    if (at != null) {
      shown.put("at", at.toString());
    }
    shown.put("source", readAt == null ? "told" : "read");
    if (readAt != null) {
      shown.put("readAt", readAt.toString());
    }
    return shown;
  }
}
