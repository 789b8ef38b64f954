package io.orderbridge.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import org.apache.camel.quarkus.main.CamelMainApplication;

/**
 * {@code orderbridge} starts the application, {@code orderbridge check} looks over its files,
 * {@code docs build} and {@code definitions lock} are for who edits definitions.
 */
@QuarkusMain
public final class Orderbridge {
  private static final String CHECK = "check";

  private Orderbridge() {}

  public static void main(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(CHECK)) {
      CheckCommand.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    } else if (DefinitionCommand.isMeant(arguments)) {
      System.exit(DefinitionCommand.run(System.out, arguments));
    } else {
      // Anything but Camel's own application would keep Camel from starting.
      Quarkus.run(CamelMainApplication.class, arguments);
    }
  }
}
