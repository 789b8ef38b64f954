package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.MappingComponent;
import io.orderbridge.mapping.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R10")
@Timeout(60)
class ReloadRoundTest {
  private static final String HELLO =
      """
      - route:
          id: hello
          description: Answers.
          from:
            uri: direct:hello
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: ANSWER
      """;

  @TempDir Path folder;

  private final CamelContext camel = new DefaultCamelContext();
  private final Problems problems = new Problems();
  private final Mappings mappings = new Mappings();
  private final Connections connections = new Connections(List.of());
  private ReloadRound round;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("routes/shop"));
    Files.createDirectories(folder.resolve("routes/kamelets"));
    Files.createDirectories(folder.resolve("mappings/shop"));
    camel.addComponent("mapping", new MappingComponent(mappings));
    camel.getPropertiesComponent().addPropertiesFunction(connections);
    camel.start();
    EndpointRules endpointRules = new EndpointRules(connections, mappings::has);
    RouteFiles routes = new RouteFiles(endpointRules, CamelRoutes.of(camel), connections, problems);
    ConnectionFile reader =
        new ConnectionFile(Map.<String, String>of()::get, ConnectionFile.milestoneEvents());
    round =
        new ReloadRound(
            new ReloadRound.Folders(
                new WatchedFolder(folder.resolve("mappings"), "mappings", 1_000_000, p -> true),
                new WatchedFolder(folder.resolve("routes"), "routes", 10_000, p -> true),
                folder.resolve("routes")),
            mappings,
            new RuleFiles(RuleKinds.checking(), name -> null),
            new ConnectionFiles(reader, connections, routes, problems),
            routes,
            problems);
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void a_new_route_answers_and_an_edit_takes_effect() throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "one"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("one");

    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "two"));
    rounds();

    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("two");
    assertThat(camel.getRoutesSize()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // syntax, unknown step, unknown component, unknown option, wrong option, missing bean
        "- route:\n    id: hello\n  description: [",
        "STEP - sendTo: {uri: 'direct:x'}",
        "STEP - to: {uri: 'teleport:x'}",
        "STEP - to: {uri: 'http:example.org', parameters: {httpMethod: FETCH}}",
        "STEP - to: {uri: 'direct:x', parameters: {sise: 5}}",
        "STEP - to: {uri: 'timer:x'}",
        "STEP - bean: {ref: nobody, method: work}",
        "STEP - to: {uri: 'mapping:shop/none'}",
        "STEP - to: {uri: 'mapping:shop/none', parameters: {output: xml}}",
        "STEP - to: {uri: 'inbox:shop'}",
        "STEP - to: {uri: '{{connection:shop/base-url}}/x'}",
        "STEP - to: 'direct:x'",
        "STEP - to: {uri: 'direct:x?timeout=5'}",
        "STEP - setBody: {simple: x}",
        "STEP - setBody: {expression: {groovy: {expression: '1'}}}",
        "STEP - setBody: {expression: {simple: {expression: '${unknown('}}}",
        "STEP - log: {message: '${body}'}",
        "STEP - to: {uri: 'http:example.org', parameters: {authPassword: hunter2}}",
        "ID other",
        "NODESCRIPTION",
        "SECOND",
        "EMPTY",
      })
  void a_broken_edit_is_refused_while_the_last_good_route_answers(String edit) throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "good"));
    rounds();

    write("routes/shop/hello.camel.yaml", broken(edit));
    rounds();

    assertThat(problems.current())
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(p.file()).isEqualTo("routes/shop/hello.camel.yaml");
              assertThat(p.what()).isNotBlank().doesNotContain("hunter2");
            });
    assertThat(ask("direct:hello")).isEqualTo("good");

    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "mended"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("mended");
    assertThat(camel.getRoutesSize()).isEqualTo(1);
  }

  @Test
  void an_option_that_does_not_exist_is_answered_with_names_that_are_near() throws Exception {
    write(
        "routes/shop/hello.camel.yaml",
        broken("STEP - to: {uri: 'http:example.org', parameters: {httpMethode: POST}}"));
    rounds();

    assertThat(problems.current())
        .singleElement()
        .extracting(FileProblem::what)
        .asString()
        .startsWith("option 'httpMethode' of http is not known; did you mean httpMethod, ");
  }

  @Test
  void a_file_that_is_still_being_written_is_not_read() throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "whole"));
    rounds();
    String next = HELLO.replace("ANSWER", "next");

    for (int length = 1; length < next.length(); length += 40) {
      write("routes/shop/hello.camel.yaml", next.substring(0, length));
      round.run();
      assertThat(problems.current()).isEmpty();
      assertThat(ask("direct:hello")).isEqualTo("whole");
    }
    write("routes/shop/hello.camel.yaml", next);
    rounds();

    assertThat(ask("direct:hello")).isEqualTo("next");
  }

  @Test
  void a_deleted_route_is_gone_and_its_problems_too() throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO);
    rounds();
    write("routes/shop/hello.camel.yaml", "- nonsense");
    rounds();
    assertThat(problems.current()).isNotEmpty();

    Files.delete(folder.resolve("routes/shop/hello.camel.yaml"));
    rounds();

    assertThat(problems.current()).isEmpty();
    assertThat(camel.getRoutesSize()).isZero();
  }

  @Test
  void a_new_system_comes_with_its_folders_in_one_round() throws Exception {
    round.run();
    write("routes/erp/connection.yaml", "settings: {base-url: 'http://127.0.0.1:1/erp'}");
    write(
        "routes/erp/erp-map.camel.yaml",
        route("erp-map", "direct:erp", "- to: {uri: 'mapping:erp/order'}"));
    write("mappings/erp/order.jsonata", "/* Source: test */ { \"no\": id }");
    rounds();

    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:erp")).hasToString("{no=7}");
  }

  @Test
  void a_route_that_came_before_its_mapping_starts_when_the_mapping_comes() throws Exception {
    write(
        "routes/erp/erp-map.camel.yaml",
        route("erp-map", "direct:erp", "- to: {uri: 'mapping:erp/order'}"));
    rounds();
    assertThat(problems.current())
        .extracting(FileProblem::what)
        .first()
        .asString()
        .contains("no mapping file mappings/erp/order.jsonata is loaded");

    write("mappings/erp/order.jsonata", "/* Source: test */ { \"no\": id }");
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:erp")).hasToString("{no=7}");

    Files.delete(folder.resolve("mappings/erp/order.jsonata"));
    rounds();
    assertThat(problems.current()).hasSize(1);
  }

  @Test
  void a_changed_setting_reaches_the_routes_that_use_it() throws Exception {
    write("routes/erp/connection.yaml", "settings: {greeting: hello}");
    write("routes/erp/erp-greet.camel.yaml", greeting());
    rounds();
    assertThat(ask("direct:erp")).isEqualTo("hello");

    write("routes/erp/connection.yaml", "settings: {greeting: good day}");
    rounds();

    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:erp")).isEqualTo("good day");
  }

  @Test
  void a_broken_connection_file_is_refused_while_the_route_answers() throws Exception {
    write("routes/erp/connection.yaml", "settings: {greeting: hello}");
    write("routes/erp/erp-greet.camel.yaml", greeting());
    rounds();

    for (String broken : List.of("settings: [", "settings: {other: x}", "setings: {}")) {
      write("routes/erp/connection.yaml", broken);
      rounds();
      assertThat(problems.current())
          .extracting(FileProblem::file)
          .containsOnly("routes/erp/connection.yaml");
      assertThat(ask("direct:erp")).isEqualTo("hello");
    }
    Files.delete(folder.resolve("routes/erp/connection.yaml"));
    rounds();
    assertThat(problems.current().toString()).contains("was deleted but is used by routes/erp");
    assertThat(ask("direct:erp")).isEqualTo("hello");

    Files.delete(folder.resolve("routes/erp/erp-greet.camel.yaml"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(connections.get("erp")).isNull();
  }

  @Test
  void an_edited_kamelet_reaches_the_routes_that_name_it_and_a_broken_one_does_not()
      throws Exception {
    write("routes/kamelets/answer.kamelet.yaml", kamelet("one"));
    write(
        "routes/shop/hello.camel.yaml",
        route("hello", "direct:hello", "- to: {uri: 'kamelet:answer', parameters: {end: '!'}}"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("one!");

    write("routes/kamelets/answer.kamelet.yaml", kamelet("two"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("two!");
    int routes = camel.getRoutesSize();

    for (String broken :
        List.of(
            kamelet("x").replace("setBody", "setBoddy"),
            kamelet("x").replace("name: answer", "name: other"),
            kamelet("x").replace("kamelet:source", "kamelet:source\n        uri: twice"),
            kamelet("{{nothing}}"))) {
      write("routes/kamelets/answer.kamelet.yaml", broken);
      rounds();
      assertThat(problems.current()).isNotEmpty();
      assertThat(ask("direct:hello")).isEqualTo("two!");
      assertThat(camel.getRoutesSize()).isEqualTo(routes);
    }
    write("routes/kamelets/answer.kamelet.yaml", kamelet("three"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("three!");
    assertThat(camel.getRoutesSize()).isEqualTo(routes);
  }

  @Test
  void a_message_in_flight_is_finished_by_the_old_route() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    camel
        .getRegistry()
        .bind(
            "gate",
            (org.apache.camel.Processor)
                e -> {
                  entered.countDown();
                  leave.await();
                });
    String text =
        route(
            "hello",
            "direct:hello",
            "- process: {ref: gate}\n        - setBody: {expression:"
                + " {constant: {expression: old}}}");
    write("routes/shop/hello.camel.yaml", text);
    rounds();
    Future<Object> answer = camel.createProducerTemplate().asyncRequestBody("direct:hello", "x");
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    write("routes/shop/hello.camel.yaml", text.replace("old", "new"));
    round.run();
    Thread swap = new Thread(() -> round.run());
    swap.start();
    leave.countDown();
    swap.join();

    assertThat(answer.get()).isEqualTo("old");
    assertThat(ask("direct:hello")).isEqualTo("new");
  }

  @Test
  void links_out_of_the_folder_large_files_and_unknown_names_are_refused() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.yaml"), HELLO);
    Files.createSymbolicLink(folder.resolve("routes/shop/hello.camel.yaml"), outside);
    write("routes/shop/large.camel.yaml", "#".repeat(20_000));
    write("routes/shop/misnamed.yaml", HELLO);
    write("routes/shop/.hello.camel.yaml.swp", "x");
    write("routes/shop/hello.camel.yaml~", "x");
    write("routes/shop/README.md", "x");
    rounds();

    assertThat(problems.current())
        .extracting(FileProblem::file)
        .containsExactly(
            "routes/shop/hello.camel.yaml",
            "routes/shop/large.camel.yaml",
            "routes/shop/misnamed.yaml");
    assertThat(camel.getRoutesSize()).isZero();

    Files.delete(folder.resolve("routes/shop/hello.camel.yaml"));
    write("routes/shop/hello.camel.yaml", HELLO.replace("ANSWER", "mine"));
    Files.delete(folder.resolve("routes/shop/large.camel.yaml"));
    Files.delete(folder.resolve("routes/shop/misnamed.yaml"));
    rounds();
    assertThat(problems.current()).isEmpty();
    assertThat(ask("direct:hello")).isEqualTo("mine");
  }

  @Test
  void two_files_with_one_route_id_are_refused() throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO);
    rounds();
    write("routes/erp/hello.camel.yaml", HELLO);
    rounds();

    assertThat(problems.current())
        .extracting(FileProblem::what)
        .containsExactly("the route 'hello' stands in routes/shop/hello.camel.yaml already");
  }

  @Test
  void nothing_is_done_while_nothing_changes_and_a_touch_is_no_change() throws Exception {
    write("routes/shop/hello.camel.yaml", HELLO);
    assertThat(round.run()).isTrue();

    assertThat(round.run()).isFalse();
    write("routes/shop/hello.camel.yaml", HELLO);

    assertThat(List.of(round.run(), round.run(), round.run())).containsOnly(false);
  }

  // Two looks: a change must have settled, and so must a deletion.
  private void rounds() {
    round.run();
    round.run();
    round.run();
  }

  private Object ask(String uri) {
    Exchange exchange =
        camel.createProducerTemplate().request(uri, e -> e.getMessage().setBody(Map.of("id", 7)));
    if (exchange.getException() != null) {
      throw new AssertionError(exchange.getException());
    }
    return exchange.getMessage().getBody();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String broken(String edit) {
    String good = HELLO.replace("ANSWER", "new");
    if (edit.startsWith("STEP ")) {
      return route("hello", "direct:hello", edit.substring("STEP ".length()));
    }
    return switch (edit) {
      case "ID other" -> good.replace("id: hello", "id: other");
      case "NODESCRIPTION" -> good.replace("    description: Answers.\n", "");
      case "SECOND" -> good + good.replace("hello", "second");
      case "EMPTY" -> "";
      default -> edit;
    };
  }

  private static String route(String id, String from, String steps) {
    return """
    - route:
        id: %s
        description: A test.
        from:
          uri: %s
          steps:
            %s
    """
        .formatted(id, from, steps);
  }

  private static String greeting() {
    return route(
        "erp-greet",
        "direct:erp",
        "- setBody: {expression: {simple: {expression: '{{connection:erp/greeting}}'}}}");
  }

  private static String kamelet(String answer) {
    return """
    apiVersion: camel.apache.org/v1
    kind: Kamelet
    metadata:
      name: answer
    spec:
      definition:
        title: Answer
        properties:
          end:
            type: string
      template:
        from:
          uri: kamelet:source
          steps:
            - setBody:
                expression:
                  simple:
                    expression: "ANSWER{{end}}"
    """
        .replace("ANSWER", answer);
  }
}
