package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Wording;
import io.orderbridge.release.FileKind;
import io.orderbridge.release.FileList;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.Folders;
import io.orderbridge.release.Hash;
import io.orderbridge.release.ShadowRun;
import io.orderbridge.release.Step;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page on which a file is read, changed, tried and released. What was typed stays on it. */
@Singleton
class FileEditor {
  static final List<String> PATHS =
      List.of(
          "routes/<system>/<route>.camel.yaml",
          "routes/<system>/connection.yaml",
          "routes/kamelets/<name>.kamelet.yaml",
          "mappings/<system>/<name>.jsonata",
          "mappings/<system>/<name>.csv",
          "mappings/rules/<name>.yaml",
          "mappings/reconciliations/<name>.yaml");

  private final Pages pages;
  private final Visit visit;
  private final Assets assets;
  private final FileList files;
  private final FileViews shown;

  FileEditor(Pages pages, Visit visit, Assets assets, FileList files, FileViews shown) {
    this.pages = pages;
    this.visit = visit;
    this.assets = assets;
    this.files = files;
    this.shown = shown;
  }

  /**
   * What somebody has typed.
   *
   * @param from hash of the text it was edited from; empty for a new file
   * @param tried hash of the text that was tried last; empty for none
   */
  record Typed(FilePath path, String text, String from, String reason, String tried) {
    // Forms send lines as CR LF; files have LF.
    static Typed of(FilePath path, MultivaluedMap<String, String> form) {
      return new Typed(
          path,
          value(form, "text").replace("\r\n", "\n"),
          value(form, "from"),
          value(form, "reason"),
          value(form, "tried"));
    }

    private static String value(MultivaluedMap<String, String> form, String name) {
      String value = form.getFirst(name);
      return value == null ? "" : value;
    }

    String hash() {
      return Hash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isTried() {
      return hash().equals(tried);
    }

    Typed triedNow() {
      return new Typed(path, text, from, reason, hash());
    }
  }

  /**
   * @throws Declined when it is no file that is edited here; says which are, in both languages
   */
  static FilePath path(String path) {
    if (!FilePath.isOne(path)) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "“%s”不是可以在这里编辑的文件；应为 %s；沙箱文件在其文件夹中编辑",
              "'%s' is no file that is edited here; expected %s; the sandbox is edited in its"
                  + " folder",
              path,
              String.join(", ", PATHS)));
    }
    return FilePath.of(path);
  }

  boolean isThere(FilePath path) {
    return now(path) != null;
  }

  Response open(FilePath path) {
    Map<String, Object> file = files.one(visit.person(), path);
    return pages.render("file", model(inForce(path, file), file));
  }

  /** The text that stands there, as if it had been typed. */
  Typed inForce(FilePath path) {
    return inForce(path, files.one(visit.person(), path));
  }

  private static Typed inForce(FilePath path, Map<String, Object> file) {
    return new Typed(path, (String) file.get("text"), (String) file.get("hash"), "", "");
  }

  /** A file that is not there yet. */
  Response fresh(FilePath path) {
    return pages.render("file", model(new Typed(path, "", "", "", ""), null));
  }

  /** The page after a shadow run. */
  Response tried(Typed typed, Map<String, Object> answer, String messages) {
    Map<String, Object> model = model(typed.triedNow(), now(typed.path()));
    model.put("trial", shown.tried(answer));
    model.put("messages", messages);
    return pages.render("file", model);
  }

  /** What is wrong with a text, as the editor shows it beside its lines. */
  List<Map<String, Object>> problems(List<FileProblem> problems) {
    return shown.problems(problems);
  }

  /** The page after a release that was declined: nothing typed is lost. */
  Response declined(Typed typed, Declined why) {
    Map<String, Object> model = model(typed, now(typed.path()));
    boolean named = why.more().get("problems") instanceof List<?>;
    model.put("declined", why.wording().in(visit.locale()));
    model.put(
        "declinedBy", named ? shown.problems((List<?>) why.more().get("problems")) : List.of());
    if (named) {
      model.put("declined", shown.said(why.more().get("advice")));
    }
    return pages.render(why.status(), "file", model);
  }

  // Null when it is not there.
  private Map<String, Object> now(FilePath path) {
    try {
      return files.one(visit.person(), path);
    } catch (Declined e) {
      if (e.kind() == Declined.Kind.MISSING) {
        return null;
      }
      throw e;
    }
  }

  private Map<String, Object> model(Typed typed, Map<String, Object> file) {
    Person person = visit.person();
    FilePath path = typed.path();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", path.toString());
    model.put("path", path.toString());
    model.put("page", FileViews.page(path));
    model.put("kind", shown.kind(path));
    model.put("isNew", file == null);
    model.put("file", file == null ? Map.of() : shown.row(file));
    model.put("hash", FileViews.shortened(typed.from()));
    model.put("text", typed.text());
    model.put("from", typed.from());
    model.put("reason", typed.reason());
    model.put("tried", typed.tried());
    model.put("mayRelease", FileList.mayRelease(person, path));
    model.put("releasers", String.join(", ", FileList.roles(path)));
    model.put("elsewhere", file == null ? "" : shown.said(file.get("releasedElsewhereSaid")));
    model.put("mayClear", Folders.PERSONAL.stream().anyMatch(person.has()));
    model.put("back", file == null ? "" : before(file, path));
    model.put("messages", Integer.toString(ShadowRun.MESSAGES_DEFAULT));
    model.put("messagesMax", ShadowRun.MESSAGES_MAX);
    model.put("trial", Map.of());
    model.put("declined", "");
    model.put("declinedBy", List.of());
    List<Step> steps = files.outline(person, path, typed.text());
    model.put("isRoute", path.kind() == FileKind.ROUTE);
    model.put("designer", path.kind() == FileKind.ROUTE && assets.hasDesigner());
    model.put("drawing", steps.isEmpty() ? Map.of() : RouteDrawing.of(steps));
    model.put(
        "changes", file == null ? List.of() : LineDiff.of((String) file.get("text"), typed.text()));
    model.put(
        "language",
        path.kind() == FileKind.MAPPING
            ? "jsonata"
            : path.kind() == FileKind.TABLE ? "csv" : "yaml");
    model.put("editorScript", assets.editorScript());
    model.put("editorStyle", assets.editorStyle());
    return model;
  }

  // The last version that was in force and is another text than the one that stands there.
  private String before(Map<String, Object> file, FilePath path) {
    return files.history(visit.person(), path).stream()
        .filter(version -> !file.get("hash").equals(version.get("hash")))
        .filter(version -> !"REFUSED".equals(version.get("verdict")))
        .map(version -> String.valueOf(version.get("version")))
        .findFirst()
        .orElse("");
  }
}
