package io.orderbridge.payment;

import io.orderbridge.kernel.Carried;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Keeps the transactions in the body; the body stays. Done again it changes nothing. */
final class RecordProducer extends DefaultAsyncProducer {
  private final PaymentRecords records;
  private final Executor goOn;

  RecordProducer(Endpoint endpoint, PaymentRecords records, Executor goOn) {
    super(endpoint);
    this.records = records;
    this.goOn = goOn;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Message message = exchange.getMessage();
    Object body = message.getBody();
    if (body instanceof List<?> list && list.isEmpty()) {
      callback.done(true);
      return true;
    }
    records
        .record(
            body,
            message.getHeader(Carried.CONNECTION, "unknown", String.class),
            message.getHeader(Carried.KIND, "", String.class),
            message.getHeader(Carried.MESSAGE, Long.class))
        .whenCompleteAsync(
            (recorded, failure) -> {
              if (failure != null) {
                exchange.setException(failure);
              }
              callback.done(false);
            },
            goOn);
    return false;
  }
}
