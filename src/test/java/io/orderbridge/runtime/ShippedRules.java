package io.orderbridge.runtime;

import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.consistency.StuckLimits;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.score.HealthRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Files of rules as the product reads them. */
public final class ShippedRules {
  private static final Path FOLDER = Path.of("mappings/rules");

  private ShippedRules() {}

  /** What stands in {@code mappings/rules/contradictions.yaml}. */
  public static ContradictionRules contradictions() {
    return contradictions(text("contradictions.yaml"));
  }

  /** What the text says; it must be good. */
  public static ContradictionRules contradictions(String text) {
    return good("contradictions", text, ContradictionsSection::read);
  }

  /** What stands in {@code mappings/rules/stuck.yaml}. */
  public static StuckLimits stuck() {
    return stuck(text("stuck.yaml"));
  }

  /** What the text says; it must be good. */
  public static StuckLimits stuck(String text) {
    return good("stuck", text, StuckSection::read);
  }

  /** What stands in {@code mappings/rules/health.yaml}. */
  public static HealthRules health() {
    return good("health", text("health.yaml"), HealthSection::read);
  }

  static <T> T good(String name, String text, Function<Section, T> read) {
    AtomicReference<T> rules = new AtomicReference<>();
    List<FileProblem> problems = problems(new RuleFile<>(name, read, rules::set, null), text);
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return rules.get();
  }

  /** What is wrong with the text. */
  static List<FileProblem> problems(RuleFile<?> file, String text) {
    List<FileProblem> problems = new ArrayList<>();
    new RuleFiles(List.of(file), name -> null)
        .load(Map.of("rules/" + file.name() + ".yaml", text.getBytes()), Set.of())
        .values()
        .forEach(problems::addAll);
    return problems;
  }

  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
