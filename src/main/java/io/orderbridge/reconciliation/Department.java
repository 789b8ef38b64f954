package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.kernel.Wording;
import java.util.Locale;

/** Who looks at the same orders by another time. All three sign a definition. */
public enum Department {
  /** By the settlement cycle. */
  FINANCE(Basis.SETTLED, new Wording("财务", "finance")),
  /** By the time of the order. */
  OPERATIONS(Basis.ORDERED, new Wording("运营", "operations")),
  /** By the time of the outbound scan. */
  WAREHOUSE(Basis.SHIPPED, new Wording("仓库", "warehouse"));

  private final Basis usual;
  private final Wording title;

  Department(Basis usual, Wording title) {
    this.usual = usual;
    this.title = title;
  }

  /** What it goes by when a definition does not say. */
  public Basis usual() {
    return usual;
  }

  public Wording title() {
    return title;
  }

  /** The name in files and answers, for example {@code finance}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
