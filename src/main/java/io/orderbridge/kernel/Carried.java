package io.orderbridge.kernel;

/** Names under which the steps of a route find what others put on the exchange. */
public final class Carried {
  /** Header: the connection whose word a message is. */
  public static final String CONNECTION = "OrderbridgeConnection";

  /** Header: the kind of a message. */
  public static final String KIND = "OrderbridgeKind";

  /** Header: the number of the stored message. */
  public static final String MESSAGE = "OrderbridgeMessage";

  /** Header: the sender's own id of a message that a route stores. */
  public static final String MESSAGE_ID = "OrderbridgeMessageId";

  /** Property: when the message was stored, an Instant; missing when it was not. */
  public static final String RECEIVED = "OrderbridgeReceived";

  /** Property: received headers of interest, lower case names. */
  public static final String HEADERS = "OrderbridgeHeaders";

  /** Property: the body a route began with, bytes, text or a map. */
  public static final String INPUT = "OrderbridgeInput";

  /** Property: the last request that was given to a call, as a map. */
  public static final String SENT = "OrderbridgeSent";

  /** Header: what the answer of a call meant: done, empty or already. */
  public static final String ANSWER = "OrderbridgeAnswer";

  /** Property: how long a call may wait in its place, a {@link Patience}. */
  public static final String PATIENCE = "OrderbridgePatience";

  /** Property: rows of a file that were put aside, a list of maps with line and why. */
  public static final String REFUSED_ROWS = "OrderbridgeRefusedRows";

  /** Header: the same on every attempt of a delivery. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private Carried() {}
}
