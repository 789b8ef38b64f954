package io.orderbridge.console;

import io.orderbridge.release.FileList;
import io.orderbridge.release.FilePath;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Routes and mappings: all of them, one with its editor, its versions. */
@Path(FileViews.LIST)
public class FilePages {
  private static final List<String> STATES = List.of("IN_FORCE", "REFUSED", "RESTING");
  private static final int VERSIONS = 50;
  static final String ONE = "/{folder}/{system}/{file}";

  private final Pages pages;
  private final Visit visit;
  private final FileList files;
  private final FileViews shown;
  private final FileEditor editor;

  FilePages(Pages pages, Visit visit, FileList files, FileViews shown, FileEditor editor) {
    this.pages = pages;
    this.visit = visit;
    this.files = files;
    this.shown = shown;
    this.editor = editor;
  }

  @GET
  @Operation(hidden = true)
  public Response list(
      @QueryParam("q") @DefaultValue("") String q,
      @QueryParam("state") @DefaultValue("") String state) {
    return pages.page(
        Rights.FILES,
        () -> {
          List<Map<String, Object>> all =
              files.all(visit.person()).stream().map(shown::row).toList();
          boolean filtered = !q.isBlank() || !state.isEmpty();
          List<Map<String, Object>> found =
              all.stream().filter(row -> fits(row, q.strip(), state)).toList();
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_files"));
          model.put("count", found.size());
          model.put("q", q);
          model.put("state", state);
          model.put("states", STATES.stream().map(this::state).toList());
          model.put("filtered", filtered);
          model.put("refused", count(all, "REFUSED"));
          model.put("systems", systems(found, filtered));
          return pages.render("files", model);
        });
  }

  private Map<String, Object> state(String state) {
    return Map.of("value", state, "name", Texts.say(visit.locale(), "file_state_" + state));
  }

  private static boolean fits(Map<String, Object> row, String q, String state) {
    return (state.isEmpty() || state.equals(row.get("state")))
        && (row.get("path") + " " + row.get("kind") + " " + row.get("changedBy"))
            .toLowerCase(Locale.ROOT)
            .contains(q.toLowerCase(Locale.ROOT));
  }

  private static long count(List<Map<String, Object>> rows, String state) {
    return rows.stream().filter(row -> state.equals(row.get("state"))).count();
  }

  private static List<Map<String, Object>> systems(
      List<Map<String, Object>> rows, boolean filtered) {
    Map<String, List<Map<String, Object>>> by =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> (String) row.get("system"), TreeMap::new, Collectors.toList()));
    return by.entrySet().stream()
        .map(
            one -> {
              long bad = count(one.getValue(), "REFUSED");
              return Map.<String, Object>of(
                  "name", one.getKey(),
                  "count", one.getValue().size(),
                  "refused", bad,
                  "resting", count(one.getValue(), "RESTING"),
                  "open", filtered || bad > 0,
                  "rows", one.getValue());
            })
        .toList();
  }

  @GET
  @Path("/new")
  @Operation(hidden = true)
  public Response fresh(@QueryParam("path") @DefaultValue("") String path) {
    return pages.page(
        Rights.FILES,
        () -> {
          if (path.isBlank()) {
            return pages.render(
                "file-new",
                Map.of("title", Texts.say(visit.locale(), "file_new"), "paths", FileEditor.PATHS));
          }
          FilePath file = FileEditor.path(path.strip());
          return editor.isThere(file) ? Pages.goTo(FileViews.page(file)) : editor.fresh(file);
        });
  }

  @GET
  @Path(ONE)
  @Operation(hidden = true)
  public Response one(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file) {
    return pages.page(
        Rights.FILES, () -> editor.open(FileEditor.path(folder + "/" + system + "/" + file)));
  }

  @GET
  @Path(ONE + "/history")
  @Operation(hidden = true)
  public Response history(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      @QueryParam("before") @DefaultValue("0") long before,
      @QueryParam("version") @DefaultValue("0") long version) {
    return pages.page(
        Rights.FILES,
        () -> {
          FilePath path = FileEditor.path(folder + "/" + system + "/" + file);
          List<Map<String, Object>> all = files.history(visit.person(), path);
          String current =
              editor.isThere(path) ? (String) files.one(visit.person(), path).get("hash") : "";
          boolean may = FileList.mayRelease(visit.person(), path);
          List<Map<String, Object>> rows =
              all.stream()
                  .filter(one -> before == 0 || (Long) one.get("version") < before)
                  .limit(VERSIONS)
                  .map(one -> shown.version(one, current, may))
                  .toList();
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", path.toString());
          model.put("page", FileViews.page(path));
          model.put("rows", rows);
          model.put("next", rows.size() < VERSIONS ? "" : rows.get(rows.size() - 1).get("version"));
          model.put("version", version == 0 ? "" : version);
          model.put("diff", diff(all, version));
          return pages.render("file-history", model);
        });
  }

  // Against the version before it that was not refused: that is what it changed.
  private static List<Map<String, Object>> diff(List<Map<String, Object>> all, long version) {
    String after = null;
    for (Map<String, Object> one : all) {
      if (after == null && (Long) one.get("version") == version) {
        after = (String) one.get("text");
      } else if (after != null && !"REFUSED".equals(one.get("verdict"))) {
        return LineDiff.of((String) one.get("text"), after);
      }
    }
    return after == null ? List.of() : LineDiff.of("", after);
  }

  /** What may be typed at a place, for the editor: keys from the root on, divided by a slash. */
  @GET
  @Path(ONE + "/keys")
  @Operation(hidden = true)
  public Response keys(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      @QueryParam("at") @DefaultValue("") String at) {
    return pages.page(
        Rights.FILES,
        () -> {
          List<String> place =
              Arrays.stream(at.split("/")).filter(step -> !step.isEmpty()).toList();
          return json(
              Map.of(
                  "keys",
                  files
                      .keys(
                          visit.person(),
                          FileEditor.path(folder + "/" + system + "/" + file),
                          place)
                      .stream()
                      .map(key -> Map.of("name", key.name(), "info", key.info()))
                      .toList()));
        });
  }

  /** What the editor asks for; not kept by the browser. */
  static Response json(Map<String, Object> answer) {
    return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
