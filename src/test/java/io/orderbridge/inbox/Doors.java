package io.orderbridge.inbox;

import io.orderbridge.Heart;
import io.orderbridge.inbox.Stored.How;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The door of a heart behind its HTTP, and the component that its routes begin with. */
public final class Doors implements AutoCloseable {
  private final Heart heart;
  private final Inbox inbox;

  public Doors(Heart heart) {
    this.heart = heart;
    this.inbox = new Inbox(heart.database, heart.queue, heart.letters);
  }

  public InboxComponent component() {
    return new InboxComponent(
        inbox,
        new Messages(heart.database),
        heart.queue,
        heart.settlements,
        new ReceivingConnections());
  }

  public StreamStore streams() {
    return new StreamStore(heart.database, inbox);
  }

  /** Stores a push as the door does; its number when it is no repeat. */
  public CompletableFuture<Optional<Long>> push(String connection, String id, byte[] body) {
    return inbox
        .store(new Arrival(connection, id, "push", "{}", null, body))
        .thenApply(
            stored ->
                stored.how() == How.NEW ? Optional.of(stored.inboxId()) : Optional.<Long>empty());
  }

  @Override
  public void close() {
    inbox.close();
  }
}
