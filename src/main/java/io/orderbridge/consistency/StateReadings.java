package io.orderbridge.consistency;

import io.orderbridge.kernel.Round;
import io.orderbridge.schedule.Source;
import io.orderbridge.schedule.Sources;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Notes on the states which of them a reading saw unchanged, once the window of the reading is
 * proved. Only then the reading counts in a comparison. Done again it changes nothing; two
 * processes may do it at once.
 */
@Singleton
class StateReadings implements Round {
  private static final Logger LOG = Logger.getLogger(StateReadings.class);
  // A reading is proved once a day; a comparison is due an hour later.
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Database database;
  private final Sources sources;
  private final Comparisons comparisons;

  StateReadings(Database database, Sources sources, Comparisons comparisons) {
    this.database = database;
    this.sources = sources;
    this.comparisons = comparisons;
  }

  @Override
  public String name() {
    return "state-readings";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (ComparisonPair pair : comparisons.all()) {
      if (pair.by() == ComparisonPair.By.CREATED) {
        sources.find(pair.source()).ifPresent(source -> confirm(pair, source, now));
      }
    }
  }

  private void confirm(ComparisonPair pair, Source source, Instant now) {
    for (Instant start : proved(pair.source())) {
      Optional<Long> confirmed =
          database.inTransaction(
              connection ->
                  isNew(connection, source, start, now)
                      ? Optional.of(confirm(connection, pair, start))
                      : Optional.empty());
      confirmed.ifPresent(
          count ->
              LOG.infof(
                  "reading.confirmed source=%s from=%s unchanged=%d", pair.source(), start, count));
    }
  }

  private List<Instant> proved(String source) {
    return database.inTransaction(
        connection -> {
          List<Instant> starts = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(StateSql.PROVED)) {
            query.setString(1, source);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                starts.add(rows.getTimestamp(1).toInstant());
              }
            }
          }
          return starts;
        });
  }

  /** Whether nobody else has confirmed it meanwhile. */
  private static boolean isNew(Connection connection, Source source, Instant start, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(StateSql.CONFIRM_READING)) {
      insert.setLong(1, source.rhythm().overlap().toSeconds());
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setString(3, source.key());
      insert.setTimestamp(4, Timestamp.from(start));
      return insert.executeUpdate() == 1;
    }
  }

  private static long confirm(Connection connection, ComparisonPair pair, Instant start)
      throws SQLException {
    long confirmed;
    try (PreparedStatement update = connection.prepareStatement(StateSql.CONFIRM_STATES)) {
      update.setString(1, pair.source());
      update.setTimestamp(2, Timestamp.from(start));
      update.setString(3, pair.system());
      confirmed = update.executeLargeUpdate();
    }
    try (PreparedStatement note = connection.prepareStatement(StateSql.CONFIRMED)) {
      note.setLong(1, confirmed);
      note.setString(2, pair.source());
      note.setTimestamp(3, Timestamp.from(start));
      note.executeUpdate();
    }
    return confirmed;
  }
}
