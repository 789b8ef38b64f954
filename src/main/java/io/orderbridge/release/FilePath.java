package io.orderbridge.release;

import io.orderbridge.kernel.Role;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that the reload reads: two folders, one level below them, known endings. So no path leads
 * out of the folders. Proofs beside the mappings, and what the sandbox plays, are none of them.
 *
 * @param folder routes or mappings
 * @param system folder below it
 * @param file its name
 */
public record FilePath(String folder, String system, String file) {
  private static final Pattern SYSTEM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,79}");
  private static final Pattern DOTTED =
      Pattern.compile("[a-z0-9][a-z0-9_-]{0,79}(\\.[a-z0-9][a-z0-9_-]{0,59})?");
  private static final String SANDBOX = "sandbox";

  public FilePath {
    if (kind(folder, system, file) == null) {
      throw new IllegalArgumentException(
          "'%s/%s/%s' is no file that is edited here; expected routes/<system>/connection.yaml,"
                  .formatted(folder, system, file)
              + " routes/<system>/<route>.camel.yaml, routes/kamelets/<name>.kamelet.yaml,"
              + " mappings/<system>/<name>.jsonata or .csv, mappings/rules/<name>.yaml,"
              + " mappings/reconciliations/<name>.yaml; the sandbox is edited in its folder");
    }
  }

  /**
   * @throws IllegalArgumentException when it is no such file; the message says what is
   */
  public static FilePath of(String path) {
    String[] parts = path.split("/", -1);
    return parts.length == 3
        ? new FilePath(parts[0], parts[1], parts[2])
        : new FilePath(path, "", "");
  }

  /** Whether {@link #of} takes it. */
  public static boolean isOne(String path) {
    String[] parts = path.split("/", -1);
    return parts.length == 3 && kind(parts[0], parts[1], parts[2]) != null;
  }

  /** What it is for. */
  public FileKind kind() {
    return kind(folder, system, file);
  }

  /** Who may release it here. */
  public Set<Role> releasers() {
    return kind().releasers(this);
  }

  /** Below its folder, for example {@code erp/order.jsonata}. */
  public String below() {
    return system + "/" + file;
  }

  /** As the integrator knows it, for example {@code mappings/erp/order.jsonata}. */
  @Override
  public String toString() {
    return folder + "/" + system + "/" + file;
  }

  private static FileKind kind(String folder, String system, String file) {
    if (!SYSTEM.matcher(system).matches() || system.equals(SANDBOX)) {
      return null;
    }
    return switch (folder) {
      case "routes" -> route(system, file);
      case "mappings" -> mapping(system, file);
      default -> null;
    };
  }

  private static FileKind route(String system, String file) {
    if (system.equals("kamelets")) {
      return named(file, ".kamelet.yaml") ? FileKind.KAMELET : null;
    }
    if (file.equals("connection.yaml")) {
      return FileKind.CONNECTION;
    }
    return named(file, ".camel.yaml") ? FileKind.ROUTE : null;
  }

  private static FileKind mapping(String system, String file) {
    if (named(file, ".csv")) {
      return FileKind.TABLE;
    }
    String stem = file.endsWith(".yaml") ? file.substring(0, file.length() - 5) : "";
    FileKind ruled =
        switch (system) {
          case "rules" -> FileKind.RULES;
          case "reconciliations" -> FileKind.RECONCILIATION;
          case "notices" -> FileKind.NOTICE_TEMPLATE;
          case "definitions" -> FileKind.DEFINITION;
          default -> null;
        };
    if (ruled != null) {
      return DOTTED.matcher(stem).matches() ? ruled : null;
    }
    return named(file, ".jsonata") ? FileKind.MAPPING : null;
  }

  private static boolean named(String file, String end) {
    return file.endsWith(end)
        && NAME.matcher(file.substring(0, file.length() - end.length())).matches();
  }
}
