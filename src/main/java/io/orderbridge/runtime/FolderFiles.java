package io.orderbridge.runtime;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder below {@code mappings/} of which each file is a thing of its own, named by it. */
abstract class FolderFiles {
  private static final String WORD = "([a-z0-9][a-z0-9-]{0,59})";

  private final String folder;
  private final Pattern file;
  private final String names;

  /**
   * @param things what its files are, in words
   * @param form of their names, without the ending, for example {@code <name>.<channel>}
   * @param example such a name
   */
  FolderFiles(String folder, String things, String form, String example) {
    this.folder = folder + "/";
    this.file = pattern(folder, form);
    this.names =
        "is not read: %s are %s/%s.yaml, for example %2$s/%4$s.yaml"
            .formatted(things, folder, form, example);
  }

  /** Of the paths of its files; each word of the form is a group. */
  static Pattern pattern(String folder, String form) {
    String name = form.replace(".", "\\.").replaceAll("<[a-z]+>", Matcher.quoteReplacement(WORD));
    return Pattern.compile(folder + "/" + name + "\\.ya?ml");
  }

  /** Whether a path below {@code mappings/} is in this folder. */
  final boolean isBelow(String path) {
    return path.startsWith(folder);
  }

  /** What to say of a file whose name is not read. */
  final String names() {
    return names;
  }

  /**
   * How the file of a path is read and used; empty when its name is none of this folder.
   *
   * @param text of the file; empty when it is gone
   */
  final Optional<RuleFile<?>> find(String path, String text) {
    Matcher matcher = file.matcher(path);
    return matcher.matches() ? Optional.of(file(path, matcher, text)) : Optional.empty();
  }

  /**
   * @param words of its name, by the form
   */
  abstract RuleFile<?> file(String path, MatchResult words, String text);
}
