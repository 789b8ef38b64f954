package io.orderbridge.work;

import java.time.Instant;
import java.util.List;

/** What stands in the queues: pieces of work, and lanes in which they are done in order. */
public final class Work {
  private Work() {}

  /**
   * A piece of work to be put into a queue.
   *
   * @param queue for example {@code inbox:shopify} or {@code outbox:erp}
   * @param lane work of one lane is done in the order in which it was put
   * @param ref number of the message or event it is about
   * @param refAt partition of that row
   * @param subject what an operator looks for: the order, or the sender's message id
   * @param key idempotency key, the same over all attempts and replays
   * @param payload a person's corrected copy; null when the work is done with what it refers to
   */
  public record Draft(
      String queue,
      String lane,
      long ref,
      Instant refAt,
      String subject,
      String key,
      byte[] payload) {}

  /**
   * A piece of work that waits or is being done.
   *
   * @param id grows within a lane
   * @param attempts failed attempts so far
   * @param since when it was put
   */
  public record Item(long id, Draft what, int attempts, Instant since) {
    public String queue() {
      return what.queue();
    }

    public String lane() {
      return what.lane();
    }
  }

  /**
   * A lane that this process may work on until the lease ends.
   *
   * @param token fences: a later claim has another token, and this one can release nothing then
   * @param pokes additions seen at the claim
   * @param strikes claims since the last orderly release, this one included. More than one means
   *     that a process died or froze while it held the lane.
   * @param items the first of its work, in order; never empty
   * @param endsNanos {@link System#nanoTime} at which the lease ends, on the safe side
   */
  public record Claim(
      String queue,
      String lane,
      long token,
      long pokes,
      int strikes,
      List<Item> items,
      long endsNanos) {}
}
