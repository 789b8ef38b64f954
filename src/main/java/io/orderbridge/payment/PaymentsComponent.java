package io.orderbridge.payment;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code payments:record} keeps what a mapping made of a bill, a list or an answer of a payment
 * system; the exchange goes on after the commit. {@code payments:verify} verifies days.
 */
@Singleton
@Named("payments")
public class PaymentsComponent extends DefaultComponent {
  /** Headers that say what to verify where the body does not: days such as 2026-11-20. */
  public static final String FROM = "OrderbridgeFrom";

  public static final String TO = "OrderbridgeTo";

  private final PaymentRecords records;
  private final Verification verification;
  private final PaymentPolicy policy;
  private final RunList runs;
  private final Clock clock;
  private ExecutorService goOn;

  public PaymentsComponent(
      PaymentRecords records,
      Verification verification,
      PaymentPolicy policy,
      RunList runs,
      Clock clock) {
    this.records = records;
    this.verification = verification;
    this.policy = policy;
    this.runs = runs;
    this.clock = clock;
  }

  // What follows in a route must not hold the writer of the records. As many threads as exchanges
  // in
  // flight, which their consumers bound.
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    goOn = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "payments");
  }

  @Override
  protected void doStop() throws Exception {
    getCamelContext().getExecutorServiceManager().shutdown(goOn);
    super.doStop();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.equals("record") && !remaining.equals("verify")) {
      throw new IllegalArgumentException(
          "payments:%s is not known; there are payments:record and payments:verify"
              .formatted(remaining));
    }
    return new PaymentsEndpoint(uri, this, remaining.equals("record"));
  }

  private static final class PaymentsEndpoint extends DefaultEndpoint {
    private final PaymentsComponent owner;
    private final boolean records;

    PaymentsEndpoint(String uri, PaymentsComponent owner, boolean records) {
      super(uri, owner);
      this.owner = owner;
      this.records = records;
    }

    @Override
    public Producer createProducer() {
      return records
          ? new RecordProducer(this, owner.records, owner.goOn)
          : new VerifyProducer(
              this, new Asking(owner.verification, owner.policy, owner.runs), owner.clock);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from payments:; the findings are at /api/findings");
    }
  }
}
