package io.orderbridge.console;

import io.orderbridge.notice.AuditSamples;
import io.orderbridge.notice.AuditSamples.Answer;
import io.orderbridge.notice.AuditSamples.Wish;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Whom to call of a month's notices, and what they said. */
@Path("/console/notices/samples")
public class NoticeSamplePages {
  private static final String LIST = "/console/notices/samples";
  private static final int PAGE = 50;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Pages pages;
  private final Visit visit;
  private final NoticeViews views;
  private final AuditSamples samples;

  NoticeSamplePages(Pages pages, Visit visit, NoticeViews views, AuditSamples samples) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.samples = samples;
  }

  @GET
  @Operation(hidden = true)
  public Response ofMonth(@QueryParam("month") String asked) {
    return pages.page(
        Rights.NOTICE_DESK,
        () -> {
          YearMonth month =
              asked == null || asked.isBlank()
                  ? YearMonth.from(views.today()).minusMonths(1)
                  : month(asked);
          Map<String, Object> all = samples.all(month);
          Map<String, Object> model = views.page("samples", views.say("notices_samples"));
          model.put("month", month.toString());
          model.put("size", views.rules().audit().sample());
          model.put("over", month.isBefore(YearMonth.from(views.today())));
          model.put("samples", maps(all.get("samples")).stream().map(this::sample).toList());
          model.put("exports", maps(all.get("exports")).stream().map(this::export).toList());
          return pages.render("noticessamples", model);
        });
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static List<Map<String, Object>> maps(Object list) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (list instanceof List<?> all) {
      for (Object one : all) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) one)
            .forEach((name, value) -> copy.put(name.toString(), value == null ? "" : value));
        maps.add(copy);
      }
    }
    return maps;
  }

  private Map<String, Object> sample(Map<String, Object> view) {
    Map<String, Object> row = new LinkedHashMap<>(view);
    row.remove("calls");
    // A template takes "size" for that of the map.
    row.put("drawn", view.get("size"));
    row.put("path", LIST + "/" + view.get("month") + "/" + view.get("id"));
    row.put("madeAt", views.time(view.get("madeAt")));
    row.put("reachRate", rate(view.get("reachRate")));
    row.put("reachRateOfAll", rate(view.get("reachRateOfAll")));
    return row;
  }

  // The rate and its interval, of a hundred.
  private String rate(Object interval) {
    Map<?, ?> map = (Map<?, ?>) interval;
    return map.get("rate") == null
        ? views.say("notices_rate_none")
        : "%s %% (%s – %s %%)"
            .formatted(
                percent(map.get("rate")), percent(map.get("low95")), percent(map.get("high95")));
  }

  private static String percent(Object share) {
    return new BigDecimal(share.toString())
        .multiply(HUNDRED)
        .setScale(1, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private Map<String, Object> export(Map<String, Object> view) {
    Map<String, Object> row = new LinkedHashMap<>(view);
    row.put("madeAt", views.time(view.get("madeAt")));
    return row;
  }

  /** The same seed and size is the same sample, so this changes nothing a second time. */
  @POST
  @Path("/draw")
  @Operation(hidden = true)
  public Response draw(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.NOTICE_DESK,
        form.getFirst("csrf"),
        () -> {
          YearMonth month = month(NoticeViews.none(form.getFirst("month")));
          String seed = NoticeViews.none(form.getFirst("seed")).strip();
          int size = (int) number(form.getFirst("size"));
          long id =
              samples.draw(
                  visit.person(),
                  month,
                  views.rules().audit(),
                  new Wish(size, seed.isEmpty() ? null : seed),
                  views.now());
          return Pages.done(LIST + "/" + month + "/" + id, "notices_drawn");
        });
  }

  private static long number(String text) {
    if (text == null || !text.strip().matches("\\d{1,9}")) {
      throw new IllegalArgumentException(String.valueOf(text));
    }
    return Long.parseLong(text.strip());
  }

  @GET
  @Path("/{month}/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("month") String month,
      @PathParam("id") long id,
      @QueryParam("after") String after) {
    return pages.page(
        Rights.NOTICE_DESK,
        () -> {
          Map<String, Object> found = samples.one(month(month), id);
          long from = after == null ? 0 : number(after);
          List<Map<String, Object>> calls =
              maps(found.get("calls")).stream()
                  .filter(call -> ((Number) call.get("place")).longValue() > from)
                  .limit(PAGE)
                  .map(this::call)
                  .toList();
          Map<String, Object> model =
              views.page("samples", views.say("notices_sample_title", month, id));
          model.putAll(sample(found));
          model.put("calls", calls);
          model.put("outcomes", views.words("notices_outcome_", AuditSamples.outcomes()));
          model.put("after", from);
          model.put("next", calls.size() < PAGE ? "" : calls.get(PAGE - 1).get("place"));
          return pages.render("noticessample", model);
        });
  }

  private Map<String, Object> call(Map<String, Object> view) {
    Map<String, Object> row = new LinkedHashMap<>(view);
    String order = view.get("shop") + "/" + view.get("number");
    row.put("order", order);
    row.put("orderPath", OrderPages.pathOf(order));
    row.put("channelName", views.word("notices_channel_", view.get("channel").toString()));
    row.put("sentAt", views.time(view.get("sentAt")));
    row.put("outcomeName", views.word("notices_outcome_", view.get("outcome").toString()));
    row.putIfAbsent("note", "");
    row.putIfAbsent("calledBy", "");
    row.put("calledAt", view.containsKey("calledAt") ? views.time(view.get("calledAt")) : "");
    return row;
  }

  /** Said again it replaces what was noted; the audit keeps both. */
  @POST
  @Path("/call")
  @Operation(hidden = true)
  public Response call(MultivaluedMap<String, String> form, @FormParam("outcome") String outcome) {
    return pages.act(
        Rights.NOTICE_DESK,
        form.getFirst("csrf"),
        () -> {
          YearMonth month = month(NoticeViews.none(form.getFirst("month")));
          long id = number(form.getFirst("sample"));
          Answer answer =
              new Answer(number(form.getFirst("notice")), outcome, form.getFirst("note"));
          samples.call(visit.person(), month, id, answer, views.now());
          String after = form.getFirst("after");
          return Pages.done(
              LIST + "/" + month + "/" + id + "?after=" + (after == null ? 0 : number(after)),
              "notices_called");
        });
  }
}
