package io.orderbridge.schedule;

import io.orderbridge.FileServer;
import io.orderbridge.call.Partner;
import io.orderbridge.call.Partner.Asked;
import io.orderbridge.call.Partner.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Six platforms that each show an order file and a settlement file a day: two by HTTP, two by SFTP,
 * two in folders. And the files that connect them, as an integrator writes them.
 */
final class SixPlatforms implements AutoCloseable {
  static final List<String> NAMES = List.of("hall", "mall", "port", "dock", "shed", "yard");
  static final List<String> KINDS = List.of("orders", "settlement");
  private static final Set<String> BY_HTTP = Set.of("hall", "mall");
  private static final String HALL_KEY = "CANARY_hall_key";
  private static final String MALL_TOKEN = "CANARY_mall_token";
  private static final String TICKET = "CANARY_ticket";
  private static final String PASSWORD = "CANARY_port_password";
  private static final Path CONNECTIONS = Path.of("src/test/resources/six-sources");

  private static final String FETCH =
      """
      - route:
          id: NAME-KIND
          description: The file of a day is fetched and stored.
          from:
            uri: windows:NAME/KIND
            steps:
              - to:
                  uri: mapping:NAME/ask
              - to:
                  uri: call:NAME/api
      """;
  // The first answer names the file.
  private static final String LINK =
      """
              - to:
                  uri: mapping:NAME/file
              - to:
                  uri: call:NAME/download
      """;
  private static final String ROWS =
      """
      - route:
          id: NAME-KIND-rows
          description: Rows of the file are kept for the reconciliation.
          from:
            uri: inbox:NAME/KIND
            steps:
              - to:
                  uri: rows:NAME/KIND
              - to:
                  uri: windows:NAME/KIND
      """;
  private static final String RECORD =
      """
              - split:
                  expression:
                    simple:
                      expression: "${body}"
                  stopOnException: true
                  steps:
                    - to:
                        uri: mapping:NAME/order
                    - to:
                        uri: orders:record
      """;
  private static final String ORDER =
      """
      /* Our own form, 2026-11-23; times are those of Shanghai. */
      (
        $at := $time($replace(`下单时间`, 'T', ' '), 'yyyy-MM-dd HH:mm:ss', 'Asia/Shanghai');
        {
          'order': {'shop': $connection, 'number': `订单号`},
          'facts': [{'milestone': 'CREATED', 'at': $at}]
        }
      )
      """;
  private static final String ASK =
      """
      /* Our own form, 2026-11-23: orders_20261120.csv. */
      {'path': '/' & $substringAfter(source, '/') & '_' & $replace(day, '-', '') & 'ENDING'}
      """;
  private static final String FILE =
      """
      /* Our own form, 2026-11-23. */
      {'url': link, 'unpack': 'gzip', 'expect': {'sha1': sha1}}
      """;

  private final Path folder;
  private final KeyPair key = FileServer.keyPair();
  private final Partner api = new Partner();
  private final FileServer server;
  private final Map<String, byte[]> shown = new ConcurrentHashMap<>();
  private final Map<String, Reply> instead = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  SixPlatforms(Path folder) throws IOException {
    this.folder = folder;
    for (String name : NAMES) {
      Files.createDirectories(folder.resolve("shown").resolve(name));
    }
    this.server =
        new FileServer(folder.resolve("shown"))
            .withPassword("till", PASSWORD)
            .withKey("keeper", key.getPublic());
    api.answers(this::answer);
  }

  /** Puts a file of a day where the platform shows it. */
  void show(String source, String day, byte[] file) throws IOException {
    String name = source.substring(0, source.indexOf('/'));
    String path = path(source, day);
    if (BY_HTTP.contains(name)) {
      shown.put(path, file);
    } else {
      Files.write(folder.resolve("shown" + path), file);
    }
  }

  private static String path(String source, String day) {
    String ending = ending(source.substring(0, source.indexOf('/')));
    return "/" + source + "_" + day.replace("-", "") + ending;
  }

  private static String ending(String name) {
    return name.equals("yard") ? ".xlsx" : name.equals("mall") ? ".zip" : ".csv";
  }

  /** A platform by HTTP answers this once, whatever it has. */
  void answersOnce(String source, String day, Reply reply) {
    instead.put(path(source, day), reply);
  }

  /** Paths that were asked for by HTTP. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private Reply answer(Asked came) {
    String path = came.address();
    asked.add(path);
    boolean ticket = path.startsWith("/files/");
    boolean known =
        ticket
            ? path.endsWith("?ticket=" + TICKET)
            : HALL_KEY.equals(came.headers().get("x-hall-key"))
                || ("Bearer " + MALL_TOKEN).equals(came.headers().get("authorization"));
    if (!known) {
      return Reply.of(401, "who are you?");
    }
    String file = ticket ? path.substring("/files".length(), path.indexOf('?')) : path;
    Reply once = instead.remove(file);
    byte[] content = shown.get(file);
    if (once != null || content == null) {
      return once != null ? once : Reply.of(503, "not yet");
    }
    return file.startsWith("/hall/") && !ticket
        ? Reply.of(200, link(file, content))
        : Reply.of(200, ticket ? DayFiles.gzip(content) : content);
  }

  private String link(String file, byte[] content) {
    return "{\"link\": \"%s/files%s?ticket=%s\", \"sha1\": \"%s\"}"
        .formatted(api.url(), file, TICKET, DayFiles.sha1(content));
  }

  /** Writes {@code routes/} and {@code mappings/}. */
  void writeFiles() throws IOException {
    for (String name : NAMES) {
      Path routes = Files.createDirectories(folder.resolve("routes").resolve(name));
      Files.copy(CONNECTIONS.resolve(name + ".yaml"), routes.resolve("connection.yaml"));
      Path mappings = Files.createDirectories(folder.resolve("mappings").resolve(name));
      Files.writeString(mappings.resolve("order.jsonata"), ORDER);
      Files.writeString(mappings.resolve("ask.jsonata"), ASK.replace("ENDING", ending(name)));
      Files.writeString(mappings.resolve("file.jsonata"), FILE);
      for (String kind : KINDS) {
        String fetch = name.equals("hall") ? FETCH + LINK : FETCH;
        String rows = kind.equals("orders") ? ROWS + RECORD : ROWS;
        write(routes, name, kind, kind, fetch);
        write(routes, name, kind, kind + "-rows", rows);
      }
    }
  }

  private static void write(Path routes, String name, String kind, String what, String text)
      throws IOException {
    Files.writeString(
        routes.resolve("%s-%s.camel.yaml".formatted(name, what)),
        text.replace("NAME", name).replace("KIND", kind));
  }

  /** A variable that the connection files name. */
  String variable(String name) {
    return Map.of(
            "HTTP_URL", api.url(),
            "HALL_KEY", HALL_KEY,
            "MALL_TOKEN", MALL_TOKEN,
            "MALL_SEAL", "CANARY_mall_seal",
            "SFTP_PORT", String.valueOf(server.port()),
            "SFTP_KNOWN_HOSTS", server.knownHosts(),
            "PORT_PASSWORD", PASSWORD,
            "DOCK_KEY", FileServer.openSsh(key),
            "DROP_FOLDER", folder.resolve("shown").toString())
        .get(name);
  }

  /** Texts of which each gives a credential away. */
  List<String> credentials() {
    List<String> credentials = new ArrayList<>(List.of("CANARY"));
    FileServer.openSsh(key).lines().filter(line -> !line.startsWith("-")).forEach(credentials::add);
    return credentials;
  }

  /** The words of a platform that repeats the credential which it does not like. */
  static Reply quoting(String name) {
    String credential = name.equals("hall") ? HALL_KEY : MALL_TOKEN;
    return Reply.of(403, "{\"error\": \"not now, %s\"}".formatted(credential));
  }

  @Override
  public void close() {
    server.close();
    api.close();
  }
}
