package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Person;
import io.orderbridge.notice.Templates.Key;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Templates of notices: edited by one person, approved by another, taken back in one call. */
@Path("/api/notice-templates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Notice templates", description = "What customers are told, per notice and channel.")
public class TemplateResource {
  private static final int CREATED = 201;

  private final TemplateList list;
  private final TemplateActs acts;
  private final TemplatePreview preview;
  private final Clock clock;

  TemplateResource(TemplateList list, TemplateActs acts, TemplatePreview preview, Clock clock) {
    this.list = list;
    this.acts = acts;
    this.preview = preview;
    this.clock = clock;
  }

  /** Which version. */
  public record Chosen(Integer version) {}

  /** Where to, and why; version 0 is what is shipped. */
  public record Back(Integer to, String reason) {}

  /**
   * With which order.
   *
   * @param version null for the draft, or else the current one
   * @param body to look at words that are not saved
   */
  public record Look(
      String shop, String number, String parcel, Integer version, Map<String, Object> body) {}

  @GET
  @Operation(
      summary = "Templates that are current or drafts, without their words",
      description = "And the variables that they may name. Version 0 is what is shipped.")
  @APIResponse(responseCode = "200", description = "One entry per version.")
  public Map<String, Object> list() {
    return Map.of("templates", list.all(), "variables", TemplateList.variables());
  }

  @GET
  @Path("/{name}/{channel}")
  @Operation(summary = "One template with its versions, the newest first")
  @APIResponse(responseCode = "200", description = "At most 200 versions with their words.")
  @APIResponse(responseCode = "404", description = "Neither stored nor shipped.")
  public Response one(@PathParam("name") String name, @PathParam("channel") String channel) {
    return Replies.to(
        () ->
            Replies.of(
                200,
                list.find(new Key(name, channel))
                    .orElseThrow(
                        () -> new Declined(Kind.MISSING, "there is no " + name + "." + channel))));
  }

  @PUT
  @Path("/{name}/{channel}")
  @Operation(
      summary = "Save a draft",
      description =
          "The body is the template: title, text, link, html, vendors. A version of its own; the"
              + " draft before it is retired. Role ops. Nothing is sent by it before another person"
              + " approves it.")
  @APIResponse(responseCode = "201", description = "Its version.")
  @APIResponse(responseCode = "400", description = "What is wrong, with its place in the body.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response save(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      Map<String, Object> body,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          int version =
              acts.save(
                  person(security),
                  new Key(name, channel),
                  body == null ? Map.of() : body,
                  clock.instant());
          return Replies.of(CREATED, Map.of("version", version));
        });
  }

  @POST
  @Path("/{name}/{channel}/approve")
  @Operation(
      summary = "Approve a draft of somebody else",
      description = "`{\"version\": 3}`. The next message is made by it. Role ops or manager.")
  @APIResponse(responseCode = "200", description = "Current.")
  @APIResponse(responseCode = "403", description = "Its editor, or not the role.")
  @APIResponse(responseCode = "409", description = "No draft any more.")
  public Response approve(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      Chosen chosen,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          int version = required(chosen == null ? null : chosen.version(), "version");
          acts.approve(person(security), new Key(name, channel), version, clock.instant());
          return Replies.of(200, Map.of("version", version));
        });
  }

  @POST
  @Path("/{name}/{channel}/rollback")
  @Operation(
      summary = "Go back to a version that was approved once",
      description =
          "`{\"to\": 2, \"reason\": \"...\"}`; 0 is what is shipped. Current at once, as a new"
              + " version. Role ops or manager.")
  @APIResponse(responseCode = "200", description = "The new version.")
  @APIResponse(responseCode = "404", description = "No such version.")
  @APIResponse(responseCode = "409", description = "Never approved, or current already.")
  public Response rollBack(
      @PathParam("name") String name,
      @PathParam("channel") String channel,
      Back back,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          int to = required(back == null ? null : back.to(), "to");
          Key key = new Key(name, channel);
          int version = acts.rollBack(person(security), key, to, back.reason(), clock.instant());
          return Replies.of(200, Map.of("version", version));
        });
  }

  @POST
  @Path("/{name}/{channel}/preview")
  @Operation(
      summary = "What every vendor would be told for an order",
      description =
          "`{\"shop\": \"...\", \"number\": \"...\", \"parcel\": \"\"}`, if wanted `version`, or"
              + " `body` with words that are not saved. The name of the customer is masked; what"
              + " was cut is told. Sends nothing.")
  @APIResponse(responseCode = "200", description = "One message per vendor.")
  @APIResponse(responseCode = "404", description = "No such order, or no such version.")
  public Response preview(
      @PathParam("name") String name, @PathParam("channel") String channel, Look look) {
    return Replies.to(
        () -> {
          if (look == null) {
            throw new Declined(Kind.WRONG, "'shop' and 'number' are missing");
          }
          Template template =
              look.body() == null
                  ? list.version(new Key(name, channel), look.version())
                  : TemplateBody.read(name, channel, 0, look.body());
          String parcel = look.parcel() == null ? "" : look.parcel();
          return Replies.of(200, preview.show(template, key(look), parcel));
        });
  }

  private static OrderKey key(Look look) {
    try {
      return new OrderKey(look.shop(), look.number());
    } catch (IllegalArgumentException e) {
      throw new Declined(Kind.WRONG, e.getMessage());
    }
  }

  private static int required(Integer number, String name) {
    if (number == null || number < 0) {
      throw new Declined(Kind.WRONG, "'%s' is the number of a version".formatted(name));
    }
    return number;
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
