package io.orderbridge.schedule;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Keeps the rows in the body for the window of the file that is in work, and those that were put
 * aside with them. The body stays. Done again for the same file it changes nothing.
 */
final class WindowsProducer extends DefaultProducer {
  private final String key;
  private final Sources sources;
  private final SourceRows rows;

  WindowsProducer(Endpoint endpoint, String key, Sources sources, SourceRows rows) {
    super(endpoint);
    this.key = key;
    this.sources = sources;
    this.rows = rows;
  }

  @Override
  public void process(Exchange exchange) {
    Source source =
        sources
            .find(key)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.ROUTE_FAILED,
                        "windows:" + key,
                        "no connection file in force has this source under 'reads'"));
    if (!(exchange.getMessage().getBody() instanceof List<?> body)) {
      throw new Refusal(
          Cause.FILE_REFUSED, "windows:" + key, "expected a list of rows; put rows: before it");
    }
    Long message = exchange.getMessage().getHeader(Carried.MESSAGE, Long.class);
    if (message == null) {
      throw new Refusal(
          Cause.ROUTE_FAILED,
          "windows:" + key,
          "the route does not begin with inbox:, so the rows belong to no stored file");
    }
    List<?> refused = exchange.getProperty(Carried.REFUSED_ROWS, List.of(), List.class);
    rows.keep(source, message, start(exchange, source), body, refused);
  }

  // The route's own word, else what the id of the file says: the window may not know of it yet.
  private static Instant start(Exchange exchange, Source source) {
    String text = exchange.getMessage().getHeader(WindowsComponent.DAY, String.class);
    if (text == null || text.isBlank()) {
      String id = exchange.getMessage().getHeader(Carried.MESSAGE_ID, String.class);
      return FileId.start(id, source.zone()).orElse(null);
    }
    try {
      return LocalDate.parse(text).atStartOfDay(source.zone()).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(
          Cause.FILE_REFUSED, "header " + WindowsComponent.DAY, "is no day such as 2026-11-20", e);
    }
  }
}
