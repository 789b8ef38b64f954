package io.orderbridge.monthend;

import io.orderbridge.FileServer;
import io.orderbridge.monthend.Said.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the files of the platforms lie, for the product to fetch them: two platforms on an SFTP
 * server, one by password and one by key, the others in folders, and those without files behind
 * {@link Servers}.
 */
final class Places implements AutoCloseable {
  private static final String PASSWORD = "CANARY-sftp-password-4711";
  private static final List<Platform> BY_SFTP = List.of(Platform.TAOBAO, Platform.JD);

  final Servers servers;
  private final Path root;
  private final Month month;
  private final KeyPair key = FileServer.keyPair();
  private final FileServer sftp;

  Places(Path root, Month month) {
    this.root = root;
    this.month = month;
    this.servers = new Servers(month);
    this.sftp =
        new FileServer(root).withPassword("taobao", PASSWORD).withKey("jd", key.getPublic());
  }

  /** Lays the files of all days there, of the day before the first one too. */
  void lay() {
    LocalDate first = month.size.first().minusDays(1);
    for (LocalDate day = first; !day.isAfter(month.size.end()); day = day.plusDays(1)) {
      for (Platform platform : Platform.values()) {
        if (platform != Platform.MINI_SHOP) {
          write(
              platform,
              orders(platform, day),
              OrderFiles.of(platform, month.orders(platform, day)));
          layMoney(platform, day, month.money(platform, day));
        }
      }
    }
  }

  /** The file about money of a day says this from now on. */
  void layMoney(Platform platform, LocalDate day, List<Money> rows) {
    write(platform, money(platform, day), MoneyFiles.of(platform, day, rows));
  }

  private static String orders(Platform platform, LocalDate day) {
    return name("orders", day, platform == Platform.AMAZON ? "xlsx" : "csv");
  }

  private static String money(Platform platform, LocalDate day) {
    return switch (platform) {
      case TAOBAO -> name("settlement", day, "zip");
      case SHOPIFY -> name("payouts", day, "csv");
      case AMAZON -> name("settlement", day, "txt");
      default -> name("settlement", day, "csv");
    };
  }

  private static String name(String what, LocalDate day, String ending) {
    return "%s_%s.%s".formatted(what, day.toString().replace("-", ""), ending);
  }

  private void write(Platform platform, String name, byte[] file) {
    try {
      Path folder = Files.createDirectories(root.resolve(connection(platform)));
      Path beside = Files.write(root.resolve("beside"), file);
      Files.move(beside, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String connection(Platform platform) {
    return platform.orders.split("/")[0];
  }

  /** What an operator sets, as docs/partners.md says it. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(servers.environment());
    for (Platform platform : Platform.values()) {
      String name = connection(platform).toUpperCase().replace('-', '_');
      environment.put(name + "_ENABLED", "true");
      if (BY_SFTP.contains(platform)) {
        String address = "sftp://%s@127.0.0.1:%d/%s";
        String user = platform.name().toLowerCase();
        environment.put(name + "_URL", address.formatted(user, sftp.port(), connection(platform)));
        environment.put(name + "_KNOWN_HOSTS", sftp.knownHosts());
      } else if (platform != Platform.MINI_SHOP) {
        environment.put(name + "_URL", "file:" + root.resolve(connection(platform)));
      }
    }
    environment.put("TAOBAO_FILES_PASSWORD", PASSWORD);
    environment.put("JD_FILES_PRIVATE_KEY", FileServer.openSsh(key));
    return environment;
  }

  /** The file of a shipped connection with the line that it asks for where files are on SFTP. */
  static String edited(String connection, String text) {
    if (BY_SFTP.stream().noneMatch(platform -> connection(platform).equals(connection))) {
      return text;
    }
    String name = connection.toUpperCase().replace('-', '_');
    String login = text.replaceFirst("(?s).*\n  # (login: [^\n]*)\n.*", "$1");
    if (connection.equals(connection(Platform.JD))) {
      login =
          login.replace(
              "password: \"${env:JD_FILES_PASSWORD", "private-key: \"${env:JD_FILES_PRIVATE_KEY");
    }
    return text.replace(
        "    url: \"${env:%s_URL".formatted(name),
        "    %s\n    url: \"${env:%s_URL".formatted(login, name));
  }

  /** What stands in the environment or in files, and nowhere else. */
  List<String> unspeakable() {
    List<String> all = new ArrayList<>(servers.secrets());
    all.add(PASSWORD);
    FileServer.openSsh(key).lines().filter(line -> !line.startsWith("-")).forEach(all::add);
    all.addAll(OrderFiles.PERSONAL);
    return all;
  }

  @Override
  public void close() {
    sftp.close();
    servers.close();
  }
}
