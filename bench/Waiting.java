import java.nio.file.*;
import java.sql.*;
import java.util.*;

/**
 * Fills the inbox with waiting messages of connection {@code bench} and measures what one claim costs.
 *
 * <p>java -cp <postgresql jdbc jar> bench/Waiting.java <jdbc url> fill <messages> | claim <rounds>
 */
public class Waiting {
  public static void main(String[] a) throws Exception {
    try (Connection c = DriverManager.getConnection(a[0])) {
      if (a[1].equals("fill")) {
        fill(c, Long.parseLong(a[2]));
      } else {
        claim(c, Integer.parseInt(a[2]));
      }
    }
  }

  static void fill(Connection c, long n) throws SQLException {
    try (Statement s = c.createStatement()) {
      long have;
      try (ResultSet r = s.executeQuery("select count(*) from work where queue = 'inbox:bench'")) {
        r.next();
        have = r.getLong(1);
      }
      String body = "'{\"orderNo\":\"W-' || i || '\",\"shopId\":\"SHOP-' || i / 20 || '\",\"createdAt\":1760000000000,\"currency\":\"CNY\",\"totalFen\":3500,\"status\":\"X\",\"buyer\":{\"nick\":\"b\",\"name\":\"n\",\"phone\":\"1\",\"address\":{}},\"items\":[]}'";
      s.execute("create temp table filled as select nextval('inbox_id') as id, i from generate_series(" + (have + 1) + "," + n + ") i");
      s.execute("insert into inbox_message (id, connection, message_id, kind, headers, body) select id, 'bench', 'W-' || i, '', '{}', convert_to(" + body + ", 'UTF8') from filled");
      s.execute("insert into work (queue, lane, ref, ref_at, subject, key) select 'inbox:bench', '=SHOP-' || i / 20, f.id, m.received_at, 'W-' || i, 'bench/W-' || i from filled f join inbox_message m on m.id = f.id");
      s.execute("insert into lane (queue, lane) select distinct 'inbox:bench', '=SHOP-' || i / 20 from filled on conflict do nothing");
      s.execute("analyze");
    }
  }

  // The statements of work.WorkQueue#claim, rolled back so that every round finds the same.
  static void claim(Connection c, int rounds) throws Exception {
    c.setAutoCommit(false);
    String claim = "with due as (select queue, lane from lane where queue = ? and due_at <= now() order by due_at limit 32 for update skip locked) update lane l set token = nextval('claim_token'), strikes = l.strikes + 1, due_at = now() + interval '60 s' from due d where l.queue = d.queue and l.lane = d.lane returning l.lane";
    String fetch = "select w.id from unnest(?::text[]) c (lane) cross join lateral (select * from work where queue = ? and lane = c.lane order by id limit 8) w";
    int pid;
    try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("select pg_backend_pid()")) {
      r.next();
      pid = r.getInt(1);
    }
    long items = 0;
    try (PreparedStatement p = c.prepareStatement(claim); PreparedStatement f = c.prepareStatement(fetch)) {
      for (int i = -20; i < rounds; i++) {
        if (i == 0) {
          items = 0;
          start = cpu(pid);
        }
        List<String> lanes = new ArrayList<>();
        p.setString(1, "inbox:bench");
        try (ResultSet r = p.executeQuery()) {
          while (r.next()) lanes.add(r.getString(1));
        }
        f.setArray(1, c.createArrayOf("text", lanes.toArray()));
        f.setString(2, "inbox:bench");
        try (ResultSet r = f.executeQuery()) {
          while (r.next()) items++;
        }
        c.rollback();
      }
    }
    long spent = cpu(pid) - start;
    System.out.printf("%.3f ms of PostgreSQL CPU per claim, %.1f items per claim%n", spent * 10.0 / rounds, (double) items / rounds);
  }

  static long start;

  static long cpu(int pid) throws Exception {
    String[] f = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceAll(".*\\) ", "").split(" ");
    return Long.parseLong(f[11]) + Long.parseLong(f[12]);
  }
}
