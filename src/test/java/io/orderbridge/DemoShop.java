package io.orderbridge;

import io.orderbridge.kernel.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demo's shop when its day is done, with a person of each role who is signed in: one product
 * for all tests of pages, from the first that asks until the tests end. Tests share it: they bring
 * what they change, and leave the rest as it is.
 */
final class DemoShop {
  private static final String ORDERS = "60";
  // A minute alone on two cores.
  private static final Duration DAY_MAX = Duration.ofMinutes(6);
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern FIRST = Pattern.compile("account\\.no_user link=(/login/link/\\S+)");
  private static DemoShop shop;

  private final Product product;
  private final Map<Role, String> cookies = new EnumMap<>(Role.class);
  private final String everybody;

  private DemoShop(Path folder) {
    product =
        new Product(folder)
            .setting("quarkus.profile", "demo")
            .setting("quarkus.log.file.path", folder.resolve("demo.log").toString())
            .setting("orderbridge.demo.orders", ORDERS)
            // Not there until a test puts the designer there.
            .setting("orderbridge.console.designer", designer(folder).toString());
    Product.copy(Path.of("routes"), product.routes());
    Product.copy(Path.of("mappings"), product.mappings());
    product.start();
    Runtime.getRuntime().addShutdownHook(new Thread(product::close));
    Await.until("the demo's day", DAY_MAX, () -> product.log().contains("TO THE CENT"));
    Visits boss = new Visits(product);
    Matcher link = FIRST.matcher(read(folder.resolve("demo.log")));
    if (!link.find()) {
      throw new AssertionError("no link of the first user in the log");
    }
    signUp(boss, link.group(1), "boss");
    for (Role role : Role.values()) {
      cookies.put(role, signedIn(role.word(), '"' + role.word() + '"'));
    }
    everybody =
        signedIn(
            "everybody",
            Arrays.stream(Role.values())
                .map(role -> '"' + role.word() + '"')
                .collect(Collectors.joining(",")));
  }

  private static Path designer(Path folder) {
    return folder.resolve("designer").toAbsolutePath();
  }

  /** The one shop; the first call takes about a minute. */
  static synchronized DemoShop open() {
    if (shop == null) {
      try {
        shop = new DemoShop(Files.createTempDirectory("demo-shop"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shop;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signUp(Visits visits, String link, String name) {
    HttpResponse<String> answer =
        visits.post(link, Map.of("name", name, "password", PASSWORD, "again", PASSWORD));
    if (answer.statusCode() != 303) {
      throw new AssertionError(name + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private String signedIn(String name, String roles) {
    HttpResponse<String> added =
        product.post("/api/users", "{\"name\":\"%s\",\"roles\":[%s]}".formatted(name, roles));
    Visits visits = new Visits(product);
    signUp(visits, Product.read(added.body()).path("link").asText(), name);
    return visits.cookie();
  }

  Product product() {
    return product;
  }

  /** Where the product looks for the designer. */
  Path designer() {
    return designer(product.routes().getParent());
  }

  /** Somebody of this role without a browser; they are named like their role. */
  Visits visits(Role role) {
    return new Visits(product).holding(cookies.get(role));
  }

  /** A new browser in which somebody of this role is signed in. */
  Browser browser(Role role) {
    return new Browser(product).holding(cookies.get(role));
  }

  /** A new browser of one person who has every role. */
  Browser browser() {
    return new Browser(product).holding(everybody);
  }
}
