package io.orderbridge.books;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jboss.logging.Logger;

/** Keeps the rates in the body; the body stays. Done again it changes nothing. */
final class RatesProducer extends DefaultProducer {
  private static final Logger LOG = Logger.getLogger(RatesProducer.class);

  private final Rates rates;
  private final Clock clock;

  RatesProducer(Endpoint endpoint, Rates rates, Clock clock) {
    super(endpoint);
    this.rates = rates;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (!(body instanceof List<?>) && !(body instanceof Map<?, ?>)) {
      throw new Refusal(
          Cause.FILE_REFUSED,
          "books:rates",
          "expected a list of rows with day, base, quote, rate; put a mapping or rows: before it");
    }
    List<?> rows = body instanceof List<?> many ? many : List.of(body);
    // Of a stream "<connection>/<source>" the connection.
    String stream = exchange.getMessage().getHeader(Carried.CONNECTION, String.class);
    String source = stream == null ? null : stream.split("/", 2)[0];
    List<Rate> read = Rates.read(source, rows);
    int fresh = rates.take(read, clock.instant());
    LOG.infof("rates.taken source=%s rates=%d new=%d", source, read.size(), fresh);
  }
}
