package io.orderbridge.inbox;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Stores what was read from a source: many messages of one stream in a transaction of their own,
 * beside the door's, so that a sweep does not stand between a webhook and its commit.
 */
@Singleton
public class StreamStore {
  private final Database database;
  private final Inbox inbox;

  public StreamStore(Database database, Inbox inbox) {
    this.database = database;
    this.inbox = inbox;
  }

  /**
   * A message of a stream.
   *
   * @param messageId unique within the stream for one content
   */
  public record Letter(String messageId, String kind, byte[] body) {}

  /**
   * Stores and queues; returns after the commit. A repeat changes nothing. The same id with other
   * content is one more message: a record that changed twice within a second has one version for
   * both, and facts merge.
   *
   * @return the numbers of the messages in the order given; a repeat gives the number of the first
   */
  public List<Long> store(String stream, List<Letter> letters) {
    List<Arrival> arrivals =
        letters.stream()
            .map(
                letter ->
                    new Arrival(
                        stream, letter.messageId(), letter.kind(), "{}", null, letter.body()))
            .toList();
    return database.inTransaction(connection -> inbox.writeMerging(connection, arrivals)).stream()
        .map(Stored::inboxId)
        .toList();
  }

  /** The queue in which the messages of a stream wait. */
  public static String queueName(String stream) {
    return Inbox.queueName(stream);
  }
}
