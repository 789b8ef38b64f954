package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the figures of the business are, and what they come to by the basis of each department. */
@Path("/api/definitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Definitions", description = "What the figures are, agreed by three departments.")
public class DefinitionResource {
  private static final Set<Role> ROLES =
      Set.of(Role.FINANCE, Role.OPS, Role.WAREHOUSE, Role.OWNER, Role.MANAGER);
  // What is ordered may be settled a month later; platforms pay out within 45 days.
  private static final int AROUND_DEFAULT = 45;
  private static final int AROUND_MAX = 184;
  private static final int DAYS_MAX = 366;
  private static final int TEXT_MAX = 65_536;

  private final Definitions definitions;
  private final DefinitionTexts texts;
  private final DefinitionTotals totals;
  private final Reconciliations reconciliations;
  private final Clock clock;

  DefinitionResource(
      Definitions definitions,
      DefinitionTexts texts,
      DefinitionTotals totals,
      Reconciliations reconciliations,
      Clock clock) {
    this.definitions = definitions;
    this.texts = texts;
    this.totals = totals;
    this.reconciliations = reconciliations;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "The definitions in force, by name")
  @APIResponse(responseCode = "200", description = "Name, version, who has not signed.")
  public Map<String, Object> list() {
    return Map.of(
        "definitions", definitions.all().stream().map(ReportViews::definitionState).toList());
  }

  @GET
  @Path("/{name}")
  @Operation(
      summary = "A definition with its SQL",
      description = "`basis` is finance, operations (default) or warehouse.")
  @APIResponse(responseCode = "200", description = "The definition.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response one(@PathParam("name") String name, @QueryParam("basis") String basis) {
    return Replies.to(
        () -> {
          Definition definition = known(name);
          YearMonth month = lastMonth(definition);
          return Replies.of(
              200,
              DefinitionViews.of(
                  definition, department(basis), month.atDay(1), month.atEndOfMonth()));
        });
  }

  @GET
  @Path("/{name}/bridge")
  @Operation(
      summary = "How the totals of the departments become each other",
      description =
          "`from` and `to` are days, last month without them; `book` one or several, else those"
              + " that reconciliations count by it; `basis` whose total the bridges start from;"
              + " `around` so many days before and after whose snapshots are read, 45 without it."
              + " The lines add up to the difference. Roles finance, ops, warehouse, owner,"
              + " manager.")
  @APIResponse(responseCode = "200", description = "Totals, and a bridge to each other department.")
  @APIResponse(responseCode = "400", description = "A day or basis that is none.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response bridge(
      @PathParam("name") String name,
      @QueryParam("book") List<String> books,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("basis") String basis,
      @QueryParam("around") @DefaultValue("45") int around,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person.of(security.getUserPrincipal(), security::isUserInRole)
              .needs(ROLES, new Wording("查看口径桥", "A bridge"));
          Definition definition = known(name);
          YearMonth month = lastMonth(definition);
          DefinitionTotals.Asked asked =
              asked(
                  books(name, books),
                  day("from", from, month.atDay(1)),
                  day("to", to, month.atEndOfMonth()),
                  around);
          return Replies.of(
              200,
              DefinitionViews.table(
                  definition, asked, totals.bridges(definition, department(basis), asked)));
        });
  }

  @POST
  @Path("/{name}/preview")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "What a changed definition would have changed",
      description =
          "The body is the file as it would be. Answers the totals of `month`, last month without"
              + " it, before and after, and the first 100 orders that change sides by `basis`."
              + " Nothing is adopted.")
  @APIResponse(responseCode = "200", description = "Totals before and after, and what changes.")
  @APIResponse(responseCode = "400", description = "The file is wrong; says where.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response preview(
      @PathParam("name") String name,
      @QueryParam("book") List<String> books,
      @QueryParam("month") String month,
      @QueryParam("basis") String basis,
      String text,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person.of(security.getUserPrincipal(), security::isUserInRole)
              .needs(ROLES, new Wording("预览口径", "A preview"));
          Definition now = known(name);
          Definition proposed = proposed(name, text);
          YearMonth period = month == null ? lastMonth(now) : ReportAsked.month(month);
          DefinitionTotals.Asked asked =
              asked(books(name, books), period.atDay(1), period.atEndOfMonth(), AROUND_DEFAULT);
          return Replies.of(
              200,
              DefinitionViews.effect(
                  now, proposed, asked, totals.effect(now, proposed, department(basis), asked)));
        });
  }

  private Definition proposed(String name, String text) {
    if (text == null || text.isBlank() || text.length() > TEXT_MAX) {
      throw new Declined(
          Declined.Kind.WRONG,
          "the body is the text of definitions/%s.yaml, at most %d characters"
              .formatted(name, TEXT_MAX));
    }
    DefinitionTexts.Read read = texts.read(name, text);
    return read.definition()
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.WRONG,
                    read.problems().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("; "))));
  }

  private Definition known(String name) {
    return definitions
        .find(name)
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.MISSING,
                    "there is no definition '%s'; there are %s"
                        .formatted(
                            name, definitions.all().stream().map(Definition::name).toList())));
  }

  private YearMonth lastMonth(Definition definition) {
    return YearMonth.now(clock.withZone(definition.zone())).minusMonths(1);
  }

  private List<String> books(String name, List<String> asked) {
    List<String> books =
        asked != null && !asked.isEmpty()
            ? asked
            : reconciliations.all().stream()
                .map(Reconciliations.Loaded::reconciliation)
                .flatMap(what -> Stream.of(what.left(), what.right()))
                .filter(side -> name.equals(side.counts()))
                .flatMap(side -> side.books().stream())
                .distinct()
                .toList();
    if (books.isEmpty()) {
      throw new Declined(
          Declined.Kind.WRONG,
          "no reconciliation counts by '%s'; name a book: ?book=<connection>/<book>"
              .formatted(name));
    }
    return books;
  }

  private static DefinitionTotals.Asked asked(
      List<String> books, LocalDate from, LocalDate to, int around) {
    if (to.isBefore(from) || from.plusDays(DAYS_MAX).isBefore(to)) {
      throw new Declined(
          Declined.Kind.WRONG,
          "'to' is %s, expected a day from %s to %s".formatted(to, from, from.plusDays(DAYS_MAX)));
    }
    if (around < 0 || around > AROUND_MAX) {
      throw new Declined(
          Declined.Kind.WRONG, "'around' is %d, expected 0 to %d".formatted(around, AROUND_MAX));
    }
    return new DefinitionTotals.Asked(books, from, to, around);
  }

  private static LocalDate day(String key, String text, LocalDate usual) {
    try {
      return text == null ? usual : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Declined(
          Declined.Kind.WRONG,
          "'%s' is '%s', expected a day such as 2026-10-01".formatted(key, text));
    }
  }

  private static Department department(String word) {
    return Arrays.stream(Department.values())
        .filter(one -> word == null ? one == Department.OPERATIONS : one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.WRONG,
                    "'basis' is '%s', expected finance, operations or warehouse".formatted(word)));
  }
}
