package io.orderbridge.passport;

/** Who acts next. Roles are those of tickets; the names stand in the API. */
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
  static final String LOGISTICS = "logistics";
  static final String SERVICE = "customer-service";
  static final String OPERATIONS = "operations";

  /** Who edits connections, routes and mappings. */
  static final String INTEGRATOR = "integrator";

  private Who() {}
}
