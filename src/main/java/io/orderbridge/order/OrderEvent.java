package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.Map;

/**
 * Something happened to an order. Written in the transaction that changed the order, exactly once
 * for each happening, whatever the order and number of the messages that told of it.
 *
 * @param seq number in the store; grows with time within one order
 * @param at when it was stored, which is also its partition
 * @param id the same in every run and on every machine; the idempotency key is made of it
 * @param type CloudEvents type, for example {@code order.paid}
 * @param orderId number of the order in the store
 * @param order which order
 * @param cloudEvent CloudEvents 1.0 as JSON-like maps, without personal data
 */
public record OrderEvent(
    long seq,
    Instant at,
    String id,
    String type,
    long orderId,
    OrderKey order,
    Map<String, Object> cloudEvent) {}
