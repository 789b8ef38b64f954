package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.call.Answer;
import io.orderbridge.call.CallSpec;
import io.orderbridge.kernel.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real answers of the partners and what the shipped connection files make of them: every code of
 * the error tables in the partners' documents, line by line in {@code src/test/resources/answers}.
 */
@Tag("R19")
@Tag("R22")
@Tag("R50")
@Tag("R52")
@Tag("R75")
class AnswersTableTest {
  private static final Path ANSWERS = Path.of("src/test/resources/answers");
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final int FIELDS = 6;
  private static final int KEY_BITS = 2048;
  private static final Map<String, CallSpec> CALLS = new TreeMap<>();

  /** A line of a table for one of its values. */
  record Case(String call, int status, Map<String, String> headers, String meaning, String body) {}

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(ANSWERS)) {
      for (Path file : files.sorted().toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("#"))
            .forEach(line -> cases.addAll(cases(line)));
      }
    }
    return cases.stream();
  }

  private static List<Case> cases(String line) {
    String[] fields = line.split("; ", FIELDS);
    assertThat(fields).as(line).hasSize(FIELDS);
    Map<String, String> headers =
        fields[2].equals("-") ? Map.of() : Map.of(fields[2].split("=")[0], fields[2].split("=")[1]);
    return Stream.of(fields[4].split(","))
        .map(
            value ->
                new Case(
                    fields[0],
                    Integer.parseInt(fields[1]),
                    headers,
                    fields[3],
                    fields[5].replace("%s", value)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_answer_means_what_the_partner_says(Case given) {
    CallSpec call = CALLS.computeIfAbsent(given.call(), AnswersTableTest::call);

    Answer.Meant meant =
        Answer.of(given.status(), given.body(), given.headers())
            .meaning(call.answers(), call.token(), NOW);

    String[] expected = given.meaning().split(" ");
    assertThat(meant.meaning().name()).isEqualTo(expected[0]);
    if (expected[0].equals("REFUSED")) {
      assertThat(meant.refusal())
          .isEqualTo(Cause.valueOf(expected.length > 1 ? expected[1] : "TARGET_REFUSED"));
    } else if (expected.length > 1) {
      assertThat(meant.asked()).contains(Notation.duration(expected[1]));
    } else if (expected[0].equals("SLOW_DOWN")) {
      assertThat(meant.asked().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  private static CallSpec call(String id) {
    String system = id.substring(0, id.indexOf('/'));
    Path folder = Path.of("routes", system);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair keys = generator.generateKeyPair();
      return new ConnectionFile(name -> ShippedFilesTest.setting(name, keys), Loader.events())
              .read(
                  folder.toString(),
                  system,
                  folder,
                  Files.readAllBytes(folder.resolve("connection.yaml")))
              .connection()
              .orElseThrow()
              .calls()
              .stream()
              .filter(call -> call.id().equals(id))
              .findFirst()
              .orElseThrow();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
