package io.orderbridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.store.AuditTrail;
import io.orderbridge.store.AuditTrail.Entry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who did what, when. Reading only: nobody changes what stands there. */
@Path("/console/audit")
public class AuditPages {
  private static final int PAGE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Matters matters;
  private final AuditTrail trail;

  AuditPages(Pages pages, Visit visit, PassportViews views, Matters matters, AuditTrail trail) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.matters = matters;
    this.trail = trail;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@Context UriInfo uri, @QueryParam("before") Long before) {
    return pages.page(
        Rights.AUDIT,
        () -> {
          AuditQuery query = AuditQuery.of(uri.getQueryParameters());
          List<Entry> found =
              trail.list(
                  query.filter(views.zone()), before == null ? Long.MAX_VALUE : before, PAGE + 1);
          List<Entry> shown = found.subList(0, Math.min(PAGE, found.size()));
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_audit"));
          model.put("f", query.fields());
          model.put("filtered", !query.query().isEmpty());
          model.put("actions", trail.actions().stream().map(this::action).toList());
          model.put("rows", shown.stream().map(this::row).toList());
          String next = query.query().isEmpty() ? "?" : query.query() + "&";
          model.put(
              "next",
              found.size() > PAGE ? next + "before=" + shown.get(shown.size() - 1).id() : "");
          return pages.render("audit", model);
        });
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response entry(@PathParam("id") long id) {
    return pages.page(
        Rights.AUDIT,
        () ->
            trail
                .find(id)
                .map(entry -> pages.render("audit-entry", model(entry)))
                .orElseGet(() -> pages.problem(404, "problem_audit", id)));
  }

  private Map<String, Object> action(String action) {
    String words = words(action);
    return Map.of("value", action, "name", words.isEmpty() ? action : words);
  }

  // An act without words is told by its identifier, which stands beside the words.
  private String words(String action) {
    return Texts.in(visit.locale()).getOrDefault("act_" + action, "");
  }

  private Map<String, Object> row(Entry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", entry.id());
    row.put("at", views.time(entry.at()));
    row.put("actor", entry.act().actor());
    row.put("action", entry.act().action());
    row.put("name", words(entry.act().action()));
    row.put("subject", entry.act().subject());
    row.put("reason", entry.act().reason());
    return row;
  }

  private Map<String, Object> model(Entry entry) {
    Map<String, Object> model = row(entry);
    model.put("title", Texts.say(visit.locale(), "audit_title", entry.id()));
    model.put("detail", pretty(entry.act().detail()));
    model.put("exact", entry.at().toString());
    model.put("order", matters.order(entry.act().subject()));
    AuditQuery same = new AuditQuery(Map.of("subject", entry.act().subject()));
    model.put("same", entry.act().subject().isEmpty() ? "" : same.query());
    return model;
  }

  // Before and after are one text or JSON, as the act wrote them.
  private static String pretty(String detail) {
    if (!detail.startsWith("{") && !detail.startsWith("[")) {
      return detail;
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(detail));
    } catch (JsonProcessingException e) {
      return detail;
    }
  }
}
