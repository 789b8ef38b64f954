package io.orderbridge.rows;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One table in a route. Only messages can be sent to it; it is the source of none. */
public class RowsEndpoint extends DefaultEndpoint {
  private final String table;
  private final Tables tables;

  RowsEndpoint(String uri, RowsComponent component, String table, Tables tables) {
    super(uri, component);
    this.table = table;
    this.tables = tables;
  }

  @Override
  public Producer createProducer() {
    return new RowsProducer(this, tables, table);
  }

  @Override
  public Consumer createConsumer(Processor next) {
    throw new UnsupportedOperationException(
        "rows:%s stands in a step ('to'), not in 'from'".formatted(table));
  }
}
