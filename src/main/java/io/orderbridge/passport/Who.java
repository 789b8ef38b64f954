package io.orderbridge.passport;

/** Who acts next. Roles are the owners in the rules of tickets. */
final class Who {
  /** It is tried again, or read, by itself. */
  static final String CLOCK = "clock";

  /** Nothing is left to do. */
  static final String NOBODY = "nobody";

  /** The system at the other end, or who runs it. */
  static final String PARTNER = "partner";

  /** Who buys. */
  static final String BUYER = "buyer";

  static final String FINANCE = "finance";
  static final String WAREHOUSE = "warehouse";
  static final String CARRIER = "carrier";
  static final String SERVICE = "customer-service";
  static final String OPERATIONS = "ops";

  /** Who edits connections, routes and mappings. */
  static final String INTEGRATOR = "sre";

  private Who() {}
}
