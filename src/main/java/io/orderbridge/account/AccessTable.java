package io.orderbridge.account;

import io.orderbridge.kernel.Role;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which role may do what with which path: the rows of {@code account/access.txt}. What has no row
 * may be done by nobody. Immutable.
 */
@Singleton
public class AccessTable {
  private static final String FILE = "/account/access.txt";
  private static final Pattern GROUP = Pattern.compile("@([a-z]+) *= *(.+)");
  private static final Pattern ROW = Pattern.compile("([A-Z]+) +(/\\S*) *: *(.+)");
  private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
  private static final String ANYONE = "anyone";
  private static final String SIGNED_IN = "signed-in";

  /**
   * One row.
   *
   * @param open whether nobody has to sign in
   * @param signedIn whether any user may, whatever their roles
   * @param roles else one of these is needed
   */
  public record Row(String method, String path, boolean open, boolean signedIn, Set<Role> roles) {
    /** Whether somebody with these roles, who is signed in, may do it. */
    public boolean allows(Set<Role> has) {
      return open || signedIn || roles.stream().anyMatch(has::contains);
    }
  }

  private record Shape(Pattern path, Row row) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Map<String, Set<Role>> groups = new HashMap<>();

  public AccessTable() {
    this(text());
  }

  AccessTable(String text) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      read(line.strip(), number);
    }
    // As the paths of resources are chosen: what is written out goes before what may be anything.
    rows.stream()
        .sorted(Comparator.comparing(row -> PARAMETER.matcher(row.path()).replaceAll("\uffff")))
        .forEach(row -> shapes.add(new Shape(shape(row.path()), row)));
  }

  private static String text() {
    try (InputStream in = AccessTable.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String line, int number) {
    Matcher group = GROUP.matcher(line);
    Matcher row = ROW.matcher(line);
    if (group.matches()) {
      groups.put(group.group(1), roles(group.group(2), number));
    } else if (row.matches()) {
      String who = row.group(3).strip();
      boolean open = who.equals(ANYONE);
      boolean signedIn = who.equals(SIGNED_IN);
      add(
          new Row(
              row.group(1),
              row.group(2),
              open,
              signedIn,
              open || signedIn ? Set.of() : roles(who, number)),
          number);
    } else if (!line.isEmpty() && !line.startsWith("#")) {
      throw wrong(number, "is no row 'METHOD /path : who' and no group '@name = roles'");
    }
  }

  private void add(Row row, int number) {
    boolean twice =
        rows.stream()
            .anyMatch(
                other -> other.method().equals(row.method()) && other.path().equals(row.path()));
    if (twice) {
      throw wrong(number, "%s %s stands there twice".formatted(row.method(), row.path()));
    }
    rows.add(row);
  }

  private Set<Role> roles(String words, int number) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.strip().split(" +")) {
      try {
        roles.addAll(
            word.startsWith("@")
                ? Optional.ofNullable(groups.get(word.substring(1)))
                    .orElseThrow(() -> wrong(number, word + " is no group above"))
                : Set.of(Role.of(word)));
      } catch (IllegalArgumentException e) {
        throw wrong(number, "a role " + e.getMessage());
      }
    }
    return roles;
  }

  private static IllegalStateException wrong(int number, String what) {
    return new IllegalStateException("%s:%d: %s".formatted(FILE, number, what));
  }

  private static Pattern shape(String path) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    Matcher parameter = PARAMETER.matcher(path);
    while (parameter.find()) {
      regex.append(Pattern.quote(path.substring(at, parameter.start()))).append("[^/]+");
      at = parameter.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(path.substring(at))).toString());
  }

  /** All rows, in the order of the file. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * The row of a request; empty when nobody may.
   *
   * @param path as it was asked for, still encoded: a slash that is written as {@code %2F}
   *     separates nothing
   */
  public Optional<Row> find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    // A parameter of a segment (';') would be dropped on the way to the resource, not here.
    if (path.indexOf(';') >= 0) {
      return Optional.empty();
    }
    return shapes.stream()
        .filter(shape -> shape.path().matcher(path).matches())
        .map(Shape::row)
        .findFirst()
        .map(Row::path)
        .flatMap(
            found ->
                rows.stream()
                    .filter(row -> row.path().equals(found) && row.method().equals(asked))
                    .findFirst());
  }
}
