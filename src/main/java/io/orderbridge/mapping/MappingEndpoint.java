package io.orderbridge.mapping;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One mapping in a route. Only messages can be sent to it; it is the source of none. */
public class MappingEndpoint extends DefaultEndpoint {
  private final MappingComponent component;
  private final String mappingName;
  private final Output output;

  MappingEndpoint(String uri, MappingComponent component, String mappingName, Output output) {
    super(uri, component);
    this.component = component;
    this.mappingName = mappingName;
    this.output = output;
  }

  /** System and mapping, for example {@code shopify/order}; its file may not be there yet. */
  public String mappingName() {
    return mappingName;
  }

  @Override
  public Producer createProducer() {
    return new MappingProducer(this, component.mappings(), mappingName, output);
  }

  @Override
  public Consumer createConsumer(Processor next) {
    throw new UnsupportedOperationException(
        "mapping:%s stands in a step ('to'), not in 'from'".formatted(mappingName));
  }
}
