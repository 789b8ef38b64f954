package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;

/** A period that cannot be run as asked; it says why to people and to programs. */
final class NotRun extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Wording wording;

  NotRun(Wording wording) {
    super(wording.en());
    this.wording = wording;
  }

  Wording wording() {
    return wording;
  }
}
