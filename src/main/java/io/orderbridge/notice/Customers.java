package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** Takes what systems tell of customers: contacts and consents. */
@Singleton
public class Customers {
  private final Clock clock;

  public Customers(Clock clock) {
    this.clock = clock;
  }

  /**
   * What a document came to.
   *
   * @param contacts that are other than before
   * @param consents that were not known before
   */
  public record Taken(String customer, int contacts, int consents) {}

  /**
   * Stores a customer document. Joins the caller's transaction; told twice it changes nothing.
   *
   * @throws io.orderbridge.kernel.Refusal FACTS_INVALID or TIME_IMPLAUSIBLE with a JSON pointer;
   *     nothing is stored then
   */
  public Taken take(Connection connection, Object document) throws SQLException {
    Instant now = clock.instant();
    CustomerDocument read = CustomerDocument.read(document, now);
    return new Taken(
        read.customer(),
        Contacts.put(connection, read.customer(), read.contacts(), read.at()),
        Consents.add(connection, read.customer(), read.consents(), now));
  }
}
