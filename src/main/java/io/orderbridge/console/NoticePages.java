package io.orderbridge.console;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.notice.NoticeList.Notice;
import io.orderbridge.notice.SentText;
import io.orderbridge.order.Orders;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What customers were told: the log, and each notice with why and by what it was sent. */
@Path("/console/notices")
public class NoticePages {
  static final String LOG = "/console/notices";
  static final List<String> CHANNELS = List.of("sms", "wechat", "push", "mail");
  private static final int PAGE = 50;
  private static final List<String> FIELDS =
      List.of("order", "state", "channel", "gate", "day", "rule");

  private final Pages pages;
  private final Visit visit;
  private final NoticeViews views;
  private final Told told;

  /** Where notices come from. */
  @Singleton
  static class Told {
    private final NoticeList list;
    private final SentText texts;
    private final Orders orders;

    Told(NoticeList list, SentText texts, Orders orders) {
      this.list = list;
      this.texts = texts;
      this.orders = orders;
    }
  }

  NoticePages(Pages pages, Visit visit, NoticeViews views, Told told) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.told = told;
  }

  @GET
  @Operation(hidden = true)
  public Response log(@Context UriInfo uri) {
    return pages.page(
        Rights.NOTICES,
        () -> {
          Map<String, String> fields = fields(uri.getQueryParameters());
          NoticeList.Filter filter = filter(fields, uri.getQueryParameters().getFirst("before"));
          List<Notice> found = told.list.list(filter, PAGE);
          Map<String, Object> model = views.page("log", views.say("nav_notices"));
          model.put("f", fields);
          model.put("filtered", fields.values().stream().anyMatch(value -> !value.isEmpty()));
          model.put("states", states());
          model.put("channels", views.words("notices_channel_", CHANNELS));
          model.put("gates", views.gates());
          model.put("rows", found.stream().map(views::row).toList());
          model.put("next", next(fields, filter, found));
          model.put(
              "looked", looked(filter) ? views.say("notices_looked", NoticeList.LOOKED_MAX) : "");
          return pages.render("notices", model);
        });
  }

  private static Map<String, String> fields(MultivaluedMap<String, String> query) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : FIELDS) {
      String value = query.getFirst(field);
      fields.put(field, value == null ? "" : value.strip());
    }
    return fields;
  }

  private List<Map<String, Object>> states() {
    return NoticeList.STATES.stream()
        .map(
            state ->
                Map.<String, Object>of(
                    "value",
                    state,
                    "name",
                    views.word("notices_state_", state.toUpperCase(java.util.Locale.ROOT))))
        .toList();
  }

  private NoticeList.Filter filter(Map<String, String> fields, String before) {
    String state = given(fields.get("state"));
    String rule = given(fields.get("rule"));
    if (state != null && !NoticeList.STATES.contains(state)) {
      throw new IllegalArgumentException(state);
    }
    LocalDate day = NoticeReachPages.day(given(fields.get("day")), null);
    Instant to = day == null ? null : views.begins(day.plusDays(1));
    List<OrderKey> keys = views.orders(fields.get("order"));
    return new NoticeList.Filter(
        state,
        given(fields.get("gate")),
        day == null ? null : views.begins(day),
        to,
        before == null || !before.matches("\\d{1,18}") ? null : Long.valueOf(before),
        fields.get("order").isEmpty() ? null : told.orders.ids(keys),
        given(fields.get("channel")),
        rule);
  }

  private static String given(String value) {
    return value.isEmpty() ? null : value;
  }

  private String next(Map<String, String> fields, NoticeList.Filter filter, List<Notice> found) {
    boolean more = found.size() == PAGE;
    Long last =
        more ? (Long) found.get(PAGE - 1).id() : looked(filter) ? told.list.lookedTo(filter) : null;
    return last == null ? "" : Fields.query(fields, "before", last);
  }

  private static boolean looked(NoticeList.Filter filter) {
    return filter.rule() != null || filter.channel() != null;
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(@PathParam("id") long id) {
    return pages.page(
        Rights.NOTICES,
        () -> {
          List<Notice> found = told.list.one(id);
          return found.isEmpty()
              ? pages.problem(404, "problem_notice", id)
              : pages.render("noticesone", model(found.get(0)));
        });
  }

  private Map<String, Object> model(Notice notice) {
    boolean open = visit.may(Rights.PERSONAL);
    Map<String, String> texts =
        open ? told.texts.open(notice.id(), visit.actor()) : told.texts.masked(notice.id());
    Map<String, Object> model = views.page("log", views.say("notices_one_title", notice.id()));
    Map<String, Object> row = views.row(notice);
    row.forEach(model::put);
    model.put("why", views.word("notices_why_", notice.state()));
    model.put("conditions", conditions(notice));
    model.put("decided", views.decided(notice));
    model.put("mayRead", open);
    model.put(
        "texts",
        notice.sent().stream()
            .filter(sent -> texts.containsKey(sent.id()))
            .map(
                sent ->
                    Map.<String, Object>of(
                        "id",
                        sent.id(),
                        "channel",
                        views.word("notices_channel_", sent.channel()),
                        "text",
                        texts.get(sent.id())))
            .toList());
    return model;
  }

  private List<Map<String, Object>> conditions(Notice notice) {
    return notice.conditions().entrySet().stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "name", views.condition(one.getKey()), "at", views.time(one.getValue())))
        .toList();
  }
}
