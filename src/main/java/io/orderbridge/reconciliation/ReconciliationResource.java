package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Reconciliations.Loaded;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reconciliations: what there is, what was run, run it now. */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliations", description = "Two books that have to agree, day by day.")
public class ReconciliationResource {
  // A year of versions fits into an answer.
  private static final int DAYS_MAX = 366;
  private static final int DAYS_SHOWN = 31;

  private final Reconciliations reconciliations;
  private final Inputs inputs;
  private final Runs runs;
  private final RunReads reads;
  private final Attempts attempts;
  private final RuleText rules;
  private final Database database;
  private final Clock clock;

  ReconciliationResource(
      Reconciliations reconciliations,
      Inputs inputs,
      Runs runs,
      RunReads reads,
      Attempts attempts,
      RuleText rules,
      Database database,
      Clock clock) {
    this.reconciliations = reconciliations;
    this.inputs = inputs;
    this.runs = runs;
    this.reads = reads;
    this.attempts = attempts;
    this.rules = rules;
    this.database = database;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "All reconciliations",
      description =
          "With their newest run; `rests` names books that no connection declares, `attempts` runs"
              + " that are under way or failed.")
  @APIResponse(responseCode = "200", description = "By name.")
  public Response all() {
    return Replies.of(
        200, Map.of("reconciliations", reconciliations.all().stream().map(this::shown).toList()));
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "One reconciliation, with its file and its newest run")
  @APIResponse(responseCode = "200", description = "The reconciliation.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  public Response one(@PathParam("name") String name) {
    return Replies.to(
        () -> {
          Loaded loaded = known(name);
          Map<String, Object> view = shown(loaded);
          view.put("file", loaded.reconciliation().text());
          return Replies.of(200, view);
        });
  }

  private Map<String, Object> shown(Loaded loaded) {
    Reconciliation what = loaded.reconciliation();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", what.name());
    view.put("title", ReportViews.words(what.title()));
    view.put("every", what.every().name());
    view.put("zone", what.zone().getId());
    view.put("left", what.left().books());
    view.put("right", what.right().books());
    view.put("compare", what.compare().name());
    view.put("tally", what.tally().name());
    view.put("owner", what.owner());
    List<String> absent = inputs.absent(what);
    view.put("rests", absent.isEmpty() ? null : absent);
    reads.last(what.name()).ifPresent(run -> view.put("last", waited(run, what)));
    List<Attempts.Attempt> tried = attempts.of(what.name());
    view.put("attempts", tried.isEmpty() ? null : tried.stream().map(RunView::of).toList());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  // What is missing, and when it is due.
  private Map<String, Object> waited(Run run, Reconciliation what) {
    Map<String, Object> view = RunView.of(run);
    if (!run.isFinal()) {
      view.put(
          "awaits",
          inputs.standings(what, run.of(), clock.instant()).stream()
              .filter(one -> run.inputs().missing().contains(one.text()))
              .map(ReconciliationResource::awaited)
              .toList());
    }
    return view;
  }

  private static Map<String, Object> awaited(Inputs.Awaited one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("book", one.book());
    view.put("day", one.day().toString());
    view.put("state", one.standing().word());
    view.put("dueAt", Objects.toString(one.standing().dueAt(), null));
    view.put("problem", one.standing().problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private Loaded known(String name) {
    return reconciliations
        .find(name)
        .orElseThrow(
            () -> new Declined(Kind.MISSING, "there is no reconciliation '%s'".formatted(name)));
  }

  @GET
  @Path("/{name}/runs")
  @Operation(
      summary = "Runs of a period, the newest first",
      description = "All versions; without from and to the last 31 days.")
  @APIResponse(responseCode = "200", description = "Runs with counts and sums.")
  @APIResponse(responseCode = "400", description = "No period.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  public Response list(
      @PathParam("name") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return Replies.to(
        () -> {
          Reconciliation what = known(name).reconciliation();
          LocalDate last =
              to == null ? LocalDate.ofInstant(clock.instant(), what.zone()) : day("to", to);
          LocalDate first = from == null ? last.minusDays(DAYS_SHOWN) : day("from", from);
          if (first.isAfter(last) || first.plusDays(DAYS_MAX).isBefore(last)) {
            throw new Declined(
                Kind.WRONG, "'from' to 'to' is no period of 1 to %d days".formatted(DAYS_MAX));
          }
          return Replies.of(
              200,
              Map.of("runs", reads.list(name, first, last).stream().map(RunView::of).toList()));
        });
  }

  @POST
  @Path("/{name}/runs")
  @Operation(
      summary = "Run a day now",
      description =
          "By the rules in force; over the same snapshots by the same rules it is the run that is"
              + " there. With `as-of`, the number of a version, that run is made again by its own"
              + " rules over its own snapshots, compared and thrown away. Audited; for finance and"
              + " the owner.")
  @APIResponse(responseCode = "200", description = "The run; with as-of whether it is the same.")
  @APIResponse(responseCode = "400", description = "No such day or version, or nothing is there.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  @APIResponse(responseCode = "409", description = "It rests, or it does not add up.")
  public Response run(
      @PathParam("name") String name,
      @QueryParam("day") String day,
      @QueryParam("as-of") Integer version,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = Person.of(security.getUserPrincipal(), security::isUserInRole);
          person.needs(
              Set.of(Role.FINANCE, Role.OWNER), new Wording("运行对账", "Running a reconciliation"));
          known(name);
          LocalDate wanted = day("day", day);
          audit(person, name, wanted, version);
          return version == null ? run(person, name, wanted) : again(name, wanted, version);
        });
  }

  private Response run(Person person, String name, LocalDate day) {
    Runs.Answer answer = runs.run(name, day, person.name(), clock.instant());
    if (answer.rests()) {
      throw new Declined(
          Kind.CONFLICT,
          "%s rests: no connection in force declares %s under 'books'"
              .formatted(name, String.join(", ", answer.absent())));
    }
    Map<String, Object> view = RunView.of(answer.run());
    view.put("made", answer.made());
    return Replies.of(200, view);
  }

  private Response again(String name, LocalDate day, int version) {
    Runs.Again again = runs.again(name, day, version, rules);
    Map<String, Object> view = RunView.of(again.run());
    view.put("again", again.hash());
    view.put("same", again.isSame());
    return Replies.of(200, view);
  }

  private void audit(Person person, String name, LocalDate day, Integer version) {
    database.run(
        connection ->
            Audit.write(
                connection,
                new Audit.Act(
                    person.name(),
                    "reconciliation.run",
                    name,
                    "",
                    "day=%s as-of=%s".formatted(day, version))));
  }

  static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(Objects.toString(text, ""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is '%s', expected a day such as 2026-11-20".formatted(name, text), e);
    }
  }
}
