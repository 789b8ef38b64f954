package io.orderbridge.release;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.release.FileVersions.Version;
import io.orderbridge.release.Folders.Known;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The files as people see them: what they are, whether they are in force, who changed them. It
 * reads and changes nothing. Thread-safe.
 */
@Singleton
public class FileList {
  private final Folders folders;
  private final FileVersions versions;

  FileList(Folders folders, FileVersions versions) {
    this.folders = folders;
    this.versions = versions;
  }

  /**
   * All files without their texts, by path.
   *
   * @throws Declined when the person may not read them
   */
  public List<Map<String, Object>> all(Person editor) {
    editor.in(Folders.READERS);
    Map<String, Version> last = versions.last();
    return folders.list().stream()
        .map(known -> entry(editor, known, last.get(known.path().toString())))
        .toList();
  }

  /**
   * One file with its text.
   *
   * @throws Declined when there is none, or the person may not read it
   */
  public Map<String, Object> one(Person editor, FilePath path) {
    editor.in(Folders.READERS);
    Known known = folders.find(path).orElseThrow(() -> missing(path));
    byte[] text = folders.read(path).orElseThrow(() -> missing(path));
    Map<String, Object> entry = entry(editor, known, versions.last().get(path.toString()));
    // Of the very bytes that are shown: the file may have changed since it was listed.
    entry.put("hash", Hash.of(text));
    entry.put("text", new String(text, StandardCharsets.UTF_8));
    return entry;
  }

  /**
   * Its versions, the newest first, at most 200, with their texts.
   *
   * @throws Declined when the person may not read it
   */
  public List<Map<String, Object>> history(Person editor, FilePath path) {
    editor.in(Folders.READERS);
    return versions.history(path).stream().map(FileList::version).toList();
  }

  /** Its steps; empty when it is no route, or cannot be read. Of a text that need not be kept. */
  public List<Step> outline(Person editor, FilePath path, String text) {
    editor.in(Folders.READERS);
    return path.kind() == FileKind.ROUTE ? folders.outline(path, text) : List.of();
  }

  /**
   * The keys that may stand at a place of a file, for who types.
   *
   * @param place keys from the root on, {@code *} for the elements of a list
   */
  public List<Key> keys(Person editor, FilePath path, List<String> place) {
    editor.in(Folders.READERS);
    return folders.keys(path, place);
  }

  private static Declined missing(FilePath path) {
    return new Declined(Declined.Kind.MISSING, Wording.of("没有文件 %s", "there is no file %s", path));
  }

  private static Map<String, Object> entry(Person editor, Known known, Version last) {
    Map<String, Object> entry = new LinkedHashMap<>();
    FilePath path = known.path();
    entry.put("path", path.toString());
    entry.put("kind", path.kind());
    entry.put("hash", known.hash());
    entry.put("state", known.state());
    entry.put("problems", known.problems());
    entry.put("lastRefusal", known.last());
    entry.put("advice", known.problems().isEmpty() ? null : Advice.REFUSED);
    boolean ours = last != null && last.hash().equals(known.hash()) && !last.by().isEmpty();
    entry.put("changedBy", ours ? last.by() : "");
    entry.put("changedAt", ours ? last.at() : known.modifiedAt());
    entry.put("version", ours ? last.id() : null);
    String elsewhere = path.kind().elsewhere(path);
    entry.put("releasedBy", elsewhere.isEmpty() ? roles(path) : List.of());
    entry.put("releasedElsewhere", elsewhere);
    entry.put(
        "releasedElsewhereSaid", elsewhere.isEmpty() ? null : path.kind().elsewhereSaid(path));
    entry.put("mayRelease", mayRelease(editor, path));
    return entry;
  }

  /** Whether the person releases this file here; it need not exist yet. */
  public static boolean mayRelease(Person editor, FilePath path) {
    return path.kind().elsewhere(path).isEmpty()
        && path.kind().releasers(path).stream().anyMatch(editor.has());
  }

  /** The words of the roles that release it, in their order. */
  public static TreeSet<String> roles(FilePath path) {
    TreeSet<String> words = new TreeSet<>();
    path.kind().releasers(path).stream().map(Role::word).forEach(words::add);
    return words;
  }

  private static Map<String, Object> version(Version version) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("version", version.id());
    one.put("hash", version.hash());
    one.put("from", version.from());
    one.put("changedBy", version.by());
    one.put("changedAt", version.at());
    one.put("reason", version.reason());
    one.put("verdict", version.by().isEmpty() ? "FOUND" : version.verdict());
    one.put("refusal", version.what() == null ? "" : version.what());
    one.put("text", version.text());
    return one;
  }
}
