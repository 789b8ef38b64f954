package io.orderbridge.notice;

import io.orderbridge.kernel.Round;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.jboss.logging.Logger;

/**
 * Asks vendors that do not push for the receipts of messages that have none, the longest unasked
 * first. A message is asked about for three days; that a question failed is no harm, the next comes
 * after the same time.
 */
@Singleton
public class ReceiptPull implements Round {
  private static final Logger LOG = Logger.getLogger(ReceiptPull.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration ASKED_FOR = Duration.ofDays(3);
  private static final int BATCH = 100;
  private static final int BATCHES_MAX = 20;
  private static final String TAKE =
      """
      update notice_send s set pulled_at = ?
        from (select id from notice_send
               where vendor = ? and state in ('ACCEPTED', 'UNCONFIRMED') and accepted_at > ?
                 and coalesce(pulled_at, accepted_at) <= ?
               order by accepted_at limit ? for update skip locked) due
       where s.id = due.id
      returning s.ref\
      """;

  private final Database database;
  private final Vendors vendors;
  private final CamelContext camel;

  ReceiptPull(Database database, Vendors vendors, CamelContext camel) {
    this.database = database;
    this.vendors = vendors;
    this.camel = camel;
  }

  @Override
  public String name() {
    return "notices-pull";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (Vendor vendor : vendors.all()) {
      if (vendor.pull() != null) {
        pull(vendor, now);
      }
    }
  }

  private void pull(Vendor vendor, Instant now) {
    for (int batch = 0; batch < BATCHES_MAX; batch++) {
      List<String> refs = take(vendor, now);
      if (refs.isEmpty()) {
        return;
      }
      try {
        camel
            .createFluentProducerTemplate()
            .to("direct:" + vendor.connection() + "-notice-receipts")
            .withBody(Map.of("refs", refs, "at", now.toString()))
            .request();
      } catch (CamelExecutionException e) {
        LOG.warnf("receipts.not_pulled vendor=%s why=%s", vendor.connection(), e.getCause());
        return;
      }
    }
  }

  private List<String> take(Vendor vendor, Instant now) {
    return database.inTransaction(
        connection -> {
          List<String> refs = new ArrayList<>();
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setTimestamp(1, Timestamp.from(now));
            take.setString(2, vendor.connection());
            take.setTimestamp(3, Timestamp.from(now.minus(ASKED_FOR)));
            take.setTimestamp(4, Timestamp.from(now.minus(vendor.pull())));
            take.setInt(5, BATCH);
            try (ResultSet rows = take.executeQuery()) {
              while (rows.next()) {
                refs.add(rows.getString(1));
              }
            }
          }
          return refs;
        });
  }
}
