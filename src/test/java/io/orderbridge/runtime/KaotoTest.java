package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Kaoto itself, in a real browser, under the policy of the console's page: it opens and writes all
 * routes, and three are drawn in it. Only where the add-on is built: {@code src/main/designer}.
 */
@Tag("R54")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KaotoTest {
  private static final Path DESIGNER = Path.of("target/designer");
  private static final Path PAGES = Path.of("src/test/resources/designer");
  private static final long BROWSER_SECONDS_MAX = 240;
  private static final Pattern RESULT =
      Pattern.compile("<pre id=\"result\">(.*?)</pre>", Pattern.DOTALL);
  private static final Pattern GIVEN_ID = Pattern.compile("[a-zA-Z]+-\\d{4}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> shipped = new TreeMap<>();
  private final RouteRules rules = new RouteRules();
  private JsonNode result;

  @BeforeAll
  void draw(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.exists(DESIGNER.resolve("designer.js")),
        "src/main/designer/build makes target/designer");
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
        shipped.put(file.toString(), Files.readString(file));
      }
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    try {
      result = result(dom(folder, server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    Path file = name.startsWith("rounds.") ? PAGES.resolve(name) : DESIGNER.resolve(name);
    byte[] body =
        name.equals("routes.json")
            ? JSON.writeValueAsBytes(shipped)
            : Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    exchange.getResponseHeaders().set("Content-Type", type(name));
    exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      case "html" -> "text/html";
      case "svg" -> "image/svg+xml";
      case "json" -> "application/json";
      default -> "application/octet-stream";
    };
  }

  private static String dom(Path folder, int port) throws IOException, InterruptedException {
    Process script = new ProcessBuilder("src/test/scripts/chromium").start();
    String chromium =
        new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow();
    Path dom = folder.resolve("dom.html");
    Process browser =
        new ProcessBuilder(
                chromium,
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--no-proxy-server",
                "--virtual-time-budget=60000",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                "http://127.0.0.1:%d/rounds.html".formatted(port))
            .redirectOutput(dom.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    if (!browser.waitFor(BROWSER_SECONDS_MAX, TimeUnit.SECONDS)) {
      browser.destroyForcibly();
    }
    return Files.readString(dom);
  }

  private static JsonNode result(String dom) throws IOException {
    Matcher found = RESULT.matcher(dom);
    assertThat(found.find()).as("what the browser ended with: " + dom).isTrue();
    return JSON.readTree(
        found
            .group(1)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&nbsp;", "\u00a0")
            .replace("&amp;", "&"));
  }

  private static Object meaning(String yaml) {
    return withoutIds(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  // Kaoto names every step it adds; the name means nothing.
  private static Object withoutIds(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new TreeMap<>();
      map.forEach(
          (key, inner) -> {
            if (!key.equals("id") || !GIVEN_ID.matcher(String.valueOf(inner)).matches()) {
              kept.put(key, withoutIds(inner));
            }
          });
      return kept;
    }
    return value instanceof List<?> list
        ? list.stream().map(KaotoTest::withoutIds).toList()
        : value;
  }

  private List<FileProblem> problems(String file, String text) {
    List<FileProblem> problems = new ArrayList<>();
    String system = Path.of(file).getParent().getFileName().toString();
    rules.route(file, system, text.getBytes(StandardCharsets.UTF_8), problems);
    return problems;
  }

  @Test
  void every_shipped_route_opens_and_is_written_with_the_same_meaning() {
    assertThat(result.path("failed")).isEmpty();
    assertThat(shipped).hasSizeGreaterThan(100);
    shipped.forEach(
        (file, text) -> {
          String written = result.path("written").path(file).asText();
          assertThat(meaning(written)).as(file).isEqualTo(meaning(text));
          assertThat(problems(file, written)).as(file).isEmpty();
        });
  }

  @Test
  void data_sync_status_update_and_message_push_are_drawn_as_they_are_written_by_hand() {
    assertThat(result.path("failed")).isEmpty();
    assertThat(result.path("drawn")).hasSize(3);
    for (var drawn : result.path("drawn").properties()) {
      String file = drawn.getKey();
      String text = drawn.getValue().asText();
      assertThat(problems(file, text)).as(text).isEmpty();
      assertThat(meaning(text)).as(file).isEqualTo(meaning(shipped.get(file)));
      assertThat(result.path("reopened").path(file).asText()).as(file).isEqualTo(text);
      assertThat(result.path("canvas").path(file).toString()).as(file).contains("\"mapping\"");
    }
  }
}
