package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.payment.PaymentDesk;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Verifying payments of a period once more. It asks first: a payment that is lost here is recorded
 * by it, and that is not taken back.
 */
@Path(PaymentForms.DO)
public class PaymentForms {
  static final String DO = PaymentPages.LIST + "/do";

  private final Pages pages;
  private final Visit visit;
  private final PaymentDesk desk;

  PaymentForms(Pages pages, Visit visit, PaymentDesk desk) {
    this.pages = pages;
    this.visit = visit;
    this.desk = desk;
  }

  /** Changes nothing: says what would be verified. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.PAYMENTS_RUN,
        form.getFirst("csrf"),
        () -> {
          Map<String, String> hidden = new LinkedHashMap<>();
          for (String name : List.of("connection", "from", "to")) {
            hidden.put(name, Fields.text(form, name));
          }
          return pages.ask(
              new Question(
                  DO + "/verify",
                  say("pv_ask_title"),
                  say("pv_ask_text"),
                  say("pv_ask_button"),
                  desk.wanted(hidden.get("connection"), day(form, "from"), day(form, "to")),
                  hidden,
                  false,
                  PaymentPages.LIST));
        });
  }

  @POST
  @Path("/verify")
  @Operation(hidden = true)
  public Response verify(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.PAYMENTS_RUN,
        form.getFirst("csrf"),
        () -> {
          List<Map<String, Object>> made =
              desk.verify(
                  Fields.text(form, "connection"),
                  day(form, "from"),
                  day(form, "to"),
                  visit.actor());
          return Pages.done(
              made.size() == 1
                  ? PaymentPages.LIST + "/" + made.get(0).get("id")
                  : PaymentPages.LIST,
              "pv_verified");
        });
  }

  private static String day(MultivaluedMap<String, String> form, String name) {
    String day = Fields.text(form, name);
    return day.isEmpty() ? null : day;
  }

  private String say(String key) {
    return Texts.say(visit.locale(), key);
  }
}
