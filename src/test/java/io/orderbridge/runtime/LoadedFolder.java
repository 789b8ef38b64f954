package io.orderbridge.runtime;

import io.orderbridge.Heart;
import io.orderbridge.alert.Channels;
import io.orderbridge.alert.Policies;
import io.orderbridge.books.BookFiles;
import io.orderbridge.books.Books;
import io.orderbridge.books.BooksComponent;
import io.orderbridge.books.OwnBooks;
import io.orderbridge.books.Rates;
import io.orderbridge.books.Snapshots;
import io.orderbridge.books.Staging;
import io.orderbridge.call.Calls;
import io.orderbridge.call.Tokens;
import io.orderbridge.inbox.ReceivingConnections;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.MappingComponent;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.notice.Vendors;
import io.orderbridge.outbox.KnownTargets;
import io.orderbridge.rows.RowsComponent;
import io.orderbridge.rows.Tables;
import io.orderbridge.schedule.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The files of a folder, loaded by the product's own loader into a context of its own. The
 * components that a store needs are the caller's.
 */
public final class LoadedFolder implements AutoCloseable {
  public final DefaultCamelContext camel = new DefaultCamelContext();
  public final Calls calls = new Calls();
  public final Sources sources = new Sources();
  public final Channels channels = new Channels();
  private final RuleKinds.InForce inForce = RuleKinds.InForce.nobody();
  public final Policies policies = inForce.alerts();
  private final Tables tables = new Tables();
  private final Mappings mappings = new Mappings();
  private final Problems problems = new Problems();
  public final Books books;
  public final Snapshots snapshots;
  public final BookFiles files;
  public final Staging staging;
  private final Tokens tokens;
  private final Heart heart;
  private ReloadRound round;

  public LoadedFolder(Heart heart, Tokens tokens) {
    this.heart = heart;
    this.tokens = tokens;
    camel.addComponent("mapping", new MappingComponent(mappings));
    camel.addComponent("rows", new RowsComponent(tables));
    snapshots = new Snapshots(heart.database);
    books = new Books(mappings::codes);
    files = new BookFiles(books, tables, snapshots);
    staging = new Staging(heart.database, books);
    camel.addComponent(
        "books",
        new BooksComponent(
            new BooksComponent.Parts(
                books,
                files,
                staging,
                new Rates(heart.database),
                new OwnBooks(heart.database, books, List.of())),
            heart.clock));
  }

  /**
   * Starts what stands in {@code routes/} and {@code mappings/} of the folder.
   *
   * @return what is wrong with the files
   */
  public List<FileProblem> load(Path folder, UnaryOperator<String> environment) {
    camel.start();
    CamelDefaults.set(camel);
    Path routes = folder.resolve("routes");
    Path mapped = folder.resolve("mappings");
    RuleKinds rules = new RuleKinds(inForce);
    // The same listener as in the application.
    RouteLoading listener =
        new RouteLoading(
            mappings,
            new ReceivingConnections(),
            new KnownTargets(heart.database, heart.targets),
            heart.ownership,
            problems,
            new RouteLoading.Settings(
                routes.toString(), mapped.toString(), Duration.ofSeconds(1), false),
            new RouteLoading.Running(
                null,
                null,
                null,
                tables,
                calls,
                tokens,
                sources,
                channels,
                new Vendors(),
                rules,
                null,
                null,
                books,
                null));
    round =
        Loader.starting(camel, mappings, problems, List.of(listener), rules, environment)
            .round(routes, mapped, false);
    return look();
  }

  /**
   * Takes what was edited since.
   *
   * @return what is wrong with the files
   */
  public List<FileProblem> look() {
    round.run();
    return problems.current();
  }

  @Override
  public void close() {
    camel.stop();
  }
}
