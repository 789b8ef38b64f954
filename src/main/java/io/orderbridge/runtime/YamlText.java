package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML into nodes that know their line. */
final class YamlText {
  // No file of ours has any; a bomb has thousands.
  private static final int ALIASES_MAX = 20;

  private YamlText() {}

  /** UTF-8 text of a file, without the byte order mark that some editors write. */
  static Optional<String> decode(String file, byte[] bytes, List<FileProblem> problems) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(new FileProblem(file, 0, "is not UTF-8 text; save it as UTF-8"));
      return Optional.empty();
    }
  }

  /** The document's root, or empty with a problem that names the line. */
  static Optional<Node> compose(String file, String text, List<FileProblem> problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setAllowDuplicateKeys(false)
            .build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(new FileProblem(file, 0, "is empty"));
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      problems.add(new FileProblem(file, line, "is not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new FileProblem(file, 0, "is not YAML: " + firstLine(e.getMessage())));
    }
    return Optional.empty();
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
