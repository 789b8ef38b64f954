package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaging, read as text: there is no container engine where the build runs. */
class DockerTest {
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (\\S+)");
  private static final Pattern IMAGE_WITH_VERSION =
      Pattern.compile("[\\w./-]+:[\\w.-]*\\d[\\w.-]*");
  // COPY --option ... source ... destination
  private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(.+) \\S+$");
  private static final Pattern SECRET_VALUE =
      Pattern.compile("(?i)^\\s*(ENV|ARG)\\s+\\S*(secret|password|token|key)\\S*");

  @ParameterizedTest
  @ValueSource(strings = {"docker/Dockerfile.jvm", "docker/Dockerfile.native"})
  @Tag("R81")
  void an_image_is_pinned_small_non_root_and_says_whether_it_lives(String file) {
    String text = Tree.text(file);

    assertThat(BASE.matcher(text).results().map(base -> base.group(1)).toList())
        .as("%s: a base image with a version, never 'latest'", file)
        .isNotEmpty()
        .allSatisfy(base -> assertThat(base).matches(IMAGE_WITH_VERSION));
    assertThat(text)
        .as("%s: a user by number other than 0, so that a cluster can check it", file)
        .containsPattern("(?m)^USER [1-9]\\d*(:\\d+)?$");
    assertThat(text).as("%s: the port", file).containsPattern("(?m)^EXPOSE 8080$");
    assertThat(text).as("%s: a health check", file).containsPattern("(?m)^HEALTHCHECK ");
    assertThat(text)
        .as("%s: ENTRYPOINT as a list, or SIGTERM ends a shell and nothing drains", file)
        .containsPattern("(?m)^ENTRYPOINT \\[");
    assertThat(text)
        .as("%s: copy what is needed by name, never the whole tree, never from an address", file)
        .doesNotContainPattern("(?m)^(COPY|ADD) (\\.|https?:)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker/Dockerfile.jvm", "docker/Dockerfile.native"})
  @Tag("R81")
  void an_image_carries_no_secret(String file) {
    assertThat(Tree.hits(List.of(Path.of(file)), SECRET_VALUE, "give it when the container starts"))
        .isEmpty();
  }

  @Test
  @Tag("R81")
  void the_service_runs_read_only_without_rights_and_within_limits() throws IOException {
    JsonNode service = compose().at("/services/orderbridge");

    assertThat(service.path("read_only").asBoolean()).as("read_only: true").isTrue();
    assertThat(service.path("tmpfs").toString()).as("tmpfs: /tmp").contains("/tmp");
    assertThat(service.path("user").asText()).as("user: not root").matches("[1-9]\\d*(:\\d+)?");
    assertThat(service.at("/cap_drop/0").asText()).as("cap_drop: [ALL]").isEqualTo("ALL");
    assertThat(service.path("security_opt").toString()).contains("no-new-privileges");
    assertThat(service.path("mem_limit").asText()).as("mem_limit").isNotEmpty();
    assertThat(service.path("stop_grace_period").asText())
        .as("stop_grace_period above the 10 s that draining may take")
        .isEqualTo("15s");
    assertThat(service.at("/depends_on/database/condition").asText()).isEqualTo("service_healthy");
  }

  @Test
  @Tag("R81")
  void every_service_is_pinned_and_no_secret_stands_in_the_file() throws IOException {
    for (JsonNode service : compose().path("services")) {
      if (service.has("image")) {
        assertThat(service.path("image").asText())
            .as("an image with a version, never 'latest'")
            .matches(IMAGE_WITH_VERSION);
      }
      for (var variable : service.path("environment").properties()) {
        if (variable.getKey().matches(".*(SECRET|PASSWORD|TOKEN).*")) {
          assertThat(variable.getValue().asText())
              .as("%s: ${NAME:?what to set}, or a file", variable.getKey())
              .matches("\\$\\{\\w+:\\?[^}]+}|/run/secrets/.+");
        }
      }
    }
    assertThat(compose().at("/services/database/healthcheck/test").isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker/Dockerfile.jvm", "docker/Dockerfile.native"})
  @Tag("R81")
  void what_an_image_copies_is_let_through_to_the_builder(String file) {
    List<String> sources =
        COPY.matcher(Tree.text(file))
            .results()
            .flatMap(copy -> Stream.of(copy.group(1).strip().split("\\s+")))
            .toList();

    assertThat(sources)
        .as("%s: add '!<source>' to .dockerignore", file)
        .isNotEmpty()
        .allMatch(source -> letThrough(source));
    assertThat(letThrough("routes/sandbox/shop/connection.yaml")).isFalse();
    assertThat(letThrough("data/postgres/password")).isFalse();
  }

  // The last line that names the path or a folder above it decides, as the builder does it.
  private static boolean letThrough(String path) {
    boolean through = true;
    for (String line : Tree.text(".dockerignore").lines().map(String::strip).toList()) {
      String name = line.startsWith("!") ? line.substring(1) : line;
      boolean named = name.equals("*") || (path + "/").replace("//", "/").startsWith(name + "/");
      if (!line.isEmpty() && !line.startsWith("#") && named) {
        through = line.startsWith("!");
      }
    }
    return through;
  }

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(Tree.text("docker/compose.yaml"));
  }
}
