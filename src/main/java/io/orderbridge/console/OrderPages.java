package io.orderbridge.console;

import io.orderbridge.inbox.RawMessages;
import io.orderbridge.inbox.RawMessages.Raw;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Orders;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.repair.RepairDesk;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Orders: found by what people have in hand, and each from end to end. */
@Path("/console/orders")
public class OrderPages {
  private static final String HASH = "[0-9a-f]{64}";
  private static final int SHOWN_MAX = 100;

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Orders orders;
  private final RawMessages messages;
  private final RepairDesk repairs;

  /** Who tells of an order. */
  @jakarta.inject.Singleton
  static class Told {
    private final Orders orders;
    private final RawMessages messages;
    private final RepairDesk repairs;

    Told(Orders orders, RawMessages messages, RepairDesk repairs) {
      this.orders = orders;
      this.messages = messages;
      this.repairs = repairs;
    }
  }

  OrderPages(Pages pages, Visit visit, PassportViews views, Told told) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.orders = told.orders;
    this.messages = told.messages;
    this.repairs = told.repairs;
  }

  @GET
  @Operation(hidden = true)
  public Response search(
      @QueryParam("shop") String shop,
      @QueryParam("q") String asked,
      @QueryParam("customer") String customer) {
    return pages.page(
        Rights.ORDERS,
        () -> {
          if (customer != null && customer.matches(HASH)) {
            return found("", "", orders.ofCustomer(customer));
          }
          String word = asked == null ? "" : asked.strip();
          String place = shop == null ? "" : shop.strip();
          return found(place, word, word.isEmpty() ? List.of() : named(place, word));
        });
  }

  /** A phone number is sent in a form: no log of addresses keeps it. */
  @POST
  @Path("/by-phone")
  @Operation(hidden = true)
  public Response byPhone(@FormParam("phone") String phone, @FormParam("csrf") String token) {
    return pages.act(
        Rights.CUSTOMERS,
        token,
        () ->
            orders
                .ofPhone(phone, visit.actor())
                .map(found -> Pages.goTo("/console/orders?customer=" + found.customer()))
                .orElseGet(() -> pages.problem(400, "problem_phone")));
  }

  private List<OrderKey> named(String shop, String word) {
    Set<OrderKey> found = new LinkedHashSet<>();
    String[] both = word.split("/", 2);
    if (both.length == 2 && !both[0].isBlank() && !both[1].isBlank()) {
      key(both[0].strip(), both[1].strip()).ifPresent(found::add);
    } else {
      // Also where no shop is given: a number is searched in all that have it.
      key(shop.isEmpty() ? "-" : shop, word)
          .ifPresent(
              asked -> {
                if (!shop.isEmpty()) {
                  found.add(asked);
                }
                views.near(asked).stream()
                    .filter(near -> near.number().equals(word) || near.shop().equals(shop))
                    .forEach(found::add);
              });
    }
    found.addAll(orders.tracked(word));
    return List.copyOf(found);
  }

  private static Optional<OrderKey> key(String shop, String number) {
    try {
      return Optional.of(new OrderKey(shop, number));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Response found(String shop, String word, List<OrderKey> keys) {
    List<Map<String, Object>> rows = new ArrayList<>();
    keys.stream()
        .limit(SHOWN_MAX)
        .forEach(key -> views.brief(key, visit.locale()).ifPresent(rows::add));
    boolean one = rows.size() == 1 && !word.isEmpty();
    if (one) {
      return Pages.goTo(path(rows.get(0)));
    }
    rows.forEach(row -> row.put("path", path(row)));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", Texts.say(visit.locale(), "nav_orders"));
    model.put("shop", shop);
    model.put("q", word);
    model.put("asked", !visit.here().equals("/console/orders"));
    model.put("rows", rows);
    model.put("mayPhone", visit.may(Rights.CUSTOMERS));
    return pages.render("orders", model);
  }

  private static String path(Map<String, Object> order) {
    return path(order.get("shop").toString(), order.get("number").toString());
  }

  /** Of {@code shop/number}. */
  static String pathOf(String order) {
    String[] both = order.split("/", 2);
    return both.length == 2 ? path(both[0], both[1]) : "";
  }

  private static String path(String shop, String number) {
    return "/console/orders/" + Fields.part(shop) + "/" + Fields.part(number);
  }

  @GET
  @Path("/{shop}/{number}")
  @Operation(hidden = true)
  public Response order(@PathParam("shop") String shop, @PathParam("number") String number) {
    return pages.page(
        Rights.ORDERS,
        () ->
            key(shop, number)
                .flatMap(key -> views.whole(key, visit.locale()))
                .map(
                    order -> {
                      order.put("title", shop + "/" + number);
                      order.put("path", path(shop, number));
                      order.put("mayMoney", visit.may(Rights.MONEY));
                      order.put("mayLetters", visit.may(Rights.LETTERS));
                      order.put("force", forcePath(shop + "/" + number));
                      return pages.render("order", order);
                    })
                .orElseGet(() -> pages.problem(404, "problem_order")));
  }

  // Empty for who may not propose to force it.
  private String forcePath(String order) {
    return repairs.mayForce(visit.person())
        ? RepairPages.LIST + "/new" + Fields.query(Map.of("order", order))
        : "";
  }

  @GET
  @Path("/{shop}/{number}/messages/{id}")
  @Operation(hidden = true)
  public Response message(
      @PathParam("shop") String shop,
      @PathParam("number") String number,
      @PathParam("id") long id) {
    return pages.page(
        Rights.ORDERS,
        () -> {
          // Only messages that told of this order: an address is no key to all others.
          List<Map<String, Object>> made =
              key(shop, number)
                  .flatMap(orders::find)
                  .map(order -> made(order, id))
                  .orElse(List.of());
          boolean open = visit.may(Rights.PERSONAL);
          Optional<Raw> raw =
              made.isEmpty()
                  ? Optional.empty()
                  : open ? messages.open(id, visit.actor()) : messages.masked(id);
          return raw.map(found -> sides(path(shop, number), found, open, made))
              .orElseGet(() -> pages.problem(404, "problem_message"));
        });
  }

  private List<Map<String, Object>> made(Map<String, Object> order, long id) {
    List<Map<String, Object>> made = new ArrayList<>();
    if (order.get("history") instanceof List<?> history) {
      for (Object said : history) {
        if (said instanceof Map<?, ?> one
            && one.get("message") instanceof Number number
            && number.longValue() == id) {
          Map<String, Object> copy = new LinkedHashMap<>();
          one.forEach((name, value) -> copy.put(name.toString(), value));
          made.add(copy);
        }
      }
    }
    return made;
  }

  private Response sides(String back, Raw raw, boolean open, List<Map<String, Object>> made) {
    String body = new String(raw.body(), StandardCharsets.UTF_8);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", Texts.say(visit.locale(), "message_title", raw.id()));
    model.put("back", back);
    model.put("connection", raw.connection());
    model.put("kind", raw.kind());
    model.put("messageId", raw.messageId());
    model.put("at", views.time(raw.receivedAt()));
    model.put("bytes", raw.body().length);
    model.put("open", open);
    model.put("raw", open ? Mask.lines(body) : Mask.shape(body));
    boolean money = visit.may(Rights.MONEY);
    model.put(
        "made",
        made.stream().map(one -> money ? Mask.pretty(one) : Mask.shape(Mask.pretty(one))).toList());
    return pages.render("message", model);
  }
}
