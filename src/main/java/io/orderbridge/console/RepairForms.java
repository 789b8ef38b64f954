package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.repair.Decisions;
import io.orderbridge.repair.RepairDesk;
import io.orderbridge.repair.RepairView;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What people decide about repairs. Approving, rejecting, applying and taking back ask first and
 * say how many orders change; who may do what is decided by the rules of repairs.
 */
@Path("/console/findings/repairs/do")
public class RepairForms {
  private static final String LIST = RepairPages.LIST + "/";
  private static final Set<String> ASKED = Set.of("approve", "reject", "apply", "undo");
  private static final Set<String> WITH_REASON = Set.of("reject", "undo");

  private final Pages pages;
  private final Visit visit;
  private final Clock clock;
  private final TicketRow words;
  private final Acts acts;

  /** The feature whose acts these are. */
  @jakarta.inject.Singleton
  static class Acts {
    private final RepairView view;
    private final RepairDesk desk;
    private final Decisions decisions;

    Acts(RepairView view, RepairDesk desk, Decisions decisions) {
      this.view = view;
      this.desk = desk;
      this.decisions = decisions;
    }
  }

  RepairForms(Pages pages, Visit visit, Clock clock, TicketRow words, Acts acts) {
    this.pages = pages;
    this.visit = visit;
    this.clock = clock;
    this.words = words;
    this.acts = acts;
  }

  @POST
  @Path("/propose")
  @Operation(hidden = true)
  public Response propose(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.REPAIRS,
        form.getFirst("csrf"),
        () -> {
          RepairDesk.Forcing wanted =
              new RepairDesk.Forcing(
                  RepairPages.key(Fields.text(form, "order")),
                  Fields.text(form, "status"),
                  Fields.text(form, "override").equals("true"));
          long id =
              acts.desk.propose(
                  visit.person(),
                  wanted,
                  Fields.text(form, "reason"),
                  Fields.text(form, "key"),
                  clock.instant());
          return Pages.done(LIST + id, "rp_proposed");
        });
  }

  /** Changes nothing: says how many orders would change, and what. */
  @POST
  @Path("/{id: \\d{1,18}}/ask")
  @Operation(hidden = true)
  public Response ask(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.REPAIRS,
        form.getFirst("csrf"),
        () -> {
          String act = Fields.text(form, "act");
          if (!ASKED.contains(act)) {
            throw new IllegalArgumentException("act: " + ASKED);
          }
          return acts.view
              .find(id, null, 0, 1)
              .map(repair -> ask(repair, act, Fields.text(form, "key")))
              .orElseGet(() -> pages.problem(404, "problem_repair", id));
        });
  }

  private Response ask(Map<String, Object> repair, String act, String key) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(word("rp_action"), words.word("rp_action_", repair.get("action").toString()));
    facts.put(word("rp_options"), repair.get("options").toString());
    facts.put(word("rp_reason"), words.said(repair.get("reason").toString()));
    facts.put(word("rp_orders"), repair.get("orders").toString());
    facts.put(word("rp_changes"), repair.get("changes").toString());
    if (repair.get("items") instanceof List<?> items && !items.isEmpty()) {
      Map<?, ?> first = (Map<?, ?>) items.get(0);
      Map<?, ?> order = (Map<?, ?>) first.get("order");
      facts.put(
          word("rp_first"),
          "%s/%s: %s → %s"
              .formatted(
                  order.get("shop"), order.get("number"), first.get("before"), first.get("after")));
    }
    Object id = repair.get("id");
    return pages.ask(
        new Question(
            LIST + "do/" + id + "/" + act,
            Texts.say(visit.locale(), "rp_ask_" + act + "_title", id),
            Texts.say(visit.locale(), "rp_ask_" + act + "_text", repair.get("changes")),
            word("rp_ask_" + act + "_button"),
            facts,
            Map.of("key", key),
            WITH_REASON.contains(act),
            LIST + id));
  }

  private String word(String key) {
    return Texts.say(visit.locale(), key);
  }

  @POST
  @Path("/{id: \\d{1,18}}/approve")
  @Operation(hidden = true)
  public Response approve(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id,
        form,
        "rp_approved",
        () -> acts.decisions.approve(visit.person(), id, "", clock.instant()));
  }

  @POST
  @Path("/{id: \\d{1,18}}/reject")
  @Operation(hidden = true)
  public Response reject(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    String reason = Fields.text(form, "reason");
    return reason.isEmpty()
        ? pages.act(
            Rights.REPAIRS, form.getFirst("csrf"), () -> pages.problem(400, "problem_reason"))
        : act(
            id,
            form,
            "rp_rejected",
            () -> acts.decisions.reject(visit.person(), id, reason, clock.instant()));
  }

  @POST
  @Path("/{id: \\d{1,18}}/apply")
  @Operation(hidden = true)
  public Response apply(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id, form, "rp_applied", () -> acts.decisions.apply(visit.person(), id, clock.instant()));
  }

  @POST
  @Path("/{id: \\d{1,18}}/stop")
  @Operation(hidden = true)
  public Response stop(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(id, form, "rp_stopped", () -> acts.decisions.stop(visit.person(), id, ""));
  }

  @POST
  @Path("/{id: \\d{1,18}}/read-back")
  @Operation(hidden = true)
  public Response readBack(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id, form, "rp_read", () -> acts.decisions.readBack(visit.person(), id, clock.instant()));
  }

  @POST
  @Path("/{id: \\d{1,18}}/undo")
  @Operation(hidden = true)
  public Response undo(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.REPAIRS,
        form.getFirst("csrf"),
        () -> {
          long undo =
              acts.desk.undo(
                  visit.person(),
                  id,
                  Fields.text(form, "reason"),
                  Fields.text(form, "key"),
                  clock.instant());
          return Pages.done(LIST + undo, "rp_proposed");
        });
  }

  private Response act(long id, MultivaluedMap<String, String> form, String did, Runnable act) {
    return pages.act(
        Rights.REPAIRS,
        form.getFirst("csrf"),
        () -> {
          act.run();
          return Pages.done(LIST + id, did);
        });
  }
}
