package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.notice.Consent;
import io.orderbridge.notice.Content;
import io.orderbridge.notice.CustomerDesk;
import io.orderbridge.notice.CustomerDesk.Known;
import io.orderbridge.notice.Says;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a customer allows, with its evidence. A phone number is sent in a form only. */
@Path("/console/notices/customers")
public class NoticeCustomerPages {
  private static final String HERE = "/console/notices/customers";
  private static final String HASH = "[0-9a-f]{64}";

  private final Pages pages;
  private final Visit visit;
  private final NoticeViews views;
  private final CustomerDesk desk;

  NoticeCustomerPages(Pages pages, Visit visit, NoticeViews views, CustomerDesk desk) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.desk = desk;
  }

  private static String of(String customer) {
    return HERE + "?customer=" + customer;
  }

  @GET
  @Operation(hidden = true)
  public Response customer(@QueryParam("customer") String customer) {
    return pages.page(
        Rights.NOTICE_DESK,
        () -> {
          Map<String, Object> model = views.page("customers", views.say("notices_customers"));
          model.put("customer", "");
          if (customer != null && !customer.isBlank()) {
            show(model, key(customer));
          }
          return pages.render("noticescustomers", model);
        });
  }

  private static String key(String customer) {
    if (customer == null || !customer.matches(HASH)) {
      throw new IllegalArgumentException(String.valueOf(customer));
    }
    return customer;
  }

  private void show(Map<String, Object> model, String customer) {
    Known known = desk.open(visit.person(), customer);
    model.put("customer", customer);
    model.put("brief", customer.substring(0, 16));
    model.put("orders", "/console/orders?customer=" + customer);
    model.put("contacts", List.copyOf(known.contacts()));
    model.put("said", known.said().stream().map(this::said).toList());
    model.put("channels", views.words("notices_channel_", NoticePages.CHANNELS));
    model.put("allows", allows(known));
  }

  private Map<String, Object> said(Consent said) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", views.time(said.at()));
    row.put("channel", all(said.channel(), "notices_channel_"));
    row.put("content", all(said.content(), "notices_content_"));
    row.put("says", views.word("notices_says_", said.says().name()));
    row.put("tone", said.says() == Says.WITHDRAWN ? "bad" : "");
    row.put("evidence", said.evidence());
    return row;
  }

  private String all(String word, String kind) {
    return word.equals(Consent.ALL) ? views.say("notices_all") : views.word(kind, word);
  }

  // What the words come to, by channel.
  private List<Map<String, Object>> allows(Known known) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String channel : NoticePages.CHANNELS) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("channel", views.word("notices_channel_", channel));
      for (Content content : Content.values()) {
        Says says = known.says(channel, content);
        row.put(content.name(), views.word("notices_says_", says.name()));
      }
      rows.add(row);
    }
    return rows;
  }

  @POST
  @Path("/find")
  @Operation(hidden = true)
  public Response find(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.NOTICE_DESK,
        form.getFirst("csrf"),
        () ->
            Pages.goTo(
                of(
                    desk.find(
                        visit.person(),
                        form.getFirst("phone"),
                        form.getFirst("shop"),
                        form.getFirst("buyer")))));
  }

  /** What a customer says now; a later word may take it back, nothing is overwritten. */
  @POST
  @Path("/say")
  @Operation(hidden = true)
  public Response say(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.NOTICE_DESK,
        form.getFirst("csrf"),
        () -> {
          String customer = key(form.getFirst("customer"));
          Map<String, String> word = new LinkedHashMap<>();
          for (String part : Arrays.asList("channel", "content", "says", "evidence")) {
            word.put(part, NoticeViews.none(form.getFirst(part)));
          }
          desk.say(visit.person(), customer, word);
          return Pages.done(of(customer), "notices_said");
        });
  }

  /** Changes nothing: says what would be erased. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(@FormParam("customer") String asked, @FormParam("csrf") String token) {
    return pages.act(
        Rights.NOTICE_DESK,
        token,
        () -> {
          String customer = key(asked);
          return pages.ask(
              new Question(
                  HERE + "/erase",
                  views.say("notices_ask_erase_title"),
                  views.say("notices_ask_erase_text"),
                  views.say("notices_ask_erase_button"),
                  Map.of(views.say("notices_customer"), customer.substring(0, 16)),
                  Map.of("customer", customer),
                  true,
                  of(customer)));
        });
  }

  @POST
  @Path("/erase")
  @Operation(hidden = true)
  public Response erase(
      @FormParam("customer") String asked,
      @FormParam("reason") String reason,
      @FormParam("csrf") String token) {
    return pages.act(
        Rights.NOTICE_DESK,
        token,
        () -> {
          String customer = key(asked);
          if (reason == null || reason.isBlank()) {
            return pages.problem(400, "problem_reason");
          }
          desk.erase(visit.person(), customer, reason.strip());
          return Pages.done(of(customer), "notices_erased");
        });
  }
}
