package io.orderbridge.alert;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The robots in force, replaced while alerts are told. Thread-safe. */
@Singleton
public class Channels {
  /** Where alerts wait as long as nobody can be told. */
  static final String NONE = "none";

  private final Map<String, Channel> byRobot = new ConcurrentSkipListMap<>();

  /** Sets the channel of a connection; null when it tells nobody any more. */
  public void replace(String connection, Channel channel) {
    if (channel == null) {
      byRobot.remove(connection);
    } else {
      byRobot.put(connection, channel);
    }
  }

  /** The channel of a connection, if its file is in force. */
  public Optional<Channel> find(String robot) {
    return Optional.ofNullable(byRobot.get(robot));
  }

  Collection<Channel> all() {
    return List.copyOf(byRobot.values());
  }

  /** The robots that tell what is for the channel of this name. */
  List<Channel> named(String name) {
    return byRobot.values().stream().filter(channel -> channel.name().equals(name)).toList();
  }

  boolean has(String name) {
    return !named(name).isEmpty();
  }

  List<String> names() {
    return byRobot.values().stream().map(Channel::name).distinct().toList();
  }
}
