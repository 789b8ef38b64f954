package io.orderbridge.finding;

import io.orderbridge.kernel.Money;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is not as it should be, over all checks. */
@Path("/api/findings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Findings", description = "What is not as it should be, by which check, since when.")
public class FindingResource {
  private static final int LIMIT_MAX = 1_000;
  private static final Set<String> STATES = Set.of("open", "cleared", "all");

  private final Findings findings;

  public FindingResource(Findings findings) {
    this.findings = findings;
  }

  @GET
  @Operation(
      summary = "Findings, the newest first",
      description =
          "`state` is open (default), cleared or all; `kind`, `code` and `subject` (shop/number)"
              + " narrow down; `before` is the id of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "At most 1,000 findings, and open counts.")
  @APIResponse(responseCode = "400", description = "No such state.")
  public Response list(
      @QueryParam("kind") String kind,
      @QueryParam("code") String code,
      @QueryParam("subject") String subject,
      @QueryParam("state") @DefaultValue("open") String state,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (!STATES.contains(state)) {
      return Response.status(400)
          .entity(Map.of("error", "'state' is one of open, cleared, all"))
          .build();
    }
    Findings.Filter filter =
        new Findings.Filter(
            kind,
            code,
            subject,
            state.equals("all") ? null : state.toUpperCase(java.util.Locale.ROOT),
            before);
    List<Map<String, Object>> found =
        findings.list(filter, Math.max(1, Math.min(limit, LIMIT_MAX))).stream()
            .map(FindingResource::view)
            .toList();
    return Response.ok(Map.of("findings", found, "open", findings.counts())).build();
  }

  /** A finding as the API shows it. */
  public static Map<String, Object> view(Findings.Stored stored) {
    Finding finding = stored.finding();
    Money amount = finding.amount();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", stored.id());
    view.put("kind", finding.kind().name());
    view.put("code", finding.code());
    view.put("subject", finding.subject());
    view.put("item", finding.item().isEmpty() ? null : finding.item());
    view.put("level", finding.level().name());
    view.put("amount", amount == null ? null : amount.toDecimal());
    view.put("currency", amount == null ? null : amount.currency().getCurrencyCode());
    view.put("cause", finding.cause().isEmpty() ? null : finding.cause());
    view.put("text", Map.of("zh", finding.text().zh(), "en", finding.text().en()));
    view.put("evidence", finding.evidence());
    view.put("state", stored.state());
    view.put("episode", stored.episode());
    view.put("openedAt", stored.openedAt().toString());
    view.put("seenAt", stored.seenAt().toString());
    view.put("clearedAt", stored.clearedAt() == null ? null : stored.clearedAt().toString());
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }
}
