package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The difference rates of months. Rooted like the other resources of reconciliations: a longer path
 * would hide theirs.
 */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Difference rate", description = "What is open, of what was sold; below 0.3 %.")
public class RateResource {
  private static final Set<Role> ROLES = Set.of(Role.FINANCE, Role.OWNER, Role.MANAGER);

  private final Rates rates;
  private final Clock clock;

  RateResource(Rates rates, Clock clock) {
    this.rates = rates;
    this.clock = clock;
  }

  @GET
  @Path("/rates")
  @Operation(
      summary = "The difference rates of a month",
      description =
          "`month` is 2026-10, without it the month that runs. All reconciliations together by a"
              + " null name, then each. Amounts of open breaks without their signs; what is not"
              + " due yet is no break.")
  @APIResponse(responseCode = "200", description = "By currency; frozen ones do not move.")
  @APIResponse(responseCode = "409", description = "Nothing says what was sold.")
  public Response month(@QueryParam("month") String month) {
    return Replies.to(
        () -> {
          YearMonth read =
              month == null
                  ? YearMonth.now(clock.withZone(rates.zone()))
                  : ReportAsked.month(month);
          return Replies.of(200, view(read, rates.of(read)));
        });
  }

  @POST
  @Path("/rates/{month}/freeze")
  @Operation(
      summary = "Tell the rates of a month for good",
      description = "Asked twice they stay as they are. Roles finance, owner, manager.")
  @APIResponse(responseCode = "200", description = "The rates, with the snapshots they are of.")
  @APIResponse(responseCode = "409", description = "The month is not over.")
  public Response freeze(@PathParam("month") String month, @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = Person.of(security.getUserPrincipal(), security::isUserInRole);
          person.needs(ROLES, new Wording("冻结月份", "Freezing a month"));
          YearMonth read = ReportAsked.month(month);
          return Replies.of(200, view(read, rates.freeze(read, person.name(), clock.instant())));
        });
  }

  private static Map<String, Object> view(YearMonth month, List<Rate> rates) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("month", month.toString());
    view.put("passes", rates.stream().allMatch(Rate::passes));
    Rate first = rates.isEmpty() ? null : rates.get(0);
    view.put("definition", first == null ? null : first.basis().definition());
    view.put("snapshots", first == null ? List.of() : first.basis().snapshots());
    boolean frozen = first != null && first.frozen() != null;
    view.put("frozenAt", frozen ? first.frozen().at().toString() : null);
    view.put("frozenBy", frozen ? first.frozen().by() : null);
    view.put("rates", rates.stream().map(RateResource::view).toList());
    return view;
  }

  private static Map<String, Object> view(Rate rate) {
    Map<String, Object> view = new LinkedHashMap<>();
    String currency = rate.of().currency();
    view.put(
        "reconciliation", rate.of().reconciliation().isEmpty() ? null : rate.of().reconciliation());
    view.put("currency", currency);
    view.put("open", ReportViews.decimal(rate.open(), currency));
    view.put("breaks", rate.breaks());
    view.put("turnover", ReportViews.decimal(rate.turnover(), currency));
    view.put("percent", rate.percent() == null ? null : rate.percent().toPlainString());
    view.put("passes", rate.passes());
    return view;
  }
}
