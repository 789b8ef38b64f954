import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.regex.*;

/**
 * The control of W1: the least a hand-written program has to do for the same promise. Raw sockets, one
 * table for inbox and one for outbox, writes in batches with one commit each, order kept per key, retry
 * of 503. It has no signatures, no order book, no routes, no dead letters and no second instance.
 *
 * <p>java -cp <postgresql jdbc jar> bench/Control.java <jdbc url> <port> <target port> ...
 */
public class Control {
  record Msg(String id, String key, byte[] body, CompletableFuture<Void> stored) {}
  record Debt(long id, int target, String key, byte[] body) {}

  static final BlockingQueue<Msg> in = new LinkedBlockingQueue<>();
  static final BlockingQueue<Long> paid = new LinkedBlockingQueue<>();
  static final List<Map<String, ArrayDeque<Debt>>> lanes = new ArrayList<>();
  static final List<ExecutorService> pools = new ArrayList<>();
  static int[] ports;
  static String url;

  public static void main(String[] a) throws Exception {
    url = a[0];
    ports = Arrays.stream(a).skip(2).mapToInt(Integer::parseInt).toArray();
    try (Connection c = DriverManager.getConnection(url); Statement s = c.createStatement()) {
      s.execute("create schema if not exists control");
      s.execute("drop table if exists control.inbox, control.outbox");
      s.execute("create table control.inbox (id text primary key, key text, body bytea)");
      s.execute("create table control.outbox (id bigserial primary key, target int, key text, body text, done boolean not null default false) with (fillfactor = 70)");
    }
    for (int t = 0; t < ports.length; t++) {
      lanes.add(new HashMap<>());
      pools.add(Executors.newFixedThreadPool(16));
    }
    new Thread(Control::store).start();
    new Thread(Control::settle).start();
    try (ServerSocket server = new ServerSocket(Integer.parseInt(a[1]), 512)) {
      while (true) {
        Socket s = server.accept();
        s.setTcpNoDelay(true);
        new Thread(() -> serve(s)).start();
      }
    }
  }

  static void serve(Socket s) {
    try (s) {
      InputStream is = new BufferedInputStream(s.getInputStream());
      OutputStream os = s.getOutputStream();
      while (true) {
        String l = line(is);
        if (l == null) return;
        int len = 0;
        String key = "";
        while (!(l = line(is)).isEmpty()) {
          String x = l.toLowerCase();
          if (x.startsWith("content-length:")) len = Integer.parseInt(x.substring(15).trim());
          if (x.startsWith("x-order-key:")) key = l.substring(12).trim();
        }
        byte[] body = is.readNBytes(len);
        Msg m = new Msg(field(new String(body, StandardCharsets.UTF_8), "orderNo"), key, body, new CompletableFuture<>());
        in.add(m);
        m.stored.get();
        os.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
      }
    } catch (Exception e) {
      // The sender sends again.
    }
  }

  static String line(InputStream is) throws IOException {
    StringBuilder b = new StringBuilder();
    int c;
    while ((c = is.read()) != '\n') {
      if (c < 0) return null;
      if (c != '\r') b.append((char) c);
    }
    return b.toString();
  }

  static void store() {
    try (Connection c = DriverManager.getConnection(url)) {
      c.setAutoCommit(false);
      while (true) {
        List<Msg> batch = new ArrayList<>();
        batch.add(in.take());
        in.drainTo(batch, 255);
        Set<String> fresh = new HashSet<>();
        try (PreparedStatement p = c.prepareStatement("insert into control.inbox select * from unnest(?::text[], ?::text[], ?::bytea[]) on conflict do nothing returning id")) {
          p.setArray(1, c.createArrayOf("text", batch.stream().map(Msg::id).toArray()));
          p.setArray(2, c.createArrayOf("text", batch.stream().map(Msg::key).toArray()));
          p.setArray(3, c.createArrayOf("bytea", batch.stream().map(Msg::body).toArray(byte[][]::new)));
          try (ResultSet r = p.executeQuery()) {
            while (r.next()) fresh.add(r.getString(1));
          }
        }
        List<Object> t = new ArrayList<>(), k = new ArrayList<>(), b = new ArrayList<>();
        for (Msg m : batch) {
          if (!fresh.remove(m.id)) continue;
          String mapped = map(new String(m.body, StandardCharsets.UTF_8));
          for (int i = 0; i < ports.length; i++) {
            t.add(i);
            k.add(m.key);
            b.add(mapped);
          }
        }
        List<Debt> debts = new ArrayList<>();
        try (PreparedStatement p = c.prepareStatement("insert into control.outbox (target, key, body) select * from unnest(?::int[], ?::text[], ?::text[]) returning id")) {
          p.setArray(1, c.createArrayOf("int", t.toArray()));
          p.setArray(2, c.createArrayOf("text", k.toArray()));
          p.setArray(3, c.createArrayOf("text", b.toArray()));
          try (ResultSet r = p.executeQuery()) {
            for (int i = 0; r.next(); i++)
              debts.add(new Debt(r.getLong(1), (Integer) t.get(i), (String) k.get(i), ((String) b.get(i)).getBytes(StandardCharsets.UTF_8)));
          }
        }
        c.commit();
        batch.forEach(m -> m.stored.complete(null));
        debts.forEach(Control::owe);
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  static void settle() {
    try (Connection c = DriverManager.getConnection(url)) {
      while (true) {
        List<Long> batch = new ArrayList<>();
        batch.add(paid.take());
        paid.drainTo(batch, 255);
        try (PreparedStatement p = c.prepareStatement("update control.outbox set done = true where id = any(?)")) {
          p.setArray(1, c.createArrayOf("bigint", batch.toArray()));
          p.executeUpdate();
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  static void owe(Debt d) {
    Map<String, ArrayDeque<Debt>> lane = lanes.get(d.target);
    synchronized (lane) {
      ArrayDeque<Debt> q = lane.get(d.key);
      if (q != null) {
        q.add(d);
        return;
      }
      lane.put(d.key, q = new ArrayDeque<>());
      q.add(d);
    }
    pools.get(d.target).execute(() -> run(d.target, d.key));
  }

  static final ThreadLocal<Socket> conn = new ThreadLocal<>();

  static void run(int target, String key) {
    Map<String, ArrayDeque<Debt>> lane = lanes.get(target);
    while (true) {
      Debt d;
      synchronized (lane) {
        ArrayDeque<Debt> q = lane.get(key);
        d = q.peek();
        if (d == null) {
          lane.remove(key);
          return;
        }
      }
      while (send(ports[target], d) != 200) sleep(200);
      paid.add(d.id);
      synchronized (lane) {
        lane.get(key).poll();
      }
    }
  }

  static int send(int port, Debt d) {
    try {
      Socket s = conn.get();
      if (s == null) {
        conn.set(s = new Socket("127.0.0.1", port));
        s.setTcpNoDelay(true);
      }
      byte[] head = ("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: " + d.id + "\r\nContent-Length: " + d.body.length + "\r\n\r\n").getBytes();
      byte[] all = Arrays.copyOf(head, head.length + d.body.length);
      System.arraycopy(d.body, 0, all, head.length, d.body.length);
      s.getOutputStream().write(all);
      InputStream is = s.getInputStream();
      byte[] buf = new byte[1024];
      int n = 0;
      while (true) {
        int r = is.read(buf, n, buf.length - n);
        if (r < 0) throw new EOFException();
        n += r;
        String x = new String(buf, 0, n);
        int e = x.indexOf("\r\n\r\n");
        if (e > 0 && n >= e + 4 + Integer.parseInt(x.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"))) return Integer.parseInt(x.substring(9, 12));
      }
    } catch (IOException e) {
      conn.remove();
      return 0;
    }
  }

  static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // The mapping of ten fields and four per line, by hand.
  static String map(String s) {
    StringBuilder b = new StringBuilder(600);
    b.append("{\"orderNo\":\"").append(field(s, "orderNo")).append("\",\"shop\":\"").append(field(s, "shopId")).append("\",\"state\":\"").append(field(s, "status").equals("WAIT_SELLER_SEND_GOODS") ? "PENDING" : "OTHER");
    b.append("\",\"createdAt\":\"").append(java.time.Instant.ofEpochMilli(Long.parseLong(num(s, "createdAt", 0)))).append("\",\"total\":\"").append(yuan(num(s, "totalFen", 0))).append("\",\"currency\":\"").append(field(s, "currency"));
    b.append("\",\"receiver\":\"").append(field(s, "name")).append("\",\"phone\":\"").append(field(s, "phone")).append("\",\"city\":\"").append(field(s, "city")).append("\",\"address\":\"").append(field(s, "detail")).append("\",\"lines\":[");
    for (int at = s.indexOf("\"sku\""), n = 0; at >= 0; at = s.indexOf("\"sku\"", at + 1), n++) {
      String l = s.substring(at);
      b.append(n == 0 ? "" : ",").append("{\"sku\":\"").append(field(l, "sku")).append("\",\"title\":\"").append(field(l, "title")).append("\",\"qty\":").append(num(l, "qty", 0)).append(",\"price\":\"").append(yuan(num(l, "priceFen", 0))).append("\"}");
    }
    return b.append("]}").toString();
  }

  static String field(String s, String name) {
    int at = s.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return s.substring(at, s.indexOf('"', at));
  }

  static String num(String s, String name, int from) {
    int at = s.indexOf("\"" + name + "\":", from) + name.length() + 3, e = at;
    while (Character.isDigit(s.charAt(e))) e++;
    return s.substring(at, e);
  }

  static String yuan(String fen) {
    return java.math.BigDecimal.valueOf(Long.parseLong(fen), 2).toPlainString();
  }
}
