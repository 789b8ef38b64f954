package io.orderbridge.notice;

import io.orderbridge.kernel.Round;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
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
  private static final int BATCHES_MAX = 20;
  private final Receipts receipts;
  private final Vendors vendors;
  private final CamelContext camel;

  ReceiptPull(Receipts receipts, Vendors vendors, CamelContext camel) {
    this.receipts = receipts;
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
      List<String> refs = receipts.missing(vendor, now);
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
}
