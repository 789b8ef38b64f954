package io.orderbridge.console;

/** What stands in the navigation, in its order. A new page is one more. */
enum Section {
  START("/console", "nav_start", Rights.ORDERS),
  ORDERS("/console/orders", "nav_orders", Rights.ORDERS),
  LETTERS("/console/dead-letters", "nav_letters", Rights.LETTERS);

  private final String path;
  private final String key;
  private final Rights right;

  Section(String path, String key, Rights right) {
    this.path = path;
    this.key = key;
    this.right = right;
  }

  String path() {
    return path;
  }

  /** Of its name in the texts. */
  String key() {
    return key;
  }

  Rights right() {
    return right;
  }

  /** Whether an address belongs to it. */
  boolean holds(String address) {
    String page = address.split("[?]", 2)[0];
    return page.equals(path) || this != START && page.startsWith(path + "/");
  }
}
