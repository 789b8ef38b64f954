package io.orderbridge.runtime;

import io.orderbridge.payment.Proposals;
import io.orderbridge.repair.Proposer;
import io.orderbridge.repair.Proposer.RefundWish;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Makes repairs that wait for approval of what the verification of payments proposes. */
@Singleton
class PaymentRepairs implements Proposals {
  private static final String KEY = "payment:";

  private final Proposer proposer;

  PaymentRepairs(Proposer proposer) {
    this.proposer = proposer;
  }

  @Override
  public void propose(Connection connection, List<Proposal> proposals, Instant now)
      throws SQLException {
    for (Proposal proposal : proposals) {
      propose(connection, proposal, now);
    }
  }

  // A payment that is to be recorded is no forced change: it waits in its finding for a person.
  private void propose(Connection connection, Proposal proposal, Instant now) throws SQLException {
    if (proposal.order() == null) {
      return;
    }
    String name = proposal.kind() + ":" + proposal.system() + ":" + proposal.transaction();
    String reason = proposal.reason().zh() + " / " + proposal.reason().en();
    String source = KEY + proposal.system() + ":" + proposal.code();
    switch (proposal.kind()) {
      case REFUND -> {
        RefundWish wish =
            new RefundWish(
                KEY + name,
                proposal.order(),
                proposal.transaction(),
                proposal.system(),
                proposal.amount(),
                reason,
                source);
        proposer.refund(connection, wish, now);
      }
      case RESTORE ->
          proposer.restore(connection, KEY + name, proposal.order(), reason, source, now);
      default -> {
        // RECORD: see above.
      }
    }
  }
}
