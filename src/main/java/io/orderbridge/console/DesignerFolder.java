package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The folder of the visual designer, an add-on that is built apart; without it the console has no
 * page for it. Thread-safe.
 */
@Singleton
class DesignerFolder {
  private static final String ENTRY = "designer.js";
  // One level, no hidden file: nothing else of the machine is reached.
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain;charset=UTF-8");

  private final Path folder;

  DesignerFolder(
      @ConfigProperty(name = "orderbridge.console.designer", defaultValue = "designer")
          String folder) {
    this.folder = Path.of(folder);
  }

  /** Whether the add-on is there now: it may be put there while the product runs. */
  boolean isThere() {
    return Files.isReadable(folder.resolve(ENTRY));
  }

  /**
   * @throws Declined when there is no such file in it
   */
  Path file(String name) {
    if (!name.matches(NAME) || type(name).isEmpty()) {
      throw missing(name);
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw missing(name);
    }
    return file;
  }

  private static Declined missing(String name) {
    return new Declined(
        Declined.Kind.MISSING, Wording.of("设计器没有这个文件：%s", "the designer has no file '%s'", name));
  }

  /** The media type by the name; empty for what is not given out. */
  static String type(String name) {
    return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
  }
}
