package io.orderbridge.release;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Wording;
import io.orderbridge.release.FileVersions.Draft;
import io.orderbridge.release.FileVersions.Version;
import io.orderbridge.release.Folders.State;
import io.orderbridge.release.Folders.Verdict;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Releases texts of files: kept with who and why, written whole, in force or put back. One at a
 * time in this process; an editor of the folder itself is noticed by the hash.
 */
@Singleton
public class ReleaseActs {
  // What the loader takes of a route is 1 MB, of a mapping 4 MB.
  private static final int TEXT_MAX = 4 * 1024 * 1024;
  private static final int REASON_MAX = 500;
  // Two looks a second apart, and a swap that waits 10 s for the messages of each of two routes.
  private static final Duration VERDICT_MAX = Duration.ofSeconds(25);

  private final Folders folders;
  private final FileVersions versions;
  private final ShadowRun shadow;
  private final Clock clock;

  ReleaseActs(Folders folders, FileVersions versions, ShadowRun shadow, Clock clock) {
    this.folders = folders;
    this.versions = versions;
    this.shadow = shadow;
    this.clock = clock;
  }

  /**
   * Writes a text and waits for what the reload says.
   *
   * @param from hash of the text it was edited from; empty for a new file
   * @return number, hash and verdict
   * @throws Declined when it is not released; nothing has changed then, or it was put back
   */
  public synchronized Map<String, Object> release(
      Person editor, FilePath path, String text, String from, String reason) {
    may(editor, path);
    return release(
        new Draft(path, text, hash(text), from, editor.name(), reason(reason)), "file.released");
  }

  /**
   * Releases the text of an earlier version once more, whatever stands in the folder now.
   *
   * @return as for a release
   * @throws Declined when there is no such version, or it is not released
   */
  public synchronized Map<String, Object> rollBack(
      Person editor, FilePath path, long to, String reason) {
    may(editor, path);
    Version version =
        versions
            .find(path, to)
            .orElseThrow(
                () ->
                    new Declined(
                        Kind.MISSING, Wording.of("没有版本 %d", "there is no version %d", to)));
    if ("REFUSED".equals(version.verdict())) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "版本 %d 曾被拒绝；请退回到生效过的版本",
              "version %d was refused; go back to one that was in force", to));
    }
    String from = folders.read(path).map(Hash::of).orElse("");
    return release(
        new Draft(path, version.text(), version.hash(), from, editor.name(), reason(reason)),
        "file.rolled-back");
  }

  private static void may(Person editor, FilePath path) {
    String elsewhere = path.kind().elsewhere(path);
    if (!elsewhere.isEmpty()) {
      throw new Declined(Kind.CONFLICT, path.kind().elsewhereSaid(path));
    }
    editor.in(path.kind().releasers(path));
  }

  private Map<String, Object> release(Draft draft, String action) {
    Optional<byte[]> before = unchanged(draft);
    byte[] bytes = draft.text().getBytes(StandardCharsets.UTF_8);
    List<FileProblem> problems = shadow.problems(draft.path(), draft.text(), bytes);
    if (!problems.isEmpty()) {
      throw refused(problems, false, Map.of());
    }
    Optional<String> found = before.map(text -> new String(text, StandardCharsets.UTF_8));
    long id = versions.begin(draft, action, found, clock.instant());
    try {
      folders.write(draft.path(), Optional.of(bytes));
    } catch (Declined e) {
      versions.settle(draft, id, "NOT_TAKEN", e.getMessage(), clock.instant());
      throw e;
    }
    Optional<Verdict> verdict = folders.await(draft.path(), bytes, VERDICT_MAX);
    if (verdict.isEmpty()) {
      versions.settle(draft, id, "NOT_TAKEN", "the reload did not look in time", clock.instant());
      return answer(draft, id, null);
    }
    if (verdict.get().state() == State.REFUSED) {
      putBack(draft, id, before, bytes, verdict.get());
    }
    versions.settle(draft, id, "IN_FORCE", "", clock.instant());
    return answer(draft, id, verdict.get());
  }

  private Optional<byte[]> unchanged(Draft draft) {
    if (draft.text().isBlank() || draft.text().length() > TEXT_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of("内容须有 1 到 %d 个字符", "'text' has to have 1 to %d characters", TEXT_MAX));
    }
    Optional<byte[]> now = folders.read(draft.path());
    String hash = now.map(Hash::of).orElse("");
    if (!hash.equals(draft.from())) {
      Version last = versions.last().get(draft.path().toString());
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("from", draft.from());
      both.put("hash", hash);
      boolean ours = last != null && last.hash().equals(hash) && !last.by().isEmpty();
      both.put("changedBy", ours ? last.by() : "");
      both.put("changedAt", ours ? last.at() : null);
      throw new Declined(
          Kind.CONFLICT,
          new Wording(
              "您打开后文件已被更改；请重新打开，合并新内容后再发布",
              "the file was changed since you read it; read it again, take over what is new, then"
                  + " release"),
          both);
    }
    if (hash.equals(draft.hash())) {
      throw new Declined(
          Kind.CONFLICT,
          new Wording("文件已经是这份内容", "the file has this text already"),
          Map.of("hash", hash));
    }
    return now;
  }

  // Only our own text is put back: who was quicker in the folder keeps theirs.
  private void putBack(
      Draft draft, long id, Optional<byte[]> before, byte[] written, Verdict verdict) {
    String what =
        verdict.problems().stream().map(FileProblem::toString).collect(Collectors.joining("; "));
    boolean ours = folders.read(draft.path()).map(Hash::of).orElse("").equals(Hash.of(written));
    if (ours) {
      folders.write(draft.path(), before);
      before.ifPresent(text -> folders.await(draft.path(), text, VERDICT_MAX));
    }
    versions.settle(draft, id, "REFUSED", what, clock.instant());
    throw refused(verdict.problems(), ours, Map.of("version", id));
  }

  private static Declined refused(
      List<FileProblem> problems, boolean putBack, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("problems", problems);
    body.put("putBack", putBack);
    body.put("advice", putBack ? Advice.PUT_BACK : Advice.REFUSED);
    FileProblem first = problems.get(0);
    return new Declined(
        Kind.REFUSED,
        new Wording(
            (putBack ? Advice.PUT_BACK : Advice.REFUSED).zh() + " " + first.said().zh(),
            first.said().en()),
        body);
  }

  private static Map<String, Object> answer(Draft draft, long id, Verdict verdict) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("path", draft.path().toString());
    answer.put("version", id);
    answer.put("hash", draft.hash());
    answer.put("state", verdict == null ? "NOT_TAKEN" : verdict.state());
    answer.put("since", verdict == null ? null : verdict.at());
    answer.put("others", verdict == null ? List.of() : verdict.others());
    answer.put(
        "advice",
        verdict == null
            ? Advice.NOT_TAKEN
            : verdict.state() == State.RESTING ? Advice.RESTING : Advice.IN_FORCE);
    return answer;
  }

  private static String hash(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(String reason) {
    if (reason == null || reason.isBlank() || reason.length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "没有填写理由；请用 1 到 %d 个字符说明原因",
              "'reason' is missing; say why in 1 to %d characters", REASON_MAX));
    }
    return reason.strip();
  }
}
