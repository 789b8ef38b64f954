package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/** Takes snapshots and proves that they stand. Thread-safe. */
@Singleton
public class Snapshots {
  private static final Logger LOG = Logger.getLogger(Snapshots.class);

  private final Database database;

  public Snapshots(Database database) {
    this.database = database;
  }

  /**
   * How to read a file of a source.
   *
   * @param table how it looks
   * @param layout which of its columns make an entry
   */
  public record Reading(Snapshot.Of of, Table table, Layout layout) {}

  /** A file that can be read from its start more than once. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /**
   * Takes the file as the snapshot of its source and day, in a transaction of its own. Given again
   * with the same content it is the snapshot that is there; with another content it is the next
   * version. Rows that cannot be read are put aside with their line. Of a text that is not packed
   * one row is in memory at a time. A process that dies leaves nothing.
   *
   * @param file read once; again when the database asks for the transaction again
   * @throws io.orderbridge.kernel.Refusal FILE_REFUSED when the file is not taken as a whole: cut
   *     off, totals that disagree, over a thousand rows put aside; nothing of it is kept
   * @throws UncheckedIOException when the file cannot be opened
   */
  public Snapshot take(Reading reading, Content file, Instant now) {
    Feed rows =
        sink -> {
          try (InputStream bytes = file.open()) {
            Rows.stream(reading.table(), bytes, sink);
          }
        };
    return take(new Entries(reading.of(), reading.layout(), null, rows, many -> {}), now);
  }

  /**
   * The rows of a day, wherever they come from.
   *
   * @param book null when nothing is converted
   * @param told is given, now and then, how many entries there are
   */
  record Entries(Snapshot.Of of, Layout layout, Book book, Feed rows, LongConsumer told) {}

  /** As {@link #take(Reading, Content, Instant)}. */
  Snapshot take(Entries entries, Instant now) {
    return database.inTransaction(connection -> take(connection, entries, now));
  }

  /** In the caller's transaction, which from here on can only add to the books. */
  static Snapshot take(Connection connection, Entries reading, Instant now) throws SQLException {
    SnapshotSql.lock(connection, reading.of().source());
    Conversion rates =
        reading.book() == null
            ? null
            : Conversion.load(connection, reading.book(), reading.of().day());
    SnapshotSql.writeOnly(connection);
    long id = SnapshotSql.open(connection);
    Loading.Loaded loaded = load(connection, id, reading, rates);
    Optional<Snapshot> before = SnapshotSql.last(connection, reading.of());
    if (before.isPresent() && before.get().seal().content().equals(loaded.content())) {
      SnapshotSql.drop(connection, id);
      return before.get();
    }
    Snapshot sealed = sealed(connection, id, reading.of(), before, loaded, now);
    LOG.infof(
        "snapshot.taken source=%s day=%s version=%d entries=%d put_aside=%d hash=%s",
        sealed.of().source(),
        sealed.of().day(),
        sealed.version(),
        sealed.sums().entries(),
        sealed.sums().aside(),
        sealed.seal().hash());
    return sealed;
  }

  private static Snapshot sealed(
      Connection connection,
      long id,
      Snapshot.Of of,
      Optional<Snapshot> before,
      Loading.Loaded loaded,
      Instant now)
      throws SQLException {
    SnapshotSql.putAside(connection, id, loaded.aside());
    SnapshotSql.analyze(connection, id);
    String previous =
        SnapshotSql.last(connection, of.source()).map(last -> last.seal().hash()).orElse("");
    Snapshot sealed =
        sealed(
            new Snapshot(
                id,
                of,
                before.map(Snapshot::version).orElse(0) + 1,
                now.truncatedTo(ChronoUnit.MICROS),
                loaded.sums(),
                new Snapshot.Seal(loaded.content(), previous, "")));
    SnapshotSql.insert(connection, sealed);
    return sealed;
  }

  private static Loading.Loaded load(
      Connection connection, long id, Entries reading, Conversion rates) throws SQLException {
    EntryReader reader = new EntryReader(reading.layout(), rates);
    Loading loading = new Loading(connection, id, reader, reading.told());
    try {
      reading.rows().give(loading);
      return loading.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("the file of %s".formatted(reading.of()), e);
    } catch (Loading.CopyBroken e) {
      throw e.getCause();
    }
  }

  private static Snapshot sealed(Snapshot open) {
    return new Snapshot(
        open.id(),
        open.of(),
        open.version(),
        open.takenAt(),
        open.sums(),
        new Snapshot.Seal(open.seal().content(), open.seal().previous(), Seals.hash(open)));
  }

  /** The newest version of a day. */
  public Optional<Snapshot> last(Snapshot.Of of) {
    return database.inTransaction(connection -> SnapshotSql.last(connection, of));
  }

  /**
   * Reads everything of a source again and hashes it anew. Finds whatever was changed, added or
   * taken out, by whomever; that somebody rebuilt the whole chain, or cut its end off, is found by
   * whoever kept the hash of its last snapshot.
   */
  public Chain verify(String source) {
    return database.inTransaction(connection -> ChainProof.of(connection, source));
  }

  /**
   * What a later snapshot says otherwise, by key; of keys that stand more than once, in the order
   * of the lines.
   *
   * @param most so many at most
   */
  public List<Change> changed(long since, long later, int most) {
    return database.inTransaction(connection -> ChangeSql.list(connection, since, later, most));
  }
}
