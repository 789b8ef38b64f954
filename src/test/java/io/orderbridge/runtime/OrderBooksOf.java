package io.orderbridge.runtime;

import io.orderbridge.books.OwnBook;
import io.orderbridge.order.OrderLines;
import java.util.List;

/** The books that the order book keeps, for tests of other packages. */
public final class OrderBooksOf {
  private OrderBooksOf() {}

  public static List<OwnBook> shanghai(OrderLines lines) {
    return List.of(
        OrderBooks.orders(lines, "Asia/Shanghai"), OrderBooks.shipments(lines, "Asia/Shanghai"));
  }
}
