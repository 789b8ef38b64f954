package io.orderbridge.console;

import io.orderbridge.board.Board;
import io.orderbridge.board.BoardOrders;
import io.orderbridge.finding.Concerned.Found;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.score.SyncLimit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The flow board: where orders are, how long, which are abnormal or late; live. */
@Path("/console/board")
public class BoardPages {
  private static final int PAGE = 50;
  // What has just come is seen without scrolling far.
  private static final int NEWEST_MAX = 10;
  private static final BoardOrders.Filter NEWEST = new BoardOrders.Filter(null, null, null, null);

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Clock clock;
  private final Flow flow;

  /** Where the figures come from. */
  @jakarta.inject.Singleton
  static class Flow {
    private final Board board;
    private final BoardOrders orders;
    private final SyncLimit limit;

    Flow(Board board, BoardOrders orders, SyncLimit limit) {
      this.board = board;
      this.orders = orders;
      this.limit = limit;
    }
  }

  BoardPages(Pages pages, Visit visit, PassportViews views, Clock clock, Flow flow) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.clock = clock;
    this.flow = flow;
  }

  @GET
  @Operation(hidden = true)
  public Response board() {
    return shown("board");
  }

  /** What changes by itself, for the script of the page. */
  @GET
  @Path("/panels")
  @Operation(hidden = true)
  public Response panels() {
    return shown("board-panels");
  }

  private Response shown(String template) {
    return pages.page(
        Rights.BOARD,
        () -> {
          Map<String, Object> model =
              new BoardView(flow.board.recent(clock.instant()), views, visit.locale())
                  .model(flow.limit);
          model.put("title", Texts.say(visit.locale(), "nav_board"));
          model.put(
              "rows",
              flow.orders.list(NEWEST, null, NEWEST_MAX).rows().stream().map(this::row).toList());
          model.put("asOf", views.second(clock.instant()));
          return pages.render(template, model);
        });
  }

  @GET
  @Path("/orders")
  @Operation(hidden = true)
  public Response orders(
      @QueryParam("status") String status,
      @QueryParam("node") String node,
      @QueryParam("abnormal") String abnormal,
      @QueryParam("late") boolean late,
      @QueryParam("after") String after) {
    return pages.page(
        Rights.BOARD,
        () -> {
          BoardOrders.Page page =
              flow.orders.list(
                  BoardOrders.Filter.of(
                      status, node, abnormal, late ? Board.HOURS : null, clock.instant()),
                  after,
                  PAGE);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "board_orders"));
          model.put("which", which(status, node, abnormal, late));
          model.put("rows", page.rows().stream().map(this::row).toList());
          model.put("next", page.after() == null ? "" : next(page.after()));
          return pages.render("board-orders", model);
        });
  }

  private String next(String after) {
    String here = visit.here().replaceFirst("[?&]after=[^&]*", "");
    return here + (here.contains("?") ? "&" : "?") + "after=" + Fields.part(after);
  }

  private List<String> which(String status, String node, String abnormal, boolean late) {
    Locale locale = visit.locale();
    List<String> which = new ArrayList<>();
    if (isThere(status)) {
      which.add(views.status(status, locale));
    }
    if (isThere(node)) {
      which.add(views.milestone(Milestone.valueOf(node), locale));
    }
    if (isThere(abnormal)) {
      which.add(BoardView.kind(abnormal, locale));
    }
    if (late) {
      which.add(Texts.say(locale, "board_late"));
    }
    return which;
  }

  private static boolean isThere(String text) {
    return text != null && !text.isEmpty();
  }

  private Map<String, Object> row(BoardOrders.Row order) {
    Locale locale = visit.locale();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", OrderPages.pathOf(order.subject()));
    row.put("order", order.subject());
    row.put("status", order.status() == null ? "" : views.status(order.status(), locale));
    row.put(
        "node",
        order.node() == null ? "" : views.milestone(Milestone.valueOf(order.node()), locale));
    row.put("since", views.time(order.since()));
    row.put("late", order.late());
    row.put("findings", order.findings().stream().map(this::finding).toList());
    return row;
  }

  // The sentences of findings tell amounts.
  private Map<String, Object> finding(Found found) {
    boolean zh = visit.locale().equals(Locale.CHINESE);
    return Map.of(
        "kind",
        BoardView.kind(found.kind().name(), visit.locale()),
        "text",
        visit.may(Rights.MONEY) ? (zh ? found.zh() : found.en()) : "");
  }
}
