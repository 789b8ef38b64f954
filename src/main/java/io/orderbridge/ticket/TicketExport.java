package io.orderbridge.ticket;

import io.orderbridge.ticket.Tickets.Filter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Tickets as a file for spreadsheets, however many there are: a page at a time is read and written,
 * each in a transaction that is over before the reader gets it, so a slow reader holds nothing up.
 * Every row is as it was when its page was read.
 */
@Path("/api/tickets.csv")
@Tag(name = "Tickets")
public class TicketExport {
  private static final int PAGE = 1_000;
  private static final List<String> HEADER =
      List.of(
          "id",
          "state",
          "owner",
          "priority",
          "kind",
          "code",
          "subject",
          "item",
          "level",
          "amount",
          "currency",
          "opened_at",
          "due_at",
          "overdue",
          "escalated",
          "episode",
          "state_by",
          "state_at",
          "reason",
          "text_zh",
          "text_en");

  private final Tickets tickets;
  private final PolicyInForce policy;
  private final Clock clock;

  public TicketExport(Tickets tickets, PolicyInForce policy, Clock clock) {
    this.tickets = tickets;
    this.policy = policy;
    this.clock = clock;
  }

  @GET
  @Produces("text/csv; charset=utf-8")
  @Operation(
      summary = "Tickets as CSV, by number",
      description =
          "UTF-8 with a byte order mark; times in the zone of the policy. The filters are those of"
              + " the list. A text that a spreadsheet would run begins with an apostrophe.")
  @APIResponse(responseCode = "200", description = "All tickets that the filter matches.")
  @APIResponse(responseCode = "400", description = "No such state.")
  public Response export(
      @QueryParam("state") @DefaultValue("live") String state,
      @QueryParam("owner") String owner,
      @QueryParam("kind") String kind,
      @QueryParam("subject") String subject,
      @QueryParam("overdue") boolean overdue) {
    Filter filter;
    try {
      filter = new Filter(state, owner, kind, subject, overdue);
    } catch (IllegalArgumentException e) {
      return Response.fromResponse(Asked.problem(400, e.getMessage()))
          .type("application/json")
          .build();
    }
    StreamingOutput rows = output -> write(output, filter);
    return Response.ok(rows)
        .header("Content-Disposition", "attachment; filename=\"tickets.csv\"")
        .build();
  }

  void write(OutputStream output, Filter filter) throws IOException {
    Instant now = clock.instant();
    ZoneId zone = policy.current().calendar().zone();
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    writer.write(Csv.BOM + Csv.line(HEADER));
    long after = 0;
    List<Ticket> page;
    do {
      page = tickets.after(filter, after, PAGE, now);
      for (Ticket ticket : page) {
        writer.write(Csv.line(cells(ticket, now, zone)));
        after = ticket.id();
      }
      writer.flush();
    } while (page.size() == PAGE);
  }

  private static List<Object> cells(Ticket ticket, Instant now, ZoneId zone) {
    Ticket.Matter matter = ticket.matter();
    Ticket.Charge charge = ticket.charge();
    // Not List.of: an amount may be missing.
    return Arrays.asList(
        ticket.id(),
        ticket.state().name(),
        charge.owner().name(),
        charge.priority(),
        matter.kind(),
        matter.code(),
        matter.subject(),
        matter.item(),
        matter.level(),
        TicketRows.amount(matter.amount()),
        TicketRows.currency(matter.amount()),
        time(ticket.openedAt(), zone),
        time(charge.dueAt(), zone),
        ticket.isOverdue(now),
        charge.step(),
        ticket.episode(),
        ticket.state().by(),
        time(ticket.state().since(), zone),
        ticket.state() instanceof TicketState.Closed closed ? closed.reason() : "",
        matter.text().zh(),
        matter.text().en());
  }

  private static String time(Instant at, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
  }
}
