package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mapping files and code tables in force. Readers always see one whole snapshot; an edit
 * becomes visible to the next message. Safe for any number of threads. Nothing is kept over a
 * restart: the folder is the truth.
 */
@ApplicationScoped
public class Mappings {
  static final String FOLDER = "mappings/";

  // The largest mapping seen in the field has 60 kB; a table of 100,000 codes has 3 MB.
  private static final int FILE_BYTES_MAX = 4 * 1024 * 1024;
  private static final Pattern FILE =
      Pattern.compile("([a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*)\\.(jsonata|csv)");

  private volatile Snapshot inForce =
      new Snapshot(Map.of(), Map.of(), new CodeTables(Map.of()), Map.of());

  private record Snapshot(
      Map<String, CompiledMapping> mappings,
      Map<String, CodeTable> tables,
      CodeTables lookup,
      Map<String, FileProblem> problems) {}

  /**
   * Takes changed and deleted files, all at once. A file that cannot be read leaves its last good
   * version in force; a deleted file takes its version along. Called twice it changes nothing.
   *
   * @param changed content by path below the mappings folder, for example {@code
   *     shopify/order.jsonata}; proofs and files with other endings are passed over
   * @param deleted paths of the same kind
   * @return what is wrong with the given files, empty when all of them are in force
   */
  public synchronized List<FileProblem> load(Map<String, byte[]> changed, Set<String> deleted) {
    Map<String, CompiledMapping> mappings = new TreeMap<>(inForce.mappings());
    Map<String, CodeTable> tables = new TreeMap<>(inForce.tables());
    Map<String, FileProblem> problems = new TreeMap<>(inForce.problems());
    for (String path : deleted) {
      problems.remove(path);
      mappings.remove(nameOf(path, ".jsonata"));
      tables.remove(nameOf(path, ".csv"));
    }
    List<FileProblem> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : new TreeMap<>(changed).entrySet()) {
      problems.remove(file.getKey());
      try {
        read(file.getKey(), file.getValue(), mappings, tables);
      } catch (MappingFileException e) {
        FileProblem problem = new FileProblem(FOLDER + file.getKey(), e.line(), e.getMessage());
        problems.put(file.getKey(), problem);
        found.add(problem);
      }
    }
    inForce = new Snapshot(mappings, tables, new CodeTables(tables), problems);
    return List.copyOf(found);
  }

  /** The files that are refused at present, each with the last reason. */
  public List<FileProblem> problems() {
    return List.copyOf(inForce.problems().values());
  }

  /** Whether a mapping of this name, for example {@code shopify/order}, is in force. */
  public boolean has(String name) {
    return inForce.mappings().containsKey(name);
  }

  /** The names of the mappings in force, sorted. */
  public List<String> names() {
    return List.copyOf(inForce.mappings().keySet());
  }

  /** First column to second column of a code table such as {@code shopify/status}. */
  public Optional<Map<String, String>> codes(String table) {
    CodeTable found = inForce.tables().get(table);
    return Optional.ofNullable(found).map(CodeTable::codes);
  }

  /**
   * Applies a mapping. The same input gives the same result, as long as the files stay.
   *
   * @param name system and mapping, for example {@code shopify/order}
   * @param input maps, lists, text, numbers, booleans; it is not changed
   * @param bindings variables by name without the dollar sign; a {@link
   *     java.util.function.Supplier} is asked only by a mapping whose text names the variable
   * @return maps, lists, text, numbers, booleans; null when the result is null or undefined
   * @throws Refusal MAPPING_MISSING, MAPPING_FAILED, UNMAPPED_VALUE, MONEY_INVALID,
   *     CURRENCY_UNKNOWN; the place is the file with line and column, or the code table
   */
  public Object apply(String name, Object input, Map<String, Object> bindings) {
    Snapshot snapshot = inForce;
    CompiledMapping mapping = snapshot.mappings().get(name);
    if (mapping == null) {
      throw new Refusal(
          Cause.MAPPING_MISSING,
          FOLDER + name + ".jsonata",
          "no mapping '%s' is loaded; near it are %s. Add the file, or mend the name in the route"
              .formatted(name, NearNames.of(name, snapshot.mappings().keySet())));
    }
    return mapping.apply(input, bindings, snapshot.lookup());
  }

  /**
   * These mappings as they would be with one file changed: for a trial, nobody else sees them. What
   * is wrong with the file stands in {@link #problems()} of the answer; its last good version is
   * then used.
   *
   * @param path below the mappings folder
   */
  public Mappings with(String path, byte[] content) {
    Mappings trial = new Mappings();
    trial.inForce = inForce;
    trial.load(Map.of(path, content), Set.of());
    return trial;
  }

  /** The mappings in force whose text names a code table such as {@code shopify/status}. */
  public List<String> naming(String table) {
    return inForce.mappings().entrySet().stream()
        .filter(mapping -> mapping.getValue().names(table))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void read(
      String path,
      byte[] bytes,
      Map<String, CompiledMapping> mappings,
      Map<String, CodeTable> tables) {
    if (!path.endsWith(".jsonata") && !path.endsWith(".csv")) {
      return;
    }
    Matcher named = FILE.matcher(path);
    if (!named.matches()) {
      throw new MappingFileException(
          0,
          "expected mappings/<system>/<name>.jsonata or .csv with names of a-z, 0-9, - and _,"
              + " for example mappings/shopify/order.jsonata");
    }
    String text = text(bytes);
    if (path.endsWith(".csv")) {
      tables.put(named.group(1), CodeTable.read(FOLDER + path, text));
    } else {
      mappings.put(named.group(1), CompiledMapping.compile(FOLDER + path, text));
    }
  }

  private static String text(byte[] bytes) {
    if (bytes.length > FILE_BYTES_MAX) {
      throw new MappingFileException(
          0, "has %d bytes, at most %d are read".formatted(bytes.length, FILE_BYTES_MAX));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Spreadsheets put a byte order mark before UTF-8.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MappingFileException(
          0, "is not text in UTF-8; a spreadsheet saves it as 'CSV UTF-8', not as plain CSV");
    }
  }

  private static String nameOf(String path, String ending) {
    return path.endsWith(ending) ? path.substring(0, path.length() - ending.length()) : "";
  }
}
