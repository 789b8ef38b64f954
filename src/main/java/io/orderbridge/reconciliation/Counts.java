package io.orderbridge.reconciliation;

/** Which version of each definition says what counts in a run. */
interface Counts {
  /** For reconciliations without definitions. */
  Counts ALL = (what, of) -> "";

  /**
   * @return {@code turnover 3 valid-order 2}, by which the same entries count whenever the run is
   *     made again; empty when everything counts
   * @throws IllegalArgumentException when a definition that the reconciliation names is not there
   */
  String versions(Reconciliation what, Run.Of of);
}
