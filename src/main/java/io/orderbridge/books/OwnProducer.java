package io.orderbridge.books;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Takes the books that this product keeps itself; the body becomes the list of snapshots. */
final class OwnProducer extends DefaultProducer {
  private final OwnBooks own;
  private final Clock clock;

  OwnProducer(Endpoint endpoint, OwnBooks own, Clock clock) {
    super(endpoint);
    this.own = own;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    LocalDate day = BooksProducer.told(exchange);
    List<Snapshot> taken = own.take(day, clock.instant());
    exchange.getMessage().setBody(taken.stream().map(SnapshotView::of).toList());
  }
}
