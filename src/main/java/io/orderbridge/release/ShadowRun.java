package io.orderbridge.release;

import io.orderbridge.inbox.AppliedMessages;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Wording;
import io.orderbridge.mapping.Mappings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a change would do, before it does it: checked as the reload would, and a mapping or code
 * table replayed on real messages. Nothing is taken into force, nothing leaves, nothing of the
 * business is written.
 */
@Singleton
public class ShadowRun {
  /** Messages that are looked at unless more are asked for. */
  public static final int MESSAGES_DEFAULT = 50;

  /** Messages that are looked at at most. */
  public static final int MESSAGES_MAX = 1_000;

  private static final String JSONATA = ".jsonata";
  private static final String CSV = ".csv";

  private final Folders folders;
  private final AppliedMessages messages;
  private final FileVersions versions;
  private final Clock clock;

  ShadowRun(Folders folders, AppliedMessages messages, FileVersions versions, Clock clock) {
    this.folders = folders;
    this.messages = messages;
    this.versions = versions;
    this.clock = clock;
  }

  /**
   * Checks and replays a text. Twice gives the same, but for messages that came between.
   *
   * @param most messages, 1 to 1,000
   * @param personal whether personal data is to be shown; the look is audited
   * @throws Declined when the person has not the role
   */
  public Map<String, Object> run(
      Person editor, FilePath path, String text, int most, boolean personal) {
    editor.in(Folders.READERS);
    if (most < 1 || most > MESSAGES_MAX) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "消息数是 %d，应为 1 到 %d", "'messages' is %d, expected 1 to %d", most, MESSAGES_MAX));
    }
    if (personal) {
      versions.lookedAt(path, editor.in(Folders.PERSONAL).name());
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<FileProblem> problems = problems(path, text, bytes);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("path", path.toString());
    answer.put("kind", path.kind());
    answer.put("hash", Hash.of(bytes));
    answer.put("from", folders.read(path).map(Hash::of).orElse(""));
    answer.put("wouldBeTaken", problems.isEmpty());
    answer.put("problems", problems);
    answer.put("advice", problems.isEmpty() ? Advice.TRIED : Advice.REFUSED);
    replay(answer, path, bytes, problems.isEmpty() ? most : 0, personal);
    return answer;
  }

  /** What the reload would say to a text; nothing is replayed. */
  public List<FileProblem> check(Person editor, FilePath path, String text) {
    editor.in(Folders.READERS);
    return problems(path, text, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Literal secrets first, then all that the reload would say. */
  List<FileProblem> problems(FilePath path, String text, byte[] bytes) {
    List<FileProblem> problems = new ArrayList<>();
    LiteralSecrets.first(path, text).ifPresent(problems::add);
    problems.addAll(folders.check(path, bytes));
    return problems;
  }

  private void replay(
      Map<String, Object> answer, FilePath path, byte[] bytes, int most, boolean personal) {
    Optional<Wording> why = Optional.empty();
    Map<String, Object> replayed = null;
    if (most == 0) {
      why = Optional.of(Advice.NOT_REPLAYED_REFUSED);
    } else if (path.kind() != FileKind.MAPPING && path.kind() != FileKind.TABLE) {
      why = Optional.of(Advice.NOT_REPLAYED_KIND);
    } else {
      List<String> changed = changed(path);
      List<Folders.Use> uses =
          folders.uses().stream().filter(use -> changed.contains(use.mapping())).toList();
      if (uses.isEmpty()) {
        why = Optional.of(Advice.NOT_REPLAYED_PLACE);
      } else {
        Mappings now = folders.mappings();
        replayed =
            new Replay(messages, now, now.with(path.below(), bytes), personal, clock.instant())
                .run(uses, most);
      }
    }
    answer.put("replay", replayed);
    answer.put("notReplayed", why.orElse(null));
  }

  private List<String> changed(FilePath path) {
    String below = path.below();
    return below.endsWith(JSONATA)
        ? List.of(below.substring(0, below.length() - JSONATA.length()))
        : folders.mappings().naming(below.substring(0, below.length() - CSV.length()));
  }
}
