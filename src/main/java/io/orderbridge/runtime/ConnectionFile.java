package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.rows.Table;
import io.orderbridge.schedule.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code routes/<system>/connection.yaml}. Thread-safe; keeps nothing. */
final class ConnectionFile {
  private final UnaryOperator<String> environment;
  private final Set<String> eventTypes;

  /**
   * @param environment answers an environment variable, or null
   * @param eventTypes what {@code owed: events:} may name, besides {@code order.*}
   */
  ConnectionFile(UnaryOperator<String> environment, Set<String> eventTypes) {
    this.environment = environment;
    this.eventTypes = Set.copyOf(eventTypes);
  }

  /**
   * A connection, or all that is wrong with the file; neither when it is switched off.
   *
   * @param resting whether the file says {@code enabled: false}
   */
  record Result(Optional<Connection> connection, boolean resting, List<FileProblem> problems) {}

  /**
   * @param file as the integrator knows it
   * @param name the connection, that is the folder
   * @param folder where relative {@code ${file:..}} references start
   */
  Result read(String file, String name, Path folder, byte[] bytes) {
    List<FileProblem> problems = new ArrayList<>();
    Optional<Node> root =
        YamlText.decode(file, bytes, problems)
            .flatMap(text -> YamlText.compose(file, text, problems));
    Optional<Section> section = root.map(node -> section(file, node, folder, problems));
    // Of what is switched off nothing else is read: its variables need not be set.
    boolean resting = !section.map(s -> s.value("enabled", true, Notation::yesOrNo)).orElse(true);
    Optional<Connection> connection =
        resting ? Optional.empty() : section.map(s -> connection(name, s));
    return new Result(
        problems.isEmpty() ? connection : Optional.empty(), resting, List.copyOf(problems));
  }

  private Section section(String file, Node node, Path folder, List<FileProblem> problems) {
    return new Section(file, "", node, new References(environment, folder), problems)
        .allow(
            "enabled",
            "description",
            "settings",
            "receives",
            "owns",
            "owed",
            "database",
            "tables",
            "calls",
            "token",
            "reads",
            "alerts",
            "notices",
            "books");
  }

  private Connection connection(String name, Section root) {
    root.text("description", "");
    CallsSection calls = new CallsSection(name);
    List<Table> tables = TablesSection.read(name, root);
    List<Source> reads = ReadsSection.read(name, root);
    return new Connection(
        name,
        settings(root),
        root.section("receives").flatMap(s -> ReceivesSection.read(name, s)).orElse(null),
        Set.copyOf(root.values("owns", List.of(), ConnectionFile::milestone)),
        root.section("owed").map(s -> OwedSection.read(name, s, eventTypes)).orElse(null),
        root.section("database").map(ConnectionFile::login).orElse(null),
        tables,
        calls.read(root),
        root.section("token").map(s -> TokenSection.read(name, s, calls.secrets())).orElse(null),
        reads,
        root.section("alerts").map(s -> AlertsSection.read(name, s)).orElse(null),
        root.section("notices").map(s -> NoticesSection.read(name, s)).orElse(null),
        new BooksSection(name, tables, reads).read(root));
  }

  private static Map<String, String> settings(Section root) {
    Map<String, String> settings = root.texts("settings");
    settings.keySet().stream()
        .filter(key -> !key.matches("[a-z0-9][a-z0-9-]*"))
        .forEach(
            key ->
                root.wrong(
                    "settings",
                    "setting '%s' is no name; write small letters, digits and hyphens"
                        .formatted(key)));
    return settings;
  }

  static Milestone milestone(String text) {
    return Arrays.stream(Milestone.values())
        .filter(milestone -> milestone.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + Arrays.stream(Milestone.values())
                            .map(Milestone::name)
                            .collect(Collectors.joining(", "))));
  }

  private static Connection.Login login(Section database) {
    database.allow("url", "user", "password");
    return new Connection.Login(
        database.required("url"), database.required("user"), database.text("password", ""));
  }

  /** The event types of the milestones; the order book adds those of refunds. */
  static Set<String> milestoneEvents() {
    return Arrays.stream(Milestone.values())
        .map(Milestone::eventType)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
