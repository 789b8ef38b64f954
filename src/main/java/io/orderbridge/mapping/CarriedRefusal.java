package io.orderbridge.mapping;

import com.dashjoin.jsonata.JException;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;

/**
 * A refusal of one of our functions on its way through JSONata. The library writes the position of
 * the call into a {@link JException} that has none (dashjoin 0.9.10, measured 2026-11-23); any
 * other exception would lose the place in the file.
 */
class CarriedRefusal extends JException {
  private static final long serialVersionUID = 1L;
  private static final int POSITION_UNKNOWN = -1;

  private final Refusal refusal;

  CarriedRefusal(Refusal refusal) {
    super(refusal, refusal.why().name(), POSITION_UNKNOWN, "", null);
    this.refusal = refusal;
  }

  static CarriedRefusal of(Cause why, String message) {
    return new CarriedRefusal(new Refusal(why, "", message));
  }

  Refusal refusal() {
    return refusal;
  }
}
