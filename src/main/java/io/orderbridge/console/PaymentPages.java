package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import io.orderbridge.payment.PaymentDesk;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Payments verified: the runs, and what each did not find plainly the same. Reads only. */
@Path(PaymentPages.LIST)
public class PaymentPages {
  static final String LIST = FindingPages.LIST + "/payments";
  private static final int PAGE = 50;

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final TicketRow words;
  private final PaymentDesk desk;

  PaymentPages(Pages pages, Visit visit, PassportViews views, TicketRow words, PaymentDesk desk) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.words = words;
    this.desk = desk;
  }

  @GET
  @Operation(hidden = true)
  public Response list(
      @QueryParam("connection") @DefaultValue("") String connection,
      @QueryParam("day") @DefaultValue("") String day,
      @QueryParam("before") Long before) {
    return pages.page(
        Rights.PAYMENTS,
        () -> {
          List<Map<String, Object>> runs =
              desk.runs(none(connection.strip()), none(day.strip()), before, PAGE);
          Map<String, String> f = new LinkedHashMap<>();
          f.put("connection", connection.strip());
          f.put("day", day.strip());
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", say("pv_title"));
          model.put("f", f);
          model.put("filtered", !Fields.query(f).isEmpty());
          model.put("connections", desk.connections());
          model.put("mayRun", visit.may(Rights.PAYMENTS_RUN));
          model.put("mayBooks", visit.may(Rights.BOOKS));
          model.put("rows", runs.stream().map(this::run).toList());
          model.put(
              "next",
              runs.size() < PAGE
                  ? ""
                  : Fields.query(f, "before", runs.get(runs.size() - 1).get("id")));
          return pages.render("findings-payments", model);
        });
  }

  private static String none(String text) {
    return text.isEmpty() ? null : text;
  }

  private Map<String, Object> run(Map<String, Object> run) {
    Map<String, Object> row = new LinkedHashMap<>();
    Object id = run.get("id");
    String state = run.get("state").toString();
    row.put("id", id);
    row.put("page", LIST + "/" + id);
    row.put("connection", run.get("connection"));
    row.put("day", run.get("day"));
    row.put("version", run.get("version"));
    row.put("final", "FINAL".equals(run.get("stage")));
    row.put("stage", words.word("pv_stage_", run.get("stage").toString()));
    row.put("state", words.word("pv_state_", state));
    row.put("bad", List.of("FAILED", "BROKEN").contains(state));
    row.put("running", state.equals("RUNNING"));
    row.put("started", views.time(Instant.parse(run.get("startedAt").toString())));
    Object ended = run.get("endedAt");
    row.put("ended", ended == null ? "" : views.time(Instant.parse(ended.toString())));
    row.put("repaired", run.get("repaired"));
    row.put("by", words.actor(Objects.toString(run.get("askedBy"), "")));
    row.put("problem", Objects.toString(run.get("problem"), ""));
    List<Map<String, Object>> classes = classes(run);
    row.put("classes", classes);
    row.put("differing", classes.stream().filter(one -> (Boolean) one.get("differs")).toList());
    row.put("same", count(classes, false));
    row.put("differs", count(classes, true));
    return row;
  }

  private static long count(List<Map<String, Object>> classes, boolean differs) {
    return classes.stream()
        .filter(one -> one.get("differs").equals(differs))
        .mapToLong(one -> ((Number) one.get("count")).longValue())
        .sum();
  }

  private List<Map<String, Object>> classes(Map<String, Object> run) {
    List<Map<String, Object>> classes = new ArrayList<>();
    for (Map<String, Object> one : Told.list(run.get("classes"))) {
      String name = one.get("class").toString();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("class", name);
      row.put("name", words.word("pv_class_", name));
      row.put("count", one.get("count"));
      row.put("amount", one.get("amount") + " " + one.get("currency"));
      row.put("differs", one.get("differs"));
      // Of what is the same no row is kept.
      row.put("page", name.equals("MATCHED") ? "" : page(run.get("id"), name) + "#rows");
      classes.add(row);
    }
    return classes;
  }

  private static String page(Object run, String verdict) {
    return LIST + "/" + run + Fields.query(Map.of("class", verdict));
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("id") long id,
      @QueryParam("class") @DefaultValue("") String verdict,
      @QueryParam("after") @DefaultValue("0") long after) {
    return pages.page(
        Rights.PAYMENTS,
        () ->
            desk.run(id)
                .map(run -> one(run, verdict, after))
                .orElseGet(() -> pages.problem(404, "problem_payment_run", id)));
  }

  private Response one(Map<String, Object> found, String verdict, long after) {
    long id = ((Number) found.get("id")).longValue();
    List<Map<String, Object>> rows = desk.rows(id, verdict, after, PAGE);
    Map<String, Object> model = run(found);
    model.put("title", say("pv_one", id));
    model.put("class", verdict);
    model.put("className", verdict.isEmpty() ? "" : words.word("pv_class_", verdict));
    model.put("rows", rows.stream().map(this::row).toList());
    model.put("mayRun", visit.may(Rights.PAYMENTS_RUN));
    model.put("mayCsv", visit.may(Rights.REPORTS));
    Map<String, String> more = new LinkedHashMap<>();
    more.put("class", verdict);
    model.put(
        "next",
        rows.size() < PAGE
            ? ""
            : Fields.query(more, "after", rows.get(rows.size() - 1).get("id")) + "#rows");
    return pages.render("findings-payment", model);
  }

  private Map<String, Object> row(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    String verdict = one.get("class").toString();
    String order = Objects.toString(one.get("order"), "");
    // A payment may name an order that nobody here knows: then there is no page of it.
    boolean known = Told.map(one.get("evidence")).containsKey("orderStatus");
    row.put("class", words.word("pv_class_", verdict));
    row.put("differs", Told.map(one.get("evidence")).containsKey("playbook"));
    row.put("kind", words.word("pv_kind_", one.get("kind").toString()));
    row.put("order", order);
    row.put("path", known && !order.isEmpty() ? OrderPages.pathOf(order) : "");
    row.put("payment", Objects.toString(one.get("payment"), ""));
    row.put("refund", Objects.toString(one.get("refund"), ""));
    row.put("amount", one.get("amount") + " " + one.get("currency"));
    row.put("at", views.time(Instant.parse(one.get("at").toString())));
    row.put("outcome", outcome(one.get("outcome")));
    row.put("message", Objects.toString(one.get("message"), ""));
    List<Map<String, String>> evidence = new ArrayList<>();
    Told.map(one.get("evidence"))
        .forEach(
            (name, value) ->
                evidence.add(Map.of("name", name, "value", Objects.toString(value, ""))));
    row.put("evidence", evidence);
    Map<String, String> finding = new LinkedHashMap<>();
    finding.put("state", "all");
    finding.put("kind", "PAYMENT");
    finding.put("code", verdict);
    finding.put("subject", order);
    row.put("findings", FindingPages.LIST + Fields.query(finding));
    return row;
  }

  private String outcome(Object outcome) {
    return outcome == null ? "" : words.word("pv_outcome_", outcome.toString());
  }

  private String say(String key, Object... values) {
    return Texts.say(visit.locale(), key, values);
  }
}
