package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.mapping.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which schedules the store has to keep, by the files that are there. */
@Tag("R85")
@Timeout(60)
class ScheduleFilesTest {
  @TempDir Path folder;

  private final CamelContext camel = new DefaultCamelContext();
  private final Connections connections = new Connections(List.of());
  private final Problems problems = new Problems();
  private final Mappings mappings = new Mappings();
  private ReloadRound round;

  @BeforeEach
  void start() throws IOException {
    camel.addComponent("quartz", new StandIn(true));
    camel.getPropertiesComponent().addPropertiesFunction(connections);
    camel.start();
    RouteFiles routes =
        new RouteFiles(
            new EndpointRules(connections, mappings::has),
            CamelRoutes.dry(camel),
            connections,
            problems);
    ConnectionFile reader =
        new ConnectionFile(Map.<String, String>of()::get, ConnectionFile.milestoneEvents());
    round =
        new ReloadRound(
            new ReloadRound.Folders(
                new WatchedFolder(folder.resolve("mappings"), "mappings", 10_000, p -> true),
                new WatchedFolder(folder.resolve("routes"), "routes", 10_000, p -> true),
                folder.resolve("routes")),
            mappings,
            new RuleFiles(RuleKinds.checking(), name -> null),
            new ConnectionFiles(reader, connections, routes, problems),
            routes,
            problems);
    write("routes/night/first.camel.yaml", route("first", "quartz:night/first"));
    write("routes/night/second.camel.yaml", route("second", "quartz:night/second"));
    write("routes/night/other.camel.yaml", route("other", "direct:other"));
    take();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private static String route(String id, String uri) {
    String options =
        uri.startsWith("quartz")
            ? "parameters: {cron: \"0 0 2 * * ?\", trigger.timeZone: UTC, recoverableJob: \"true\"}"
            : "parameters: {}";
    return """
    - route:
        id: %s
        description: Works.
        from:
          uri: %s
          %s
          steps:
            - to: {uri: "direct:work"}
    """
        .formatted(id, uri, options);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  // A file that was just written is taken at the second look.
  private void take() {
    round.run();
    round.run();
  }

  @Test
  void those_of_the_files_that_run() {
    assertThat(problems.current()).isEmpty();
    assertThat(round.schedules()).containsExactly("night/first", "night/second");
  }

  @Test
  void one_whose_edit_is_refused_stays() throws IOException {
    write("routes/night/first.camel.yaml", "- route:");
    take();

    assertThat(problems.files()).containsExactly("routes/night/first.camel.yaml");
    assertThat(round.schedules()).containsExactly("night/first", "night/second");
  }

  @Test
  void one_whose_file_was_never_good_stays_too_because_it_may_have_been_before_the_start()
      throws IOException {
    write("routes/night/third.camel.yaml", "- route:");
    take();

    assertThat(round.schedules()).containsExactly("night/first", "night/second", "night/third");
  }

  @Test
  void one_whose_file_is_gone_or_renamed_or_begins_otherwise_goes() throws IOException {
    Files.delete(folder.resolve("routes/night/first.camel.yaml"));
    write("routes/night/new.camel.yaml", route("new", "quartz:night/new"));
    write("routes/night/second.camel.yaml", route("second", "direct:second"));
    take();

    assertThat(round.schedules()).containsExactly("night/new");
  }

  @Test
  void those_of_a_connection_that_is_switched_off_go_and_come_back() throws IOException {
    write("routes/night/connection.yaml", "enabled: \"false\"\n");
    take();
    assertThat(round.schedules()).isEmpty();

    Files.delete(folder.resolve("routes/night/connection.yaml"));
    take();
    assertThat(round.schedules()).containsExactly("night/first", "night/second");
  }
}
