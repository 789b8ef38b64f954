package io.orderbridge.alert;

import io.orderbridge.alert.Acknowledging.Opened;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page behind the link of a message, for a phone without a sign-in: who holds the link may
 * acknowledge and silence what this message told, and nothing else. Looking changes nothing, since
 * chats fetch links for their previews.
 */
@Path("/alerts")
@Produces(AlertPage.HTML)
public class AlertPage {
  static final String HTML = "text/html; charset=UTF-8";

  private static final String ACKNOWLEDGE = "acknowledge";
  private static final String SILENCE = "silence";
  private static final Wording GONE = new Wording("链接无效或已过期。", "This link is not valid, or over.");
  private static final Wording SEEN = new Wording("已确认，不再升级。", "Acknowledged; not escalated.");
  private static final Wording SILENT =
      new Wording("已静默，到期后合并告知。", "Silenced; told together at the end.");
  private static final Wording WRONG =
      new Wording("请求不完整，未做任何更改。", "The request is not complete; nothing was changed.");

  private final Acknowledging acknowledging;
  private final PageHtml html;
  private final Clock clock;

  public AlertPage(Acknowledging acknowledging, Policies policies, Clock clock) {
    this.acknowledging = acknowledging;
    this.html = new PageHtml(policies);
    this.clock = clock;
  }

  @GET
  @Path("/{token}")
  @Operation(hidden = true)
  public Response look(@PathParam("token") String token) {
    Optional<Opened> message = opened(token, clock.instant());
    return message.isEmpty()
        ? page(404, html.notice(GONE))
        : page(200, html.message(message.get(), null));
  }

  @POST
  @Path("/{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response act(
      @PathParam("token") String token,
      @FormParam("action") String action,
      @FormParam("cause") String cause,
      @FormParam("hours") String hours) {
    Instant now = clock.instant();
    Optional<Opened> found = opened(token, now);
    if (found.isEmpty()) {
      return page(404, html.notice(GONE));
    }
    Opened message = found.get();
    if (ACKNOWLEDGE.equals(action)) {
      acknowledging.acknowledge(message, now);
      return page(200, html.message(opened(token, now).orElse(message), SEEN));
    }
    Optional<Level> level = cause == null ? Optional.empty() : message.level(cause);
    boolean offered = hours != null && PageHtml.HOURS.contains(hours);
    if (!SILENCE.equals(action) || level.isEmpty() || !offered) {
      return page(400, html.message(message, WRONG));
    }
    Duration length = Duration.ofHours(Long.parseLong(hours));
    // What gets worse than this message said is told all the same.
    acknowledging.silence(
        cause, level.get(), length, Acknowledging.act(message.actor(), cause, length, ""), now);
    return page(200, html.message(opened(token, now).orElse(message), SILENT));
  }

  private Optional<Opened> opened(String token, Instant now) {
    return LinkToken.of(token).flatMap(good -> acknowledging.open(good, now));
  }

  // Nothing is loaded, framed, indexed, kept, or told to where a link leads.
  private static Response page(int status, String body) {
    return Response.status(status)
        .type(HTML)
        .header("Content-Security-Policy", PageHtml.POLICY)
        .header("X-Robots-Tag", "noindex, nofollow")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .entity(body)
        .build();
  }
}
