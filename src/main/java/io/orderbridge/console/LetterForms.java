package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
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
public class LetterForms {
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

  LetterForms(Pages pages, Visit visit, PassportViews views, Clock clock, Letters letters) {
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
              ? Pages.done(LIST + "/" + id, "edited")
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
          return pages.ask(
              new Question(
                  "/console/dead-letters/do/part",
                  Texts.say(visit.locale(), "ask_" + batch.act() + "_title", count),
                  Texts.say(visit.locale(), "ask_" + batch.act() + "_text"),
                  Texts.say(visit.locale(), "ask_" + batch.act() + "_button", count),
                  which(batch),
                  batch.withTotal(count).fields(),
                  batch.isDiscard(),
                  back(batch)),
              Map.of("paced", count > 1 && !batch.isDiscard()));
        });
  }

  // What was typed on the page that asked is carried on by the parts.
  private static Map<String, String> carried(Batch batch) {
    Map<String, String> fields = batch.fields();
    fields.put("reason", batch.reason());
    fields.put("perSecond", Integer.toString(batch.pace().perSecond()));
    return fields;
  }

  private Map<String, String> which(Batch batch) {
    String letters = Texts.say(visit.locale(), "ask_letters");
    if (batch.isNamed()) {
      return Map.of(letters, String.join(", ", batch.ids().stream().map(id -> "#" + id).toList()));
    }
    Map<String, String> conditions = new LinkedHashMap<>();
    batch
        .query()
        .fields()
        .forEach(
            (field, value) -> {
              if (!value.isEmpty()) {
                conditions.put(Texts.say(visit.locale(), "filter_" + field), value);
              }
            });
    return conditions.isEmpty()
        ? Map.of(letters, Texts.say(visit.locale(), "ask_all"))
        : conditions;
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
      return Pages.done(LIST + "/" + batch.ids().get(0), did);
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
    model.put("hidden", Pages.pairs(carried(batch)));
    model.put("back", LIST + batch.query().query());
    return pages.render(visit.partial() ? "part" : "parts", model);
  }
}
