package io.orderbridge.console;

import io.orderbridge.notice.TemplateList;
import io.orderbridge.notice.Templates.Key;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The words of notices, by notice and channel: what is in force, what waits for approval. */
@Path("/console/notices/templates")
public class NoticeTemplatePages {
  static final String LIST = "/console/notices/templates";

  private final Pages pages;
  private final NoticeViews views;
  private final TemplateViews templates;
  private final TemplateList list;

  NoticeTemplatePages(Pages pages, NoticeViews views, TemplateViews templates, TemplateList list) {
    this.pages = pages;
    this.views = views;
    this.templates = templates;
    this.list = list;
  }

  @GET
  @Operation(hidden = true)
  public Response list() {
    return pages.page(
        Rights.NOTICES,
        () -> {
          Map<Key, Map<String, Object>> rows = new TreeMap<>();
          for (Map<String, Object> version : list.all()) {
            Key key = new Key(version.get("name").toString(), version.get("channel").toString());
            put(rows.computeIfAbsent(key, this::row), version);
          }
          Map<String, Object> model = views.page("templates", views.say("notices_templates"));
          model.put("rows", List.copyOf(rows.values()));
          return pages.render("noticestemplates", model);
        });
  }

  private Map<String, Object> row(Key key) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", LIST + "/" + key.name() + "/" + key.channel());
    row.put("name", key.name());
    row.put("gateName", views.gate(key.name()));
    row.put("channel", views.word("notices_channel_", key.channel()));
    for (String empty : List.of("version", "by", "at", "draft", "draftBy", "draftAt")) {
      row.put(empty, "");
    }
    row.put("shipped", false);
    return row;
  }

  private void put(Map<String, Object> row, Map<String, Object> version) {
    boolean draft = version.get("state").equals("DRAFT");
    row.put(draft ? "draft" : "version", version.get("version").toString());
    row.put(draft ? "draftBy" : "by", version.getOrDefault("editedBy", ""));
    Object at = version.get(draft ? "editedAt" : "approvedAt");
    row.put(draft ? "draftAt" : "at", views.time(at));
    if (!draft) {
      row.put("shipped", version.containsKey("shipped"));
    }
  }

  @GET
  @Path("/{name}/{channel}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      @QueryParam("version") String version) {
    return pages.page(
        Rights.NOTICES,
        () -> {
          Key key = new Key(name, channel);
          List<Map<String, Object>> versions = templates.versions(key);
          Map<String, Object> shown =
              versions.stream()
                  .filter(
                      one ->
                          version == null
                              ? !one.get("state").equals("RETIRED")
                              : one.get("version").toString().equals(version))
                  .findFirst()
                  .orElseThrow(() -> templates.missing(key));
          Map<String, Object> model =
              templates.page(key, versions, TemplateForm.of(TemplateViews.body(shown)));
          model.put("shown", shown.get("version").toString());
          model.put("problems", List.of());
          model.put("changes", List.of());
          model.put("previewed", false);
          model.put("order", "");
          return pages.render("noticestemplate", model);
        });
  }
}
