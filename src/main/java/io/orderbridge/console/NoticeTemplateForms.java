package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.notice.TemplateActs;
import io.orderbridge.notice.Templates.Key;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What people do with the words of notices: look at them as a customer would, save, approve. */
@Path("/console/notices/templates/do/{name}/{channel}")
public class NoticeTemplateForms {
  private static final int WRONG = 422;

  private final Pages pages;
  private final Visit visit;
  private final NoticeViews views;
  private final TemplateViews templates;
  private final TemplateActs acts;

  NoticeTemplateForms(
      Pages pages, Visit visit, NoticeViews views, TemplateViews templates, TemplateActs acts) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.templates = templates;
    this.acts = acts;
  }

  private static String path(Key key) {
    return NoticeTemplatePages.LIST + "/" + key.name() + "/" + key.channel();
  }

  /** Saves what was typed, or shows it with a real order; what is wrong is shown with its place. */
  @POST
  @Operation(hidden = true)
  public Response typed(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.NOTICE_WORDS,
        form.getFirst("csrf"),
        () -> {
          Key key = new Key(name, channel);
          TemplateForm typed = TemplateForm.read(form);
          List<Map<String, Object>> problems = templates.problems(key, typed);
          if (problems.isEmpty() && "save".equals(form.getFirst("act"))) {
            acts.save(visit.person(), key, typed.body(), views.now());
            return Pages.done(path(key), "notices_saved");
          }
          return shown(key, typed, problems, NoticeViews.none(form.getFirst("order")).strip());
        });
  }

  private Response shown(
      Key key, TemplateForm typed, List<Map<String, Object>> problems, String order) {
    List<Map<String, Object>> versions = templates.versions(key);
    Map<String, Object> model = templates.page(key, versions, typed);
    model.put("shown", "");
    model.put("problems", problems);
    model.put("previewed", problems.isEmpty());
    model.put("order", order);
    Map<?, ?> current =
        TemplateViews.in("APPROVED", versions).map(TemplateViews::body).orElse(Map.of());
    model.put("changes", problems.isEmpty() ? templates.changes(current, typed.body()) : List.of());
    if (problems.isEmpty()) {
      model.put("preview", templates.preview(key, typed, order));
    }
    return pages.render(problems.isEmpty() ? 200 : WRONG, "noticestemplate", model);
  }

  /** Changes nothing: says what customers are told from now on. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.NOTICE_APPROVAL,
        form.getFirst("csrf"),
        () -> {
          Key key = new Key(name, channel);
          boolean back = "rollback".equals(form.getFirst("act"));
          int version = number(form.getFirst("version"));
          String act = back ? "rollback" : "approve";
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put(views.say("notices_template"), key.toString());
          facts.put(
              views.say("notices_in_force"),
              TemplateViews.in("APPROVED", templates.versions(key))
                  .map(one -> one.get("version").toString())
                  .orElse("-"));
          facts.put(views.say("notices_version"), Integer.toString(version));
          return pages.ask(
              new Question(
                  NoticeTemplatePages.LIST + "/do/" + name + "/" + channel + "/" + act,
                  views.say("notices_ask_" + act + "_title", version),
                  views.say("notices_ask_" + act + "_text"),
                  views.say("notices_ask_" + act + "_button"),
                  facts,
                  Map.of("version", Integer.toString(version)),
                  back,
                  path(key)));
        });
  }

  @POST
  @Path("/approve")
  @Operation(hidden = true)
  public Response approve(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      @FormParam("version") String version,
      @FormParam("csrf") String token) {
    return pages.act(
        Rights.NOTICE_APPROVAL,
        token,
        () -> {
          Key key = new Key(name, channel);
          acts.approve(visit.person(), key, number(version), views.now());
          return Pages.done(path(key), "notices_approved");
        });
  }

  @POST
  @Path("/rollback")
  @Operation(hidden = true)
  public Response rollBack(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      @FormParam("version") String version,
      @FormParam("reason") String reason,
      @FormParam("csrf") String token) {
    return pages.act(
        Rights.NOTICE_APPROVAL,
        token,
        () -> {
          Key key = new Key(name, channel);
          acts.rollBack(visit.person(), key, number(version), reason, views.now());
          return Pages.done(path(key), "notices_returned");
        });
  }

  private static int number(String version) {
    if (version == null || !version.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(String.valueOf(version));
    }
    return Integer.parseInt(version);
  }
}
