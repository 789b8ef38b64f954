package io.orderbridge.books;

import static io.orderbridge.books.Shelf.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Matched.Count;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random books against a judge that looks at one key after the other. */
@Tag("R39")
@Tag("R40")
class MatchingOracleDbTest {
  private static final long SEED = 20_261_129L;
  private static final int ROUNDS = 60;
  private static final int LINES_MAX = 25;
  private static final int KEYS = 25;
  private static final List<String> STATUSES = List.of("ok", "ok", "ok", "wait", "");
  private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "CNY", "USD");
  private static final List<EntryKind> KINDS =
      List.of(EntryKind.SALE, EntryKind.SALE, EntryKind.SALE, EntryKind.REFUND, EntryKind.FEE);
  private static final DateTimeFormatter PAID = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Instant TO = LocalDate.of(2025, 11, 1).atStartOfDay(SHANGHAI).toInstant();
  static final Matching.Period OCTOBER = new Matching.Period(TO.minus(Duration.ofDays(31)), TO);
  private static final Table TABLE =
      TableFiles.table("format: csv\nheader: [no, amount]\nrows-max: 2000000\nsize-max: 100MB\n");
  private static final Layout LAYOUT =
      new Layout(
          List.of("no"),
          new Layout.Codes("kind", Map.of()),
          List.of(Layout.Amount.of("amount", true, "currency", null)),
          "pieces",
          new Layout.Codes("status", Map.of()),
          Map.of(
              Basis.PAID, new Layout.Time("paid", "yyyy-MM-dd HH:mm:ss", SHANGHAI),
              Basis.SETTLED, new Layout.Time("settled", "epoch-ms", SHANGHAI)),
          null,
          null);
  private static final List<Matching.Condition> CONDITIONS =
      List.of(
          new Matching.Condition(Set.of("ok"), Set.of(), Set.of()),
          new Matching.Condition(
              Set.of(), Set.of(EntryKind.SALE, EntryKind.REFUND), Set.of(Basis.PAID)),
          new Matching.Condition(Set.of("ok", "it's"), Set.of(EntryKind.SALE), Set.of()));

  private final Random random = new Random(SEED);
  private int day;
  private long run;

  @Test
  void random_books_end_as_a_judge_says_who_looks_at_one_key_after_the_other() {
    try (Shelf shelf = new Shelf()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<MatchingJudge.Seen> left = new ArrayList<>();
        List<MatchingJudge.Seen> right = new ArrayList<>();
        Matching matching =
            new Matching(
                side(shelf, "L", Basis.PAID, left),
                side(shelf, "R", Basis.SETTLED, right),
                random.nextBoolean() ? OCTOBER : null,
                random.nextBoolean(),
                random.nextInt(3) == 0);
        if (random.nextInt(3) == 0) {
          collide(shelf);
        }

        List<String> given = new ArrayList<>();
        Matched matched = shelf.match(matching, one -> given.add(MatchingJudge.text(one)));

        MatchingJudge judge = new MatchingJudge(matching);
        String as = "seed %d, round %d, %s".formatted(SEED, round, matching);
        assertThat(given).as(as).isEqualTo(judge.given(left, right));
        assertThat(ends(matched.left())).as(as).isEqualTo(judge.ends(left));
        assertThat(ends(matched.right())).as(as).isEqualTo(judge.ends(right));
      }
    }
  }

  private static List<Count> ends(Matched.Side side) {
    return List.of(side.entries(), side.carried(), side.excluded(), side.given(), side.matched());
  }

  /** Up to three snapshots of days that follow each other, and what two earlier days left open. */
  private Matching.Side side(
      Shelf shelf, String name, Basis basis, List<MatchingJudge.Seen> entries) {
    List<Matching.Carried> carried = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      run++;
      carried.add(new Matching.Carried(run, name));
      for (int i = 0; i < 2; i++) {
        List<MatchingJudge.Seen> book = book(basis, shelf, name);
        for (MatchingJudge.Seen one : book) {
          boolean open = random.nextInt(3) == 0;
          member(shelf, name, one, open);
          if (open) {
            entries.add(one.asCarried());
          }
        }
      }
    }
    List<Long> snapshots = new ArrayList<>();
    int many = random.nextInt(4);
    for (int i = 0; i < many; i++) {
      List<MatchingJudge.Seen> book = book(basis, shelf, name);
      book.forEach(entries::add);
      snapshots.add(shelf.snapshots.last(new Snapshot.Of(name, date())).orElseThrow().id());
    }
    Matching.Condition counts =
        random.nextBoolean() ? null : CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    return new Matching.Side(snapshots, carried, basis, counts);
  }

  private LocalDate date() {
    return Shelf.DAY.plusDays(day);
  }

  private List<MatchingJudge.Seen> book(Basis basis, Shelf shelf, String source) {
    day++;
    StringBuilder text = new StringBuilder("no,amount,currency,status,kind,pieces,paid,settled\n");
    List<MatchingJudge.Seen> book = new ArrayList<>();
    int lines = random.nextInt(LINES_MAX);
    for (int line = 2; line < lines + 2; line++) {
      // Around the last second of the period.
      Instant at = TO.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(3) - 1 : -60);
      MatchingJudge.Seen one = entry(line, random.nextInt(20) == 0 ? null : at);
      book.add(one);
      text.append(text(one));
    }
    byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
    long snapshot =
        shelf
            .snapshots
            .take(
                new Snapshots.Reading(new Snapshot.Of(source, date()), TABLE, LAYOUT),
                () -> new ByteArrayInputStream(file),
                Shelf.NIGHT)
            .id();
    return book.stream().map(one -> one.of(snapshot, basis)).toList();
  }

  private MatchingJudge.Seen entry(int line, Instant at) {
    EntryKind kind = KINDS.get(random.nextInt(KINDS.size()));
    long fen = random.nextInt(3) == 0 ? random.nextInt(3) : 1_000;
    return new MatchingJudge.Seen(
        0,
        line * Entry.PLACES,
        "订单" + random.nextInt(KEYS),
        kind,
        kind.takes() ? -fen : fen,
        CURRENCIES.get(random.nextInt(CURRENCIES.size())),
        random.nextInt(3) - 1,
        STATUSES.get(random.nextInt(STATUSES.size())),
        at,
        false);
  }

  /** Paid is local time, settled is an epoch. */
  private static String text(MatchingJudge.Seen one) {
    Instant at = one.at();
    return "%s,%d,%s,%s,%s,%d,%s,%s\n"
        .formatted(
            one.key(),
            one.minor(),
            one.currency(),
            one.status(),
            one.kind(),
            one.pieces(),
            at == null ? "" : PAID.format(LocalDateTime.ofInstant(at, SHANGHAI)),
            at == null ? "" : at.toEpochMilli());
  }

  private void member(Shelf shelf, String side, MatchingJudge.Seen one, boolean open) {
    int item = (int) shelf.heart.number("select count(*) + 1 from books.item");
    shelf.heart.execute(
        """
        insert into books.item (run, no, outcome, class, rule, key, since, carried, zh, en)
        values (%1$d, %2$d, 'BREAK', 'MISSING_RIGHT', 'key', '', '2025-10-31', %6$s, '', '');
        insert into books.member (run, item, side, snapshot, place)
        values (%1$d, %2$d, '%3$s', %4$d, %5$d)\
        """
            .formatted(run, item, side, one.snapshot(), one.place(), open));
  }

  /** Some keys share their hash; a book that is read marks those of them that it has itself. */
  private static void collide(Shelf shelf) {
    for (String id : shelf.heart.texts("select id from books.snapshot")) {
      shelf.heart.execute(
          """
          alter table books.entry_%1$s disable trigger user;
          update books.entry_%1$s set key_hash = abs(key_hash %% 60);
          update books.entry_%1$s e set again = exists (select 1 from books.entry_%1$s before
            where before.key_hash = e.key_hash and before.place < e.place)\
          """
              .formatted(id));
    }
  }
}
