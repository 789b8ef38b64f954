package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the partners says what the shipped folders ask for, no more and no less. */
@Tag("R10")
class PartnersPageTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Path PAGE = Path.of("docs/partners.md");
  private static final Pattern ASKED = Pattern.compile("\\$\\{env:([A-Z0-9_]+)");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> COPIED =
      List.of(
          "taobao",
          "jd",
          "pinduoduo",
          "shopify",
          "wechat-pay",
          "alipay",
          "stripe",
          "bank",
          "erp",
          "crm",
          "wms",
          "files",
          "taobao-files",
          "amazon",
          "mini-shop",
          "aliyun-sms",
          "tencent-sms",
          "wechat-mp",
          "jpush");
  private static final int KEY_BITS = 2048;
  private static final int SECRET_LENGTH = 32;

  @Test
  void every_partner_has_its_section_and_its_line_in_the_table() {
    List<String> headings =
        text(PAGE)
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();

    assertThat(headings).containsAll(partners());
    assertThat(tabled()).containsExactlyInAnyOrderElementsOf(partners());
  }

  @ParameterizedTest
  @MethodSource("partners")
  void a_section_names_every_variable_that_its_connection_file_asks_for(String partner) {
    assertThat(named(section(partner))).containsAll(asked(withoutComments(file(partner))));
  }

  @ParameterizedTest
  @MethodSource("partners")
  void a_section_names_no_variable_that_its_connection_file_does_not_have(String partner) {
    assertThat(asked(file(partner))).containsAll(named(section(partner)));
  }

  @ParameterizedTest
  @MethodSource("partners")
  void a_section_names_every_source_call_and_door(String partner) throws IOException {
    JsonNode connection = YAML.readTree(file(partner));
    List<String> names = new ArrayList<>();
    connection.path("reads").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));
    connection.path("calls").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));
    if (connection.has("receives")) {
      names.add("/in/" + partner);
    }

    String section = section(partner);
    assertThat(names).allSatisfy(name -> assertThat(section).contains(name));
  }

  @ParameterizedTest
  @MethodSource("partners")
  void a_section_names_only_code_tables_that_exist(String partner) throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.walk(Path.of("mappings").resolve(partner))) {
      there = files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
    Matcher table =
        Pattern.compile("`(?:mappings/([\\w-]+)/)?([a-z_-]+\\.(?:csv|jsonata))`")
            .matcher(section(partner));
    while (table.find()) {
      if (table.group(1) == null || table.group(1).equals(partner)) {
        assertThat(there).contains(table.group(2));
      }
    }
  }

  @Test
  void the_commands_that_copy_a_folder_make_one_that_is_taken(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    copy(ROUTES, folder.resolve("routes"));
    copy(Path.of("mappings"), folder.resolve("mappings"));

    // None, unless somebody is mending a mapping right now.
    List<FileProblem> before = problems(folder, name -> null);

    for (String partner : COPIED) {
      String names = "old=%s new=%1$s-outlet".formatted(partner);
      run(folder, commands("copy").replace("old=taobao new=taobao-outlet", names));
    }
    run(folder, commands("its shop"));

    for (String partner : COPIED) {
      String copied = text(folder.resolve("routes/" + partner + "-outlet/connection.yaml"));
      assertThat(asked(copied)).isNotEmpty().allMatch(name -> name.contains("_OUTLET_"));
    }
    assertThat(text(folder.resolve("routes/taobao-outlet/connection.yaml")))
        .contains("[tmall-outlet]");
    assertThat(problems(folder, copiesAreOn())).isEqualTo(before);
  }

  private static List<FileProblem> problems(Path folder, UnaryOperator<String> environment) {
    return new CheckCommand(folder.resolve("routes"), folder.resolve("mappings"), environment)
        .problems();
  }

  private static String commands(String first) {
    Matcher block = Pattern.compile("(?ms)^```bash\n(# " + first + ".*?)^```$").matcher(text(PAGE));
    assertThat(block.find()).as("commands '# %s' of %s", first, PAGE).isTrue();
    return block.group(1);
  }

  private static void run(Path folder, String commands) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-eu", "-c", commands)
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(bash.waitFor()).as(commands).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  // Nothing is set for the folders that were copied, so they rest.
  private static UnaryOperator<String> copiesAreOn() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    KeyPair keys = generator.generateKeyPair();
    Map<String, String> byEnding =
        Map.ofEntries(
            Map.entry("_OUTLET_ENABLED", "true"),
            Map.entry("_OUTLET_PUBLIC_KEY", pem("PUBLIC KEY", keys.getPublic())),
            Map.entry("_OUTLET_PRIVATE_KEY", pem("PRIVATE KEY", keys.getPrivate())),
            Map.entry("_OUTLET_SESSION_EXPIRES", "2027-01-01T00:00:00+08:00"),
            Map.entry("_OUTLET_TOKEN_EXPIRES", "2027-01-01T00:00:00+08:00"),
            Map.entry("_OUTLET_DB_URL", "jdbc:postgresql://127.0.0.1/none"),
            Map.entry("_OUTLET_URL", "http://127.0.0.1:9/none"),
            Map.entry("_OUTLET_TOKEN_URL", "http://127.0.0.1:9/none"),
            Map.entry("_OUTLET_DOWNLOAD_URL", "http://127.0.0.1:9/none"),
            Map.entry("_OUTLET_REPORT_URL", "http://127.0.0.1:9/none"));
    return name ->
        byEnding.entrySet().stream()
            .filter(value -> name.endsWith(value.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(name.contains("_OUTLET_") ? "7".repeat(SECRET_LENGTH) : null);
  }

  private static String pem(String type, Key key) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----"
        .formatted(type, Base64.getMimeEncoder().encodeToString(key.getEncoded()));
  }

  /** The folders that a fresh installation has, the played ones apart. */
  static List<String> partners() {
    try (Stream<Path> folders = Files.list(ROUTES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("connection.yaml")))
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals("sandbox"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tabled() {
    return Pattern.compile("(?m)^\\| \\[([a-z0-9-]+)]\\(#\\1\\)")
        .matcher(text(PAGE))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  private static String section(String partner) {
    Matcher section =
        Pattern.compile("(?ms)^## " + Pattern.quote(partner) + "$(.*?)(?=^## |\\z)")
            .matcher(text(PAGE));
    assertThat(section.find()).as("section '## %s' of %s", partner, PAGE).isTrue();
    return section.group(1);
  }

  // Words that begin like the variables of some partner; statuses in capitals do not.
  private static Set<String> named(String section) {
    String prefixes =
        partners().stream()
            .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
            .collect(Collectors.joining("|"));
    return found(Pattern.compile("\\b((?:" + prefixes + "|SANDBOX)_[A-Z0-9_]+)"), section);
  }

  private static Set<String> asked(String file) {
    return found(ASKED, file);
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withoutComments(String file) {
    return file.replaceAll("(?m)^\\s*#.*$", "");
  }

  private static String file(String partner) {
    return text(ROUTES.resolve(partner).resolve("connection.yaml"));
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
