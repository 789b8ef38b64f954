package io.orderbridge.account;

import io.orderbridge.account.UserActs.Call;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Role;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Users, for who is in charge of them: role {@code owner}, programs too. */
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Users", description = "Who may sign in, and with which roles.")
public class UserResource {
  private final UserActs acts;
  private final Clock clock;

  UserResource(UserActs acts, Clock clock) {
    this.acts = acts;
    this.clock = clock;
  }

  /** A new user. */
  public record Asked(String name, List<String> roles) {}

  /** The roles from now on, all of them. */
  public record Given(List<String> roles) {}

  /** Why. */
  public record Because(String reason) {}

  @GET
  @Operation(summary = "All users", description = "Without anything by which they sign in.")
  @APIResponse(responseCode = "200", description = "By name.")
  public Response list(@Context SecurityContext security) {
    return act(
        null,
        security,
        call -> Response.ok(Map.of("users", acts.all().stream().map(User::view).toList())));
  }

  @POST
  @Operation(
      summary = "Add a user",
      description =
          "Answers with `link`, the path at which they choose their password: once, within 72"
              + " hours. Hand it over; it is told only here. Audited.")
  @APIResponse(responseCode = "201", description = "Added.")
  @APIResponse(responseCode = "400", description = "No name, or a role that is none.")
  @APIResponse(
      responseCode = "409",
      description = "The name is taken; or it is the first user and no owner.")
  public Response add(Asked asked, @Context SecurityContext security) {
    return act(
        asked == null ? "" : asked.name(),
        security,
        call -> linked(201, acts.add(call, UserActs.roles(asked == null ? null : asked.roles()))));
  }

  @PUT
  @Path("/{name}/roles")
  @Operation(summary = "Set the roles of a user", description = "At once. Audited.")
  @APIResponse(responseCode = "200", description = "The user.")
  @APIResponse(responseCode = "409", description = "The last owner; or roles come from outside.")
  public Response roles(
      @PathParam("name") String name, Given given, @Context SecurityContext security) {
    return act(
        name,
        security,
        call ->
            Response.ok(
                acts.setRoles(call, UserActs.roles(given == null ? null : given.roles())).view()));
  }

  @POST
  @Path("/{name}/reset")
  @Operation(
      summary = "A link for a new password",
      description = "As for a new user; the link before ends. Audited.")
  @APIResponse(responseCode = "200", description = "The link.")
  public Response reset(@PathParam("name") String name, @Context SecurityContext security) {
    return act(name, security, call -> linked(200, acts.reset(call)));
  }

  @POST
  @Path("/{name}/lock")
  @Operation(
      summary = "Keep a user out",
      description = "Ends their sessions and links at once; with a reason. Audited.")
  @APIResponse(responseCode = "200", description = "The user.")
  @APIResponse(responseCode = "400", description = "No reason.")
  @APIResponse(responseCode = "409", description = "The last owner.")
  public Response lock(
      @PathParam("name") String name, Because because, @Context SecurityContext security) {
    return act(
        name,
        security,
        call -> Response.ok(acts.lock(call, because == null ? null : because.reason()).view()));
  }

  @POST
  @Path("/{name}/unlock")
  @Operation(
      summary = "Let a user in again",
      description = "Forgets their wrong passwords too. Audited.")
  @APIResponse(responseCode = "200", description = "The user.")
  public Response unlock(@PathParam("name") String name, @Context SecurityContext security) {
    return act(name, security, call -> Response.ok(acts.unlock(call).view()));
  }

  @POST
  @Path("/{name}/end-sessions")
  @Operation(summary = "Sign a user out everywhere", description = "Audited.")
  @APIResponse(responseCode = "200", description = "How many there were.")
  public Response endSessions(@PathParam("name") String name, @Context SecurityContext security) {
    return act(name, security, call -> Response.ok(Map.of("ended", acts.endSessions(call))));
  }

  // The table of paths holds for people; programs with a token come by here alone.
  private Response act(
      String name, SecurityContext security, Function<Call, Response.ResponseBuilder> act) {
    if (security.getUserPrincipal() == null || !security.isUserInRole(Role.OWNER.word())) {
      return problem(403, "users are the business of role owner");
    }
    try {
      String by = security.getUserPrincipal().getName();
      Call call =
          name == null ? new Call(by, "", clock.instant()) : Call.of(by, name, clock.instant());
      return act.apply(call).build();
    } catch (Declined e) {
      return problem(e.status(), e.getMessage());
    }
  }

  private static Response.ResponseBuilder linked(int status, Drawn token) {
    return Response.status(status)
        .header("Cache-Control", "no-store")
        .entity(Map.of("link", UserActs.path(token)));
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
