package io.orderbridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.orderbridge.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shipped connectors, copied and with shorter waits and smaller pages: what a partner's
 * contract makes long stands in its connection file, so nothing else has to change.
 */
final class Shortened {
  static final List<String> PARTNERS =
      List.of(
          "taobao",
          "jd",
          "pinduoduo",
          "shopify",
          "wechat-pay",
          "alipay",
          "stripe",
          "qimen",
          "kingdee",
          "erpnext",
          "wangdian",
          "kuaidi100",
          "sf");

  /** Those that are told of orders of every shop get one of their own here. */
  static final List<String> OWN_SHOP =
      List.of("qimen", "kingdee", "erpnext", "wangdian", "kuaidi100");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern ENV = Pattern.compile("\\$\\{env:([A-Z0-9_]+)(:([^}]*))?}");
  private static final String SECRET = "7".repeat(32);
  private static final int KEY_BITS = 2048;

  final KeyPair keys = keys();
  private final Product product;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, ObjectNode> connections = new LinkedHashMap<>();

  Shortened(Product product) {
    this.product = product;
  }

  /** Copies and shortens; nothing is started. */
  void write() {
    product.systems(Path.of("."), PARTNERS.toArray(String[]::new)).systems(Path.of("."), "sandbox");
    for (String partner : PARTNERS) {
      Path file = Path.of("routes", partner, "connection.yaml");
      try {
        String text = Files.readString(file);
        name(partner, text);
        ObjectNode connection = (ObjectNode) YAML.readTree(text);
        shorten(partner, connection);
        connections.put(partner, connection);
        product.write(file.toString(), YAML.writeValueAsString(connection));
        withoutNightly(product.routes().resolve(partner));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    // Tables of the mappings name these.
    environment.put("ALIPAY_APP_ID", "2014072300007148");
    environment.put("SANDBOX_WECHAT_PAY_KEY", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    environment.put("SANDBOX_WECHAT_PAY_SERIAL", environment.get("WECHAT_PAY_KEY_ID"));
    environment.put("SANDBOX_ALIPAY_KEY", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    OWN_SHOP.forEach(this::ownShop);
    feed();
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The settings of every {@code sign:} of a connector, resolved. */
  List<Map<String, String>> signers(String partner) {
    List<Map<String, String>> all = new ArrayList<>();
    for (JsonNode call : connections.get(partner).path("calls")) {
      Map<String, String> settings = new LinkedHashMap<>();
      call.path("sign")
          .properties()
          .forEach(e -> settings.put(e.getKey(), resolved(e.getValue().asText())));
      if (!settings.isEmpty()) {
        all.add(settings);
      }
    }
    return all;
  }

  private String resolved(String text) {
    return ENV.matcher(text)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    environment.getOrDefault(m.group(1), m.group(3) == null ? "" : m.group(3))));
  }

  // Every variable that the file names gets a value made up by what it is called.
  private void name(String partner, String text) {
    Matcher env = ENV.matcher(text);
    while (env.find()) {
      value(partner, env.group(1)).ifPresent(value -> environment.putIfAbsent(env.group(1), value));
    }
  }

  private java.util.Optional<String> value(String partner, String name) {
    String last = name.substring(name.lastIndexOf('_') + 1);
    return java.util.Optional.ofNullable(
        switch (last) {
          case "ENABLED" -> "true";
          case "URL" ->
              name.endsWith("CALLBACK_URL")
                  ? product.uri("/in/" + partner).toString()
                  : product.uri("/sandbox/" + partner).toString();
          case "EXPIRES" -> "2099-01-01T00:00:00+08:00";
          case "OLD", "ORG" -> null;
          case "ID" ->
              name.equals("KINGDEE_APP_ID")
                  ? "client_" + Base64.getEncoder().encodeToString(SECRET.getBytes())
                  : name.toLowerCase();
          case "KEY" ->
              name.endsWith("_PUBLIC_KEY")
                  ? pem("PUBLIC KEY", keys.getPublic().getEncoded())
                  : name.endsWith("_PRIVATE_KEY")
                      ? pem("PRIVATE KEY", keys.getPrivate().getEncoded())
                      : SECRET;
          case "MCHID" -> "1900000109";
          case "TOKEN", "SESSION", "REFRESH" -> "first-" + name.toLowerCase();
          default -> SECRET;
        });
  }

  private static void shorten(String partner, ObjectNode connection) {
    if (connection.path("owed") instanceof ObjectNode owed) {
      owed.set("retry", tree("{after: [200ms, 400ms, 800ms, 1s], until: 72h}"));
      owed.set("limits", tree("{in-flight: 8, deadline: 10s}"));
      owed.set("breaker", tree("{failures: 1000, pause: 1s}"));
      if (OWN_SHOP.contains(partner)) {
        owed.set("shops", tree("[own-" + partner + "]"));
      }
    }
    for (JsonNode call : connection.path("calls")) {
      ObjectNode open = (ObjectNode) call;
      JsonNode answer = call.path("limits").path("answer");
      open.set("limits", tree("{in-flight: 8, rate: 500/s, deadline: 10s}"));
      if (answer.isTextual()) {
        ((ObjectNode) open.get("limits")).set("answer", answer);
      }
      open.set("breaker", tree("{failures: 1000, pause: 1s}"));
      for (JsonNode rule : call.path("answers")) {
        boolean untold = partner.equals("alipay") && rule.path("then").asText().equals("slow-down");
        if (rule.has("wait") || untold) {
          ((ObjectNode) rule).put("wait", "700ms");
        }
      }
    }
    if (connection.path("reads") instanceof ObjectNode reads) {
      List<String> nightly = new ArrayList<>();
      reads.fieldNames().forEachRemaining(n -> nightly.add(n));
      nightly.stream().filter(n -> n.endsWith("-nightly")).forEach(reads::remove);
      reads.forEach(source -> source((ObjectNode) source));
    }
  }

  private static void source(ObjectNode source) {
    source.set("retry", tree("{after: [300ms, 500ms, 1s]}"));
    String order = source.path("pages").path("order").asText();
    if (source.has("daily")) {
      // Due at once: before ten in the morning of its zone no bill of yesterday would be there.
      ((ObjectNode) source.get("daily")).put("back", 1).put("due", "00:00");
      return;
    }
    source.put("every", "1s");
    if (!order.equals("queue")) {
      source.put("overlap", "2s").put("behind", "0s").put("back", "4s");
      ((ObjectNode) source.get("pages")).put("size", 3);
    }
  }

  private static void withoutNightly(Path folder) throws IOException {
    try (Stream<Path> routes = Files.list(folder)) {
      for (Path route : routes.filter(r -> r.toString().contains("-nightly")).toList()) {
        Files.delete(route);
      }
    }
  }

  // As its line of shop tmall-one, under another name.
  private void ownShop(String partner) {
    Path folder = product.mappings().resolve(partner);
    try (Stream<Path> tables = Files.list(folder)) {
      for (Path table : tables.filter(t -> t.toString().contains("shop")).toList()) {
        if (!table.toString().endsWith(".csv")) {
          continue;
        }
        String text = Files.readString(table);
        StringBuilder more = new StringBuilder(text);
        text.lines()
            .filter(line -> line.contains("tmall-one"))
            .forEach(
                line ->
                    more.append(
                            line.replace("tmall-one", "own-" + partner).replace("tm01", "own01"))
                        .append('\n'));
        Files.writeString(table, more.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Our own people and machines: facts as they are.
  private void feed() {
    product
        .write(
            "routes/feed/connection.yaml",
            """
            description: Takes order facts as they are
            receives:
              signature: none
              internal: true
              message-id: header:X-Id
            owns: [CREATED, PAID, ACCEPTED, PACKED, TRACKING_ASSIGNED, OUTBOUND_SCANNED, CANCELLED]
            """)
        .write("mappings/feed/facts.jsonata", "/* Facts come as facts. */ $\n")
        .write(
            "routes/feed/feed-receive.camel.yaml",
            """
            - route:
                id: feed-receive
                description: Facts become facts.
                from:
                  uri: inbox:feed
                  steps:
                    - to:
                        uri: mapping:feed/facts
                    - to:
                        uri: orders:record
            """);
  }

  private static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type);
  }
}
