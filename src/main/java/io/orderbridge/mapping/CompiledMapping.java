package io.orderbridge.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One mapping file, compiled. Safe for any number of threads: what changes during an evaluation
 * lives in a frame of its own (dashjoin binds the input to the shared frame when none is given).
 */
final class CompiledMapping {
  private final String file;
  private final String text;
  private final Jsonata expression;
  private final Map<String, JFunction> builtins = MappingFunctions.builtins();

  private CompiledMapping(String file, String text, Jsonata expression) {
    this.file = file;
    this.text = text;
    this.expression = expression;
  }

  /**
   * @throws MappingFileException with the line, when the text is no JSONata
   */
  static CompiledMapping compile(String file, String text) {
    try {
      Jsonata expression = Jsonata.jsonata(text);
      MappingFunctions.register(expression);
      return new CompiledMapping(file, text, expression);
    } catch (JException e) {
      FilePosition at = FilePosition.of(text, e.getLocation());
      throw new MappingFileException(
          at.line(), "column %d: %s".formatted(at.column(), SafeMessage.of(e, text)));
    } catch (RuntimeException e) {
      // The parser of dashjoin 0.9.10 meets some broken texts with NullPointer and ClassCast.
      throw new MappingFileException(0, "is not valid JSONata (" + kind(e) + ")");
    } catch (StackOverflowError e) {
      throw new MappingFileException(0, "nests too deep to be read");
    }
  }

  Object apply(Object input, Map<String, Object> bindings, CodeTables tables) {
    Bounds bounds = new Bounds();
    try {
      Jsonata.Frame frame = frame(bindings, tables, bounds);
      return PlainValues.of(expression.evaluate(input, frame));
    } catch (CarriedRefusal e) {
      throw placed(e.refusal(), e.getLocation());
    } catch (Refusal e) {
      throw placed(e, 0);
    } catch (JException e) {
      throw failed(e.getLocation(), SafeMessage.of(e, text));
    } catch (RuntimeException e) {
      throw byLibrary(e);
    } catch (StackOverflowError e) {
      throw failed(0, "a regular expression or a recursion runs too deep for its text");
    }
  }

  /** Whether a code table stands in its text as a literal. */
  boolean names(String table) {
    return text.contains("'" + table + "'") || text.contains('"' + table + '"');
  }

  private Jsonata.Frame frame(Map<String, Object> bindings, CodeTables tables, Bounds bounds) {
    Jsonata.Frame frame = expression.createFrame();
    bindings.forEach((name, value) -> bind(frame, name, value));
    tables.functions().forEach(frame::bind);
    MappingFunctions.bound(frame, builtins, bounds);
    bounds.hold(frame);
    return frame;
  }

  /** What is costly to make is made only for a mapping that names it. */
  private void bind(Jsonata.Frame frame, String name, Object value) {
    if (!(value instanceof Supplier<?> later)) {
      frame.bind(name, value);
    } else if (text.contains("$" + name)) {
      frame.bind(name, later.get());
    }
  }

  /** The library wraps what our functions throw inside some of its own. */
  private Refusal byLibrary(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CarriedRefusal carried) {
        return placed(carried.refusal(), carried.getLocation());
      }
    }
    // Neither message nor cause: both may repeat values of the order.
    return failed(0, "a function of JSONata cannot take its argument (" + kind(e) + ")");
  }

  private Refusal placed(Refusal refusal, int location) {
    return refusal.place().isEmpty()
        ? new Refusal(refusal.why(), place(location), refusal.getMessage())
        : refusal;
  }

  private Refusal failed(int location, String message) {
    return new Refusal(Cause.MAPPING_FAILED, place(location), message);
  }

  private String place(int location) {
    FilePosition at = FilePosition.of(text, location);
    return at.line() == 0 ? file : "%s:%d:%d".formatted(file, at.line(), at.column());
  }

  private static String kind(RuntimeException e) {
    return e.getClass().getSimpleName();
  }
}
