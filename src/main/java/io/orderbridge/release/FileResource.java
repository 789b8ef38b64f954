package io.orderbridge.release;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
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
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files of routes and mappings: read, tried on real messages, released, taken back. */
@Path("/api/files")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Files", description = "Files of routes/ and mappings/, edited as in the folder.")
public class FileResource {
  private static final String ONE = "/{folder}/{system}/{file}";

  private final FileList list;
  private final ShadowRun shadow;
  private final ReleaseActs acts;

  FileResource(FileList list, ShadowRun shadow, ReleaseActs acts) {
    this.list = list;
    this.shadow = shadow;
    this.acts = acts;
  }

  /**
   * A changed text to try.
   *
   * @param messages how many, 50 when missing
   * @param personal whether personal data is shown
   */
  public record Trial(String text, Integer messages, Boolean personal) {}

  /**
   * A changed text to release.
   *
   * @param from hash of the text it was edited from; missing for a new file
   */
  public record Change(String text, String from, String reason) {}

  /** Where to, and why. */
  public record Back(Long version, String reason) {}

  @GET
  @Operation(
      summary = "All files with their state",
      description = "Without their texts. Roles ops, sre, manager, owner, admin.")
  @APIResponse(responseCode = "200", description = "By path.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response all(@Context SecurityContext security) {
    return to(() -> Map.of("files", list.all(person(security))));
  }

  @GET
  @Path(ONE)
  @Operation(summary = "One file with its text and hash")
  @APIResponse(responseCode = "200", description = "The file.")
  @APIResponse(responseCode = "404", description = "There is none.")
  public Response one(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      @Context SecurityContext security) {
    return to(() -> list.one(person(security), path(folder, system, file)));
  }

  @POST
  @Path(ONE + "/shadow")
  @Operation(
      summary = "Try a changed text",
      description =
          "Checked as the reload would; a mapping or code table is replayed on the last messages"
              + " (`messages`, 50, at most 1,000). Nothing is taken into force or sent. Personal"
              + " data is masked; `personal: true` shows it to ops, sre, owner, admin, audited.")
  @APIResponse(responseCode = "200", description = "What would be refused, what would change.")
  public Response shadow(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      Trial trial,
      @Context SecurityContext security) {
    return to(
        () ->
            shadow.run(
                person(security),
                path(folder, system, file),
                text(trial == null ? null : trial.text()),
                trial.messages() == null ? ShadowRun.MESSAGES_DEFAULT : trial.messages(),
                Boolean.TRUE.equals(trial.personal())));
  }

  @PUT
  @Path(ONE)
  @Operation(
      summary = "Release a changed text",
      description =
          "`{\"text\": ..., \"from\": <hash it was edited from>, \"reason\": ...}`. Written into"
              + " the folder; the answer waits for the reload. Roles owner, admin; ops for"
              + " tolerances.")
  @APIResponse(responseCode = "200", description = "In force since when, and the version.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "409", description = "Somebody was quicker; both hashes.")
  @APIResponse(responseCode = "422", description = "Refused, by file and line; put back.")
  @APIResponse(responseCode = "503", description = "The folder cannot be written.")
  public Response release(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      Change change,
      @Context SecurityContext security) {
    return to(
        () ->
            acts.release(
                person(security),
                path(folder, system, file),
                text(change == null ? null : change.text()),
                change.from() == null ? "" : change.from(),
                change.reason()));
  }

  @GET
  @Path(ONE + "/history")
  @Operation(summary = "The versions of a file, the newest first")
  @APIResponse(responseCode = "200", description = "At most 200, with their texts.")
  public Response history(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      @Context SecurityContext security) {
    return to(() -> Map.of("versions", list.history(person(security), path(folder, system, file))));
  }

  @POST
  @Path(ONE + "/rollback")
  @Operation(
      summary = "Go back to a version",
      description = "`{\"version\": 3, \"reason\": ...}`. In force at once, as a new version.")
  @APIResponse(responseCode = "200", description = "As for a release.")
  @APIResponse(responseCode = "404", description = "No such version.")
  public Response rollBack(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      Back back,
      @Context SecurityContext security) {
    return to(
        () -> {
          if (back == null || back.version() == null) {
            throw new Declined(Kind.WRONG, "'version' is the number of a version");
          }
          return acts.rollBack(
              person(security), path(folder, system, file), back.version(), back.reason());
        });
  }

  private static FilePath path(String folder, String system, String file) {
    try {
      return new FilePath(folder, system, file);
    } catch (IllegalArgumentException e) {
      throw new Declined(Kind.WRONG, e.getMessage());
    }
  }

  private static String text(String text) {
    if (text == null) {
      throw new Declined(Kind.WRONG, "'text' is missing; it is the whole text of the file");
    }
    return text;
  }

  private static Response to(Supplier<Object> doing) {
    try {
      return answer(Response.Status.OK.getStatusCode(), doing.get());
    } catch (Declined e) {
      return answer(e.status(), e.body());
    }
  }

  private static Response answer(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
