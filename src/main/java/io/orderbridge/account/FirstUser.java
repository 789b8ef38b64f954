package io.orderbridge.account;

import io.orderbridge.store.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Lets the first user in: while there is none, each start writes a link to the log, once usable
 * within a day. Who reads the log runs the product.
 */
@Singleton
public class FirstUser {
  private static final Logger LOG = Logger.getLogger(FirstUser.class);

  private final Database database;
  private final Users users;
  private final Links links;
  private final Clock clock;

  FirstUser(Database database, Users users, Links links, Clock clock) {
    this.database = database;
    this.users = users;
    this.links = links;
    this.clock = clock;
  }

  void look(@Observes StartupEvent start) {
    offer(clock.instant())
        .ifPresent(
            token ->
                LOG.warnf(
                    "account.no_user link=/login/link/%s once, within %d h; it makes the first"
                        + " user. 尚无用户，请用此链接创建第一位用户",
                    token.value(), Links.FIRST_LASTS.toHours()));
  }

  /** Whether nobody has been made yet. */
  public boolean isAwaited() {
    return database.inTransaction(users::isEmpty);
  }

  /** A link that makes the first user, and ends the one before; empty when there are users. */
  Optional<Drawn> offer(Instant now) {
    return database.inTransaction(
        connection ->
            users.isEmpty(connection)
                ? Optional.of(links.make(connection, Optional.empty(), "start", now))
                : Optional.empty());
  }
}
