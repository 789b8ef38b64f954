package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.MappingComponent;
import io.orderbridge.mapping.MappingProof;
import io.orderbridge.mapping.Mappings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code orderbridge check [routes] [mappings]}: the checks of a reload over whole folders, and all
 * mapping proofs, without database, open port or started route.
 */
public final class CheckCommand {
  private static final List<String> OWN =
      List.of(
          "alerts",
          "books",
          "call",
          "consistency",
          "inbox",
          "notices",
          "order-health",
          "orders",
          "outbox",
          "payments",
          "reconciliations",
          "rows",
          "states",
          "token",
          "windows");
  private static final long ANY_SIZE = Long.MAX_VALUE;

  private final Path routes;
  private final Path mappings;
  private final UnaryOperator<String> environment;

  CheckCommand(Path routes, Path mappings, UnaryOperator<String> environment) {
    this.routes = routes;
    this.mappings = mappings;
    this.environment = environment;
  }

  /** Exit code 0 when everything is good, 1 on problems. */
  public static void main(String[] arguments) {
    Path routes = Path.of(arguments.length > 0 ? arguments[0] : "routes");
    Path mappings = Path.of(arguments.length > 1 ? arguments[1] : "mappings");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CheckCommand(routes, mappings, System::getenv).run(out));
  }

  int run(PrintStream out) {
    List<FileProblem> problems = problems();
    problems.forEach(out::println);
    int files = files("routes", routes).size() + files("mappings", mappings).size();
    out.printf("%d files checked, %d problems%n", files, problems.size());
    return problems.isEmpty() ? 0 : 1;
  }

  /** What is wrong, sorted by file and line. */
  List<FileProblem> problems() {
    Set<FileProblem> found =
        new TreeSet<>(
            Comparator.comparing(FileProblem::file)
                .thenComparing(FileProblem::line)
                .thenComparing(FileProblem::what));
    missing("routes", routes, found);
    missing("mappings", mappings, found);
    Problems problems = new Problems();
    Mappings loaded = new Mappings();
    CamelContext context = context(loaded);
    try {
      Loader.checking(context, loaded, problems, environment).round(routes, mappings, true).run();
    } finally {
      context.stop();
    }
    found.addAll(problems.current());
    Map<String, byte[]> files = files("mappings", mappings);
    found.addAll(MappingProof.run(files));
    found.addAll(DefinitionReader.folder(files).lockProblems());
    return List.copyOf(found);
  }

  private static CamelContext context(Mappings loaded) {
    CamelContext context = new DefaultCamelContext();
    context.addComponent("mapping", new MappingComponent(loaded));
    OWN.forEach(name -> context.addComponent(name, new StandIn(false)));
    context.addComponent("sandbox", new StandIn(true));
    context.addComponent("quartz", new StandIn(true));
    context.getRegistry().bind("default", new PGSimpleDataSource());
    context.start();
    return context;
  }

  private static Map<String, byte[]> files(String label, Path root) {
    WatchedFolder folder = new WatchedFolder(root, label, ANY_SIZE, path -> true);
    return folder.look().changed();
  }

  private static void missing(String label, Path root, Set<FileProblem> found) {
    if (!Files.isDirectory(root)) {
      found.add(new FileProblem(label, 0, "there is no folder " + root));
    }
  }
}
