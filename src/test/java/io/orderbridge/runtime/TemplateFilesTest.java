package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.notice.ShippedTemplates;
import io.orderbridge.notice.Template;
import io.orderbridge.notice.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Templates that are shipped as files, live and strictly read. */
@Tag("R25")
class TemplateFilesTest {
  private static final Templates.Key SHIPPED = new Templates.Key("shipped", "sms");

  private final ShippedTemplates templates = new ShippedTemplates();
  private final RuleFiles files =
      new RuleFiles(List.of(), List.of(new TemplateFiles(templates)), name -> null);

  private List<FileProblem> write(String path, String text) {
    return files
        .load(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void every_shipped_template_is_taken() {
    try (Stream<Path> listed = Files.list(Path.of("mappings/notices"))) {
      List<Path> paths = listed.sorted().toList();
      assertThat(paths).hasSize(16);
      for (Path path : paths) {
        String name = "notices/" + path.getFileName();
        assertThat(write(name, Files.readString(path))).as(name).isEmpty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Template template = templates.find(SHIPPED).orElseThrow();
    assertThat(template.version()).isZero();
    assertThat(template.vendors()).containsKeys("aliyun-sms", "tencent-sms");
  }

  @Test
  void an_edit_is_in_force_at_once_and_a_deleted_file_takes_its_template_along() {
    write("notices/shipped.sms.yaml", "text: one");
    write("notices/shipped.sms.yaml", "text: two");
    assertThat(templates.find(SHIPPED).orElseThrow().text()).hasToString("two");

    files.load(Map.of(), Set.of("notices/shipped.sms.yaml"));
    assertThat(templates.find(SHIPPED)).isEmpty();
  }

  @Test
  void an_unknown_variable_is_refused_with_line_place_and_the_near_name_and_the_last_good_stays() {
    write("notices/shipped.sms.yaml", "text: good");

    assertThat(
            write(
                "notices/shipped.sms.yaml",
                """
                text: "{{customer}}"
                vendors:
                  aliyun-sms:
                    values:
                      name: "{{custmer}}"
                """))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(5);
              assertThat(problem.what())
                  .contains("/vendors/aliyun-sms/values/name", "'custmer'", "near is 'customer'");
            });
    assertThat(templates.find(SHIPPED).orElseThrow().text()).hasToString("good");
  }

  @Test
  void an_unknown_key_a_wrong_number_and_a_wrong_name_are_refused() {
    assertThat(write("notices/shipped.sms.yaml", "text: a\ntitel: b"))
        .containsExactly(
            new FileProblem(
                "mappings/notices/shipped.sms.yaml",
                2,
                "/titel is not known; near is 'title', known are html, link, text, title,"
                    + " vendors"));
    assertThat(
            write(
                "notices/shipped.sms.yaml",
                "text: a\nvendors:\n  a:\n    values: {b: c}\n    max: {b: 501}"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(5));
    assertThat(write("notices/shipped.yaml", "text: a"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("notices/<name>.<channel>.yaml"));
  }
}
