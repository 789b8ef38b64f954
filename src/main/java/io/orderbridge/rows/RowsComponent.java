package io.orderbridge.rows;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code rows:<connection>/<table>}: reads the file in the body by a table of the connection file.
 * The table is looked up at each file, so that an edit of it needs no new route.
 */
@Singleton
@Named("rows")
public class RowsComponent extends DefaultComponent {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*");

  private final Tables tables;

  @Inject
  public RowsComponent(Tables tables) {
    this.tables = tables;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!NAME.matcher(remaining).matches()) {
      throw new IllegalArgumentException(
          "'rows:%s' names no table; expected rows:<connection>/<table> with a-z, 0-9 and -, for"
                  .formatted(remaining)
              + " example rows:bank/statement");
    }
    return new RowsEndpoint(uri, this, remaining, tables);
  }
}
