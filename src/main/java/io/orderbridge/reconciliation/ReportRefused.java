package io.orderbridge.reconciliation;

/** A report is not made, because it would not be true: it does not add up, or a run is missing. */
public final class ReportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReportRefused(String message) {
    super(message);
  }
}
