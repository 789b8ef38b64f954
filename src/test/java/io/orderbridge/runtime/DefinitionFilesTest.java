package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.Basis;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.DefinitionDocument;
import io.orderbridge.reconciliation.DefinitionLock;
import io.orderbridge.reconciliation.Definitions;
import io.orderbridge.reconciliation.Department;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions are files; a version means the same for good, and the document is made of them. */
@Tag("R36")
class DefinitionFilesTest {
  private static final String GOOD =
      """
      name: turnover
      version: 3
      title: {zh: 成交金额, en: turnover}
      says: {zh: 有效订单的金额, en: what is due}
      of: amount
      counts: {statuses: [PAID], kinds: [SALE]}
      basis: {operations: paid}
      signed:
        - {by: 王会计, role: finance, on: "2026-11-20", version: 3}
        - {by: li, role: operations, on: "2026-11-21", version: 3}
        - {by: old, role: warehouse, on: "2026-01-01", version: 2}
      """;

  @TempDir Path folder;

  private static DefinitionReader.Folder shipped() {
    return DefinitionReader.folder(
        new WatchedFolder(Path.of("mappings"), "mappings", Long.MAX_VALUE, path -> true)
            .look()
            .changed());
  }

  @Test
  void the_shipped_definitions_are_good_and_locked() {
    DefinitionReader.Folder folder = shipped();

    assertThat(folder.problems()).isEmpty();
    assertThat(folder.lockProblems()).isEmpty();
    assertThat(folder.definitions().keySet())
        .containsExactly(
            "net-received", "payouts", "received", "shipped-quantity", "turnover", "valid-order");
  }

  @Test
  void the_page_is_what_the_definitions_make() throws IOException {
    assertThat(Files.readString(Path.of("docs/definitions.md")))
        .as("run: orderbridge docs build")
        .isEqualTo(DefinitionDocument.markdown(shipped().definitions().values()));
  }

  @Test
  void the_file_that_the_page_of_reports_shows_is_read() throws IOException {
    String page = Files.readString(Path.of("docs/reports.md"));
    String shown = page.split("(?m)^```(yaml\n)?")[1];

    Definition definition = DefinitionTextFiles.read("turnover", shown);

    assertThat(definition.version()).isEqualTo(2);
    assertThat(definition.unsigned()).containsExactly(Department.OPERATIONS, Department.WAREHOUSE);
  }

  @Test
  void a_basis_that_is_not_told_is_the_departments_own_and_old_signatures_do_not_count() {
    Definition definition = DefinitionTextFiles.read("turnover", GOOD);

    assertThat(definition.basis())
        .isEqualTo(
            Map.of(
                Department.FINANCE, Basis.SETTLED,
                Department.OPERATIONS, Basis.PAID,
                Department.WAREHOUSE, Basis.SHIPPED));
    assertThat(definition.unsigned()).containsExactly(Department.WAREHOUSE);
    assertThat(definition.isDraft()).isTrue();
    assertThat(DefinitionDocument.markdown(List.of(definition)))
        .contains("王会计 (财务, 2026-11-20), li (运营, 2026-11-21); 待签 / open: 仓库 / warehouse");
  }

  @Test
  void a_definition_that_means_something_else_needs_another_version() {
    Definition before = DefinitionTextFiles.read("turnover", GOOD);
    DefinitionLock lock = DefinitionLock.read(DefinitionLock.read("").with(List.of(before)));
    Definition changed =
        DefinitionTextFiles.read("turnover", GOOD.replace("[PAID]", "[PAID, SHIPPED]"));
    Definition raised =
        DefinitionTextFiles.read(
            "turnover", GOOD.replace("[PAID]", "[PAID, SHIPPED]").replace("n: 3", "n: 4"));

    assertThat(lock.problems(List.of(changed)))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.what())
                    .isEqualTo(
                        "version 3 means something else than when it was locked; give what is new"
                            + " version 4"));
    assertThatThrownBy(() -> lock.with(List.of(changed))).hasMessageContaining("version 4");
    assertThat(lock.problems(List.of(raised)).get(0).what())
        .contains("version 4 is not in versions.lock; run: orderbridge definitions lock");
    assertThat(DefinitionLock.read(lock.with(List.of(raised))).problems(List.of(raised))).isEmpty();
    assertThat(
            DefinitionLock.read(lock.with(List.of(raised))).problems(List.of(before)).get(0).what())
        .contains("version 4 was locked already");
  }

  @Test
  void what_is_in_force_is_not_replaced_by_another_meaning_of_its_version() {
    Definitions inForce = new Definitions();
    RuleFiles files = new RuleFiles(List.of(), List.of(new DefinitionFiles(inForce)), name -> null);
    assertThat(load(files, GOOD)).isEmpty();
    Definition before = inForce.find("turnover").orElseThrow();

    assertThat(load(files, GOOD.replace("[SALE]", "[REFUND]")))
        .containsExactly(
            "mappings/definitions/turnover.yaml:2: version 3 is in force and means something else;"
                + " give this one version 4");
    assertThat(inForce.find("turnover")).contains(before);

    assertThat(load(files, GOOD.replace("[SALE]", "[REFUND]").replace("n: 3", "n: 4"))).isEmpty();
    assertThat(inForce.find("turnover").orElseThrow().version()).isEqualTo(4);
  }

  private static List<String> load(RuleFiles files, String text) {
    return files
        .load(Map.of("definitions/turnover.yaml", text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .values()
        .stream()
        .flatMap(List::stream)
        .map(FileProblem::toString)
        .toList();
  }

  @Test
  void every_part_of_the_meaning_is_in_the_hash_and_words_and_signatures_are_not() {
    String hash = DefinitionTextFiles.read("turnover", GOOD).hash();
    Map<String, String> meanings =
        Map.of(
            "of: amount", "of: orders",
            "[PAID]", "[SHIPPED]",
            "[SALE]", "[SALE, REFUND]",
            "[SALE]}", "[SALE], known: [paid]}",
            "paid}", "ordered}",
            "of: amount\n", "of: amount\nzone: UTC\n");
    meanings.forEach(
        (was, is) ->
            assertThat(DefinitionTextFiles.read("turnover", GOOD.replace(was, is)).hash())
                .as(is)
                .isNotEqualTo(hash));
    Map<String, String> words = new TreeMap<>(Map.of("what is due", "what is owed", "old", "new"));
    words.put("[PAID]", "[ PAID ]");
    words.forEach(
        (was, is) ->
            assertThat(DefinitionTextFiles.read("turnover", GOOD.replace(was, is)).hash())
                .as(is)
                .isEqualTo(hash));
  }

  @Test
  void what_is_wrong_is_told_with_its_line() {
    String text =
        GOOD.replace("name: turnover", "name: sales")
            .replace("of: amount", "of: money")
            .replace("[PAID]", "[paid]")
            .replace("role: finance", "role: boss")
            .replace("version: 3\n", "version: three\n");

    assertThat(DefinitionTextFiles.texts().read("turnover", text).problems())
        .extracting(FileProblem::line, problem -> problem.what().replaceAll(",.*", ""))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(1, "'name' is another than that of the file"),
            org.assertj.core.groups.Tuple.tuple(2, "'version' is 'three'"),
            org.assertj.core.groups.Tuple.tuple(5, "'of' is 'money'"),
            org.assertj.core.groups.Tuple.tuple(6, "'counts.statuses' is 'paid'"),
            org.assertj.core.groups.Tuple.tuple(9, "'signed.role' is 'boss'"));
  }

  @Test
  void a_title_needs_words_in_both_languages() {
    for (String wrong : List.of("{zh: 成交金额}", "{zh: 成交金额, en: \"\"}")) {
      String text = GOOD.replace("{zh: 成交金额, en: turnover}", wrong);
      assertThat(DefinitionTextFiles.texts().read("turnover", text).problems())
          .as(wrong)
          .extracting(FileProblem::toString)
          .containsExactly(
              "mappings/definitions/turnover.yaml:3: 'title' needs words in Chinese and in English:"
                  + " {zh: ..., en: ...}");
    }
  }

  @Test
  void the_commands_lock_new_versions_and_build_the_page() throws IOException {
    Path definitions = Files.createDirectories(folder.resolve("mappings/definitions"));
    Path docs = Files.createDirectories(folder.resolve("docs"));
    Files.writeString(definitions.resolve("turnover.yaml"), GOOD);

    assertThat(command("definitions", "lock", folder + "/mappings")).startsWith("0: ");
    assertThat(command("docs", "build", folder + "/mappings", docs.toString())).startsWith("0: ");
    assertThat(Files.readString(docs.resolve("definitions.md"))).contains("# 对账标准文档");

    Files.writeString(definitions.resolve("turnover.yaml"), GOOD.replace("[SALE]", "[REFUND]"));
    assertThat(command("definitions", "lock", folder + "/mappings"))
        .startsWith("1: ")
        .contains("give what is new version 4");
    assertThat(check()).anySatisfy(problem -> assertThat(problem).contains("turnover.yaml"));
  }

  private List<String> check() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    return new CheckCommand(folder.resolve("routes"), folder.resolve("mappings"), name -> null)
        .problems().stream().map(FileProblem::toString).toList();
  }

  private static String command(String... words) {
    assertThat(DefinitionCommand.isMeant(words)).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = DefinitionCommand.run(new PrintStream(out, true, StandardCharsets.UTF_8), words);
    return code + ": " + out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void every_file_of_the_folder_is_read_or_refused() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("mappings/definitions"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.endsWith(".yaml") || name.equals(DefinitionLock.FILE));
    }
  }
}
