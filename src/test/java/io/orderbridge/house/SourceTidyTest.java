package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style that a machine can see. Old offenders are listed here, so that the list only shrinks. */
class SourceTidyTest {
  private static final int FILE_LINES_MAX = 300;
  private static final int METHOD_LINES_MAX = 40;
  // A test may tell a long story, if it is one story.
  private static final int TEST_FACTOR_PERCENT = 160;
  private static final int COLUMNS_MAX = 100;

  /**
   * Who may catch everything, and what happens next there. A worker's loop must outlive whatever
   * one round throws; everybody else catches what it can name.
   */
  private static final Map<String, String> CATCH_ALL =
      Map.ofEntries(
          Map.entry(
              "CompiledMapping.java",
              "JSONata's parser and functions throw what they like: becomes a refusal with its"
                  + " file"),
          Map.entry(
              "FileTrial.java",
              "what Camel's loader throws at a half-written route: it has no drawing, and the check"
                  + " says why by line"),
          Map.entry(
              "GroupCommit.java",
              "the writer's loop: a batch that fails is written one by one, each caller hears of"
                  + " his"),
          Map.entry(
              "NoticesConsumer.java",
              "a route that throws past its error handler: the message failed, and its next channel"
                  + " goes"),
          Map.entry(
              "LaneRunner.java",
              "a worker's loop: what was claimed becomes due again when its lease ends"),
          Map.entry(
              "OrdersComponent.java",
              "becomes the exception of the exchange: the inbox sorts it by who acts next"),
          Map.entry(
              "InboxConsumer.java",
              "whatever a route throws is sorted by who acts next: again later, or dead"),
          Map.entry(
              "SourceRound.java",
              "whatever a route throws is sorted by who acts next: the window is read again later"),
          Map.entry(
              "AlertsConsumer.java",
              "whatever a route throws is sorted by who acts next: told again later, or by another"
                  + " channel"),
          Map.entry(
              "ScheduleConsumer.java",
              "whatever a route throws is sorted by who acts next: again later, or its next time"),
          Map.entry("WindowsConsumer.java", "the source's loop: looks again in two seconds"),
          Map.entry(
              "OutboxConsumer.java",
              "whatever a route throws is sorted by who acts next: again later, or dead"),
          Map.entry(
              "NightRun.java",
              "the night's loop over reconciliations: the next one runs, the message fails at the"
                  + " end with all their reasons"),
          Map.entry(
              "RoundThreads.java", "the rounds' loop: logged, the next round comes all the same"),
          Map.entry("FolderWatch.java", "the watch's loop: the next look comes in a second"),
          Map.entry(
              "ApplyRound.java",
              "the repairs' loop: the order is postponed, its finding opened, the others go on"),
          Map.entry(
              "RouteFiles.java",
              "Camel builds and stops routes with any exception: becomes the file's problem"),
          Map.entry(
              "SheetRecords.java",
              "the reader of spreadsheets throws what it likes on damaged ones: the file is"
                  + " refused"),
          Map.entry(
              "XmlParts.java",
              "the JDK's reader throws what it likes on damaged bytes: the file is refused"),
          Map.entry("Upkeep.java", "the upkeep's loop: told to health, next round in a second"));

  // DataSource is the JDK's word for what it is.
  private static final Pattern EMPTY_WORD =
      Pattern.compile("(Manager|Helper|Util|Utils|Data(?!Source)|Info)(?=[A-Z]|$)");
  private static final Pattern EMPTY_VERB = Pattern.compile("^(process|handle)(?=[A-Z]|$)");
  private static final Pattern CATCH_TYPE =
      Pattern.compile("\\b(Exception|RuntimeException|Throwable|Error)\\b");

  private final List<JavaSource> main = JavaSource.below("src/main/java");
  private final List<JavaSource> test = JavaSource.below("src/test/java");
  private final List<String> wrong = new ArrayList<>();

  @Test
  void a_file_has_at_most_300_lines() {
    for (Path file : javaFiles()) {
      int lines = Tree.lines(file).size();
      int most = atMost(FILE_LINES_MAX, file.toString());
      if (lines > most) {
        wrong.add(
            "%s: %d lines, at most %d; move what has a name of its own into a type of its own"
                .formatted(file, lines, most));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_line_has_at_most_100_columns() {
    for (Path file : javaFiles()) {
      List<String> lines = Tree.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.length() > COLUMNS_MAX && !line.startsWith("import ")) {
          wrong.add("%s:%d: %d columns; break it".formatted(file, i + 1, line.length()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_method_has_at_most_40_lines() {
    each(MethodTree.class, this::checkLength);
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_class_name_says_what_it_is() {
    each(
        ClassTree.class,
        (type, source) -> {
          var word = EMPTY_WORD.matcher(type.getSimpleName());
          if (word.find()) {
            wrong.add(
                "%s: '%s' in %s says nothing; name the thing in the glossary's words"
                    .formatted(source.place(type), word.group(1), type.getSimpleName()));
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_method_name_says_what_it_does() {
    each(
        MethodTree.class,
        (method, source) -> {
          boolean ours = !method.getModifiers().toString().contains("@Override");
          if (ours && EMPTY_VERB.matcher(method.getName()).find()) {
            wrong.add(
                "%s: %s() says nothing; name the effect: apply, record, deliver, answer, ..."
                    .formatted(source.place(method), method.getName()));
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothing_is_left_for_later_in_the_tree() {
    Pattern later = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b");
    for (String root : List.of("src", "routes", "mappings", "docs")) {
      wrong.addAll(
          Tree.hits(Tree.files(root), later, "left for later; do it, or open an issue and say so"));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void only_a_listed_loop_catches_everything_and_says_what_happens_next() {
    Set<String> catching = new TreeSet<>();
    main.forEach(source -> source.each(CatchTree.class, (c, s) -> checkCatch(c, s, catching)));
    for (String listed : CATCH_ALL.keySet()) {
      if (!catching.contains(listed)) {
        wrong.add(listed + " no longer catches everything; take it off CATCH_ALL");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_test_neither_sleeps_nor_mocks_nor_is_switched_off() {
    Map<String, String> instead =
        Map.of(
            "Thread[.]sleep|TimeUnit[.].*[.]sleep",
            "step the clock, or wait for the effect (a latch, Awaitility-like polling by a limit)",
            "\\b[Mm]ockito\\b",
            "write the double as a small class at the outer edge",
            "@Disable[d]",
            "mend the test or delete it",
            "assertTrue[(]true[)]|assertThat[(]true[)]",
            "assert on the effect");
    List<Path> tests = Tree.files("src/test/java", ".java");
    instead.forEach(
        (pattern, advice) -> wrong.addAll(Tree.hits(tests, Pattern.compile(pattern), advice)));
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_package_opens_with_its_chapter() {
    Set<Path> packages = new TreeSet<>();
    Tree.files("src/main/java", ".java").forEach(file -> packages.add(file.getParent()));
    for (Path folder : packages) {
      if (!Files.exists(folder.resolve("package-info.java"))) {
        wrong.add(folder + ": no package-info.java; say what the package is for and promises");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_tree_names_no_registry_and_no_path_of_one_machine() {
    // In brackets, so that the patterns do not find themselves.
    Pattern machine =
        Pattern.compile(
            "repo1?[.]mave[n]|registry[.]np[m]|deb[.]debia[n]|pypi[.]or[g]|/far[m]/"
                + "|(?<!/api)/wor[k]/|/roo[t]/|/tmp/o[b]\\b|bash_job[s]");
    wrong.addAll(
        Tree.hits(
            Tree.files("."), machine, "works on one machine only; use a relative path or a name"));
    assertThat(wrong).isEmpty();
  }

  private static int atMost(int lines, String place) {
    return place.contains("src/test/") ? lines * TEST_FACTOR_PERCENT / 100 : lines;
  }

  private void checkLength(MethodTree method, JavaSource source) {
    if (method.getBody() == null || !source.written(method.getBody())) {
      return;
    }
    long lines = source.lastLine(method.getBody()) - source.firstLine(method.getBody()) + 1;
    int most = atMost(METHOD_LINES_MAX, source.place(method));
    if (lines > most) {
      wrong.add(
          "%s: %s has %d lines, at most %d; decisions stay, work goes down into named methods"
              .formatted(source.place(method), method.getName(), lines, most));
    }
  }

  private void checkCatch(CatchTree caught, JavaSource source, Set<String> catching) {
    boolean all = CATCH_TYPE.matcher(caught.getParameter().getType().toString()).find();
    if (!all || rethrows(caught)) {
      return;
    }
    String file = source.path().getFileName().toString();
    catching.add(file);
    if (!CATCH_ALL.containsKey(file)) {
      wrong.add(
          "%s: catches %s; name what can be thrown. A worker's loop is listed in CATCH_ALL"
                  .formatted(source.place(caught), caught.getParameter().getType())
              + " with what happens next");
    }
  }

  /** Whether the block ends with throwing on what it caught: it cleans up, it decides nothing. */
  private static boolean rethrows(CatchTree caught) {
    var steps = caught.getBlock().getStatements();
    return !steps.isEmpty()
        && steps.get(steps.size() - 1) instanceof ThrowTree last
        && last.getExpression().toString().equals(caught.getParameter().getName().toString());
  }

  private <T extends com.sun.source.tree.Tree> void each(
      Class<T> kind, java.util.function.BiConsumer<T, JavaSource> rule) {
    main.forEach(source -> source.each(kind, rule));
    test.forEach(source -> source.each(kind, rule));
  }

  private static List<Path> javaFiles() {
    return Tree.files("src", ".java");
  }
}
