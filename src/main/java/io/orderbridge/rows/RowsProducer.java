package io.orderbridge.rows;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jboss.logging.Logger;

/** Puts the rows of the file in the body into its place; headers stay. */
class RowsProducer extends DefaultProducer {
  private static final Logger LOG = Logger.getLogger(RowsProducer.class);

  // Lines and reasons, never content; all of them are in the property.
  private static final int LOGGED_MAX = 20;

  private final Tables tables;
  private final String name;

  RowsProducer(Endpoint endpoint, Tables tables, String name) {
    super(endpoint);
    this.tables = tables;
    this.name = name;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    Table table =
        tables
            .find(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.ROUTE_FAILED,
                        "rows:" + name,
                        "no connection file that is loaded has this table under 'tables'"));
    Message message = exchange.getMessage();
    Rows.Result result = Rows.read(table, bytes(table, message));
    message.setBody(result.rows());
    exchange.setProperty(Carried.REFUSED_ROWS, result.refused());
    if (!result.refused().isEmpty() || !result.notes().isEmpty()) {
      LOG.warnf(
          "rows.read table=%s rows=%d put_aside=%d first=%s notes=%s",
          name,
          result.rows().size(),
          result.refused().size(),
          result.refused().stream().limit(LOGGED_MAX).toList(),
          result.notes());
    }
  }

  private static byte[] bytes(Table table, Message message) throws IOException {
    Object body = message.getBody();
    if (body instanceof InputStream stream) {
      // One byte more than allowed, so that the size tells.
      return stream.readNBytes((int) Math.min(table.limits().sizeMax() + 1, Integer.MAX_VALUE - 8));
    }
    byte[] bytes = body instanceof byte[] raw ? raw : message.getBody(byte[].class);
    if (bytes == null) {
      throw FileRefused.of(
          table, "the body is no file but " + (body == null ? "empty" : body.getClass().getName()));
    }
    return bytes;
  }
}
