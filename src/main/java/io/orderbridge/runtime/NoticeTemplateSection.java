package io.orderbridge.runtime;

import io.orderbridge.notice.Template;
import io.orderbridge.notice.TemplateBody;
import io.orderbridge.notice.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a template of a notice from its file. What is right is said in one place, {@link
 * TemplateBody}, for files as for the interface; here it only gets its line.
 */
final class NoticeTemplateSection {
  // As in the body: /vendors/<connection>/max/<value>.
  private static final String NUMBERS = "max";
  private static final String HTML = "html";
  private static final int NUMBER_MAX = 100_000;

  private NoticeTemplateSection() {}

  /** The template; null when something is wrong with it, which is told to the section. */
  static Template read(Templates.Key key, Section root) {
    Map<String, Object> body = body("", root);
    List<TemplateBody.Problem> problems = TemplateBody.check(key.name(), key.channel(), body);
    problems.forEach(problem -> tell(root, problem));
    return problems.isEmpty() ? TemplateBody.read(key.name(), key.channel(), 0, body) : null;
  }

  private static Map<String, Object> body(String above, Section section) {
    Map<String, Object> body = new LinkedHashMap<>();
    section.each(
        (key, here) -> {
          if (here.isSection(key)) {
            here.section(key).ifPresent(below -> body.put(key, body(key, below)));
          } else {
            body.put(key, value(above, key, here));
          }
        });
    return body;
  }

  private static Object value(String above, String key, Section section) {
    if (above.equals(NUMBERS)) {
      return section.value(key, 1, text -> (int) Notation.whole(text, 1, NUMBER_MAX));
    }
    return above.isEmpty() && key.equals(HTML)
        ? section.value(key, false, Notation::yesOrNo)
        : section.text(key, "");
  }

  private static void tell(Section root, TemplateBody.Problem problem) {
    String[] steps = problem.place().split("/");
    Section section = root;
    for (int i = 1; i < steps.length - 1; i++) {
      section = section.section(unescaped(steps[i])).orElse(section);
    }
    section.wrong(unescaped(steps[steps.length - 1]), problem.place() + " " + problem.what());
  }

  private static String unescaped(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }
}
