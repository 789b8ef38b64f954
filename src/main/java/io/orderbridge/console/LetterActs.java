package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.DeadLetters;
import io.orderbridge.work.OpenLetters;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What people do to dead letters. Replaying and discarding ask first and say what will happen; many
 * letters are done in parts, one request each, so that a page shows how far it is and leaving it
 * stops it between two letters.
 */
@Path("/console/dead-letters/do")
public class LetterActs {
  private static final String LIST = "/console/dead-letters";

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Clock clock;
  private final Letters letters;

  /** The feature whose acts these are. */
  @jakarta.inject.Singleton
  static class Letters {
    private final DeadLetters all;
    private final OpenLetters open;

    Letters(DeadLetters all, OpenLetters open) {
      this.all = all;
      this.open = open;
    }
  }

  LetterActs(Pages pages, Visit visit, PassportViews views, Clock clock, Letters letters) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.clock = clock;
    this.letters = letters;
  }

  @POST
  @Path("/{id: \\d+}/edit")
  @Operation(hidden = true)
  public Response edit(
      @PathParam("id") long id, @FormParam("copy") String copy, @FormParam("csrf") String token) {
    return pages.act(
        Rights.LETTERS,
        token,
        () -> {
          if (!visit.may(Rights.PERSONAL)) {
            return pages.problem(403, "problem_role", Rights.PERSONAL.names());
          }
          if (copy == null || copy.isBlank()) {
            return pages.problem(400, "problem_empty");
          }
          return letters.all.edit(id, copy, visit.actor())
              ? Pages.goTo(LIST + "/" + id + "?did=edited")
              : pages.problem(404, "problem_letter", id);
        });
  }

  /** Changes nothing: names what the act would do, and how many letters it would be. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.LETTERS,
        form.getFirst("csrf"),
        () -> {
          Batch batch = Batch.asked(form, clock.instant());
          long count = batch.isNamed() ? batch.ids().size() : letters.open.count(filter(batch));
          if (count == 0) {
            return pages.problem(400, "problem_none");
          }
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "ask_" + batch.act() + "_title", count));
          model.put("text", Texts.say(visit.locale(), "ask_" + batch.act() + "_text"));
          model.put("button", Texts.say(visit.locale(), "ask_" + batch.act() + "_button", count));
          model.put("discard", batch.isDiscard());
          model.put("many", count > 1);
          model.put("which", which(batch));
          model.put("hidden", hidden(batch.withTotal(count), false));
          model.put("back", back(batch));
          return pages.render("ask", model);
        });
  }

  // What is typed on the page that asks comes from there; later parts carry it on.
  private static List<Map<String, Object>> hidden(Batch batch, boolean typed) {
    Map<String, String> fields = batch.fields();
    if (typed) {
      fields.put("reason", batch.reason());
      fields.put("perSecond", Integer.toString(batch.pace().perSecond()));
    }
    return fields.entrySet().stream()
        .map(field -> Map.<String, Object>of("name", field.getKey(), "value", field.getValue()))
        .toList();
  }

  private List<Map<String, Object>> which(Batch batch) {
    if (batch.isNamed()) {
      String ids = String.join(", ", batch.ids().stream().map(id -> "#" + id).toList());
      return List.of(Map.of("name", Texts.say(visit.locale(), "ask_letters"), "value", ids));
    }
    List<Map<String, Object>> conditions =
        batch.query().fields().entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(
                field ->
                    Map.<String, Object>of(
                        "name",
                        Texts.say(visit.locale(), "filter_" + field.getKey()),
                        "value",
                        field.getValue()))
            .toList();
    return conditions.isEmpty() ? List.of(which("ask_all")) : conditions;
  }

  private Map<String, Object> which(String key) {
    return Map.of(
        "name", Texts.say(visit.locale(), "ask_letters"), "value", Texts.say(visit.locale(), key));
  }

  private static String back(Batch batch) {
    return batch.isNamed() && batch.ids().size() == 1
        ? LIST + "/" + batch.ids().get(0)
        : LIST + batch.query().query();
  }

  /** Does the next part, and shows how far it is. */
  @POST
  @Path("/part")
  @Operation(hidden = true)
  public Response part(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.LETTERS,
        form.getFirst("csrf"),
        () -> {
          Batch batch = Batch.going(form);
          if (batch.isDiscard() && batch.reason().isBlank()) {
            return pages.problem(400, "problem_reason");
          }
          List<Long> next =
              batch.isNamed()
                  ? batch.next()
                  : letters.all.list(filter(batch), batch.after(), batch.part()).stream()
                      .map(DeadLetter::id)
                      .toList();
          int done = 0;
          for (long id : next) {
            done += act(batch, id) ? 1 : 0;
          }
          return shown(batch.past(next, done));
        });
  }

  private boolean act(Batch batch, long id) {
    return batch.isDiscard()
        ? letters.all.discard(id, batch.reason(), visit.actor())
        : letters.all.replay(id, Batch.ANY, 0, visit.actor()) == 1;
  }

  private Filter filter(Batch batch) {
    return batch.filter(views.zone());
  }

  private Response shown(Batch batch) {
    if (batch.isOver() && batch.total() == 1 && batch.isNamed()) {
      String did = batch.isDiscard() ? "discarded" : "replayed";
      return Pages.goTo(LIST + "/" + batch.ids().get(0) + "?did=" + did);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", Texts.say(visit.locale(), "part_" + batch.act() + "_title"));
    model.put("over", batch.isOver());
    model.put("total", batch.total());
    model.put("seen", batch.seen());
    model.put(
        "text",
        Texts.say(
            visit.locale(),
            "part_" + batch.act() + "_text",
            batch.done(),
            batch.total(),
            batch.seen() - batch.done()));
    model.put("hidden", hidden(batch, true));
    model.put("back", LIST + batch.query().query());
    return pages.render(visit.partial() ? "part" : "parts", model);
  }
}
