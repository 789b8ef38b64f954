package io.orderbridge.console;

import io.orderbridge.notice.Days;
import io.orderbridge.notice.Days.Day;
import io.orderbridge.notice.NoticeList;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How many notices reached somebody: all that the gates made, against what receipts prove. */
@Path("/console/notices/reach")
public class NoticeReachPages {
  private static final int DAYS = 7;
  private static final int DAYS_MAX = 92;
  private static final int SHOWN_MAX = 50;

  private final Pages pages;
  private final NoticeViews views;
  private final Days days;
  private final NoticeList list;

  NoticeReachPages(Pages pages, NoticeViews views, Days days, NoticeList list) {
    this.pages = pages;
    this.views = views;
    this.days = days;
    this.list = list;
  }

  /** A day as fields of forms send it; the other one for an empty field. */
  static LocalDate day(String text, LocalDate otherwise) {
    try {
      return text == null || text.isBlank() ? otherwise : LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @GET
  @Operation(hidden = true)
  public Response reach(@QueryParam("from") String from, @QueryParam("to") String to) {
    return pages.page(
        Rights.NOTICES,
        () -> {
          LocalDate last = day(to, views.today());
          LocalDate first = day(from, last.minusDays(DAYS - 1L));
          if (first.isAfter(last) || last.isAfter(first.plusDays(DAYS_MAX))) {
            return pages.problem(400, "problem_notice_days", DAYS_MAX);
          }
          List<Day> found = new ArrayList<>(days.shown(first, last, views.now()));
          Collections.reverse(found);
          Map<String, Object> model = views.page("reach", views.say("notices_reach"));
          model.put("from", first.toString());
          model.put("to", last.toString());
          model.put("target", views.rules().reach());
          model.put("days", found.stream().map(this::row).toList());
          model.put(
              "missing",
              list
                  .list(
                      new NoticeList.Filter(
                          "unconfirmed",
                          null,
                          views.begins(first),
                          views.begins(last.plusDays(1)),
                          null),
                      SHOWN_MAX)
                  .stream()
                  .map(views::row)
                  .toList());
          model.put("unconfirmed", found.stream().mapToLong(Day::unconfirmed).sum());
          return pages.render("noticesreach", model);
        });
  }

  private Map<String, Object> row(Day day) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("gate", day.gate());
    row.put("gateName", views.gate(day.gate()));
    row.put("day", day.day().toString());
    row.put("rows", NoticePages.LOG + "?gate=" + day.gate() + "&day=" + day.day());
    row.put("due", day.due());
    row.put("reached", day.reached());
    row.put("rate", day.rate() == null ? "" : day.rate().toPlainString());
    row.put("below", day.below(views.rules().reach()));
    row.put("read", day.read());
    row.put("unconfirmed", day.unconfirmed());
    row.put("failed", day.failed());
    row.put("suppressed", day.suppressed());
    row.put("open", day.open());
    return row;
  }

  @GET
  @Path("/{gate}/{day}")
  @Operation(hidden = true)
  public Response versions(@PathParam("gate") String gate, @PathParam("day") String day) {
    return pages.page(
        Rights.NOTICES,
        () -> {
          LocalDate on = day(day, null);
          String name = views.gate(gate).isEmpty() ? gate : views.gate(gate);
          Map<String, Object> model =
              views.page("reach", views.say("notices_versions_title", name, on));
          model.put(
              "versions",
              days.versions(gate, on).stream()
                  .map(
                      version -> {
                        Map<String, Object> row = row(version.day());
                        row.put("version", version.version());
                        row.put("madeAt", views.time(version.madeAt()));
                        return row;
                      })
                  .toList());
          return pages.render("noticesday", model);
        });
  }
}
