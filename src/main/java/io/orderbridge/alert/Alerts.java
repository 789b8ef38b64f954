package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The log of alerts: what is raised here is never lost, and told once. Thread-safe. */
@Singleton
public class Alerts {
  private final Policies policies;
  private final Channels channels;

  public Alerts(Policies policies, Channels channels) {
    this.policies = policies;
    this.channels = channels;
  }

  /**
   * Raises an alert in the caller's transaction; it is told by the robots' routes after the commit.
   * Who is told, and whether anybody is, says the policy in force.
   *
   * @return false when it was raised under this key before; nothing is changed then
   */
  public boolean raise(Connection connection, Alert alert, Instant now) throws SQLException {
    Policy.Decision decision = policies.inForce().of(alert);
    return raise(connection, List.of(entry(alert, false, decision)), now) == 1;
  }

  int raise(Connection connection, List<AlertLog.Entry> entries, Instant now) throws SQLException {
    return entries.isEmpty() ? 0 : AlertLog.raise(connection, entries, now);
  }

  AlertLog.Entry entry(Alert alert, boolean clears, Policy.Decision decision) {
    Alert owned =
        new Alert(
            alert.key(),
            decision.cause(),
            alert.level(),
            alert.subject(),
            decision.owner(),
            alert.text(),
            alert.count(),
            alert.amount(),
            alert.link());
    return new AlertLog.Entry(
        owned, clears, targets(decision, alert.level()), decision.escalateAfter());
  }

  // Who is named and there; when none of them is there, whoever is. What a channel's levels leave
  // out is meant to be left out.
  private List<String> targets(Policy.Decision decision, Level level) {
    if (!decision.told()) {
      return List.of();
    }
    List<String> there = inForce(decision.channels());
    if (there.isEmpty()) {
      there = inForce(policies.inForce().channels());
    }
    if (there.isEmpty()) {
      there = channels.names();
    }
    return there.isEmpty()
        ? List.of(Channels.NONE)
        : there.stream().filter(name -> tells(name, level)).toList();
  }

  private List<String> inForce(List<String> names) {
    return names.isEmpty() ? channels.names() : names.stream().filter(channels::has).toList();
  }

  private boolean tells(String name, Level level) {
    return channels.named(name).stream().anyMatch(channel -> channel.levels().contains(level));
  }
}
