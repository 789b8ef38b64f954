package io.orderbridge.console;

import io.orderbridge.console.FileEditor.Typed;
import io.orderbridge.console.Pages.Question;
import io.orderbridge.kernel.Declined;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.ReleaseActs;
import io.orderbridge.release.ShadowRun;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What people do to files: check while they type, try on real messages, release, go back. Who
 * releases what was not tried is asked first; going back asks and wants a reason.
 */
@Path(FileViews.LIST + FilePages.ONE)
public class FileForms {
  private final Pages pages;
  private final Visit visit;
  private final ShadowRun shadow;
  private final ReleaseActs acts;
  private final FileEditor editor;

  FileForms(Pages pages, Visit visit, ShadowRun shadow, ReleaseActs acts, FileEditor editor) {
    this.pages = pages;
    this.visit = visit;
    this.shadow = shadow;
    this.acts = acts;
    this.editor = editor;
  }

  /** For the editor: what the reload would say to the text, by line. Changes nothing. */
  @POST
  @Path("/check")
  @Operation(hidden = true)
  public Response check(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return act(
        folder + "/" + system + "/" + file,
        form,
        path -> {
          Typed typed = Typed.of(path, form);
          return FilePages.json(
              Map.of(
                  "problems",
                  editor.problems(shadow.check(visit.person(), typed.path(), typed.text()))));
        });
  }

  /** Changes nothing: what the text would do to the last real messages. */
  @POST
  @Path("/try")
  @Operation(hidden = true)
  public Response run(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return act(
        folder + "/" + system + "/" + file,
        form,
        path -> {
          Typed typed = Typed.of(path, form);
          String messages = form.getFirst("messages");
          Map<String, Object> answer =
              shadow.run(
                  visit.person(),
                  typed.path(),
                  typed.text(),
                  number(messages),
                  "yes".equals(form.getFirst("personal")));
          return editor.tried(typed, answer, messages);
        });
  }

  private Response act(
      String file, MultivaluedMap<String, String> form, Function<FilePath, Response> act) {
    return pages.act(Rights.FILES, form.getFirst("csrf"), () -> act.apply(FileEditor.path(file)));
  }

  private static int number(String messages) {
    return messages == null || !messages.matches("\\d{1,6}")
        ? ShadowRun.MESSAGES_DEFAULT
        : Integer.parseInt(messages);
  }

  @POST
  @Path("/release")
  @Operation(hidden = true)
  public Response release(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return act(
        folder + "/" + system + "/" + file,
        form,
        path -> {
          Typed typed = Typed.of(path, form);
          visit.person().in(typed.path().releasers());
          boolean sure = typed.isTried() || "yes".equals(form.getFirst("untried"));
          return sure ? release(typed) : ask(typed);
        });
  }

  private Response ask(Typed typed) {
    Map<String, String> hidden = new LinkedHashMap<>();
    hidden.put("text", typed.text());
    hidden.put("from", typed.from());
    hidden.put("reason", typed.reason());
    hidden.put("untried", "yes");
    return pages.ask(
        new Question(
            FileViews.page(typed.path()) + "/release",
            say("ask_untried_title"),
            say("ask_untried_text"),
            say("ask_untried_button"),
            Map.of(say("file_path"), typed.path().toString(), say("file_reason"), typed.reason()),
            hidden,
            false,
            FileViews.page(typed.path())));
  }

  private Response release(Typed typed) {
    try {
      return done(
          typed.path(),
          acts.release(visit.person(), typed.path(), typed.text(), typed.from(), typed.reason()));
    } catch (Declined e) {
      return editor.declined(typed, e);
    }
  }

  /** Changes nothing: asks whether to go back to a version. */
  @POST
  @Path("/rollback/ask")
  @Operation(hidden = true)
  public Response askBack(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return act(
        folder + "/" + system + "/" + file,
        form,
        path -> {
          visit.person().in(path.releasers());
          String version = Long.toString(version(form));
          return pages.ask(
              new Question(
                  FileViews.page(path) + "/rollback",
                  say("ask_back_title"),
                  say("ask_back_text"),
                  say("ask_back_button"),
                  Map.of(say("file_path"), path.toString(), say("file_version"), version),
                  Map.of("version", version),
                  true,
                  FileViews.page(path) + "/history"));
        });
  }

  @POST
  @Path("/rollback")
  @Operation(hidden = true)
  public Response rollBack(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return act(
        folder + "/" + system + "/" + file,
        form,
        path -> {
          return done(
              path, acts.rollBack(visit.person(), path, version(form), form.getFirst("reason")));
        });
  }

  private static long version(MultivaluedMap<String, String> form) {
    String version = form.getFirst("version");
    return version == null || !version.matches("\\d{1,18}") ? 0 : Long.parseLong(version);
  }

  private static Response done(FilePath path, Map<String, Object> answer) {
    return Pages.done(FileViews.page(path), "file_" + answer.get("state"));
  }

  private String say(String key) {
    return Texts.say(visit.locale(), key);
  }
}
