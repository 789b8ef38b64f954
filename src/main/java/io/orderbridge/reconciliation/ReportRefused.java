package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;

/** A report is not made, because it would not be true: it does not add up, or a run is missing. */
public final class ReportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Wording wording;

  ReportRefused(Wording wording) {
    super(wording.en());
    this.wording = wording;
  }

  /** Why, for people. */
  public Wording wording() {
    return wording;
  }
}
