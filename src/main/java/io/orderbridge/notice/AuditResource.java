package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.notice.AuditSamples.Answer;
import io.orderbridge.notice.NoticeFile.Format;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The proof of what reached whom: the notices of a month as a file, random samples, call-backs.
 * Rooted at {@code /api}: a longer path would hide {@code /api/notices}.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notice audit", description = "Monthly export, sample, call-backs, reach rate.")
public class AuditResource {
  private static final Set<Role> ROLES = Set.of(Role.OPS, Role.CS, Role.MANAGER);
  private static final int CREATED = 201;

  private final AuditExport export;
  private final AuditSamples samples;
  private final NoticeRulesInForce policy;
  private final Clock clock;

  AuditResource(AuditExport export, AuditSamples samples, NoticeRulesInForce policy, Clock clock) {
    this.export = export;
    this.samples = samples;
    this.policy = policy;
    this.clock = clock;
  }

  /** How many customers, by which seed; both may be missing. */
  public record Wanted(Integer size, String seed) {}

  /** What a customer said. */
  public record Said(Long notice, String outcome, String note) {}

  @GET
  @Path("/notices/audit/{month}")
  @Operation(summary = "Files and samples of a month, the newest first")
  @APIResponse(responseCode = "200", description = "At most 100 of each, with their hashes, rates.")
  @APIResponse(responseCode = "400", description = "No month such as 2026-11.")
  public Response month(@PathParam("month") String month) {
    return Replies.to(() -> Replies.of(200, samples.all(read(month))));
  }

  @GET
  @Path("/notices/audit/{month}/notices.{format: csv|xlsx}")
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "The notices of a month as a file",
      description =
          "One row per notice whose gate opened in the month, with the message of it that went"
              + " furthest. `Content-Digest` is the SHA-256 of the file, which is kept. Roles ops,"
              + " cs, manager. Audited.")
  @APIResponse(responseCode = "200", description = "The file.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response file(
      @PathParam("month") String month,
      @PathParam("format") String format,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = person(security).in(ROLES);
          YearMonth read = read(month);
          Format wanted = Format.valueOf(format.toUpperCase(Locale.ROOT));
          AuditExport.Made made =
              export.make(
                  new AuditExport.Asking(
                      person, read, policy.now().audit().zone(), wanted, clock.instant()));
          return answer(made, wanted, "notices-%s.%s".formatted(read, format));
        });
  }

  private static Response answer(AuditExport.Made made, Format format, String name) {
    StreamingOutput content =
        out -> {
          try {
            Files.copy(made.file(), out);
          } finally {
            AuditExport.delete(made.file());
          }
        };
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(made.sha256()));
    return Response.ok(content, format.type())
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Content-Digest", "sha-256=:" + digest + ":")
        .header("X-Export", made.id())
        .header("X-Export-Rows", made.rows())
        .header("X-Export-SHA256", made.sha256())
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  @POST
  @Path("/notices/audit/{month}/samples")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Draw a random sample of the notices that were sent",
      description =
          "`{\"size\": 50, \"seed\": \"...\"}`, both if wanted. The same seed and size is the same"
              + " sample. Roles ops, cs, manager. Audited.")
  @APIResponse(responseCode = "201", description = "The sample with whom to call.")
  @APIResponse(responseCode = "409", description = "The month is not over.")
  public Response draw(
      @PathParam("month") String month, Wanted wanted, @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = person(security).in(ROLES);
          AuditRules rules = policy.now().audit();
          int size = wanted == null || wanted.size() == null ? rules.sample() : wanted.size();
          String seed = wanted == null ? null : wanted.seed();
          YearMonth read = read(month);
          long id =
              samples.draw(person, read, rules, new AuditSamples.Wish(size, seed), clock.instant());
          return Replies.of(CREATED, samples.one(read, id));
        });
  }

  @GET
  @Path("/notices/audit/{month}/samples/{id: \\d{1,18}}")
  @Operation(
      summary = "A sample with its call-backs and the reach rate",
      description =
          "`reachRate` is of those who answered, with Wilson's interval of 95 %; `reachRateOfAll`"
              + " counts who did not answer as not reached.")
  @APIResponse(responseCode = "200", description = "The sample.")
  @APIResponse(responseCode = "404", description = "No such sample of this month.")
  public Response one(
      @PathParam("month") String month,
      @PathParam("id") long id,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          person(security).in(ROLES);
          return Replies.of(200, samples.one(read(month), id));
        });
  }

  @POST
  @Path("/notices/audit/{month}/samples/{id: \\d{1,18}}/calls")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Note what a customer said",
      description =
          "`{\"notice\": 123, \"outcome\": \"REACHED\", \"note\": \"\"}`; REACHED, NOT_REACHED or"
              + " NO_ANSWER. Said again it replaces what was noted; the audit keeps both.")
  @APIResponse(responseCode = "200", description = "The sample with its new rate.")
  @APIResponse(responseCode = "404", description = "The notice is none of the sample.")
  public Response call(
      @PathParam("month") String month,
      @PathParam("id") long id,
      Said said,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = person(security).in(ROLES);
          if (said == null || said.notice() == null) {
            throw new Declined(Kind.WRONG, "'notice' is missing; it stands in the sample");
          }
          YearMonth read = read(month);
          Answer answer = new Answer(said.notice(), said.outcome(), said.note());
          samples.call(person, read, id, answer, clock.instant());
          return Replies.of(200, samples.one(read, id));
        });
  }

  private static YearMonth read(String month) {
    try {
      return YearMonth.parse(month);
    } catch (DateTimeException e) {
      throw new Declined(Kind.WRONG, "expected a month such as 2026-11");
    }
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
