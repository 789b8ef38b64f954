import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A partner's list of orders, the sweeps that read it, and webhooks beside them; one process and one
 * clock. Each sweep reads another hour of the past, which has orders of its own.
 *
 * <p>java bench/Sweep.java product-url product-pid postgres-pid list-port orders rounds
 */
public class Sweep {
  static final int PAGE = 100;
  static final int ORDER_BYTES = 1024;
  static final int TOTAL_AT = "{\"total\":\"".length();
  static final int FIRST_AT = TOTAL_AT + 9 + "\",\"orders\":[".length();
  static final int ID_AT = "{\"id\":\"".length();
  static final byte[] TEMPLATE = template();
  static final int WEBHOOK_BYTES = 2048;
  static final int CONNECTIONS = 16;
  static final int RATE = 200;
  static final double CPU_MAX = 0.5;
  static final double RATIO_MAX = 1.5;
  // A neighbour who compiles spoils a block, not the one in the middle.
  static final int BLOCK = 1_000;

  static final Duration PHASE = Duration.ofMillis(500);
  static final int JUDGED_MIN = 5;

  record Hour(int orders, CountDownLatch begun, AtomicBoolean over) {}

  static final Map<Long, Hour> hours = new ConcurrentHashMap<>();
  static final HttpClient http = HttpClient.newHttpClient();
  static final List<String> broken = new ArrayList<>();
  static String product;
  static int productPid;
  static int postgresPid;
  static long next;
  static long webhooks;
  static volatile boolean stopped;

  public static void main(String[] a) {
    try {
      measure(a);
    } catch (Exception e) {
      broken.add(e.toString());
    }
    broken.forEach(what -> System.out.println("BROKEN: " + what));
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  static void measure(String[] a) throws Exception {
    product = a[0];
    productPid = Integer.parseInt(a[1]);
    postgresPid = Integer.parseInt(a[2]);
    int orders = Math.max(1_000, Integer.parseInt(a[4]) / 1_000 * 1_000);
    next = Instant.now().getEpochSecond() / 3600 * 3600 - 7200;
    serve(Integer.parseInt(a[3]));

    // Warm: what compiles is compiled.
    measured("warm", Math.min(orders, 20_000));
    double small = measured("sweep", orders / 10);
    double large = measured("sweep", orders);
    if (large > small + 16) {
      broken.add("memory grows with the sweep");
    }
    webhooks(orders, Integer.parseInt(a[5]));
  }

  // ---------- the list ----------
  static void serve(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 64);
    server.createContext("/orders", Sweep::list);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }

  static void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = new TreeMap<>();
    for (String part : exchange.getRequestURI().getQuery().split("&")) {
      query.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    long hour = Long.parseLong(query.get("hour"));
    int page = Integer.parseInt(query.get("page"));
    Hour asked = hours.getOrDefault(hour, new Hour(0, new CountDownLatch(1), new AtomicBoolean()));
    awaitOpen();
    byte[] body = "{\"total\":%d,\"orders\":[]}".formatted(asked.orders()).getBytes(StandardCharsets.US_ASCII);
    if (page > 0) {
      asked.begun().countDown();
      body = page(hour, page, asked.orders());
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  static void awaitOpen() {
    synchronized (hours) {
      while (stopped) {
        try {
          hours.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** A page of {@link #PAGE} orders; the numbers are put into bytes that are made once. */
  static byte[] page(long hour, int page, int total) {
    byte[] body = TEMPLATE.clone();
    put(body, TOTAL_AT, 9, total);
    for (int i = 0; i < PAGE; i++) {
      int at = FIRST_AT + i * (ORDER_BYTES + 1) + ID_AT;
      put(body, at, 10, hour);
      put(body, at + 10, 7, (page - 1) * PAGE + i);
    }
    return body;
  }

  static void put(byte[] body, int at, int digits, long number) {
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      body[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  static byte[] template() {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < PAGE; i++) {
      orders.add(order(i));
    }
    return ("{\"total\":\"" + "0".repeat(9) + "\",\"orders\":[" + String.join(",", orders) + "]}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String order(int i) {
    String line = "{\"sku\":\"SKU-%d\",\"title\":\"Cotton T-shirt, white, L\",\"quantity\":%d,\"price\":\"99.50\"}".formatted(i, 1 + i % 3);
    StringBuilder text =
        new StringBuilder("{\"id\":\"" + "0".repeat(17))
            .append("\",\"modified\":\"2026-11-20T10:00:00Z\",\"status\":\"WAIT_SELLER_SEND_GOODS\",\"payment\":\"199.00\",\"buyer\":\"buyer")
            .append(i).append("\",\"lines\":[").append(line).append(',').append(line).append("],\"note\":\"");
    while (text.length() < ORDER_BYTES - 2) {
      text.append((char) ('a' + (i + text.length()) % 26));
    }
    return text.append("\"}").toString();
  }

  // ---------- a sweep ----------
  /** Asks for a window that was not read before. */
  static Hour ask(int orders) throws Exception {
    next -= 3600;
    Hour hour = new Hour(orders, new CountDownLatch(1), new AtomicBoolean());
    hours.put(next, hour);
    String body =
        "{\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"bench\"}"
            .formatted(Instant.ofEpochSecond(next), Instant.ofEpochSecond(next + 3600));
    HttpRequest again =
        HttpRequest.newBuilder(URI.create(product + "/api/sources/sweep/orders/read-again"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(again, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException("read-again: " + answer.statusCode() + " " + answer.body());
    }
    if (!hour.begun().await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no page was asked for within a minute");
    }
    return hour;
  }

  /** Returns when the window is read; how many orders it has stored. */
  static long read() throws Exception {
    String from = Instant.ofEpochSecond(next).toString();
    String to = Instant.ofEpochSecond(next + 3600).toString();
    HttpRequest windows =
        HttpRequest.newBuilder(
                URI.create(product + "/api/sources/sweep/orders/windows?from=" + from + "&to=" + to))
            .build();
    for (int i = 0; i < 3000; i++) {
      String text = http.send(windows, HttpResponse.BodyHandlers.ofString()).body();
      if (text.replace(" ", "").contains("\"read\":true")) {
        return Long.parseLong(text.replace(" ", "").replaceAll("(?s).*\"stored\":(\\d+).*", "$1"));
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("the window is not read after five minutes");
  }

  static double measured(String label, int orders) throws Exception {
    long[] peak = {0};
    AtomicBoolean over = new AtomicBoolean();
    Thread memory =
        new Thread(
            () -> {
              while (!over.get()) {
                peak[0] = Math.max(peak[0], resident(productPid));
                LockSupport.parkNanos(200_000_000L);
              }
            });
    memory.start();
    double cpu = cpu(productPid);
    double postgres = tree(postgresPid);
    long begun = System.nanoTime();
    ask(orders);
    long stored = read();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double mine = (cpu(productPid) - cpu) * 1000 / orders;
    double theirs = (tree(postgresPid) - postgres) * 1000 / orders;
    over.set(true);
    memory.join();
    double mb = peak[0] / 1024.0;
    System.out.printf(
        Locale.ROOT,
        "%s of %d orders: %.3f + %.3f = %.3f CPU ms per order (product + PostgreSQL), %.1f s, memory %.0f MB%n",
        label, orders, mine, theirs, mine + theirs, seconds, mb);
    if (stored != orders) {
      broken.add("%d orders are stored, not %d".formatted(stored, orders));
    }
    if (label.equals("sweep") && orders >= 100_000 && mine + theirs > CPU_MAX) {
      broken.add("an order costs over %.1f CPU ms".formatted(CPU_MAX));
    }
    return mb;
  }

  // ---------- webhooks with and without it ----------
  /**
   * The list stops and goes on every half second, so that what else happens on the machine strikes
   * both sides alike.
   */
  static void webhooks(int orders, int rounds) throws Exception {
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    load(new AtomicBoolean(), Duration.ofSeconds(3), new ArrayList<>(), new ArrayList<>()); // warm
    for (int round = 0; round < rounds; round++) {
      Hour hour = ask(orders);
      Thread watch =
          new Thread(
              () -> {
                try {
                  read();
                } catch (Exception e) {
                  broken.add(e.toString());
                }
                hour.over().set(true);
              });
      watch.start();
      Thread gate =
          new Thread(
              () -> {
                while (!hour.over().get()) {
                  stopped(!stopped);
                  LockSupport.parkNanos(PHASE.toNanos());
                }
                stopped(false);
              });
      gate.start();
      load(hour.over(), Duration.ofMinutes(10), without, with);
      watch.join();
      gate.join();
    }
    List<Double> ratios = new ArrayList<>();
    int blocks = Math.min(without.size(), with.size()) / BLOCK;
    for (int b = 0; b < blocks; b++) {
      ratios.add(percentile(block(with, b), 99) / percentile(block(without, b), 99));
    }
    Collections.sort(ratios);
    double median = blocks == 0 ? 0 : ratios.get(blocks / 2);
    System.out.printf(
        Locale.ROOT,
        "accept at %d webhooks a second: without sweep p50 %.2f p99 %.2f ms (%d), with it p50 %.2f p99 %.2f ms (%d);"
            + " ratio of p99 %.2f, in the middle of %d blocks of %d %.2f%n",
        RATE, percentile(without, 50), percentile(without, 99), without.size(), percentile(with, 50),
        percentile(with, 99), with.size(), percentile(with, 99) / percentile(without, 99), blocks, BLOCK, median);
    if (blocks >= JUDGED_MIN && median > RATIO_MAX) {
      broken.add("the sweep delays webhooks");
    }
  }

  static List<Long> block(List<Long> took, int number) {
    return took.subList(number * BLOCK, (number + 1) * BLOCK);
  }

  static void stopped(boolean now) {
    synchronized (hours) {
      stopped = now;
      hours.notifyAll();
    }
  }

  static void load(AtomicBoolean over, Duration most, List<Long> without, List<Long> with)
      throws Exception {
    long run = webhooks++;
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      int first = c;
      Thread thread =
          new Thread(
              () -> {
                try {
                  send(run, first, begun, over, begun + most.toNanos(), without, with);
                } catch (IOException e) {
                  broken.add("webhook: " + e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  static void send(
      long run, int first, long begun, AtomicBoolean over, long end, List<Long> without, List<Long> with)
      throws IOException {
    URI uri = URI.create(product);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (int i = first; !over.get(); i += CONNECTIONS) {
        long due = begun + (long) (i * 1e9 / RATE);
        if (due > end) {
          return;
        }
        byte[] request = webhook(run, i);
        for (long left; (left = due - System.nanoTime()) > 0; ) {
          LockSupport.parkNanos(left);
        }
        boolean sweeping = !stopped;
        out.write(request);
        int status = answer(in);
        if (status / 100 != 2) {
          throw new IOException("answered " + status);
        }
        // From the time when it was due: who waits for a late answer is late himself.
        long took = System.nanoTime() - due;
        List<Long> side = sweeping ? with : without;
        synchronized (hours) {
          side.add(took);
        }
      }
    }
  }

  static byte[] webhook(long run, int i) {
    StringBuilder body = new StringBuilder("{\"id\":\"w").append(run).append('-').append(i).append("\",\"note\":\"");
    while (body.length() < WEBHOOK_BYTES - 2) {
      body.append((char) ('a' + body.length() % 26));
    }
    body.append("\"}");
    String head = "POST /in/sweep HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  static int answer(InputStream in) throws IOException {
    String line = line(in);
    int status = Integer.parseInt(line.substring(9, 12));
    int length = 0;
    while (!(line = line(in)).isEmpty()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
    in.readNBytes(length);
    return status;
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) != '\n'; ) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  static double percentile(List<Long> nanos, int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
  }

  // ---------- /proc ----------
  static String[] stat(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/stat")).replaceAll("(?s).*\\) ", "").split(" ");
  }

  static double cpu(long pid) throws IOException {
    String[] f = stat(pid);
    return (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
  }

  /** A process with its children, those that ended included. */
  static double tree(int root) throws IOException {
    String[] own = stat(root);
    double sum = cpu(root) + (Long.parseLong(own[13]) + Long.parseLong(own[14])) / 100.0;
    for (ProcessHandle child : ProcessHandle.of(root).orElseThrow().children().toList()) {
      try {
        sum += cpu(child.pid());
      } catch (IOException e) {
        // It has just ended, and is in the sum of its parent from now on.
      }
    }
    return sum;
  }

  static long resident(int pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        if (line.startsWith("Rss:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }
}
