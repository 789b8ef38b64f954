package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proposes repairs for other features. Nothing is changed by it: money and goods wait for a person
 * who approves, whatever the amount. Joins the caller's transaction.
 */
@Singleton
public class Proposer {
  /** By whom such repairs are proposed; nobody signs in under this name. */
  public static final String BY = "orderbridge";

  private final Proposals proposals;

  Proposer(Proposals proposals) {
    this.proposals = proposals;
  }

  /**
   * Money that should go back.
   *
   * @param key the same wish has the same key; asked again it is the same proposal
   * @param transaction the payment; null when the order has one only
   * @param connection the payment system; null for the one that told of the payment
   * @param amount null for all that can still be refunded
   * @param reason for people, without personal data
   * @param source what found it, for example {@code finding:17}
   */
  public record RefundWish(
      String key,
      OrderKey order,
      String transaction,
      String connection,
      Money amount,
      String reason,
      String source) {}

  /**
   * Proposes a refund.
   *
   * @return number of the repair; empty when it cannot be asked for as things are, for example
   *     because another repair asks for it already
   */
  public Optional<Long> refund(Connection connection, RefundWish wish, Instant now)
      throws SQLException {
    Map<String, String> fields = new LinkedHashMap<>();
    if (wish.transaction() != null) {
      fields.put("transaction", wish.transaction());
    }
    if (wish.connection() != null) {
      fields.put("connection", wish.connection());
    }
    if (wish.amount() != null) {
      fields.put("amount", wish.amount().toDecimal());
      fields.put("currency", wish.amount().currency().getCurrencyCode());
    }
    return propose(
        connection,
        RefundAction.NAME,
        new Wanted(wish.key(), wish.order(), wish.reason(), wish.source()),
        fields,
        now);
  }

  /**
   * Proposes to bring a cancelled order back that was paid.
   *
   * @param key the same wish has the same key; asked again it is the same proposal
   * @return number of the repair; empty when there is nothing to bring back
   */
  public Optional<Long> restore(
      Connection connection, String key, OrderKey order, String reason, String source, Instant now)
      throws SQLException {
    Wanted wanted = new Wanted(key, order, reason, source);
    return propose(connection, RestoreAction.NAME, wanted, Map.of(), now);
  }

  private record Wanted(String key, OrderKey order, String reason, String source) {}

  private Optional<Long> propose(
      Connection connection, String action, Wanted wanted, Map<String, String> fields, Instant now)
      throws SQLException {
    Line line = new Line(1, wanted.order(), fields);
    Proposals.Ask ask =
        new Proposals.Ask(
            action,
            Map.of(),
            false,
            wanted.reason(),
            null,
            null,
            wanted.source(),
            BY + ":" + wanted.key(),
            Json.fingerprint(action + wanted.order()),
            true);
    try {
      return Optional.of(proposals.propose(connection, BY, ask, List.of(line), now).id());
    } catch (Declined declined) {
      return Optional.empty();
    }
  }
}
