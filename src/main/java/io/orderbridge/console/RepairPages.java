package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.repair.RepairDesk;
import io.orderbridge.repair.RepairView;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Repairs: what was proposed, what it would change and what became of each order. Reads only. */
@Path("/console/findings/repairs")
public class RepairPages {
  private static final int PAGE = 50;
  static final String LIST = "/console/findings/repairs";

  private final Pages pages;
  private final Visit visit;
  private final TicketRow words;
  private final Clock clock;
  private final Repairs repairs;

  /** Where they come from. */
  @jakarta.inject.Singleton
  static class Repairs {
    private final RepairView view;
    private final RepairDesk desk;
    private final PassportViews views;

    Repairs(RepairView view, RepairDesk desk, PassportViews views) {
      this.view = view;
      this.desk = desk;
      this.views = views;
    }
  }

  RepairPages(Pages pages, Visit visit, TicketRow words, Clock clock, Repairs repairs) {
    this.pages = pages;
    this.visit = visit;
    this.words = words;
    this.clock = clock;
    this.repairs = repairs;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@QueryParam("state") String asked, @QueryParam("before") Long before) {
    return pages.page(
        Rights.REPAIRS,
        () -> {
          String state = asked == null ? "" : asked.strip();
          if (!state.isEmpty() && !RepairDesk.states().contains(state)) {
            throw new IllegalArgumentException("state: " + RepairDesk.states());
          }
          List<Map<String, Object>> found =
              repairs.view.list(state.isEmpty() ? null : state, before, PAGE);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "rp_title"));
          model.put("state", state);
          model.put(
              "states",
              RepairDesk.states().stream()
                  .map(one -> Map.of("value", one, "name", words.word("rp_state_", one)))
                  .toList());
          model.put("rows", found.stream().map(this::head).toList());
          model.put("mayPropose", repairs.desk.mayForce(visit.person()));
          Map<String, String> next = new LinkedHashMap<>();
          next.put("state", state);
          if (found.size() == PAGE) {
            next.put("before", found.get(PAGE - 1).get("id").toString());
          }
          model.put("next", found.size() < PAGE ? "" : Fields.query(next));
          return pages.render("repairs", model);
        });
  }

  // What stands over the orders of a repair.
  private Map<String, Object> head(Map<String, Object> repair) {
    Map<?, ?> proposed = (Map<?, ?>) repair.get("proposed");
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", repair.get("id"));
    row.put("action", words.word("rp_action_", repair.get("action").toString()));
    row.put("state", words.word("rp_state_", repair.get("state").toString()));
    row.put("options", options(repair));
    row.put("reason", words.said(repair.get("reason").toString()));
    row.put("by", words.actor(proposed.get("by").toString()));
    row.put("at", time(proposed.get("at")));
    row.put("orders", repair.get("orders"));
    row.put("changes", repair.get("changes"));
    row.put("second", repair.get("approval") != null);
    return row;
  }

  private static String options(Map<String, Object> repair) {
    List<String> all = new ArrayList<>();
    ((Map<?, ?>) repair.get("options")).forEach((name, value) -> all.add(name + "=" + value));
    return String.join(" ", all);
  }

  private String time(Object at) {
    return at == null ? "" : repairs.views.time(Instant.parse(at.toString()));
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(@PathParam("id") long id, @QueryParam("after") @DefaultValue("0") int after) {
    return pages.page(
        Rights.REPAIRS,
        () ->
            repairs
                .view
                .find(id, null, after, PAGE)
                .map(found -> pages.render("repair", model(found)))
                .orElseGet(() -> pages.problem(404, "problem_repair", id)));
  }

  private Map<String, Object> model(Map<String, Object> repair) {
    Map<String, Object> model = head(repair);
    model.put("title", Texts.say(visit.locale(), "rp_one", repair.get("id")));
    if (visit.may(Rights.MONEY)) {
      why(model, repair, "approval");
    }
    model.put(
        "approvers",
        repairs.desk.approvers(repair.get("action").toString()).stream()
            .map(role -> words.word("rp_role_", role))
            .toList());
    model.put("waits", repair.get("state").equals("PROPOSED") && repair.get("approval") != null);
    model.put("decided", act(repair.get("decided")));
    model.put("begun", act(repair.get("begun")));
    model.put("ended", time(repair.get("endedAt")));
    model.put("undoOf", repair.getOrDefault("undoOf", ""));
    model.put("key", UUID.randomUUID().toString());
    model.put(
        "acts",
        repairs.desk.acts(visit.person(), repair).stream()
            .map(
                act ->
                    Map.of(
                        "name", act,
                        "text", Texts.say(visit.locale(), "rp_act_" + act),
                        "asks", !List.of("stop", "read-back").contains(act),
                        "danger", List.of("reject", "undo", "stop").contains(act)))
            .toList());
    List<Map<String, Object>> items = new ArrayList<>();
    ((List<?>) repair.get("items")).forEach(item -> items.add(item((Map<?, ?>) item)));
    model.put("items", items);
    model.put("after", repair.getOrDefault("after", ""));
    return model;
  }

  // What was stored before it was told in Chinese is known in English alone, and shown as it is.
  private void why(Map<String, Object> row, Map<?, ?> from, String name) {
    Object zh = from.get(name + "Zh");
    boolean chinese = visit.locale().equals(Locale.CHINESE) && zh != null;
    Object told = chinese ? zh : from.get(name);
    row.put("why", told == null ? "" : words.said(told.toString()));
    row.put("english", !chinese && visit.locale().equals(Locale.CHINESE));
  }

  private String act(Object act) {
    return act instanceof Map<?, ?> done
        ? time(done.get("at")) + " " + words.actor(done.get("by").toString())
        : "";
  }

  private Map<String, Object> item(Map<?, ?> item) {
    Map<?, ?> order = (Map<?, ?>) item.get("order");
    String subject = order.get("shop") + "/" + order.get("number");
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("order", subject);
    row.put("path", OrderPages.pathOf(subject));
    row.put("state", words.word("rp_item_", item.get("state").toString()));
    row.put("bad", List.of("REFUSED", "FAILED").contains(item.get("state")));
    row.put("before", item.get("before"));
    row.put("after", item.get("after"));
    why(row, item, "why");
    boolean amount = item.get("amount") != null && visit.may(Rights.MONEY);
    row.put("amount", amount ? item.get("amount") + " " + item.get("currency") : "");
    row.put("owed", owed(item.get("owed")));
    List<String> targets = new ArrayList<>();
    for (Object target : (List<?>) item.get("targets")) {
      Map<?, ?> one = (Map<?, ?>) target;
      targets.add(one.get("target") + ": " + words.word("rp_target_", one.get("state").toString()));
    }
    row.put("targets", targets);
    return row;
  }

  // The events that would be written, each with those to whom it would be told.
  private List<String> owed(Object all) {
    List<String> owed = new ArrayList<>();
    for (Object one : all instanceof List<?> list ? list : List.of()) {
      Map<?, ?> event = (Map<?, ?>) one;
      List<String> targets = new ArrayList<>();
      if (event.get("targets") instanceof List<?> names) {
        names.forEach(name -> targets.add(name.toString()));
      }
      String told =
          targets.isEmpty()
              ? Texts.say(visit.locale(), "rp_owed_none")
              : String.join(", ", targets);
      owed.add(event.get("event") + " → " + told);
    }
    return owed;
  }

  /** What forcing the status of an order would change. Nothing is changed or kept by looking. */
  @GET
  @Path("/new")
  @Operation(hidden = true)
  public Response fresh(
      @QueryParam("order") @DefaultValue("") String order,
      @QueryParam("status") @DefaultValue("") String status,
      @QueryParam("override") @DefaultValue("false") boolean override) {
    return pages.page(
        Rights.REPAIRS,
        () -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "rp_new"));
          model.put("order", order);
          model.put("path", OrderPages.pathOf(order));
          model.put("status", status);
          model.put(
              "statuses",
              RepairDesk.statuses().stream()
                  .map(
                      one -> Map.of("word", one, "name", repairs.views.status(one, visit.locale())))
                  .toList());
          model.put("override", override);
          model.put("key", UUID.randomUUID().toString());
          model.put("may", repairs.desk.mayForce(visit.person()));
          boolean asked = !order.isEmpty() && !status.isEmpty();
          model.put("foreseen", asked);
          if (asked) {
            Map<String, Object> dry =
                repairs.desk.foresee(
                    visit.person(),
                    new RepairDesk.Forcing(key(order), status, override),
                    clock.instant());
            model.put("before", dry.get("before"));
            model.put("after", dry.get("after"));
            model.put("changes", dry.get("how").equals("CHANGE"));
            model.put("how", Texts.say(visit.locale(), "rp_how_" + dry.get("how")));
            why(model, dry, "why");
            model.put("second", !dry.get("second").toString().isEmpty());
            model.put("owed", owed(dry.get("owed")));
          }
          return pages.render("repair-new", model);
        });
  }

  /**
   * @throws Declined when it is not shop and number
   */
  static OrderKey key(String order) {
    String[] both = order.strip().split("/", 2);
    try {
      return new OrderKey(both[0], both.length == 2 ? both[1] : "");
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG, new Wording("订单应写作 店铺/订单号", "an order is written shop/number"));
    }
  }
}
