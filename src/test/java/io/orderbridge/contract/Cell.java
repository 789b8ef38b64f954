package io.orderbridge.contract;

import java.util.concurrent.CompletableFuture;

/**
 * One connector and one behaviour of its partner.
 *
 * @param none why this connector has no such behaviour, null when it has
 * @param check fails when the connector does not bear it; null when there is none
 */
record Cell(String connector, String behaviour, String none, Runnable check) {
  static Cell of(String connector, String behaviour, Runnable check) {
    return new Cell(connector, behaviour, null, check);
  }

  static Cell none(String connector, String behaviour, String why) {
    return new Cell(connector, behaviour, why, null);
  }

  @Override
  public String toString() {
    return connector + ": " + behaviour + (none == null ? "" : " (none: " + none + ")");
  }

  /** A cell at work. */
  record Running(Cell cell, CompletableFuture<Void> end) {
    @Override
    public String toString() {
      return cell.toString();
    }
  }
}
