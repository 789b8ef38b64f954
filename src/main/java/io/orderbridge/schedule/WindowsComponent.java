package io.orderbridge.schedule;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code windows:<connection>/<source>}. From it comes one request per page that has to be read;
 * the answer that the route ends with is the page. To it a route gives the rows of a file of that
 * source.
 */
@Singleton
@Named("windows")
public class WindowsComponent extends DefaultComponent {
  /** Property of a route that read a whole window: the partner said that there is nothing in it. */
  public static final String EMPTY = "OrderbridgeEmpty";

  /** Header: the day of a file that was not read for a window, for example 2026-11-20. */
  public static final String DAY = "OrderbridgeDay";

  private final Sources sources;
  private final SourceRound round;
  private final SourceRows rows;
  private final Clock clock;

  WindowsComponent(Sources sources, SourceRound round, SourceRows rows, Clock clock) {
    this.sources = sources;
    this.round = round;
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "windows:%s names no source; expected windows:<folder below routes/>/<name in reads:>"
              .formatted(remaining));
    }
    return new WindowsEndpoint(uri, this, remaining);
  }

  private static final class WindowsEndpoint extends DefaultEndpoint {
    private final WindowsComponent owner;
    private final String source;

    WindowsEndpoint(String uri, WindowsComponent owner, String source) {
      super(uri, owner);
      this.owner = owner;
      this.source = source;
    }

    @Override
    public Producer createProducer() {
      return new WindowsProducer(this, source, owner.sources, owner.rows);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new WindowsConsumer(
          this,
          processor,
          source,
          owner.sources,
          new WindowsConsumer.Parts(owner.round, owner.clock));
    }
  }
}
