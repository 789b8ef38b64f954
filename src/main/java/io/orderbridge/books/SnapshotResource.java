package io.orderbridge.books;

import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.kernel.Role;
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
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What each source said of each day: which days are complete, snapshots, what changed since. */
@Path("/api/books")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Books", description = "What each source said of a day, as it can be proved later.")
public class SnapshotResource {
  private static final List<Role> UPLOAD = List.of(Role.FINANCE, Role.OPS, Role.ADMIN);
  private static final int LIMIT_MAX = 1_000;

  private final Books books;
  private final BookDays days;
  private final SnapshotBook shown;
  private final Uploads uploads;
  private final Clock clock;

  SnapshotResource(Books books, BookDays days, SnapshotBook shown, Uploads uploads, Clock clock) {
    this.books = books;
    this.days = days;
    this.shown = shown;
    this.uploads = uploads;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "All books",
      description =
          "With the last snapshot, the last day up to which the last ten days are complete, and the"
              + " days that are open. State: AWAITED is not due yet and no fault, DUE is on the"
              + " way, LATE is overdue, MISSING never came, REFUSED came and gave no snapshot.")
  @APIResponse(responseCode = "200", description = "Books by name.")
  public Map<String, Object> all() {
    return Map.of("books", shown.all());
  }

  @GET
  @Path("/awaited")
  @Operation(
      summary = "What is missing for a day, by name",
      description = "The day is that of each book's zone.")
  @APIResponse(responseCode = "200", description = "Missing and complete books.")
  @APIResponse(responseCode = "400", description = "The day is not readable.")
  public Response awaited(@QueryParam("day") String day) {
    return BookReplies.to(
        () -> {
          LocalDate asked = BookReplies.day("day", day, null);
          List<Map<String, Object>> missing = new ArrayList<>();
          List<String> complete = new ArrayList<>();
          for (Book book : books.all()) {
            BookDay found = days.find(book, asked, clock.instant());
            if (found.isComplete()) {
              complete.add(book.name());
            } else {
              missing.add(BookView.open(book.name(), asked, found));
            }
          }
          return Map.of("day", asked.toString(), "missing", missing, "complete", complete);
        });
  }

  @GET
  @Path("/{connection}/{book}/snapshots")
  @Operation(
      summary = "Snapshots of a book, the newest day and version first",
      description = "Days as 2026-11-20, both included; without them the last 31.")
  @APIResponse(responseCode = "200", description = "Snapshots with their sums and seals.")
  @APIResponse(responseCode = "400", description = "A day is not readable.")
  public Response snapshots(
      @PathParam("connection") String connection,
      @PathParam("book") String book,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return BookReplies.to(
        () -> {
          LocalDate last = to == null ? null : BookReplies.day("to", to, null);
          LocalDate first = from == null ? null : BookReplies.day("from", from, null);
          String name = connection + "/" + book;
          int most = Math.max(1, Math.min(limit, LIMIT_MAX));
          return Map.of("snapshots", shown.snapshots(name, first, last, most));
        });
  }

  @GET
  @Path("/{connection}/{book}/snapshots/{id}")
  @Operation(
      summary = "One snapshot",
      description = "Its sums, its seal, and the lines that were put aside with their reasons.")
  @APIResponse(responseCode = "200", description = "The snapshot.")
  @APIResponse(responseCode = "404", description = "The book has no such snapshot.")
  public Response snapshot(
      @PathParam("connection") String connection,
      @PathParam("book") String book,
      @PathParam("id") long id) {
    return BookReplies.to(() -> shown.one(connection + "/" + book, id));
  }

  @GET
  @Path("/{connection}/{book}/snapshots/{id}/changes")
  @Operation(
      summary = "What a snapshot says otherwise than an earlier one",
      description =
          "By key, with the cells before and after; of keys that stand more than once, in the order"
              + " of the lines. Both snapshots are of this book. Audited.")
  @APIResponse(responseCode = "200", description = "At most 1000 changes.")
  @APIResponse(responseCode = "404", description = "The book has no such snapshot.")
  public Response changes(
      @PathParam("connection") String connection,
      @PathParam("book") String book,
      @PathParam("id") long id,
      @Parameter(description = "Id of the earlier snapshot.") @QueryParam("since") Long since,
      @QueryParam("limit") @DefaultValue("100") int limit,
      @Context SecurityContext security) {
    return BookReplies.to(
        () -> {
          if (since == null) {
            throw new IllegalArgumentException(
                "'since' is missing: the id of the earlier snapshot");
          }
          int most = Math.max(1, Math.min(limit, LIMIT_MAX));
          String actor = BookReplies.actor(security);
          return shown.changes(connection + "/" + book, id, since, most, actor);
        });
  }

  @POST
  @Path("/{connection}/{book}/snapshots")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Take a file as the snapshot of a day",
      description =
          "The file itself is the body, as the book's table describes it; it is read as it comes."
              + " The same content again is the snapshot that is there, another content the next"
              + " version. Roles finance, ops, admin. Audited.")
  @APIResponse(responseCode = "200", description = "The snapshot.")
  @APIResponse(
      responseCode = "400",
      description = "The file is not taken as a whole: the place and why. Nothing of it is kept.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "404", description = "No such book.")
  public Response upload(
      @PathParam("connection") String connection,
      @PathParam("book") String name,
      @QueryParam("day") String day,
      InputStream file,
      @Context SecurityContext security) {
    return BookReplies.to(
        () -> {
          String actor = BookReplies.actor(security, UPLOAD);
          Book book =
              books
                  .find(connection + "/" + name)
                  .orElseThrow(
                      () ->
                          new BookReplies.NotThere(
                              "no connection file in force has the book %s/%s"
                                  .formatted(connection, name)));
          LocalDate asked = BookReplies.day("day", day, null);
          return SnapshotView.of(uploads.take(book, asked, file, actor, clock.instant()));
        });
  }

  @GET
  @Path("/{connection}/{book}/verify")
  @Operation(
      summary = "Read all snapshots of a book again and hash them anew",
      description =
          "Finds whatever was changed, added or taken out. `root` is the hash of the last one: who"
              + " keeps it elsewhere also finds a chain that was rebuilt. Takes some seconds per"
              + " million entries.")
  @APIResponse(responseCode = "200", description = "Whether the chain stands, and its root.")
  public Response verify(
      @PathParam("connection") String connection, @PathParam("book") String book) {
    return BookReplies.to(() -> shown.verify(connection + "/" + book));
  }
}
