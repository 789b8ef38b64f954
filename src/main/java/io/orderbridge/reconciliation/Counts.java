package io.orderbridge.reconciliation;

import io.orderbridge.books.Matching.Condition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Which entries of a side count in a run, by which version of which definition. */
interface Counts {
  /** For reconciliations without definitions. */
  Counts ALL =
      new Counts() {
        @Override
        public String versions(Reconciliation what) {
          return "";
        }

        @Override
        public void keep(Connection connection, Reconciliation what, Instant now) {}

        @Override
        public Condition condition(
            Connection connection, String definition, String versions, Instant at) {
          return null;
        }
      };

  /**
   * @return the versions in force, {@code received 1 turnover 3}; empty when everything counts
   * @throws IllegalArgumentException when a definition that the reconciliation names is not there
   */
  String versions(Reconciliation what);

  /** Keeps them for who makes the run again, in the caller's transaction. */
  void keep(Connection connection, Reconciliation what, Instant now) throws SQLException;

  /**
   * What counts by a version, as it was.
   *
   * @param definition null when everything counts
   * @param versions as {@link #versions} gave them
   * @return null when everything counts
   */
  Condition condition(Connection connection, String definition, String versions, Instant at)
      throws SQLException;
}
