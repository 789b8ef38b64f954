package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import io.orderbridge.kernel.CheckWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every sentence that a check of files may say has its Chinese in {@code kernel/checks.zh}. The
 * sentences are taken from the sources of the checks, so that a new one cannot be forgotten.
 */
@Tag("R61")
class CheckSentencesTest {
  private static final Path MAIN = Path.of("src/main/java/io/orderbridge");

  // What reads files of routes/ and mappings/, and what they call.
  private static final Pattern CHECKS =
      Pattern.compile(
          "runtime/(\\w+(Section|Rules|File|Files|Trial|Round|Text|Schema)"
              + "|Section|Notation|References|SystemNames|WatchedFolder|Connections)"
              + "|mapping/(CodeTable|CsvLine|Mappings|MappingProof)|release/LiteralSecrets"
              + "|schedule/Schedule|kernel/Money|ticket/(Term|Owner|BusinessCalendar)"
              + "|reconciliation/DefinitionLock|books/(Layout|Tolerance)|payment/Playbook"
              + "|notice/TextTemplate|call/(RequestSigners|SignSettings|AnswerMode|AnswerSigners)"
              + "|signing/(SignatureSchemes|PartnerKey|Part)");

  // Pieces that are put into a sentence, which is known as a whole.
  private static final Set<String> PIECES =
      Set.of(
          " with 'receives'",
          " in '%s'",
          ", expected one of ",
          "unknown key '%s'",
          "unknown key '%s'%s%s%s",
          "inbox:%s: no connection file routes/%s/connection.yaml%s is loaded",
          " Unknown option",
          // No sentence of a check: names, notations, the head of a file, what messages are told.
          "rules of a run of %s",
          "alerts books call consistency inbox mapping notices order-health orders outbox payments"
              + " reconciliations rows states token windows",
          "1 business day",
          "%s business days",
          "(\\d{1,6})(m|h| business days?)",
          "%d minor units %s %d millionths",
          "no mapping '%s' is loaded; near it are %s. Add the file, or mend the name in the route",
          "# What each version of a definition means: name, version, SHA-256 over its meaning.\n"
              + "# Lines are added by 'orderbridge definitions lock', never changed.\n");

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?s).*([a-z]{2,}|%s|'|:) [a-z'%\\[{(].*[a-z]{2,}.*|.*[a-z]{2,} [a-z%'\\[{(].*");
  private static final Pattern LEFT =
      Pattern.compile("`[^`]*[a-z]{2,}( [a-z]{2,}){2,}[^`]*`", Pattern.DOTALL);

  @Test
  void every_sentence_of_a_check_has_its_chinese() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<String> sentences = sentences();
    for (String sentence : sentences) {
      String sample = sentence.replace("%%", "%").replaceAll("%(\\d\\$)?s", "x").replace("%d", "7");
      String told = CheckWords.marked(sample);
      String words = told.replace("`orderbridge definitions lock`", "");
      if (told.startsWith("检查报告") || LEFT.matcher(words).find()) {
        wrong.add(sentence + " -> " + told);
      }
    }
    assertThat(sentences.size()).as("sentences that were found").isGreaterThan(200);
    assertThat(wrong).as("without Chinese in kernel/checks.zh").isEmpty();
  }

  private static Set<String> sentences() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(MAIN)) {
      List<Path> checks = sources.filter(CheckSentencesTest::isCheck).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  problem -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(checks));
      Texts texts = new Texts();
      for (CompilationUnitTree unit : task.parse()) {
        texts.scan(unit, null);
      }
      texts.found.removeIf(text -> PIECES.contains(text) || !SENTENCE.matcher(text).matches());
      return texts.found;
    }
  }

  private static boolean isCheck(Path path) {
    String name = MAIN.relativize(path).toString().replace('\\', '/');
    return name.endsWith(".java")
        && CHECKS.matcher(name.substring(0, name.length() - ".java".length())).matches();
  }

  /** Texts of a source, put together where they are joined; a value is a place, %s. */
  private static final class Texts extends TreeScanner<Void, Void> {
    private final Set<String> found = new LinkedHashSet<>();

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
      return call.getMethodSelect().toString().startsWith("LOG.")
          ? null
          : super.visitMethodInvocation(call, none);
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void none) {
      return made.getIdentifier().toString().equals("IllegalStateException")
          ? null
          : super.visitNewClass(made, none);
    }

    @Override
    public Void visitBinary(BinaryTree joined, Void none) {
      if (joined.getKind() != Tree.Kind.PLUS || !hasText(joined)) {
        return super.visitBinary(joined, none);
      }
      found.add(whole(joined));
      values(joined);
      return null;
    }

    // What stands between the texts may say something itself.
    private void values(Tree part) {
      if (part instanceof BinaryTree both && part.getKind() == Tree.Kind.PLUS) {
        values(both.getLeftOperand());
        values(both.getRightOperand());
      } else if (part instanceof ParenthesizedTree inner) {
        values(inner.getExpression());
      } else if (formatted(part) != null) {
        ((MethodInvocationTree) part).getArguments().forEach(value -> scan(value, null));
      } else if (!(part instanceof LiteralTree)) {
        scan(part, null);
      }
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void none) {
      if (literal.getValue() instanceof String text) {
        found.add(text);
      }
      return null;
    }

    private static Tree formatted(Tree tree) {
      return tree instanceof MethodInvocationTree call
              && call.getMethodSelect() instanceof MemberSelectTree select
              && select.getIdentifier().contentEquals("formatted")
              && hasText(select.getExpression())
          ? select.getExpression()
          : null;
    }

    private static boolean hasText(Tree tree) {
      return tree instanceof LiteralTree literal && literal.getValue() instanceof String
          || tree instanceof BinaryTree both
              && (hasText(both.getLeftOperand()) || hasText(both.getRightOperand()))
          || tree instanceof ParenthesizedTree inner && hasText(inner.getExpression())
          || formatted(tree) != null;
    }

    private static String whole(Tree tree) {
      if (tree instanceof LiteralTree literal) {
        return String.valueOf(literal.getValue());
      }
      if (tree instanceof BinaryTree both && tree.getKind() == Tree.Kind.PLUS) {
        return whole(both.getLeftOperand()) + whole(both.getRightOperand());
      }
      if (tree instanceof ParenthesizedTree inner && hasText(inner)) {
        return whole(inner.getExpression());
      }
      return formatted(tree) == null ? "%s" : whole(formatted(tree));
    }
  }
}
